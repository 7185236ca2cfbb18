"""What is sent of an act: every byte as it was signed, but for names that are known by now."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from akson_tui.fhir.common import load
from akson_tui.model.act import ActKind, Part
from akson_tui.model.ref import Ref
from akson_tui.sync.acts import ROWS, is_ours, named, transaction, unresolved
from tests.sync.people import OUR, SOURCE, document, dumps

URN = "urn:uuid:0000000a-0000-4000-8000-000000000000"
OTHER = "urn:uuid:0000000b-0000-4000-8000-000000000000"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def test_every_kind_of_act_has_its_row() -> None:
    assert set(ROWS) == set(ActKind)
    changes = {kind for kind, row in ROWS.items() if row.changes}
    assert changes == {ActKind.CORRECTION, ActKind.WRONG_PATIENT, ActKind.PLAN}


def test_only_references_get_their_names() -> None:
    body = f'{{"identifier":{{"value":"{URN}"}}, "a":{{"reference" : "{URN}"}},"b":{{"reference":"{OTHER}"}},"n":4.10}}'
    made = named(body.encode(), {URN: "DocumentReference/1"}).decode()
    assert made == body.replace(f'"reference" : "{URN}"', '"reference" : "DocumentReference/1"')


@given(TEXT)
def test_a_text_that_looks_like_a_reference_stays(text: str) -> None:
    body = dumps({"text": f'{text}"reference":"{URN}"', "note": text})
    assert json.loads(named(body, {URN: "X/1"})) == json.loads(body)


def test_what_refers_to_nothing_that_goes_with_it_is_seen() -> None:
    body = dumps({"target": [{"reference": URN}]})
    assert unresolved(body, []) and not unresolved(body, [URN])


def test_a_transaction_holds_the_signed_bytes() -> None:
    note = Part(URN, "DocumentReference", "POST", b'{"v": 4.10,"r":{"reference":"%s"}}' % OTHER.encode(), (OUR, URN))
    old = Part(
        OTHER,
        "DocumentReference",
        "PUT",
        b'{ "status":"superseded" }',
        target=Ref(SOURCE, "DocumentReference", "o", "3"),
    )
    raw = transaction([(0, note), (2, old)], {OTHER: "Observation/9"}, lambda _type: True)
    assert b'"resource":{"v": 4.10,"r":{"reference":"Observation/9"}}' in raw and b'{ "status":"superseded" }' in raw
    first, second = json.loads(raw)["entry"]
    assert first["request"] == {
        "method": "POST",
        "url": "DocumentReference",
        "ifNoneExist": f"identifier={OUR.replace(':', '%3A')}%7C{URN.replace(':', '%3A')}",
    }
    assert second["request"] == {"method": "PUT", "url": "DocumentReference/o", "ifMatch": 'W/"3"'}
    assert "ifNoneExist" not in json.loads(transaction([(0, note)], {}, lambda _type: False))["entry"][0]["request"]


def test_a_change_is_ours_where_all_we_sent_stands_in_it() -> None:
    body = {**document(1), "id": "o", "status": "superseded", "meta": {"versionId": "1"}}
    part = Part(URN, "DocumentReference", "PUT", dumps(body), target=Ref(SOURCE, "DocumentReference", "o", "1"))
    theirs = load(dumps({**body, "meta": {"versionId": "2"}, "text": {"status": "generated"}}))
    assert is_ours(part, theirs)
    assert not is_ours(part, {**theirs, "status": "current"})
    assert not is_ours(part, {name: value for name, value in theirs.items() if name != "content"})


def provenance(recorded: str, digest: str) -> bytes:
    entity = [{"role": "source", "what": {"identifier": {"system": "s", "value": digest}}}]
    return dumps({"resourceType": "Provenance", "recorded": recorded, "entity": entity})


def test_a_provenance_is_ours_by_its_moment_and_text() -> None:
    part = Part(URN, "Provenance", "POST", provenance("2026-03-02T10:00:00.123+01:00", "abc"))
    assert is_ours(part, load(provenance("2026-03-02T09:00:00Z", "abc")))
    assert not is_ours(part, load(provenance("2026-03-02T09:00:01Z", "abc")))
    assert not is_ours(part, load(provenance("2026-03-02T09:00:00Z", "abd")))
    assert not is_ours(part, {"resourceType": "Provenance", "entity": "odd", "recorded": 3})
