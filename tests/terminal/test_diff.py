"""One line is changed by the steps that a careful typist would choose, and ends as it should."""

from __future__ import annotations

from random import Random

import pytest

from akson_tui.terminal.cells import Grid, Row
from akson_tui.terminal.diff import Diff, Hand
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import Profile, profile_of
from tests.terminal.scenes import Scene, expected, first_difference
from tests.tools.emulator import Emulator

COLUMNS = 40


class Line:
    """A line on a terminal, to be changed."""

    def __init__(self, profile: Profile | None = None) -> None:
        self.profile = profile or profile_of("xterm-256color")
        self.pens = Pens(self.profile)
        self.diff = Diff(self.profile, self.pens)

    def row(self, *parts: tuple[str, str] | str) -> Row:
        """A row of (text, sgr) one after the other; text alone is in the default pen."""
        grid = Grid(COLUMNS, 1)
        x = 0
        for part in parts:
            text, sgr = (part, "") if isinstance(part, str) else part
            x = grid.put(x, 0, text, self.pens.of_sgr(sgr))
        return self.canonical(grid.rows[0])

    def canonical(self, row: Row) -> Row:
        """`row` with its blanks in the pens that the painter gives them."""
        return [cell._replace(pen=self.pens.blanks[cell.pen]) if cell.text == " " else cell for cell in row]

    def change(self, old: Row, new: Row, x: int = 0, sgr: str = "") -> str:
        """What is sent to make `old` into `new`, the cursor being at column `x`; checked on an emulator."""
        terminal = Emulator(COLUMNS, 1, bce=self.profile.bce)
        first = Hand()
        terminal.feed(b"\x1b[?7l")
        for column, cell in enumerate(old):
            self.diff.move(first, column, 0, old)
            self.diff.take(first, cell.pen)
            first.write(cell.text)
            first.x = -1
        pen = self.pens.of_sgr(sgr)
        self.diff.take(first, pen)
        self.diff.move(first, x, 0, old)
        terminal.feed("".join(first.out).encode())
        hand = Hand(x, 0, pen)
        self.diff.row(hand, 0, old, new)
        sent = "".join(hand.out)
        assert hand.size == len(sent.encode())
        terminal.feed(sent.encode())
        grid = Grid(COLUMNS, 1)
        grid.rows[0] = new
        assert not first_difference(terminal.rows(), expected(grid, self.pens))
        if hand.x >= 0:
            assert terminal.cursor == (hand.x, hand.y)
        return sent


@pytest.fixture
def line() -> Line:
    return Line()


def test_a_letter_typed_at_the_end_is_that_letter(line: Line) -> None:
    assert line.change(line.row("sår"), line.row("såre"), x=3) == "e"


def test_a_letter_typed_in_the_middle_is_inserted(line: Line) -> None:
    old, new = line.row("pasienten er oppe"), line.row("pasienten var er oppe")
    assert line.change(old, line.row("pasienten ver oppe"), x=10) == "\x1b[@v"
    assert line.change(old, new, x=10) == "\x1b[4@var"


def test_a_letter_rubbed_out_in_the_middle_is_deleted(line: Line) -> None:
    assert line.change(line.row("pasienten er oppe"), line.row("pasientn er oppe"), x=7) == "\x1b[P"


def test_what_stands_in_the_next_pane_does_not_move_with_an_insertion(line: Line) -> None:
    old = line.row("en rolig natt og er oppe nå  │ målinger")
    new = line.row("en rolig fnatt og er oppe nå │ målinger")
    for was, is_ in ((old, new), (new, old)):
        sent = line.change(was, is_, x=9)
        assert "\x1b[@" in sent and "\x1b[P" in sent
        assert len(sent) < len("natt og er oppe nå")


def test_blanks_to_the_end_are_erased(line: Line) -> None:
    assert line.change(line.row("Ingen avtaler i dag"), line.row("Ingen"), x=5) == "\x1b[K"
    assert line.change(line.row("ab"), line.row("a"), x=1) == " "


def test_blanks_between_are_erased_from_five_on(line: Line) -> None:
    assert line.change(line.row("aabcdefghijklmnop  x"), line.row("a" + " " * 18 + "x"), x=1) == "\x1b[16X"
    assert line.change(line.row("abcde x"), line.row("a     x"), x=1) == "    "


def test_a_short_gap_is_printed_again_and_a_long_one_jumped(line: Line) -> None:
    assert line.change(line.row("a-b-c"), line.row("x-y-z")) == "x-y-z"
    old, new = line.row("a" + "-" * 20 + "b"), line.row("x" + "-" * 20 + "y")
    assert line.change(old, new) == "x\x1b[22Gy"


def test_a_blank_needs_no_pen_of_its_own(line: Line) -> None:
    assert line.change(line.row(""), line.row(("ny ", "1"), ("nå", "1"))) == "\x1b[1mny nå"
    assert line.change(line.row(""), line.row(("ny", "1"), (" nå", ""))) == "\x1b[1mny \x1b[mnå"
    assert line.change(line.row(("a b", "1;31")), line.row(("a", "1;31"), " ", ("b", "1;31"))) == ""


def test_erasing_and_shifting_are_done_on_the_terminals_own_ground(line: Line) -> None:
    sent = line.change(line.row("Ingen avtaler i dag"), line.row("Ingen"), x=5, sgr="1;44")
    assert sent == "\x1b[m\x1b[K"
    assert line.change(line.row("Ingen avtaler i dag"), line.row("Ingen"), x=5, sgr="1;31") == "\x1b[K"
    assert line.change(line.row("pasienten er oppe"), line.row("pasientn er oppe"), x=7, sgr="7") == "\x1b[m\x1b[P"


def test_a_ground_is_erased_where_the_terminal_leaves_it() -> None:
    for term, erased in (("xterm-256color", True), ("screen-256color", False)):
        line = Line(profile_of(term))
        sent = line.change(
            line.row(("Ingen avtaler i dag".ljust(40), "44")), line.row(("Ingen".ljust(40), "44")), x=5, sgr="44"
        )
        assert (sent == "\x1b[K") is erased


def test_a_terminal_without_shifts_or_erasing_gets_none() -> None:
    line = Line(profile_of("vt100"))
    sent = line.change(line.row("pasienten er oppe"), line.row("pasientn er oppe"), x=7)
    assert sent == "n er oppe "
    assert "X" not in line.change(line.row("aabcdefghijklmnop  x"), line.row("a" + " " * 18 + "x"), x=1)


def test_after_the_last_column_the_cursor_is_not_known(line: Line) -> None:
    hand = Hand(COLUMNS - 1, 0, 0)
    line.diff.row(hand, 0, line.row(""), line.row(" " * (COLUMNS - 1) + "x"))
    assert (hand.x, hand.y) == (-1, 0)


@pytest.mark.parametrize("text", ["漢字", "e\u0301", "👍", "👨‍👩‍👧", "★"])
def test_after_a_character_that_terminals_measure_differently_the_move_is_absolute(line: Line, text: str) -> None:
    sent = line.change(line.row("a"), line.row(f"a{text}b"), x=1)
    after = sent[sent.rindex(text[-1]) + len(text[-1]) :]
    assert after.startswith("\x1b[") and after[after.index("G") :].startswith("Gb")
    # A line with such a character is erased from there on before it is painted, so that no half is left.
    back = line.change(line.row(f"a{text}b"), line.row("axyz"), x=1)
    assert back == "\x1b[Kxyz"


def test_marks_in_the_last_column_are_sent_while_wrapping_is_on(line: Line) -> None:
    sent = line.change(line.row(""), line.row(" " * (COLUMNS - 1) + "e\u0301"))
    assert "\x1b[?7he\u0301\x1b[?7l" in sent


@pytest.mark.parametrize("term", ["xterm-256color", "screen-256color", "vt100"])
def test_any_line_becomes_any_other(term: str) -> None:
    line = Line(profile_of(term))
    draw = Random(9)
    scene = Scene(9, line.pens, columns=COLUMNS, lines=2)

    for _ in range(150):
        scene.step()
        old, new = (line.canonical(row) for row in scene.grid.rows)
        line.change(old, new, x=draw.randrange(COLUMNS), sgr=draw.choice(("", "1", "44", "7", "4;31")))
