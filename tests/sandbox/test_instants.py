"""Dates as ranges: a day in Oslo lasts from midnight to midnight, also when the clocks change."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.sandbox import instants


def ms(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).timestamp() * 1000)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2026", "2025-12-31T23:00Z", "2026-12-31T23:00Z"),
        ("2026-03", "2026-02-28T23:00Z", "2026-03-31T22:00Z"),
        ("2026-12", "2026-11-30T23:00Z", "2026-12-31T23:00Z"),
        ("2026-03-29", "2026-03-28T23:00Z", "2026-03-29T22:00Z"),
        ("2026-10-25", "2026-10-24T22:00Z", "2026-10-25T23:00Z"),
        ("2026-11-24T10:15", "2026-11-24T09:15Z", "2026-11-24T09:16Z"),
        ("2026-11-24T10:15:30", "2026-11-24T09:15:30Z", "2026-11-24T09:15:31Z"),
        ("2026-11-24T10:15:30Z", "2026-11-24T10:15:30Z", "2026-11-24T10:15:31Z"),
        ("2026-11-24T10:15:30.5+01:00", "2026-11-24T09:15:30.500Z", "2026-11-24T09:15:30.600Z"),
        ("2026-11-24T10:15:30.123456-05:30", "2026-11-24T15:45:30.123Z", "2026-11-24T15:45:30.124Z"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", "2017-01-01T00:00:00Z"),
        ("1942-05-17", "1942-05-16T22:00Z", "1942-05-17T22:00Z"),
    ],
)
def test_a_date_is_as_long_as_it_is_precise(text: str, low: str, high: str) -> None:
    assert instants.instant(text) == (ms(low), ms(high))


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026-13", "2026-02-30", "2026-1-1", "2026-11-24T", "2026-11-24T25:00:00Z", "i dag", "٢٠٢٦", "0000"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        instants.instant(text)


@given(st.integers(0, 4_000_000_000_000))
def test_an_instant_that_was_written_is_read_back(when: int) -> None:
    assert instants.instant(instants.text(when)) == (when, when + 1)


@given(st.dates(dt.date(1900, 1, 1), dt.date(9999, 12, 31)))
def test_every_day_lies_in_its_month_and_year(day: dt.date) -> None:
    low, high = instants.instant(day.isoformat())
    assert high - low in (82_800_000, 86_400_000, 90_000_000)
    for shorter in (day.isoformat()[:7], day.isoformat()[:4]):
        first, last = instants.instant(shorter)
        assert first <= low and high <= last
