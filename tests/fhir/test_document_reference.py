"""A signed note: what the journal is sent, and what becomes of the old one."""

from __future__ import annotations

import json
from base64 import b64decode
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import given, settings
from hypothesis import strategies as st

from akson_tui import fhir
from akson_tui.clinical.vitals import ROWS
from akson_tui.clinical.vitals_text import recognise
from akson_tui.fhir.common import FhirUnreadable, load
from akson_tui.fhir.document_reference import NoteToWrite, mark_error, write
from akson_tui.model.act import Part
from akson_tui.model.entry import EntryState, Paragraph
from akson_tui.model.note import DraftKind, Recognised
from akson_tui.model.ref import Ref
from akson_tui.sandbox.validate import validate
from tests.fhir.given import (
    ASTRID,
    FREE_NOTE,
    KARI,
    NOTE_ID,
    OLD_NOTE,
    SIGNED,
    SOURCE,
    STRANGER,
    counting,
    note,
    tree,
)

LINE = "Sov godt. BT 142/88 p 91 SpO2 89 t 37,9 rf 24 vekt 71,2 bs 6,4"
OLD = (
    b'\xef\xbb\xbf{\r\n  "resourceType" : "DocumentReference", "id":"old-note",\t"meta":{"versionId":"4"},\n'
    b'"extension":[{"url":"http://x/status","valueString":"\\"status\\": \\"current\\""}],\n'
    b'"contained":[{"resourceType":"Basic","id":"a","status":"current"}],  "status" : "current" ,\n'
    b'"content":[{"attachment":{"contentType":"text/plain","data":"SGVp","size":4.10}}] }\n'
)


def body(part: Part) -> dict[str, Any]:
    return load(part.body)


def by_type(parts: tuple[Part, ...], type_: str) -> list[dict[str, Any]]:
    return [body(part) for part in parts if part.type == type_]


def assert_valid(part: Part) -> None:
    """By fhir.resources for R4B, and by R4's own schema."""
    get_fhir_model_class(part.type).model_validate_json(part.body)
    assert validate(json.loads(part.body)) == []


def test_a_note_holds_its_text_inline_and_says_who_wrote_it() -> None:
    (document, _provenance) = write(note("Blåbær på fjellet 🫐\n\nSov godt."))
    assert document.identifier == ("urn:ietf:rfc:3986", NOTE_ID) and document.full_url == NOTE_ID
    made = body(document)
    assert (made["status"], made["docStatus"]) == ("current", "final")
    assert made["identifier"] == [{"system": "urn:ietf:rfc:3986", "value": NOTE_ID}]
    assert made["type"]["coding"] == [
        {"system": "urn:oid:2.16.578.1.12.4.1.1.9602", "code": "B02-2", "display": "Journalnotat"}
    ]
    assert made["subject"] == {"reference": "Patient/astrid-bakken"}
    assert made["date"] == "2026-11-05T12:30:12.345+01:00"
    role = {"reference": "PractitionerRole/kari-nilsen-home-care", "display": "Kari Nilsen"}
    assert made["author"] == [role] and made["authenticator"] == role
    assert made["custodian"]["reference"] == "Organization/kristiansand-home-care"
    (content,) = made["content"]
    assert content["attachment"]["contentType"] == "text/plain; charset=utf-8"
    assert content["attachment"]["language"] == "nb-NO"
    assert b64decode(content["attachment"]["data"]).decode() == "Blåbær på fjellet 🫐\n\nSov godt."


def test_the_provenance_holds_the_digest_of_the_text_as_shown() -> None:
    parts = write(note(LINE, recognised=recognise(LINE)))
    (provenance,) = by_type(parts, "Provenance")
    said = provenance["entity"][0]
    assert said["role"] == "source"
    digest = {"system": "urn:oid:2.16.840.1.101.3.4.2.1", "value": sha256(LINE.encode()).hexdigest()}
    assert said["what"]["identifier"] == digest
    assert [target["reference"] for target in provenance["target"]] == [part.full_url for part in parts[:-1]]
    (agent,) = provenance["agent"]
    assert agent["who"]["reference"] == "PractitionerRole/kari-nilsen-home-care"
    assert agent["onBehalfOf"]["reference"] == "Organization/kristiansand-home-care"
    assert provenance["recorded"] == "2026-11-05T12:30:12.345+01:00"


def test_each_confirmed_measurement_becomes_an_observation_derived_from_the_note() -> None:
    parts = write(note(LINE, recognised=recognise(LINE)))
    observations = by_type(parts, "Observation")
    assert [one["code"]["coding"][0]["code"] for one in observations] == [row.loinc for row in ROWS]
    assert all(one["derivedFrom"] == [{"reference": NOTE_ID}] for one in observations)
    assert all(one["subject"] == {"reference": "Patient/astrid-bakken"} for one in observations)
    pressure, pulse, *_, temperature, _rate, weight, _glucose = observations
    assert [part["valueQuantity"]["value"] for part in pressure["component"]] == [142, 88]
    assert pulse["valueQuantity"]["unit"] == "/min"
    assert temperature["valueQuantity"] == {
        "value": Decimal("37.9"),
        "unit": "°C",
        "system": "http://unitsofmeasure.org",
        "code": "Cel",
    }
    assert weight["valueQuantity"]["value"] == Decimal("71.2")
    identifiers = [part.identifier[1] for part in parts if part.type == "Observation"]
    assert [one["identifier"][0]["value"] for one in observations] == identifiers
    assert len(set(identifiers)) == len(ROWS)


def test_a_number_is_written_with_the_digits_that_were_typed() -> None:
    found = (Recognised(0, 9, "weight", ("71.20",), "kg"),)
    part = next(part for part in write(note(recognised=found)) if part.type == "Observation")
    assert b'"value":71.20,' in part.body


def test_a_journal_that_takes_no_observations_is_sent_none() -> None:
    parts = write(note(LINE, recognised=recognise(LINE), takes=lambda type_: type_ != "Observation"))
    assert [part.type for part in parts] == ["DocumentReference", "Provenance"]
    assert [part.type for part in write(note(takes=lambda type_: False))] == ["DocumentReference"]


def test_a_stranger_to_the_journal_is_named_inside_each_resource() -> None:
    parts = write(note(LINE, author=STRANGER, recognised=recognise("p 91")))
    assert len(parts) == 3
    for part in parts:
        person, role = body(part)["contained"]
        assert person["identifier"] == [{"system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": "565900001"}]
        assert role["practitioner"]["reference"] == "#practitioner"
    entry = fhir.entry(body(parts[0]) | {"id": "x"}, SOURCE)
    assert entry is not None and entry.author == "Kari Nilsen"


def test_a_role_in_another_source_is_not_referred_to() -> None:
    elsewhere = Ref("sykehus", "Patient", "astrid")
    written = note()
    moved = NoteToWrite(
        **{name: getattr(written, name) for name in written.__dataclass_fields__} | {"source": elsewhere.source}
    )
    (document, _) = write(moved)
    assert body(document)["author"] == [{"reference": "#role", "display": "Kari Nilsen"}]


def test_an_addendum_points_to_the_note_that_it_adds_to() -> None:
    parts = write(note("Tillegg", DraftKind.ADDENDUM, target=OLD_NOTE))
    assert body(parts[0])["relatesTo"] == [{"code": "appends", "target": {"reference": "DocumentReference/old-note"}}]
    assert all(part.method == "POST" for part in parts)


def test_a_correction_supersedes_the_old_note_and_changes_nothing_else_of_it() -> None:
    parts = write(note("Rettet", DraftKind.CORRECTION, target=OLD_NOTE, old_raw=OLD))
    assert body(parts[0])["relatesTo"][0]["code"] == "replaces"
    old = parts[-1]
    assert (old.method, old.target) == ("PUT", Ref(SOURCE, "DocumentReference", "old-note", "4"))
    assert old.body == OLD.replace(b'"status" : "current"', b'"status" : "superseded"')


@pytest.mark.parametrize("status", [b"superseded", b"entered-in-error"])
def test_a_note_that_is_over_already_is_not_marked_again(status: bytes) -> None:
    over = OLD.replace(b'"status" : "current"', b'"status" : "' + status + b'"')
    parts = write(note("Rettet", DraftKind.CORRECTION, target=OLD_NOTE, old_raw=over))
    assert all(part.method == "POST" for part in parts)


def test_an_old_note_without_a_status_is_told_and_not_guessed_at() -> None:
    with pytest.raises(FhirUnreadable):
        write(note("Rettet", DraftKind.CORRECTION, target=OLD_NOTE, old_raw=b'{"resourceType":"DocumentReference"}'))


def test_a_note_in_the_wrong_journal_is_marked_with_the_reason_and_who_said_so() -> None:
    marked, provenance = mark_error(OLD, OLD_NOTE, "Ført på feil pasient", KARI, SIGNED, counting())
    assert marked.body == OLD.replace(b'"status" : "current"', b'"status" : "entered-in-error"')
    assert marked.target == Ref(SOURCE, "DocumentReference", "old-note", "4")
    said = body(provenance)
    assert said["reason"] == [{"text": "Ført på feil pasient"}]
    assert said["target"] == [{"reference": "DocumentReference/old-note"}]
    assert_valid(provenance)


def test_a_journal_that_takes_no_provenance_is_sent_the_mark_alone() -> None:
    parts = mark_error(OLD, OLD_NOTE, "Feil pasient", KARI, SIGNED, counting(), lambda type_: False)
    assert [(part.method, part.type) for part in parts] == [("PUT", "DocumentReference")]


def test_a_superseded_note_in_the_wrong_journal_is_marked_too() -> None:
    over = OLD.replace(b'"status" : "current"', b'"status" : "superseded"')
    (marked, _) = mark_error(over, OLD_NOTE, "Feil pasient", KARI, SIGNED, counting())
    assert load(marked.body)["status"] == "entered-in-error"


@pytest.mark.parametrize("author", [KARI, STRANGER])
@pytest.mark.parametrize("kind", list(DraftKind))
def test_everything_that_is_written_is_valid(kind: DraftKind, author: Any) -> None:
    old = OLD.removeprefix(b"\xef\xbb\xbf").replace(b',"size":4.10', b"")
    parts = write(note(LINE, kind, author=author, recognised=recognise(LINE), target=OLD_NOTE, old_raw=old))
    assert len(parts) == 9 + (kind is DraftKind.CORRECTION)
    for part in parts:
        if part.method == "POST":
            assert_valid(part)


def test_the_same_note_gives_the_same_bytes() -> None:
    def once() -> tuple[Part, ...]:
        return write(note(LINE, recognised=recognise(LINE)))

    assert once() == once()


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1).filter(lambda text: text.strip() and text.isprintable()))
def test_any_text_comes_back_as_it_was_written(text: str) -> None:
    (document, _) = write(note(text))
    read = fhir.detail(body(document) | {"id": "x"}, SOURCE)
    assert read.paragraphs == (Paragraph("", text),)


# -- reading ----------------------------------------------------------------------------------------------------------


def document(**more: object) -> dict[str, Any]:
    return tree(
        {
            "resourceType": "DocumentReference",
            "id": "n1",
            "status": "current",
            "subject": {"reference": "Patient/astrid-bakken"},
            "date": "2026-11-05T12:30:00+01:00",
            "content": [{"attachment": {"contentType": "text/plain", "data": "SGVpIMOl"}}],
        }
        | more
    )


def read(**more: object) -> fhir.register.Entry:
    entry = fhir.entry(document(**more), SOURCE)
    assert entry is not None
    return entry


def test_a_note_is_listed_with_its_kind_and_first_words() -> None:
    entry = read(type={"text": "Sykepleienotat"})
    assert (entry.title, entry.summary, entry.patient) == ("Sykepleienotat", "Hei å", ASTRID)


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({"docStatus": "final"}, EntryState.CURRENT),
        ({"docStatus": "preliminary"}, EntryState.PRELIMINARY),
        ({"status": "superseded", "docStatus": "final"}, EntryState.SUPERSEDED),
        ({"status": "superseded", "docStatus": "preliminary"}, EntryState.SUPERSEDED),
        ({"docStatus": "entered-in-error"}, EntryState.ERROR),
        ({"status": "entered-in-error"}, EntryState.ERROR),
    ],
)
def test_what_became_of_a_note_is_told(more: dict[str, object], state: EntryState) -> None:
    assert read(**more).state is state


@pytest.mark.parametrize("code", ["replaces", "transforms"])
def test_a_correction_points_to_what_it_replaces(code: str) -> None:
    entry = read(relatesTo=[{"code": code, "target": {"reference": "DocumentReference/old/_history/2"}}])
    assert entry.replaces == Ref(SOURCE, "DocumentReference", "old") and entry.appends is None


def test_an_addendum_points_to_what_it_adds_to() -> None:
    entry = read(relatesTo=[{"code": "appends", "target": {"reference": "DocumentReference/old"}}])
    assert entry.appends == Ref(SOURCE, "DocumentReference", "old") and entry.replaces is None


def test_the_readable_form_is_shown_and_the_other_named() -> None:
    pdf = {"attachment": {"contentType": "application/pdf", "title": "Brev", "size": 104274, "url": "Binary/1"}}
    read_one = fhir.detail(
        document(content=[pdf, {"attachment": {"contentType": "text/html", "data": "PGI+SGVpPC9iPg=="}}]), SOURCE
    )
    assert read_one.paragraphs == (Paragraph("", "Hei"),)
    (named,) = read_one.attachments
    assert (named.title, named.media_type, named.size) == ("Brev", "application/pdf", 104274)
    assert not read_one.unreadable


def test_damaged_text_is_told_as_unreadable_and_not_shown_as_empty() -> None:
    read_one = fhir.detail(document(content=[{"attachment": {"contentType": "text/plain", "data": "%%%"}}]), SOURCE)
    assert read_one.unreadable and read_one.paragraphs == () and len(read_one.attachments) == 1


def test_the_same_text_in_two_forms_is_shown_once() -> None:
    one = {"attachment": {"contentType": "text/plain", "data": "SGVp"}}
    assert len(fhir.detail(document(content=[one, one]), SOURCE).paragraphs) == 1


def test_a_note_template_without_a_code_is_named_in_words_only() -> None:
    bare = type(FREE_NOTE)("own", "Eget notat", "", "")
    (made, _) = write(note(template=bare))
    assert body(made)["type"] == {"text": "Eget notat"}
    assert_valid(made)
