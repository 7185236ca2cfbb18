"""What each act may cost the line, held on the real program; CPU and delays are measured by the benches only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import same_frames, widgets
from tests.bench.acts import BUDGETS, NOTE, Budget, Figures, sitting
from tests.bench.line import fresh
from tests.bench.ncurses_frames import Count, report, whole
from tests.bench.station import Station, prepared
from tests.journeys.people import Journal

pytestmark = pytest.mark.pty

BEAT = 0.02
QUIET = 0.15
IDLE = 3.0
"""Seconds: in these Textual's own cursor would have blinked six times."""


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path, Journal]]:
    """A folder, a home that holds Astrid's journal, and the journal it came from, running."""
    folder = tmp_path_factory.mktemp("bench")
    home, journal = prepared(folder, "bakken")
    with journal:
        yield folder, home, journal


@pytest.fixture(scope="module")
def figures(practice: tuple[Path, Path, Journal]) -> Figures:
    folder, home, journal = practice
    with fresh(home, folder / "sitting") as own, Station(own, journal, quiet=QUIET) as kari:
        return sitting(kari, IDLE, BEAT)[0]


@pytest.fixture(scope="module")
def frames(practice: tuple[Path, Path, Journal]) -> dict[str, Count]:
    folder, home, journal = practice
    with fresh(home, folder / "visit") as own:
        return same_frames.record(folder, own, journal, BEAT, QUIET)


@pytest.mark.parametrize("budget", [each for each in BUDGETS if each.figure != "whole visit"], ids=lambda b: b.figure)
def test_an_act_costs_no_more_than_it_may(budget: Budget, figures: Figures) -> None:
    assert figures[budget.figure] <= budget.most


def test_a_whole_visit_costs_no_more_than_it_may(frames: dict[str, Count]) -> None:
    most = next(budget.most for budget in BUDGETS if budget.figure == "whole visit")
    assert whole(frames).ours <= most, report(frames)


def test_the_programs_own_frames_cost_less_than_through_ncurses(frames: dict[str, Count]) -> None:
    assert not same_frames.missed(frames), report(frames)


def test_a_visit_is_what_it_is_measured_as(frames: dict[str, Count]) -> None:
    """Every letter has its frame: none was left out by a line that could not keep up."""
    assert len(NOTE) == 400
    assert frames["note typed"].frames >= len(NOTE)
    assert frames["reading"].ours > 500, "five entries were not shown"


def test_a_journal_of_any_length_has_the_same_widgets(practice: tuple[Path, Path, Journal]) -> None:
    """Ten pages down, and to the end: nothing is mounted for it."""
    folder, home, journal = practice
    counted = folder / "widgets"
    with (
        fresh(home, folder / "paging") as own,
        Station(own, journal, module=("tests.bench.widgets", str(counted)), quiet=QUIET) as kari,
    ):
        kari.searches("bakken")
        kari.presses("2")
        before = widgets.ask(kari.terminal.pid, counted)
        kari.presses(*["pgdn"] * 5, "end")
        assert kari.terminal.display[5] != ""
        assert widgets.ask(kari.terminal.pid, counted) == before > 5
