"""What the painter sends shows exactly what was wanted, on terminals of every kind that pyte can be made to be."""

from __future__ import annotations

from random import Random

import pyte
import pytest

from akson_tui.terminal.cells import ORDINARY, Grid
from akson_tui.terminal.painter import Painter
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import profile_of
from tests.terminal.scenes import ODD, Scene, expected, first_difference
from tests.tools.emulator import Char, Emulator, Widths

SIZES = ((80, 24), (80, 24), (100, 30), (40, 12), (20, 5), (132, 43), (7, 3))
STEPS_LOST = (1, 1, 1, 1, 2, 7)
"""Changes between two frames: those before the last are never sent, as on a slow line."""


def play(term: str, seed: int, frames: int, *, odd: list[str] = ODD, bce: bool = True) -> None:
    """Paint `frames` random frames and compare each, and each with painting from nothing."""
    profile = profile_of(term)
    pens = Pens(profile)
    painter = Painter(profile, pens)
    scene = Scene(seed, pens, odd=odd)
    terminal = Emulator(80, 24, bce=bce)
    terminal.feed(painter.opening())
    draw = Random(seed)
    for number in range(frames):
        for _ in range(draw.choice(STEPS_LOST)):
            scene.step()
        happens = draw.random()
        if happens < 0.02:
            columns, lines = draw.choice(SIZES)
            terminal.resize(columns, lines)
            scene.resize(columns, lines)
        elif happens < 0.03:
            painter.forget()
        sent = painter.frame(scene.grid, scene.cursor)
        terminal.feed(sent)
        wanted = expected(scene.grid, pens)
        shown = terminal.rows()
        told = f"{term}, seed {seed}, frame {number}, sent {sent!r}"
        difference = first_difference(shown, wanted)
        assert not difference, f"{told}: {difference}"
        if profile.cursor or scene.cursor:
            assert terminal.cursor == scene.cursor, told
        assert painter.frame(scene.grid, scene.cursor) == b"", told
        assert not scene.grid.dirty
        anew = Emulator(scene.grid.columns, scene.grid.lines, bce=bce)
        anew.feed(Painter(profile, pens).frame(scene.grid, scene.cursor))
        difference = first_difference(anew.rows(), shown)
        assert not difference, f"{told}: from nothing: {difference}"
    assert terminal.screen.scrolled == 0


KINDS = [
    ("xterm-256color", True),
    ("xterm-direct", True),
    ("xterm-mono", True),
    ("tmux-256color", True),
    ("screen-256color", False),
    ("screen-256color", True),
    ("linux", True),
    ("xterm", True),
    ("vt100", False),
    ("vt220", False),
]


@pytest.mark.parametrize(("term", "bce"), KINDS)
def test_every_frame_shows_what_was_wanted(term: str, bce: bool) -> None:
    play(term, seed=1, frames=50, bce=bce)


@pytest.mark.long
def test_twenty_thousand_frames_show_what_was_wanted() -> None:
    for seed in range(100):
        term, bce = KINDS[seed % len(KINDS)]
        play(term, seed=1000 + seed, frames=200, bce=bce)


@pytest.mark.parametrize("widths", [Widths.APART, Widths.NARROW])
def test_a_terminal_that_measures_emoji_otherwise_shows_all_else_rightly(widths: Widths) -> None:
    profile = profile_of("xterm-256color")
    pens = Pens(profile)
    painter = Painter(profile, pens)
    scene = Scene(7, pens)
    terminal = Emulator(80, 24, widths)
    terminal.feed(painter.opening())
    compared = 0
    for number in range(150):
        scene.step()
        sent = painter.frame(scene.grid, scene.cursor)
        terminal.feed(sent)
        shown, wanted = terminal.rows(), expected(scene.grid, pens)
        for y, row in enumerate(scene.grid.rows):
            for x, cell in enumerate(row):
                if cell.text in ORDINARY:
                    compared += 1
                    assert shown[y][x] == wanted[y][x], f"frame {number}, line {y}, column {x}, sent {sent!r}"
        if scene.cursor:
            assert terminal.cursor == scene.cursor
    assert compared > 150 * 80 * 20


def test_pyte_as_it_comes_shows_plain_text_rightly() -> None:
    """The checker's own corrections are not what makes the frames right."""
    profile = profile_of("xterm-256color")
    pens = Pens(profile)
    painter = Painter(profile, pens)
    scene = Scene(3, pens, odd=[])
    screen = pyte.Screen(80, 24)
    stream = pyte.ByteStream(screen)
    stream.feed(painter.opening())
    for number in range(200):
        scene.step()
        sent = painter.frame(scene.grid, scene.cursor)
        stream.feed(sent)
        wanted = ["".join(cell.text for cell in row) for row in scene.grid.rows]
        assert screen.display == wanted, f"frame {number}, sent {sent!r}"


def test_opening_and_closing_give_the_terminal_back() -> None:
    terminal = Emulator(80, 24)
    terminal.feed(b"$ akson-tui\r\nbefore")
    modes, rows, cursor = set(terminal.screen.mode), terminal.rows(), terminal.cursor
    profile = profile_of("xterm-256color")
    pens = Pens(profile)
    painter = Painter(profile, pens)
    scene = Scene(5, pens)
    terminal.feed(painter.opening())
    for _ in range(20):
        scene.step()
        terminal.feed(painter.frame(scene.grid, None))
    terminal.feed(painter.closing())
    assert terminal.screen.mode == modes
    assert terminal.rows() == rows
    assert terminal.cursor == cursor
    assert terminal.screen.cursor.attrs == Char(" ")


def test_nothing_of_the_screen_is_left_where_there_is_no_alternate_screen() -> None:
    profile = profile_of("linux")
    pens = Pens(profile)
    painter = Painter(profile, pens)
    terminal = Emulator(80, 24)
    grid = Grid(80, 24)
    grid.put(3, 3, "Astrid Bakken", 0)
    terminal.feed(painter.opening() + painter.frame(grid, None) + painter.closing())
    assert "".join(terminal.screen.display).strip() == ""
