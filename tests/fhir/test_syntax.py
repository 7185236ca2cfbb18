"""JSON from outside: bounded, exact, and never trusted."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akson_tui.fhir import syntax
from akson_tui.fhir.syntax import FhirUnreadable, dump, load

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(st.characters(codec="utf-8"), max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9)


def test_every_digit_of_a_number_is_kept() -> None:
    assert str(load(b'{"a": 4.10}')["a"]) == "4.10"
    assert load(b'{"a": 4.10}')["a"] == Decimal("4.10")


@given(DECIMALS)
def test_a_decimal_is_written_as_it_is_and_read_back(number: Decimal) -> None:
    assert dump({"a": number}) == b'{"a":%s}' % format(number, "f").encode()
    assert str(load(dump({"a": number}))["a"]) in (format(number, "f"), str(int(number)))


@given(st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=8), JSON, max_size=5))
def test_what_is_written_is_read_back(tree: dict[str, object]) -> None:
    assert load(dump(tree)) == tree
    assert json.loads(dump(tree)) == tree


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b'{"a":1} x', "no JSON"),
        (b"[]", "no object"),
        (b'"x"', "no object"),
        (b"null", "no object"),
        (b'{"a":1,"a":2}', "doubled key"),
        (b'{"b":{"a":1,"a":2}}', "doubled key"),
        (b'{"a":NaN}', "not a number"),
        (b'{"a":-Infinity}', "not a number"),
        (b'{"a":%s}' % (b"9" * 5000), "number too long"),
        (b'{"a":' * 101 + b"1" + b"}" * 101, "too deep"),
        (b'{"a":' + b"[" * 100 + b"]" * 100 + b"}", "too deep"),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "too deep"),
    ],
)
def test_what_is_no_json_that_we_read_is_named(raw: bytes, why: str) -> None:
    with pytest.raises(FhirUnreadable) as told:
        load(raw)
    assert told.value.why == why


def test_a_tree_of_the_greatest_depth_is_read() -> None:
    assert load(b'{"a":' * 99 + b"1" + b"}" * 99)


def test_more_bytes_than_the_bound_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "MAX_BYTES", 10)
    with pytest.raises(FhirUnreadable, match="too large"):
        load(b'{"a":"aaaaaaaaa"}')


def test_the_error_holds_nothing_of_what_was_sent() -> None:
    with pytest.raises(FhirUnreadable) as told:
        load(b'{"name": "Astrid Bakken" "x"}')
    assert "Astrid" not in repr(told.value) and told.value.__cause__ is None and told.value.__suppress_context__


@pytest.mark.parametrize("number", [b"1e999999999999999999999", b"-1E+99999999999999999999"])
def test_a_number_that_no_decimal_holds_is_no_reason_to_lose_the_rest(number: bytes) -> None:
    assert load(b'{"a":%s,"b":"x"}' % number)["b"] == "x"


def test_lone_surrogates_become_the_replacement_character() -> None:
    read = load(b'{"a\\ud800": ["\\udfff x", "\\ud83e\\uded0"]}')
    assert read == {"a\N{REPLACEMENT CHARACTER}": ["\N{REPLACEMENT CHARACTER} x", "\U0001fad0"]}
    json.dumps(read, ensure_ascii=False).encode()


def test_bytes_that_are_no_utf8_and_a_byte_order_mark_are_read() -> None:
    assert load(b'\xef\xbb\xbf{"a": "bl\xe5"}') == {"a": "bl\N{REPLACEMENT CHARACTER}"}


def test_a_raw_line_break_inside_a_text_is_read() -> None:
    assert load(b'{"a": "to\nlinjer"}') == {"a": "to\nlinjer"}


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with suppress(FhirUnreadable):
        assert isinstance(load(raw), dict)
