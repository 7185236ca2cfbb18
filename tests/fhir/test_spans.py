"""Changing one word of a resource that was received: every other byte stays."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akson_tui.fhir.spans import replace_member
from akson_tui.fhir.syntax import FhirUnreadable, load

TEXT = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ['"status"', "\\", '{"status":"x"}', "status"]
)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)
BLANK = st.text(st.sampled_from(" \t\r\n"), max_size=3)


@st.composite
def received(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    """A resource as some server writes it, cut in three: before, the value of its own status, behind."""
    others = draw(st.dictionaries(TEXT.filter(lambda key: key != "status"), VALUE, max_size=5))
    order = draw(st.permutations([*others, "status"]))
    ascii_only = draw(st.booleans())

    def blank() -> str:
        return draw(BLANK)

    def write(value: Any) -> str:
        return json.dumps(value, ensure_ascii=ascii_only)

    old = write(draw(TEXT))
    before, behind, seen = draw(st.sampled_from(["", "\ufeff"])) + blank() + "{", "", False
    for number, key in enumerate(order):
        lead = f"{blank()}{',' if number else ''}{blank()}{write(key)}{blank()}:{blank()}"
        if key == "status":
            before, seen = before + lead, True
        elif seen:
            behind += lead + write(others[key])
        else:
            before += lead + write(others[key])
    return before.encode(), old.encode(), (behind + blank() + "}" + blank()).encode()


@settings(max_examples=300, deadline=None)
@given(received(), TEXT)
def test_only_the_bytes_of_the_status_change(cut: tuple[bytes, bytes, bytes], new: str) -> None:
    before, old, behind = cut
    changed = replace_member(before + old + behind, "status", new)
    assert changed == before + json.dumps(new).encode() + behind
    assert load(changed)["status"] == new


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{}",
        b'{"status": 1}',
        b'{"status": null}',
        b'{"a":{"status":"x"}}',
        b'{"status":"a","status":"b"}',
        b'{"status":"a"',
        b'{"status":"a"} x',
        b'{"status":"a",}',
        b'{"status" "a"}',
        b'{status:"a"}',
        b'{"status":"a","b":NaN}',
        b'{"status":"a","b":"\xff"}',
        b'{"status":"a","b":' + b"[" * 100_000,
    ],
)
def test_what_has_no_status_of_its_own_or_is_no_object_is_refused(raw: bytes) -> None:
    with pytest.raises(FhirUnreadable):
        replace_member(raw, "status", "superseded")


@settings(max_examples=200)
@given(st.binary(max_size=60))
def test_any_bytes_are_changed_or_refused(raw: bytes) -> None:
    with suppress(FhirUnreadable):
        assert load(replace_member(raw, "status", "x"))["status"] == "x"
