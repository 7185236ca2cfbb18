"""What frames cost, what they may contain, and what they take for granted."""

from __future__ import annotations

import re
from statistics import median

import pytest

from akson_tui.terminal.cells import Grid
from akson_tui.terminal.painter import Painter
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import profile_of
from tests.terminal.scenes import Scene

ALLOWED = re.compile(
    r"\x1b\[[0-9;]*[ABCDGHdKJXPLM@m]"  # moves, erasing, shifting, pens
    r"|\x1b\[\?(?:25|7)[hl]"  # the cursor, and wrapping around marks in the last column
    r"|\x1bM|[\r\n\b]"
)


class Desk:
    """A painter and its grid."""

    def __init__(self, term: str = "xterm-256color", columns: int = 80, lines: int = 24) -> None:
        self.profile = profile_of(term)
        self.pens = Pens(self.profile)
        self.painter = Painter(self.profile, self.pens)
        self.grid = Grid(columns, lines)
        self.painter.opening()
        self.painter.frame(self.grid, (0, 0))

    def show(self, x: int, y: int) -> bytes:
        return self.painter.frame(self.grid, (x, y))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_typed_letter_is_one_byte(desk: Desk) -> None:
    for x, letter in enumerate("Pasienten sover."):
        desk.grid.put(x, 0, letter, 0)
        assert desk.show(x + 1, 0) == letter.encode()


def test_the_pen_stays_between_frames(desk: Desk) -> None:
    bold = desk.pens.of_sgr("1")
    desk.grid.put(0, 0, "a", bold)
    assert desk.show(1, 0) == b"\x1b[1ma"
    desk.grid.put(1, 0, "b", bold)
    assert desk.show(2, 0) == b"b"


def test_letters_typed_in_the_middle_of_a_line_are_at_most_six_bytes(desk: Desk) -> None:
    text = "Pasienten har hatt en rolig natt og er oppe til frokost."
    desk.grid.put(0, 0, text, 0)
    desk.show(14, 0)
    sizes = []
    for letter in "faktisk ":
        at = 14 + len(sizes)
        text = text[:at] + letter + text[at:]
        desk.grid.put(0, 0, text, 0)
        sizes.append(len(desk.show(at + 1, 0)))
    assert median(sizes) <= 6
    assert max(sizes) <= 6


def test_a_step_in_a_list_moves_the_cursor_only(desk: Desk) -> None:
    for y in range(3, 20):
        desk.grid.put(2, y, f"08.{y} Bakken, Astrid", 0)
    desk.show(0, 3)
    assert desk.show(0, 4) == b"\n"
    assert desk.show(0, 3) == b"\x1bM"
    assert len(desk.show(0, 19)) <= 6


def test_a_scrolled_row_is_little_more_than_its_text(desk: Desk) -> None:
    def entries(first: int) -> None:
        for y in range(3, 23):
            desk.grid.fill(0, y, 80, 0)
            desk.grid.put(2, y, f"{first + y:02}.11.2026  Notat   Hjemmesykepleien  sårstell {first + y}", 0)
        desk.grid.put(0, 23, "Enter les", 0)

    entries(0)
    desk.show(0, 22)
    entries(1)
    text = "24.11.2026  Notat   Hjemmesykepleien  sårstell 24"
    assert len(desk.show(0, 22)) <= len(text.encode()) + 20


def test_an_unchanged_screen_is_nothing(desk: Desk) -> None:
    desk.grid.put(0, 0, "sår", 0)
    desk.show(3, 0)
    desk.grid.put(0, 0, "sår", 0)
    assert desk.show(3, 0) == b""


def test_only_rows_said_to_be_dirty_are_looked_at(desk: Desk) -> None:
    desk.grid.put(0, 5, "sår", 0)
    desk.grid.dirty.clear()
    assert desk.show(0, 0) == b""
    desk.grid.dirty.add(5)
    assert "sår".encode() in desk.show(0, 0)
    assert not desk.grid.dirty


def test_the_cursor_is_hidden_and_shown_when_that_changes(desk: Desk) -> None:
    assert desk.painter.frame(desk.grid, None) == b"\x1b[?25l"
    assert desk.painter.frame(desk.grid, None) == b""
    assert desk.show(0, 0) == b"\x1b[?25h"


def test_a_cursor_outside_the_screen_stands_at_its_edge(desk: Desk) -> None:
    assert desk.show(200, 99) == b"\x1b[24;80H"
    assert desk.show(-3, -1) == b"\x1b[H"


def test_after_forgetting_all_is_painted_and_the_cursor_told(desk: Desk) -> None:
    desk.grid.put(0, 0, "sår", 0)
    desk.show(3, 0)
    desk.painter.forget()
    assert desk.show(3, 0) == "\x1b[H\x1b[m\x1b[Jsår\x1b[?25h".encode()


def test_another_size_is_painted_whole(desk: Desk) -> None:
    desk.grid = Grid(100, 30)
    desk.grid.put(0, 29, "nederst", 0)
    desk.grid.dirty.clear()
    assert b"nederst" in desk.show(0, 0)


def test_opening_and_closing_say_no_more_than_needed() -> None:
    desk = Desk()
    assert desk.painter.opening() == b"\x1b[?1049;2004h\x1b[?7l"
    assert desk.painter.closing() == b"\x1b[m\x1b[H\x1b[J\x1b[?7h\x1b[?2004;1049l"
    desk.painter.frame(desk.grid, None)
    assert desk.painter.closing() == b"\x1b[m\x1b[H\x1b[J\x1b[?7;25h\x1b[?2004;1049l"
    console = Desk("linux")
    assert console.painter.opening() == b"\x1b[?7l"


@pytest.mark.parametrize("term", ["xterm-256color", "screen-256color", "linux", "vt100"])
def test_nothing_is_sent_that_terminals_and_multiplexers_get_wrong(term: str) -> None:
    """No REP, no margins, no tabs, no DCS, no OSC, no question down the line."""
    desk = Desk(term)
    scene = Scene(21, desk.pens)
    for _ in range(150):
        scene.step()
        sent = desk.painter.frame(scene.grid, scene.cursor).decode()
        rest = ALLOWED.sub("", sent)
        assert not re.search(r"[\x00-\x1f\x7f-\x9f]", rest), repr(sent)
        if term == "vt100":
            assert not re.search(r"\x1b\[[0-9;]*[GdXPLM@]|\x1b\[\?25", sent)
