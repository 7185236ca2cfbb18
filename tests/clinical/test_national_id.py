"""National numbers of every kind; what fails is told, nothing is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.no import fodselsnummer

from akson_tui.clinical.national_id import IdKind, check, digits

TODAY = date(2026, 11, 5)


def closed(nine: str, remainder: int = 0) -> str | None:
    """`nine` with its check digits, computed here anew; the first leaves `remainder`."""
    k1 = (remainder - sum(int(d) * w for d, w in zip(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True))) % 11
    ten = f"{nine}{k1}"
    if k1 == 10:
        return None
    k2 = -sum(int(d) * w for d, w in zip(ten, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    return None if k2 == 10 else f"{ten}{k2}"


def number(head: str, individual: int, remainder: int = 0) -> str:
    """The first number from this individual number on that has check digits."""
    for tried in range(individual, individual + 40):
        if (made := closed(f"{head}{tried:03d}", remainder)) is not None:
            return made
    raise AssertionError("no number")


def test_the_test_person_of_nhn() -> None:
    found = check("13717404089", TODAY)
    assert (found.kind, found.ok, found.doubt) == (IdKind.SYNTHETIC, True, "")
    assert found.born is not None and found.born.text == "1974-06-13"


@pytest.mark.parametrize(
    ("head", "individual", "kind", "born"),
    [
        ("010342", 100, IdKind.FNR, "1942-03-01"),
        ("410342", 100, IdKind.DNR, "1942-03-01"),
        ("018342", 100, IdKind.SYNTHETIC, "1942-03-01"),
        ("418342", 100, IdKind.SYNTHETIC, "1942-03-01"),
        ("016842", 100, IdKind.SYNTHETIC, "1942-03-01"),
        ("014342", 100, IdKind.HNR, "1942-03-01"),
        ("414342", 100, IdKind.SYNTHETIC, "1942-03-01"),
        ("019242", 100, IdKind.SYNTHETIC, "1942-12-01"),
        ("017742", 100, IdKind.SYNTHETIC, "1942-12-01"),
        ("010320", 600, IdKind.FNR, "2020-03-01"),
        ("010399", 100, IdKind.FNR, "1999-03-01"),
        ("010360", 900, IdKind.FNR, "1960-03-01"),
        ("010380", 600, IdKind.FNR, "1880-03-01"),
        ("290224", 600, IdKind.FNR, "2024-02-29"),
    ],
)
def test_each_kind_tells_its_birth_date(head: str, individual: int, kind: IdKind, born: str) -> None:
    found = check(number(head, individual), TODAY)
    assert (found.kind, found.ok, found.doubt) == (kind, True, "")
    assert found.born is not None and found.born.text == born


def test_a_help_number_tells_no_birth_date() -> None:
    found = check(number("812345", 100), TODAY)
    assert (found.kind, found.ok, found.born) == (IdKind.FH, True, None)
    assert check(number("912345", 100), TODAY).kind is IdKind.FH


def test_wrong_check_digits_are_told_and_the_date_still_read() -> None:
    found = check("13057444850", TODAY)
    assert (found.kind, found.ok, found.doubt) == (IdKind.FNR, False, "check-digits")
    assert found.born is not None and found.born.text == "1974-05-13"


@pytest.mark.parametrize("head", ["310242", "003042", "011342", "010042", "319942", "013642"])
def test_a_date_that_is_none_is_told(head: str) -> None:
    found = check(number(head, 100), TODAY)
    assert (found.ok, found.doubt, found.born) == (False, "date", None)


def test_an_individual_number_that_no_century_has_is_told() -> None:
    assert check(number("010345", 600), TODAY).doubt == "date"


@pytest.mark.parametrize("remainder", [1, 2, 3])
def test_from_2032_the_first_check_digit_may_leave_a_remainder(remainder: int) -> None:
    made = number("010320", 600, remainder)
    assert check(made, TODAY).doubt == "check-digits"
    assert check(made, date(2032, 1, 1)).ok and check(made).ok


@pytest.mark.parametrize("remainder", [4, 5, 10])
def test_other_remainders_are_wrong_for_good(remainder: int) -> None:
    assert check(number("010320", 600, remainder), date(2040, 1, 1)).doubt == "check-digits"


@pytest.mark.parametrize("text", ["", "1371740408", "137174040890", "abc", "1371740408x", "１３７１７４０４０８９"])
def test_what_has_not_eleven_digits_is_told(text: str) -> None:
    assert check(text, TODAY).doubt == "length"


@pytest.mark.parametrize("text", ["137174 04089", "137174-04089", "13.71.74 04089", " 13717404089 "])
def test_people_write_it_in_groups(text: str) -> None:
    assert digits(text) == "13717404089" and check(text, TODAY).ok


@given(st.integers(0, 10**11 - 1))
def test_any_eleven_digits_are_judged(value: int) -> None:
    found = check(f"{value:011d}", TODAY)
    assert found.ok is (found.doubt == "")


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 460))
def test_it_agrees_with_stdnum_on_ordinary_numbers(born: date, individual: int) -> None:
    made = number(born.strftime("%d%m%y"), individual)
    assert fodselsnummer.is_valid(made)
    found = check(made, TODAY)
    assert found.ok and found.born is not None and found.born.text == born.isoformat()
    spoilt = made[:-1] + str((int(made[-1]) + 1) % 10)
    assert check(spoilt, TODAY).doubt == "check-digits" and not fodselsnummer.is_valid(spoilt)
