"""Lines that moved are found and moved on the terminal, and nothing else moves with them."""

from __future__ import annotations

import pytest

from akson_tui.terminal.cells import Grid, Row
from akson_tui.terminal.diff import Diff, Hand
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import profile_of
from akson_tui.terminal.scroll import Scroll, apply_scroll, find_scrolls
from tests.tools.emulator import Emulator

COLUMNS, LINES = 20, 12
PROFILE = profile_of("xterm-256color")


def rows(*texts: str) -> list[Row]:
    grid = Grid(COLUMNS, LINES)
    for y, text in enumerate(texts):
        grid.put(0, y, text, 0)
    return grid.rows


def page(first: int, top: int = 2, bottom: int = LINES - 1) -> list[Row]:
    """A heading, entries from `first` on in the lines `top` … before `bottom`, and a footer."""
    texts = [f"heading {y}" for y in range(top)]
    texts += [f"entry {first + y}" for y in range(bottom - top)]
    return rows(*texts, *(["footer"] * (LINES - bottom)))


def text(rows: list[Row]) -> list[str]:
    return ["".join(cell.text for cell in row) for row in rows]


@pytest.mark.parametrize("by", [1, 3, -1, -4])
def test_a_list_that_scrolled_between_heading_and_footer_is_found(by: int) -> None:
    assert find_scrolls(page(10), page(10 + by))[0] == Scroll(2, LINES - 2, by)


def test_nothing_is_found_where_nothing_moved() -> None:
    assert find_scrolls(page(10), page(10)) == []
    assert find_scrolls(page(10), page(90)) == []
    assert find_scrolls(rows(), page(10)) == []


def test_one_line_alone_that_moved_is_no_scroll() -> None:
    assert find_scrolls(rows("a", "b"), rows("x", "a")) == []


@pytest.mark.parametrize("by", [1, 2, 5, -1, -2, -5])
@pytest.mark.parametrize(("top", "bottom"), [(0, LINES - 1), (2, LINES - 2), (3, LINES - 1), (0, 6)])
@pytest.mark.parametrize("start", [(0, 0), (7, 5), (-1, 5), (-1, -1)])
def test_the_terminal_moves_what_the_rows_say(by: int, top: int, bottom: int, start: tuple[int, int]) -> None:
    pens = Pens(PROFILE)
    old = page(10)
    terminal = Emulator(COLUMNS, LINES)
    for y, line in enumerate(text(old)):
        terminal.feed(f"\x1b[{y + 1}H{line}".encode())
    x, y = start
    terminal.feed(f"\x1b[{max(y, 0) + 1};{max(x, 0) + 1}H\x1b[44m".encode())
    hand = Hand(x, y, pens.of_sgr("44"))
    moved = apply_scroll(hand, Diff(PROFILE, pens), old, Scroll(top, bottom, by))
    terminal.feed("".join(hand.out).encode())
    assert terminal.screen.display == text(moved)
    assert all(cell.bg == "default" for row in terminal.rows() for cell in row)
    assert hand.x == -1, "terminals differ in the column after IL and DL"
    assert terminal.cursor is not None and terminal.cursor[1] == hand.y
    # Lines outside the block stand where they stood.
    assert text(moved)[:top] == text(old)[:top]
    assert text(moved)[bottom + 1 :] == text(old)[bottom + 1 :]
    kept = text(old)[top : bottom + 1]
    assert text(moved)[top : bottom + 1] == (
        kept[by:] + [" " * COLUMNS] * by if by > 0 else [" " * COLUMNS] * -by + kept[:by]
    )


def test_a_block_that_reaches_the_last_line_needs_one_step() -> None:
    pens = Pens(PROFILE)
    for by, sent in ((1, "\x1b[M"), (-1, "\x1b[L")):
        hand = Hand(0, 3, 0)
        apply_scroll(hand, Diff(PROFILE, pens), page(10), Scroll(3, LINES - 1, by))
        assert "".join(hand.out) == sent
