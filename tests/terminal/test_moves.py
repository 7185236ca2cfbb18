"""Every way of the cursor ends where it should, and is never longer than saying it outright."""

from __future__ import annotations

from itertools import product

import pytest

from akson_tui.terminal.moves import way
from akson_tui.terminal.profile import profile_of
from tests.tools.emulator import Emulator

COLUMNS, LINES = 9, 5
SPOTS = list(product(range(COLUMNS), range(LINES)))


def landed(sent: str, x: int, y: int, columns: int = COLUMNS, lines: int = LINES) -> tuple[int, int] | None:
    terminal = Emulator(columns, lines)
    terminal.feed(f"\x1b[?7l\x1b[{y + 1};{x + 1}H{sent}".encode())
    assert terminal.screen.scrolled == 0
    return terminal.cursor


@pytest.mark.parametrize("term", ["xterm-256color", "vt100"])
def test_every_way_between_any_two_cells_lands(term: str) -> None:
    profile = profile_of(term)
    for (x, y), (to_x, to_y) in product(SPOTS, SPOTS):
        sent = way(x, y, to_x, to_y, profile)
        assert landed(sent, x, y) == (to_x, to_y), (x, y, to_x, to_y, sent)
        assert len(sent) <= len(f"\x1b[{to_y + 1};{to_x + 1}H")


@pytest.mark.parametrize("term", ["xterm-256color", "vt100"])
def test_ways_from_a_column_that_is_not_known_land_from_any(term: str) -> None:
    profile = profile_of(term)
    for y, (to_x, to_y) in product(range(LINES), SPOTS):
        sent = way(-1, y, to_x, to_y, profile)
        for x in (0, 4, COLUMNS - 1):
            assert landed(sent, x, y) == (to_x, to_y), (x, y, to_x, to_y, sent)


def test_ways_from_nowhere_land_from_any_cell() -> None:
    profile = profile_of("xterm-256color")
    for to_x, to_y in SPOTS:
        sent = way(-1, -1, to_x, to_y, profile)
        for x, y in SPOTS[::7]:
            assert landed(sent, x, y) == (to_x, to_y)


@pytest.mark.parametrize(
    ("start", "end", "sent"),
    [
        ((5, 5), (5, 5), ""),
        ((5, 5), (5, 6), "\n"),
        ((5, 5), (5, 4), "\x1bM"),
        ((5, 5), (0, 5), "\r"),
        ((5, 5), (0, 6), "\n\r"),
        ((5, 5), (4, 5), "\b"),
        ((5, 5), (6, 5), "\x1b[C"),
        ((5, 5), (40, 5), "\x1b[41G"),
        ((50, 5), (30, 5), "\x1b[31G"),
        ((50, 5), (45, 5), "\x1b[5D"),
        ((5, 5), (5, 20), "\x1b[21d"),
        ((70, 5), (0, 0), "\x1b[H"),
        ((70, 5), (0, 20), "\x1b[21H"),
        ((5, 9), (40, 22), "\x1b[23;41H"),
    ],
)
def test_the_cheapest_way_is_taken(start: tuple[int, int], end: tuple[int, int], sent: str) -> None:
    assert way(*start, *end, profile_of("xterm-256color")) == sent
    assert landed(sent, *start, 80, 24) == end


def test_cells_between_are_printed_again_where_that_is_shorter() -> None:
    profile = profile_of("xterm-256color")
    row = "abcdefghij"
    assert way(3, 0, 5, 0, profile, lambda start, stop: row[start:stop]) == "de"
    assert way(9, 0, 2, 0, profile, lambda start, stop: row[start:stop]) == "\rab"
    assert way(3, 0, 5, 1, profile, lambda start, stop: row[start:stop]) == "\nde"
    assert way(3, 0, 5, 0, profile, lambda start, stop: None) == "\x1b[6G"


def test_letters_of_two_bytes_count_as_two() -> None:
    profile = profile_of("xterm-256color")
    assert way(3, 0, 5, 0, profile, lambda start, stop: "æø") == "\x1b[6G"
    assert way(3, 0, 4, 0, profile, lambda start, stop: "æ") == "æ"
