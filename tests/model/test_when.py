"""Points in time: as sent, as precise as sent, sorted by their earliest instant."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.model.when import FOREVER, OSLO, Precision, When, WhenUnreadable

DATES = st.dates(date(2, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("1980", Precision.YEAR, "1979-12-31T23:00:00", "1980-12-31T23:00:00"),
        ("1980-05", Precision.MONTH, "1980-04-30T22:00:00", "1980-05-31T22:00:00"),
        ("1980-12", Precision.MONTH, "1980-11-30T23:00:00", "1980-12-31T23:00:00"),
        ("2026-11-05", Precision.DAY, "2026-11-04T23:00:00", "2026-11-05T23:00:00"),
        ("2026-03-29", Precision.DAY, "2026-03-28T23:00:00", "2026-03-29T22:00:00"),  # a day of 23 hours
        ("2026-10-25", Precision.DAY, "2026-10-24T22:00:00", "2026-10-25T23:00:00"),  # a day of 25 hours
        ("2026-11-05T07:15Z", Precision.MINUTE, "2026-11-05T07:15:00", "2026-11-05T07:16:00"),
        ("2026-11-05T07:15:30+01:00", Precision.SECOND, "2026-11-05T06:15:30", "2026-11-05T06:15:31"),
        ("2026-11-05T08:15:30", Precision.SECOND, "2026-11-05T07:15:30", "2026-11-05T07:15:31"),
        ("2026-06-30T23:59:60Z", Precision.SECOND, "2026-06-30T23:59:59", "2026-07-01T00:00:00"),
        ("2026-11-05T07:15:30.25Z", Precision.SECOND, "2026-11-05T07:15:30.250000", "2026-11-05T07:15:31.250000"),
    ],
)
def test_what_was_sent_means_a_span(text: str, precision: Precision, earliest: str, latest: str) -> None:
    found = When.parse(text)
    assert (found.text, found.precision) == (text, precision)
    assert found.earliest == datetime.fromisoformat(earliest).replace(tzinfo=UTC)
    assert found.latest == datetime.fromisoformat(latest).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 2026",
        "2026-13",
        "2026-00",
        "2026-02-30",
        "0000",
        "26",
        "2026-1",
        "2026-11-05T",
        "2026-11-05T24:00:00Z",
        "2026-11-05T07:60Z",
        "2026-11-05T07:15:61Z",
        "2026-11-05T07:15:30+25:00",
        "2026-11-05T07",
        "2026-11-05 07:15",
        "2026-11-05T07:15:30.Z",
        "２０２６",
        "2026\n",
        "9999-12-31T12:00:00Z",
        "9999-12-31T23:59:59+01:00",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_what_is_no_time_is_refused_without_a_word_of_it(text: str) -> None:
    with pytest.raises(WhenUnreadable) as told:
        When.parse(text)
    assert (not told.value.args and told.value.__suppress_context__) or told.value.__context__ is None


@given(DATES)
def test_a_day_lies_in_its_month_and_that_in_its_year(day: date) -> None:
    whole = [When.parse(day.isoformat()[:length]) for length in (4, 7, 10)]
    for outer, inner in pairwise(whole):
        assert outer.earliest <= inner.earliest < inner.latest <= outer.latest
    assert whole[2].local.date() == day


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_the_offset_does_not_change_the_instant(naive: datetime, minutes: int) -> None:
    instant = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    found = When.parse(instant.isoformat())
    assert found.earliest == instant and found.latest - found.earliest == timedelta(seconds=1)
    assert found.earliest.utcoffset() == timedelta(0)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_an_instant_is_written_with_oslos_offset(instant: datetime) -> None:
    found = When.at(instant)
    assert found.earliest == instant.replace(microsecond=0)
    offset = instant.astimezone(ZoneInfo("Europe/Oslo")).utcoffset()
    assert datetime.fromisoformat(found.text).utcoffset() == offset


@given(st.text(max_size=30) | st.text(st.sampled_from("0123456789-T:+Z. "), max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = When.parse(text)
    except WhenUnreadable:
        return
    assert found.text == text and found.earliest < found.latest


@pytest.mark.parametrize("text", ["9999", "9999-12", "9999-12-31"])
def test_what_has_no_end_is_read(text: str) -> None:
    found = When.parse(text)
    assert found.latest == FOREVER > found.earliest and found.local.year in (9998, 9999)


@given(st.text(st.sampled_from("0129-T:+Z"), max_size=26))
def test_what_is_read_can_be_shown(text: str) -> None:
    with suppress(WhenUnreadable):
        assert When.parse(text).local.tzinfo is OSLO


def test_a_time_without_offset_is_a_time_in_oslo() -> None:
    assert When.parse("2026-07-05T08:15").earliest == datetime(2026, 7, 5, 6, 15, tzinfo=UTC)
    assert When.parse("2026-07-05").local.tzinfo is OSLO


def test_two_texts_for_one_instant_are_not_equal_but_sort_alike() -> None:
    one, two = When.parse("2026-11-05T08:15:00+01:00"), When.parse("2026-11-05T07:15:00Z")
    assert one != two and one.earliest == two.earliest
