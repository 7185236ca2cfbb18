"""Numbers of people and organisations: check digits computed here anew, in ranges that are given to nobody."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.sandbox.municipality import ids

Resource = dict[str, Any]


def modulo_11(digits: str, weights: list[int]) -> int:
    return sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11


def holds(number: str) -> bool:
    """Both check digits: with the digit itself weighted 1 the sum is divisible by 11."""
    return (
        len(number) == 11
        and modulo_11(number[:10], [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) == 0
        and modulo_11(number, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) == 0
    )


def test_the_known_number_of_the_test_register_holds() -> None:
    assert holds("13717404089")
    assert not holds("13717404088")


@given(
    st.text(min_size=1, max_size=20), st.dates(dt.date(1905, 1, 1), dt.date(2039, 12, 31)), st.booleans(), st.booleans()
)
def test_a_national_id_tells_birth_date_and_sex_and_holds(
    who: str, born: dt.date, female: bool, d_number: bool
) -> None:
    number = ids.national_id(who, born, female, d_number=d_number)
    assert holds(number)
    assert int(number[:2]) == born.day + (40 if d_number else 0)
    assert int(number[2:4]) == born.month + 80
    assert int(number[4:6]) == born.year % 100
    assert (int(number[8]) % 2 == 0) == female
    assert (int(number[6:9]) < 500) == (born.year < 2000)


@given(st.text(min_size=1, max_size=20))
def test_help_numbers_begin_with_8_and_hold(who: str) -> None:
    number = ids.help_number(who)
    assert number[0] == "8"
    assert holds(number)


@given(st.text(min_size=1, max_size=20))
def test_organisation_numbers_are_synthetic_and_hold(who: str) -> None:
    number = ids.organisation_number(who)
    assert len(number) == 9
    assert number[0] == "3"
    assert modulo_11(number, [3, 2, 7, 6, 5, 4, 3, 2, 1]) == 0


def test_everybody_has_a_number_that_holds_and_is_theirs_alone(everything: list[Resource]) -> None:
    numbers: list[str] = []
    for r in everything:
        if r["resourceType"] == "Patient":
            (identifier,) = r["identifier"]
            numbers.append(identifier["value"])
            assert holds(identifier["value"])
            born = dt.date.fromisoformat(r["birthDate"]) if "birthDate" in r else None
            if identifier["system"] == ids.FNR:
                assert born is not None
                assert int(identifier["value"][4:6]) == born.year % 100
    assert len(set(numbers)) == len(numbers) == 32


@pytest.mark.parametrize("system", [ids.FNR, ids.DNR, ids.FH])
def test_each_kind_of_number_occurs(everything: list[Resource], system: str) -> None:
    assert any(r["identifier"][0]["system"] == system for r in everything if r["resourceType"] == "Patient")


def test_hpr_numbers_have_nine_digits_and_organisations_their_own(everything: list[Resource]) -> None:
    hpr = [r["identifier"][0] for r in everything if r["resourceType"] == "Practitioner"]
    assert {i["system"] for i in hpr} == {ids.HPR}
    assert len({i["value"] for i in hpr}) == len(hpr)
    assert all(len(i["value"]) == 9 for i in hpr)
    for r in everything:
        if r["resourceType"] == "Organization":
            assert modulo_11(r["identifier"][0]["value"], [3, 2, 7, 6, 5, 4, 3, 2, 1]) == 0
