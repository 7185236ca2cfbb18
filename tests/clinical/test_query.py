"""What was typed into the search field."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.clinical.query import Query, QueryKind, parse

TODAY = date(2026, 11, 5)


def born(query: Query) -> tuple[str, str]:
    return (query.born.text if query.born else "", query.born_also.text if query.born_also else "")


@pytest.mark.parametrize(
    "text", ["170554", "17.05.1954", "17051954", "17.5.54", "17-05-1954", "17/5 1954", "17 05 1954", "1954-05-17"]
)
def test_a_birth_date_however_it_is_written(text: str) -> None:
    query = parse(text, TODAY)
    assert (query.kind, query.doubt) == (QueryKind.BIRTH_DATE, "")
    assert born(query) == ("1954-05-17", "")


def test_a_year_alone() -> None:
    query = parse("1954", TODAY)
    assert query.kind is QueryKind.BIRTH_DATE and born(query) == ("1954", "")


def test_two_digits_may_mean_two_centuries() -> None:
    assert born(parse("170526", TODAY)) == ("2026-05-17", "1926-05-17")
    assert born(parse("311226", TODAY)) == ("1926-12-31", "")
    assert born(parse("290224", TODAY)) == ("2024-02-29", "1924-02-29")
    assert born(parse("290223", TODAY)) == ("", "")


@pytest.mark.parametrize("text", ["320154", "311354", "30.02.1954", "17.05.2030", "01011800", "2026-12-24"])
def test_a_date_that_is_none_is_told(text: str) -> None:
    query = parse(text, TODAY)
    assert (query.kind, query.doubt, query.born) == (QueryKind.BIRTH_DATE, "date", None)


@pytest.mark.parametrize("text", ["13717404089", "137174 04089", " 137174-04089"])
def test_eleven_digits_are_a_national_number(text: str) -> None:
    query = parse(text, TODAY)
    assert (query.kind, query.number, query.doubt) == (QueryKind.NATIONAL_ID, "13717404089", "")
    assert born(query) == ("1974-06-13", "")


def test_a_national_number_that_does_not_hold_is_sought_all_the_same() -> None:
    query = parse("13717404088", TODAY)
    assert (query.kind, query.number, query.doubt) == (QueryKind.NATIONAL_ID, "13717404088", "check-digits")


@pytest.mark.parametrize(
    ("text", "words", "when"),
    [
        ("Bakken", ("bakken",), ""),
        ("Bakken, Astrid", ("bakken", "astrid"), ""),
        ("ås", ("aas",), ""),
        ("bakken 1942", ("bakken",), "1942"),
        ("bakken 010342", ("bakken",), "1942-03-01"),
        ("Astrid Bakken (01.03.1942)", ("astrid", "bakken"), "1942-03-01"),
        ("bakken 1942 1943", ("bakken", "1942", "1943"), ""),
        ("12345", ("12345",), ""),
        ("1705", ("1705",), ""),
        ("3000", ("3000",), ""),
    ],
)
def test_a_name_and_what_stands_beside_it(text: str, words: tuple[str, ...], when: str) -> None:
    query = parse(text, TODAY)
    assert (query.kind, query.folded_words, query.doubt) == (QueryKind.NAME, words, "")
    assert born(query)[0] == when


@pytest.mark.parametrize("text", ["", "   ", "…", "-", "\u200b"])
def test_nothing_to_seek(text: str) -> None:
    assert parse(text, TODAY).kind is QueryKind.EMPTY


@given(st.text(max_size=300) | st.text(st.sampled_from("0123456789 .-/aåø"), max_size=20))
def test_anything_typed_is_one_of_the_four(text: str) -> None:
    query = parse(text, TODAY)
    if query.kind is QueryKind.NATIONAL_ID:
        assert len(query.number) == 11 and query.number.isdigit()
    if query.kind is QueryKind.BIRTH_DATE:
        assert (query.born is None) is (query.doubt == "date")
    if query.kind is QueryKind.NAME:
        assert query.folded_words
    for when in (query.born, query.born_also):
        assert when is None or query.kind is QueryKind.NATIONAL_ID or when.local.date() <= TODAY


@given(st.dates(date(1910, 1, 1), TODAY))
def test_every_birth_date_is_found_by_its_six_digits(day: date) -> None:
    assert day.isoformat() in born(parse(day.strftime("%d%m%y"), TODAY))
    assert born(parse(day.strftime("%d%m%Y"), TODAY)) == (day.isoformat(), "")
