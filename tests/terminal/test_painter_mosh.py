"""What the painter sends comes through a real mosh as it was wanted; mosh keeps neither dim nor strike."""

from __future__ import annotations

from pathlib import Path

import pytest

from akson_tui.terminal.painter import Painter
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import profile_of
from tests.terminal.scenes import MEASURED_ALIKE, SGRS, Scene, expected, first_difference
from tests.tools.mosh import Mosh
from tests.tools.needs import need


@pytest.mark.pty
def test_every_frame_comes_through_mosh_as_it_was_wanted(tmp_path: Path) -> None:
    need("mosh-server", "mosh-client")
    profile = profile_of("xterm-256color")
    pens = Pens(profile)
    painter = Painter(profile, pens)
    kept = [sgr for sgr in SGRS if not {"2", "9"} & set(sgr.split(";"))]
    scene = Scene(11, pens, odd=MEASURED_ALIKE, sgrs=kept)
    with Mosh(tmp_path, 80, 24) as mosh:
        mosh.feed(painter.opening())
        for number in range(100):
            scene.step()
            sent = painter.frame(scene.grid, scene.cursor)
            mosh.feed(sent)
            wanted = expected(scene.grid, pens)
            cursor = scene.cursor

            def shown(wanted: object = wanted, cursor: object = cursor) -> bool:
                return mosh.emulator.cursor == cursor and mosh.emulator.rows() == wanted

            came = mosh.until(shown)
            difference = first_difference(mosh.emulator.rows(), wanted)
            assert came, f"frame {number}, sent {sent!r}: {difference}, cursor {mosh.emulator.cursor} for {cursor}"
