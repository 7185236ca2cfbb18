"""The state of the line: told by what requests met, never asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.journal.answer import Answer
from akson_tui.journal.capability import Abilities
from akson_tui.journal.troubles import (
    Busy,
    Invalid,
    NoLine,
    NotAllowed,
    NotFhir,
    NotSignedIn,
    ServerFailed,
    TookTooLong,
)
from akson_tui.model.line import LineStatus
from akson_tui.sync import backoff
from akson_tui.sync.line import Line

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Told:
    def __init__(self) -> None:
        self.line = Line("hjem", lambda: NOW, lambda: 0.5)
        self.changes = self.backs = 0
        self.line.changed = self.changed
        self.line.back = self.back

    def changed(self) -> None:
        self.changes += 1

    def back(self) -> None:
        self.backs += 1

    def hear(self, seconds: float | None = 0.0) -> None:
        date = None if seconds is None else NOW - timedelta(seconds=seconds)
        self.line.heard(Answer(200, {}, b"{}", date))


def test_the_line_falls_and_is_back_once() -> None:
    told = Told()
    told.hear()
    for _ in range(3):
        told.line.answered(NoLine())
    assert told.line.down and told.line.state.trouble == "no-line" and told.changes == 2
    told.hear()
    told.hear()
    assert told.line.state.status is LineStatus.UP and told.backs == 1 and told.changes == 3


@pytest.mark.parametrize("trouble", [NoLine(), TookTooLong(), Busy(503)])
def test_waits_grow_and_begin_anew(trouble: Exception) -> None:
    told = Told()
    waits = []
    for _ in range(7):
        told.line.answered(trouble)  # type: ignore[arg-type]
        waits.append(told.line.wait())
    assert waits == [1, 2, 5, 10, 30, 60, 60]
    told.hear()
    told.line.answered(NoLine())
    assert told.line.wait() == 1


def test_a_server_that_asks_to_wait_is_given_the_time() -> None:
    told = Told()
    told.line.answered(Busy(429, retry_after=300))
    assert told.line.wait() == 300


def test_a_refused_request_says_nothing_of_the_line() -> None:
    told = Told()
    told.line.answered(Invalid(422))
    assert told.line.state.status is LineStatus.UP
    told.line.answered(ServerFailed(500))
    assert (told.line.state.status, told.line.state.trouble) == (LineStatus.UP, "server")


def test_being_refused_is_told_apart_from_being_down() -> None:
    told = Told()
    told.line.answered(NotAllowed(403))
    assert (told.line.state.status, told.line.state.trouble) == (LineStatus.REFUSED, "forbidden")
    told.hear()
    told.line.answered(NotAllowed(403))
    assert told.line.state.status is LineStatus.UP
    told.line.answered(NotSignedIn(401))
    assert told.line.state.status is LineStatus.REFUSED


def test_something_that_is_no_journal_is_odd_unless_it_was_one() -> None:
    told = Told()
    told.line.answered(NotFhir())
    assert told.line.state.status is LineStatus.ODD
    told.hear()
    told.line.answered(NotFhir())
    assert told.line.state.status is LineStatus.UP


@pytest.mark.parametrize(("ahead", "seen"), [(0, 0), (1.5, 0), (-1.9, 0), (90, 90), (-7200, -7200)])
def test_a_clock_that_is_wrong_is_told_and_corrected(ahead: float, seen: float) -> None:
    told = Told()
    told.hear(ahead)
    assert told.line.state.clock_off == seen
    assert told.line.now() == NOW - timedelta(seconds=seen)


def test_a_clock_that_trembles_is_no_news() -> None:
    told = Told()
    told.hear(90)
    changes = told.changes
    for off in (90.5, 89.2, 91.9, None):
        told.hear(off)
    assert told.changes == changes and told.line.state.clock_off == 90


@pytest.mark.parametrize(("notes", "offered"), [(None, False), (True, True), (False, False)])
def test_the_sites_word_counts_more_than_the_statements(notes: bool | None, offered: bool) -> None:
    told = Told()
    told.line.told(Abilities(), notes)
    assert ("DocumentReference" in told.line.state.creates) is offered and told.line.state.known


@given(st.integers(-3, 50), st.floats(0, 1, exclude_max=True), st.none() | st.floats(0, 3600))
def test_a_wait_is_near_its_step(tries: int, random: float, asked: float | None) -> None:
    waited = backoff.wait(tries, lambda: random, asked)
    step = backoff.STEPS[max(0, min(tries - 1, 5))]
    assert waited >= (asked or 0) and (waited == asked or 0.8 * step <= waited <= 1.2 * step)
