"""The made-up visit costs at most nine tenths of what ncurses sends for it, and in no act more."""

from __future__ import annotations

from pathlib import Path

import pytest

from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import profile_of
from tests.bench.frames import Recorder, load, save
from tests.bench.ncurses_frames import TERM, compare, report, whole
from tests.bench.visit import Visit
from tests.terminal.scenes import Scene


@pytest.mark.pty
def test_a_visit_costs_less_than_through_ncurses() -> None:
    counts = compare(Visit(Pens(profile_of(TERM))).whole())
    told = report(counts)
    assert whole(counts).ratio <= 0.9, told
    assert all(count.ratio <= 1.0 for count in counts.values()), told


def test_frames_are_read_back_as_they_were_recorded(tmp_path: Path) -> None:
    pens = Pens(profile_of(TERM))
    scene = Scene(1, pens, columns=40, lines=8)
    recorder = Recorder(tmp_path / "frames", pens)
    grids = []
    for number in range(30):
        recorder.act = f"act {number // 10}"
        scene.step()
        recorder.add(scene.grid, scene.cursor)
        grids.append(([list(row) for row in scene.grid.rows], scene.cursor, recorder.act))
    recorder.close()
    frames = list(load(tmp_path / "frames"))
    save(tmp_path / "again", frames)
    assert list(load(tmp_path / "again")) == frames
    for frame, (rows, cursor, act) in zip(frames, grids, strict=True):
        assert (frame.grid(pens).rows, frame.cursor, frame.act) == (rows, cursor, act)
