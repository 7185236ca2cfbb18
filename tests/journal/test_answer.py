"""An answer within bounds: bytes, charsets, words, waits."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.journal.answer import SAID_MOST, http_date, json_object, retry_after, said_in, to_utf8, unpacked
from akson_tui.journal.troubles import NotFhir, TooLarge

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


async def chunks(parts: Sequence[bytes]) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


def split(raw: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, len(raw), *(cut % (len(raw) + 1) for cut in cuts)})
    return [raw[a:b] for a, b in itertools.pairwise(places)]


@given(st.lists(st.binary(max_size=3000), min_size=1, max_size=4), st.lists(st.integers(0, 9999), max_size=6))
def test_a_packed_body_comes_out_whole_however_it_is_cut_up(members: list[bytes], cuts: list[int]) -> None:
    packed = b"".join(map(gzip.compress, members))
    assert asyncio.run(unpacked(chunks(split(packed, cuts)), "gzip", 100_000)) == b"".join(members)


@given(st.binary(min_size=1, max_size=3000), st.integers(1, 3000), st.lists(st.integers(0, 9999), max_size=4))
def test_never_more_than_allowed_is_unpacked(raw: bytes, most: int, cuts: list[int]) -> None:
    work = unpacked(chunks(split(gzip.compress(raw), cuts)), "gzip", most)
    if len(raw) <= most:
        assert asyncio.run(work) == raw
    else:
        with pytest.raises(TooLarge):
            asyncio.run(work)


@given(st.binary(max_size=200))
def test_what_is_not_packed_is_not_taken_for_packed(raw: bytes) -> None:
    try:
        assert gzip.decompress(raw) == asyncio.run(unpacked(chunks([raw]), "gzip", 10**6))
    except (NotFhir, OSError, EOFError):
        with pytest.raises(NotFhir):
            asyncio.run(unpacked(chunks([raw]), "gzip", 10**6))


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_become_utf8(raw: bytes, charset: str) -> None:
    to_utf8(raw, f"application/json; charset={charset}").decode("utf-8")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_utf8_stays_as_it_came(text: str) -> None:
    raw = text.lstrip("\ufeff").encode()
    assert to_utf8(raw, "application/json; charset=iso-8859-1") == raw


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_words_are_found_in_anything_without_raising(tree: object) -> None:
    said_in(json.dumps(tree).encode())
    said_in(json.dumps({"resourceType": "OperationOutcome", "issue": tree}).encode())
    said_in(json.dumps({"resourceType": "OperationOutcome", "issue": [{"details": tree}, tree]}).encode())


def test_an_outcome_is_told_in_words_each_once_and_cut() -> None:
    issues = [{"diagnostics": "Feil status"}, {"details": {"text": "Mangler dato"}}, {"diagnostics": "Feil status"}]
    issues += [{"code": "invalid"}, {"diagnostics": "x" * 2000}]
    said = said_in(json.dumps({"resourceType": "OperationOutcome", "issue": issues}).encode())
    assert said.startswith("Feil status; Mangler dato; invalid; xxx") and len(said) == SAID_MOST


@pytest.mark.parametrize("raw", [b"<html>Bad Gateway</html>", b"", b"[]", b'{"resourceType": "Patient"}', b"[" * 5000])
def test_what_is_no_outcome_says_nothing(raw: bytes) -> None:
    assert said_in(raw) == ""


@pytest.mark.parametrize("raw", [b"", b"[]", b"nothing", b"[" * 100_000, b'"text"'])
def test_only_an_object_is_an_answer(raw: bytes) -> None:
    with pytest.raises(NotFhir):
        json_object(raw)


LATER = (NOW + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")
EARLIER = (NOW - timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *[("", None), ("0", 0), ("120", 120), ("999999999999", 3600), ("-5", None), ("soon", None), ("1e9", None)],
        *[(LATER, 90), (EARLIER, 0)],
    ],
)
def test_a_wait_is_read_as_seconds_or_date_and_bounded(text: str, seconds: float | None) -> None:
    assert retry_after(text, NOW) == seconds


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    read = http_date(text)
    assert read is None or read.tzinfo is not None
