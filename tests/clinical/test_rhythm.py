"""When something is next to be done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.clinical.rhythm import next_due, read
from akson_tui.model.plan import Rhythm

NOW = datetime(2026, 11, 24, 11, 3, tzinfo=UTC)
"""Tuesday, 12.03 in Oslo."""


@pytest.mark.parametrize(
    ("said", "rhythm"),
    [
        ("daglig", Rhythm(1)),
        ("Daglig kl. 8 og 20", Rhythm(1, minutes=(480, 1200))),
        ("kl. 7, 10, 13.30 og 19", Rhythm(1, minutes=(420, 600, 810, 1140))),
        ("hver mandag", Rhythm(7, weekdays=frozenset({0}))),
        ("tirsdag og fredag", Rhythm(7, weekdays=frozenset({1, 4}))),
        ("mandag, onsdag og fredag kl. 9", Rhythm(7, weekdays=frozenset({0, 2, 4}), minutes=(540,))),
        ("hver 14. dag", Rhythm(14)),
        ("annenhver dag", Rhythm(2)),
        ("hver 4. uke", Rhythm(28)),
        ("hver måned", Rhythm(0, 1)),
        ("hvert halvår", Rhythm(0, 6)),
    ],
)
def test_a_rhythm_is_read_from_words(said: str, rhythm: Rhythm) -> None:
    assert read(said) == rhythm


@pytest.mark.parametrize(
    "said",
    [
        "",
        "ved behov",
        "én gang",
        "første mandag i måneden",
        "daglig ved stell",
        "hver annen time",
        "kl. 25",
        "hver 0. dag",
    ],
)
def test_what_is_not_understood_whole_gives_no_time(said: str) -> None:
    assert read(said) is None


@pytest.mark.parametrize(
    ("said", "hours_ago", "due"),
    [
        ("daglig", None, "2026-11-24"),
        ("daglig", 1, "2026-11-25"),
        ("daglig", 72, "2026-11-24"),
        ("daglig kl. 8 og 20", None, "2026-11-24T20:00"),
        ("daglig kl. 8 og 20", 4, "2026-11-24T20:00"),
        ("daglig kl. 8 og 20", 16, "2026-11-24T08:00"),
        ("daglig kl. 13", 0.5, "2026-11-25T13:00"),
        ("hver mandag", 28, "2026-11-30"),
        ("tirsdag og fredag", None, "2026-11-24"),
        ("tirsdag og fredag", 2, "2026-11-27"),
        ("hver 14. dag", None, None),
        ("hver 14. dag", 24 * 20, "2026-11-18"),
        ("hver måned", 24 * 24, "2026-11-30"),
    ],
)
def test_the_next_time_follows_from_the_last(said: str, hours_ago: float | None, due: str | None) -> None:
    rhythm = read(said)
    assert rhythm is not None
    last = None if hours_ago is None else NOW - timedelta(hours=hours_ago)
    found = next_due(rhythm, last, NOW)
    assert (found.text if found is not None else None) == due


@given(st.text(max_size=60) | st.from_regex(r"hver \d{1,4}\. (dag|uke|måned) kl\. \d{1,3}", fullmatch=True))
def test_no_words_raise(said: str) -> None:
    rhythm = read(said)
    if rhythm is not None:
        next_due(rhythm, NOW - timedelta(days=3), NOW)
