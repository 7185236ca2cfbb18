"""Numbers of people and organisations: check digits computed here anew, in ranges that are given to nobody."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.sandbox.municipality import ids
from akson_tui.sandbox.municipality.clock import Clock
from akson_tui.sandbox.municipality.inhabitants import inhabitant

from .conftest import NOW, World

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
            born = dt.date.fromisoformat(r["birthDate"]) if "birthDate" in r else None
            for identifier in r["identifier"]:
                numbers.append(identifier["value"])
                assert holds(identifier["value"])
                if identifier["system"] == ids.FNR:
                    assert born is not None
                    assert int(identifier["value"][4:6]) == born.year % 100
    # Áile Čáhput has two.
    assert len(set(numbers)) == len(numbers) == 39


def test_no_two_of_twenty_thousand_have_the_same_number(everything: list[Resource]) -> None:
    clock = Clock(NOW)
    numbers = {i["value"] for r in everything if r["resourceType"] == "Patient" for i in r["identifier"]}
    before = len(numbers)
    for number in range(20_000):
        person = inhabitant(number)
        born = person.birth(clock)
        assert born is not None
        numbers.add(ids.national_id(person.ident, born, person.female, d_number=person.number == "d", slot=person.slot))
    assert len(numbers) == before + 20_000


@pytest.mark.parametrize("system", [ids.FNR, ids.DNR, ids.FH])
def test_each_kind_of_number_occurs(everything: list[Resource], system: str) -> None:
    assert any(r["identifier"][0]["system"] == system for r in everything if r["resourceType"] == "Patient")


def test_hpr_numbers_have_nine_digits_and_organisations_their_own(town: World) -> None:
    everything = [r for chunk in town.values() for r in chunk]
    hpr = [r["identifier"][0] for r in everything if r["resourceType"] == "Practitioner"]
    assert {i["system"] for i in hpr} == {ids.HPR}
    assert len({i["value"] for i in hpr}) == len(hpr)
    assert all(len(i["value"]) == 9 for i in hpr)
    organisations = [r for r in everything if r["resourceType"] == "Organization"]
    for r in organisations:
        assert modulo_11(r["identifier"][0]["value"], [3, 2, 7, 6, 5, 4, 3, 2, 1]) == 0
    for place in (0, 1):
        assert len({r["identifier"][place]["value"] for r in organisations}) == len(organisations) > 40
