"""Reading leniently: whatever stands in the tree, the answer has the type asked for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.fhir import pick
from akson_tui.model.health import Code

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["coding", "code", "text", "display", "system", "value", "start", "url"]), inner
        )
    ),
    max_leaves=12,
)


@given(ANY)
def test_each_answer_is_of_its_type(value: Any) -> None:
    assert isinstance(pick.obj(value), dict)
    assert all(isinstance(one, dict) for one in (*pick.objs(value), *pick.codings(value)))
    assert isinstance(pick.text(value), str) and isinstance(pick.concept(value), str)
    assert all(one.strip() for one in (*pick.texts(value), *pick.concepts(value)))
    assert isinstance(pick.code(value), Code) and isinstance(pick.status(value), str)
    number = pick.decimal(value)
    assert number is None or len(format(number, "f")) < 100
    pick.when(value)
    pick.first_when({"x": value}, "x")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (Decimal("4.10"), "4.10"),
        (7, "7"),
        ("37.9", "37.9"),
        (" 6 ", "6"),
        ("1e3", "1E+3"),
        (True, None),
        ("", None),
        ("1,5", None),
        ("NaN", None),
        ("٣", None),
        (10**50, None),
        (Decimal("1E+999999"), None),
        (Decimal("1E-999999"), None),
        ([7], None),
    ],
)
def test_a_number_is_one_that_a_person_can_read(value: Any, number: str | None) -> None:
    found = pick.decimal(value)
    assert (str(found) if found is not None else None) == number


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"text": "Puls", "coding": [{"display": "Heart rate"}]}, "Puls"),
        ({"text": " ", "coding": [{"code": "x"}, {"display": "Heart rate"}]}, "Heart rate"),
        ({"coding": [{"code": "8867-4"}]}, "8867-4"),
        ([{"coding": []}, {"text": "Puls"}], "Puls"),
        ({"code": "HH", "display": "hjemme"}, "hjemme"),
        ("Puls", "Puls"),
        (None, ""),
    ],
)
def test_a_concept_in_words(value: Any, shown: str) -> None:
    assert pick.concept(value) == shown


def test_a_code_is_the_first_coding_that_has_one() -> None:
    value = {"coding": [{"display": "Heart rate"}, {"system": "s", "code": "c"}], "text": "Puls"}
    assert pick.code(value) == Code("Puls", "s", "c")


def test_an_extension_is_found_by_the_end_of_its_address() -> None:
    holder = {"extension": [{"url": "http://x/A-Thing", "valueCode": "y"}, {"url": "http://x/other"}]}
    (found,) = pick.extensions(holder, "a-thing")
    assert pick.extension_value(found) == "y"
    assert pick.extension_value({"url": "x"}) is None
