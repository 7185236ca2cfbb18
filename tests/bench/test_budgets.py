"""What each act may cost the line, held on the real program; CPU and delays are measured by the benches only."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.bench import same_frames, widgets
from tests.bench.acts import BUDGETS, NOTE, Budget, Figures, sitting
from tests.bench.line import fresh
from tests.bench.ncurses_frames import Count, report, whole
from tests.bench.station import Station, prepared

pytestmark = pytest.mark.pty

BEAT = 0.004
QUIET = 0.15
IDLE = 3.0
"""Seconds: in these Textual's own cursor would have blinked six times."""


@dataclass(frozen=True)
class Measured:
    """Bytes by act of a sitting; frames by act of a visit; widgets in the timeline, at its top and at its end."""

    figures: Figures
    frames: dict[str, Count]
    widgets: tuple[int, int]


def sit(folder: Path, home: Path, base: str) -> Figures:
    with fresh(home, folder / "sitting") as own, Station(own, base, quiet=QUIET) as kari:
        return sitting(kari, IDLE, BEAT)[0]


def count_frames(folder: Path, home: Path, base: str) -> dict[str, Count]:
    with fresh(home, folder / "visit") as own:
        return same_frames.record(folder, own, base, BEAT, QUIET)


def count_widgets(folder: Path, home: Path, base: str) -> tuple[int, int]:
    counted = folder / "widgets"
    module = ("tests.bench.widgets", str(counted))
    with fresh(home, folder / "paging") as own, Station(own, base, module=module, quiet=QUIET) as kari:
        kari.searches("bakken")
        kari.presses("2")
        top = kari.terminal.display[5]
        before = widgets.ask(kari.terminal.pid, counted)
        kari.presses(*["pgdn"] * 5, "end")
        assert kari.terminal.display[5] != top
        return before, widgets.ask(kari.terminal.pid, counted)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """All of it at once, since most of the time is spent waiting for still screens."""
    folder = tmp_path_factory.mktemp("bench")
    home, journal = prepared(folder, "bakken")
    with journal, ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        at = (folder, home, journal.base)
        first, second, third = pool.submit(sit, *at), pool.submit(count_frames, *at), pool.submit(count_widgets, *at)
        return Measured(first.result(), second.result(), third.result())


@pytest.mark.parametrize("budget", [each for each in BUDGETS if each.figure != "whole visit"], ids=lambda b: b.figure)
def test_an_act_costs_no_more_than_it_may(budget: Budget, measured: Measured) -> None:
    assert measured.figures[budget.figure] <= budget.most


def test_a_whole_visit_costs_no_more_than_it_may(measured: Measured) -> None:
    most = next(budget.most for budget in BUDGETS if budget.figure == "whole visit")
    assert whole(measured.frames).ours <= most, report(measured.frames)


def test_the_programs_own_frames_cost_less_than_through_ncurses(measured: Measured) -> None:
    assert not same_frames.missed(measured.frames), report(measured.frames)


def test_a_visit_is_what_it_is_measured_as(measured: Measured) -> None:
    """Every letter has its frame, none was left out by a line that could not keep up; and the entries were shown."""
    assert len(NOTE) == 400
    assert measured.frames["note typed"].frames >= len(NOTE)
    assert measured.frames["reading"].ours > 1000


def test_only_what_is_visible_is_built(measured: Measured) -> None:
    top, end = measured.widgets
    assert top == end
