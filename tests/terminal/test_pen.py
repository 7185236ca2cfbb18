"""SGR strings become pens that show the same, and changing pens changes to exactly that, in few bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.terminal.cells import Grid
from akson_tui.terminal.pen import PLAIN, TRUE, Pens, Style, read_sgr
from akson_tui.terminal.profile import BOLD, DIM, EVERY_ATTRIBUTE, REVERSE, UNDERLINE, Profile, profile_of
from tests.terminal.scenes import expected
from tests.tools.emulator import Char, Emulator

EVERYTHING = Profile("everything", colours=1 << 24, attributes=EVERY_ATTRIBUTE)
COLOURS = st.one_of(st.integers(-1, 255), st.integers(TRUE, TRUE + 0xFFFFFF))
STYLES = st.builds(Style, COLOURS, COLOURS, st.integers(0, EVERY_ATTRIBUTE))


def pens(term: str = "xterm-256color") -> Pens:
    return Pens(profile_of(term))


def shown(sent: str) -> Char:
    """How an x looks that is printed after `sent`."""
    terminal = Emulator(3, 1)
    terminal.feed(sent.encode() + b"x")
    return terminal.rows()[0][0]


def looks(pens: Pens, pen: int) -> Char:
    grid = Grid(1, 1)
    grid.put(0, 0, "x", pen)
    return expected(grid, pens)[0][0]


@given(STYLES, STYLES)
def test_from_any_pen_to_any_other_shows_the_other(before: Style, after: Style) -> None:
    pens = Pens(EVERYTHING)
    first, second = pens.of_style(before), pens.of_style(after)
    start = pens.way(-1, first)
    assert shown(start) == looks(pens, first)
    assert shown(start + pens.way(first, second)) == looks(pens, second)
    assert len(pens.way(first, second)) <= len(pens.way(-1, second))


CODES = [*range(6), 7, 8, 9, *range(21, 26), 27, 28, 29, 31, 39, 44, 49, 53, 55, 90, 107]


@given(st.lists(st.sampled_from(CODES).map(str), max_size=6))
def test_a_pen_shows_what_its_parameters_show(codes: list[str]) -> None:
    sgr = ";".join(codes)
    pens = Pens(EVERYTHING)
    there = shown(f"\x1b[{sgr.replace('21', '4')}m") if sgr else shown("")
    assert looks(pens, pens.of_sgr(sgr)) == there


@given(st.text("0123456789;:x", max_size=30))
def test_no_parameters_are_too_odd(sgr: str) -> None:
    pens().of_sgr(sgr)


def test_two_ways_to_say_one_style_are_one_pen() -> None:
    box = pens()
    assert box.of_sgr("") == box.of_sgr("0") == box.of_sgr("39;49") == box.of_sgr("1;22") == 0
    assert box.of_sgr("38;5;4") == box.of_sgr("34")
    assert box.of_sgr("38;5;9") == box.of_sgr("91")
    assert box.of_sgr("1;31") == box.of_sgr("31;1")
    assert box.of_sgr("48;2;255;0;0") == box.of_sgr("48;5;196")


def test_colours_go_back_to_the_terminals_own_one_by_one() -> None:
    box = pens()
    assert box.way(box.of_sgr("1;31;44"), box.of_sgr("1;44")) == "\x1b[39m"
    assert box.way(box.of_sgr("1;31;44"), box.of_sgr("1;31")) == "\x1b[49m"
    assert box.way(box.of_sgr("1;31"), 0) == "\x1b[m"


@pytest.mark.parametrize(
    ("before", "after", "sent"),
    [
        ("", "1", "\x1b[1m"),
        ("1", "2", "\x1b[;2m"),
        ("1;2", "2", "\x1b[;2m"),
        ("1;7", "7", "\x1b[22m"),
        ("1;38;5;202;48;5;17", "38;5;202;48;5;17", "\x1b[22m"),
        ("4;31", "1", "\x1b[;1m"),
    ],
)
def test_the_shorter_of_reset_and_change_is_sent(before: str, after: str, sent: str) -> None:
    box = pens()
    way = box.way(box.of_sgr(before), box.of_sgr(after))
    assert len(way) == len(sent)
    start = box.way(-1, box.of_sgr(before))
    assert shown(start + way) == shown(start + sent) == looks(box, box.of_sgr(after))


def test_a_palette_is_kept_to() -> None:
    orange = "38;2;255;135;0;48;5;17"
    for term, most in (("xterm-256color", 255), ("xterm-16color", 15), ("linux", 7), ("vt100", -1)):
        box = pens(term)
        style = box.style(box.of_sgr(orange))
        assert -1 <= style.fore <= most
        assert -1 <= style.ground <= most
        assert (style.fore >= 0) == (most >= 0)
    box = pens("xterm-256color")
    assert box.style(box.of_sgr(orange)) == Style(208, 17)
    box = pens("xterm-direct")
    assert box.style(box.of_sgr(orange)).fore == TRUE + 0xFF8700


def test_what_the_terminal_lacks_is_left_out() -> None:
    assert read_sgr("1;3;9").attributes & BOLD
    box = pens("linux")
    assert box.of_sgr("3;9") == 0
    box = Pens(profile_of("xterm-256color").without_colour())
    assert box.of_sgr("31;44") == 0
    assert box.style(box.of_sgr("1;7;31")) == Style(attributes=BOLD | REVERSE)


def test_a_blank_is_what_shows_of_it() -> None:
    box = pens()
    assert box.blanks[box.of_sgr("1;31")] == 0
    assert box.blanks[box.of_sgr("2;31;44")] == box.of_sgr("44")
    underlined = box.of_sgr("4;31")
    assert box.blanks[underlined] == underlined
    assert box.blanks[box.of_sgr("7;31;44")] == box.of_sgr("7;31")
    assert box.style(0) == PLAIN
    assert box.style(box.of_sgr("2;4")).attributes == DIM | UNDERLINE


def test_erasing_is_for_grounds_that_the_terminal_leaves() -> None:
    bce, plain = pens("xterm-256color"), pens("screen-256color")
    assert bce.wipes[bce.of_sgr("44")]
    assert not plain.wipes[plain.of_sgr("44")]
    for box in (bce, plain):
        assert box.wipes[0] and box.plain_ground[box.of_sgr("1;31")]
        assert not box.plain_ground[box.of_sgr("44")]
        assert not box.wipes[box.of_sgr("7")]
        assert not box.wipes[box.of_sgr("4")]
