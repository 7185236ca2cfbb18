"""A Bundle is cut into the bytes that came; one bad entry spoils no other."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.journal.troubles import NotFhir
from akson_tui.sync.page import MOST_ENTRIES, cut, only

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
TREE = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
RESOURCE = st.dictionaries(TEXT, TREE, max_size=5)


@given(st.lists(st.tuples(RESOURCE, st.sampled_from([None, 1, "\t"]), st.booleans())), TREE)
def test_each_resource_is_cut_out_as_it_was_written(
    entries: list[tuple[dict[str, Any], Any, bool]], other: Any
) -> None:
    written = [json.dumps(body, indent=indent, ensure_ascii=ascii_) for body, indent, ascii_ in entries]
    parts = [f'{{"x": {json.dumps(other)}, "resource" : {text} , "search":{{"mode":"match"}}}}' for text in written]
    raw = f' {{"resourceType":"Bundle","a":{json.dumps(other)},"entry":[{" , ".join(parts)}],"total":3}}'.encode()
    page = cut(raw)
    assert [piece.raw for piece in page.pieces] == [text.encode() for text in written]
    assert page.total == 3


def test_numbers_keep_every_digit() -> None:
    raw = b'{"resourceType": "Bundle", "entry": [{"resource": {"value": 4.10, "big": 1e400, "a": 1, "a": NaN}}]}'
    assert cut(raw).pieces[0].raw == b'{"value": 4.10, "big": 1e400, "a": 1, "a": NaN}'


def test_what_a_batch_and_a_search_tell_is_read() -> None:
    bundle = {
        "resourceType": "Bundle",
        "type": "batch-response",
        "meta": {"lastUpdated": "2026-03-02T09:00:00Z"},
        "link": [{"relation": "self", "url": "s"}, {"relation": "next", "url": "n"}, {"relation": "next", "url": "m"}],
        "entry": [
            {"response": {"status": "404 Not Found", "outcome": {"resourceType": "OperationOutcome"}}},
            {"resource": {"id": "a"}, "response": {"status": "201", "location": "Patient/a", "etag": 'W/"1"'}},
            {"resource": {"id": "b"}, "search": {"mode": "include"}, "fullUrl": "urn:x"},
        ],
    }
    page = cut(json.dumps(bundle).encode())
    assert (page.type, page.next, page.self_link) == ("batch-response", "n", "s") and page.at is not None
    assert [piece.status for piece in page.pieces] == [404, 201, 0]
    assert json.loads(page.pieces[0].outcome) == {"resourceType": "OperationOutcome"}
    assert (page.pieces[1].location, page.pieces[1].etag) == ("Patient/a", 'W/"1"')
    assert (page.pieces[2].mode, page.pieces[2].full_url) == ("include", "urn:x")


@pytest.mark.parametrize(
    "raw",
    [
        *[b"", b"{}", b"[]", b'{"resourceType": "Patient"}', b'{"resourceType": "Bundle"'],
        *[b'{"resourceType": "Bundle",}', b'{"resourceType": "Bundle", "entry": [{"resource": {]}', b"[" * 100_000],
        *[b'{"a":' * 100_000, b'{"resourceType": "Bundle", "entry": [', b'{"resourceType": "Bundle", "entry": [{"a"'],
    ],
)
def test_what_is_no_bundle_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(NotFhir):
        cut(raw)


@given(
    st.binary(max_size=200)
    | TREE.map(lambda tree: json.dumps(tree).encode())
    | st.builds(
        lambda tree: json.dumps({"resourceType": "Bundle", "entry": tree, "link": tree, "meta": tree}).encode(), TREE
    )
)
def test_anything_is_cut_or_refused(raw: bytes) -> None:
    try:
        cut(raw)
    except NotFhir:
        return


def test_a_page_without_end_is_left_and_told() -> None:
    entries = b",".join([b'{"resource":{}}'] * (MOST_ENTRIES + 5))
    page = cut(b'{"resourceType":"Bundle","entry":[' + entries + b"]}")
    assert len(page.pieces) == MOST_ENTRIES and page.left


def test_one_resource_goes_through_the_same_door() -> None:
    assert [piece.raw for piece in only(b"{}", "Patient").pieces] == [b"{}"]
