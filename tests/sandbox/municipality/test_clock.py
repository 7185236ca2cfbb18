"""Days before now, told in Oslo's offset of that day."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.sandbox.municipality.clock import Clock, later

OSLO = ZoneInfo("Europe/Oslo")
NOW = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)


def test_today_is_oslos_date() -> None:
    assert Clock(NOW).today == dt.date(2026, 11, 25)


@pytest.mark.parametrize(("days_ago", "offset"), [(0, "+01:00"), (100, "+02:00"), (300, "+01:00")])
def test_the_offset_is_that_days_own(days_ago: int, offset: str) -> None:
    assert Clock(NOW).at(days_ago, 12).endswith(offset)


@given(st.integers(-400, 4000), st.integers(0, 23), st.integers(0, 59))
def test_every_time_is_one_that_oslo_has(days_ago: int, hour: int, minute: int) -> None:
    made = dt.datetime.fromisoformat(Clock(NOW).at(days_ago, hour, minute))
    shown = made.astimezone(OSLO)
    # The hour that spring skips keeps its instant; all others keep their clock time.
    assert shown.utcoffset() == made.utcoffset() or (made.month == 3 and hour == 2)


def test_later_works_the_offset_out_anew() -> None:
    assert later("2026-10-25T02:30:00+02:00", 60) == "2026-10-25T02:30:00+01:00"


def test_the_queue_never_slips_into_yesterday() -> None:
    clock = Clock(dt.datetime(2026, 11, 24, 23, 10, tzinfo=dt.UTC))
    assert clock.minutes_ago_today(5) == "2026-11-25T00:05:00+01:00"
    assert clock.minutes_ago_today(90) == "2026-11-25T00:00:00+01:00"


def test_age_counts_whole_years() -> None:
    assert Clock(NOW).age(dt.date(1942, 11, 25)) == 84
    assert Clock(NOW).age(dt.date(1942, 11, 26)) == 83
