"""Ages as one tells them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.clinical.age import age
from akson_tui.model.when import When


@pytest.mark.parametrize(
    ("born", "today", "shown"),
    [
        ("2026-11-05", "2026-11-05", "0 dager"),
        ("2026-11-04", "2026-11-05", "1 dag"),
        ("2026-10-23", "2026-11-05", "13 dager"),
        ("2026-10-22", "2026-11-05", "2 uker"),
        ("2026-08-06", "2026-11-05", "13 uker"),
        ("2026-08-05", "2026-11-05", "3 md."),
        ("2024-11-06", "2026-11-05", "23 md."),
        ("2024-11-05", "2026-11-05", "2 år"),
        ("1942-11-06", "2026-11-05", "83 år"),
        ("1942-11-05", "2026-11-05", "84 år"),
        ("2024-02-29", "2026-02-28", "23 md."),
        ("2024-02-29", "2026-03-01", "2 år"),
        ("1942", "2026-11-05", "ca. 84 år"),
        ("2026", "2026-02-05", "under 1 år"),
        ("1942-05", "2026-11-05", "84 år"),
        ("1942-11-05T23:30:00Z", "2026-11-05", "83 år"),
    ],
)
def test_an_age_is_told_in_the_unit_that_fits(born: str, today: str, shown: str) -> None:
    assert str(age(When.parse(born), date.fromisoformat(today))) == shown


@pytest.mark.parametrize("born", ["2026-11-06", "2027", "2026-12"])
def test_a_birth_to_come_has_no_age(born: str) -> None:
    assert age(When.parse(born), date(2026, 11, 5)) is None


@given(st.dates(date(1900, 1, 1), date(2026, 11, 5)), st.integers(0, 40_000))
def test_years_grow_on_birthdays_only(born: date, later: int) -> None:
    today = min(born + timedelta(days=later), date(2030, 1, 1))
    found = age(When.parse(born.isoformat()), today)
    assert found is not None
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    assert found.years == today.year - born.year - (not had_birthday)
    assert found.days == (today - born).days and found.months // 12 == found.years
