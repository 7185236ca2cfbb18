"""What the painter sends shows exactly what was wanted in a real tmux: in its own account and around it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from akson_tui.terminal.painter import Painter
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import profile_of
from tests.terminal.scenes import MEASURED_ALIKE, Scene, expected, first_difference
from tests.tools.needs import need
from tests.tools.tmux import AttachedTmux, Tmux

FRAMES = 170
LOST = (1, 1, 1, 3)
"""Changes between two frames, of which only the last is sent."""


@pytest.mark.pty
def test_tmux_holds_what_was_wanted_in_every_frame(tmp_path: Path) -> None:
    need("tmux")
    profile = profile_of("screen-256color")
    pens = Pens(profile)
    painter = Painter(profile, pens)
    scene = Scene(3, pens, odd=MEASURED_ALIKE)
    draw = Random(3)
    with Tmux(tmp_path, 80, 24) as tmux:
        tmux.feed(painter.opening())
        for number in range(FRAMES):
            for _ in range(draw.choice(LOST)):
                scene.step()
            if number % 50 == 49:
                columns, lines = draw.choice(((80, 24), (100, 30), (40, 12)))
                tmux.resize(columns, lines)
                scene.resize(columns, lines)
                painter.forget()
            sent = painter.frame(scene.grid, scene.cursor)
            tmux.feed(sent)
            difference = first_difference(tmux.rows(), expected(scene.grid, pens))
            assert not difference, f"frame {number}, sent {sent!r}: {difference}"
            assert tmux.cursor == scene.cursor, f"frame {number}, sent {sent!r}"


@pytest.mark.pty
@pytest.mark.parametrize(("term", "seed"), [("tmux-256color", 1), ("xterm-256color", 2)])
def test_the_terminal_around_tmux_shows_what_was_wanted_in_every_frame(term: str, seed: int, tmp_path: Path) -> None:
    need("tmux")
    profile = profile_of(term)
    pens = Pens(profile)
    painter = Painter(profile, pens)
    scene = Scene(seed, pens, odd=MEASURED_ALIKE)
    draw = Random(seed)
    with AttachedTmux(tmp_path, 80, 24) as tmux:
        tmux.feed(painter.opening())
        for number in range(FRAMES):
            for _ in range(draw.choice(LOST)):
                scene.step()
            sent = painter.frame(scene.grid, scene.cursor)
            tmux.feed(sent)
            wanted, cursor = expected(scene.grid, pens), scene.cursor

            def shown(wanted: object = wanted, cursor: object = cursor) -> bool:
                return tmux.emulator.cursor == cursor and tmux.emulator.rows() == wanted

            came = tmux.until(shown)
            difference = first_difference(tmux.emulator.rows(), wanted)
            assert came, f"frame {number}, sent {sent!r}: {difference}, cursor {tmux.emulator.cursor} for {cursor}"
