"""The door inward: nothing is kept that is not about whom one asked for."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from akson_tui.fhir import patient as fhir_patient
from akson_tui.fhir.common import load
from akson_tui.model.people import FNR
from akson_tui.model.ref import Ref
from akson_tui.sync.intake import About, Sorted, directory_row, patients, sort_out
from akson_tui.sync.page import Page, Piece
from tests.sync.people import ASTRID, ASTRIDS_NUMBER, SOURCE, document, dumps, measurement, patient, practitioner

RECORD = fhir_patient.read(load(dumps(patient())), SOURCE)
ABOUT = About.of(ASTRID, [RECORD])


def sort(*bodies: Any, held: dict[Ref, str] | None = None, types: tuple[str, ...] = ("Observation",)) -> Sorted:
    pieces = tuple(Piece(body if isinstance(body, bytes) else dumps(body)) for body in bodies)
    return asyncio.run(sort_out(Page("searchset", pieces), ABOUT, types, held or {}, lambda _ref: None))


def about(**subject: Any) -> dict[str, Any]:
    return {**measurement(1), "id": "m", "subject": subject}


@pytest.mark.parametrize(
    "subject",
    [
        {"reference": "Patient/astrid"},
        {"reference": "https://journal.example/fhir/Patient/astrid/_history/3"},
        {"identifier": {"system": FNR, "value": ASTRIDS_NUMBER}},
        {"identifier": {"value": ASTRIDS_NUMBER}, "type": "Patient"},
    ],
)
def test_what_names_her_is_kept_under_her_record(subject: dict[str, Any]) -> None:
    (row,) = sort(about(**subject)).rows
    assert row.patient == ASTRID and row.entry is not None and row.entry.patient == ASTRID


@pytest.mark.parametrize(
    "subject",
    [
        {"reference": "Patient/odd"},
        {"reference": "Patient/odd", "identifier": {"system": FNR, "value": ASTRIDS_NUMBER}},
        {"reference": "Group/astrid"},
        {"identifier": {"system": FNR, "value": "15835512345"}},
        {"identifier": {"system": "urn:local", "value": ASTRIDS_NUMBER}, "type": "Patient"},
        {"display": "Astrid Bakken"},
        {},
    ],
)
def test_what_does_not_name_her_is_dropped_and_told(subject: dict[str, Any]) -> None:
    result = sort(about(**subject))
    assert not result.rows and not result.seen and result.trouble() == "wrong-patient"


def test_the_same_id_at_another_source_is_somebody_else() -> None:
    other = About.of(Ref("b", "Patient", "astrid"), [RECORD])
    assert other.owner(load(dumps(about(identifier={"system": FNR, "value": ASTRIDS_NUMBER})))) is None


def test_what_cannot_be_read_spoils_no_other() -> None:
    broken = (
        b"{",
        b"[]",
        b'{"a": NaN}',
        b'{"resourceType": "Observation"}',
        b'{"resourceType":"Observation","id":"../x"}',
    )
    result = sort(*broken, about(reference="Patient/astrid"))
    assert len(result.rows) == 1 and result.unreadable == len(broken) and result.trouble() == "not-fhir"


def test_other_types_than_were_asked_for_are_not_kept() -> None:
    assert not sort({**document(1), "id": "d"}).rows


def test_authors_that_come_along_are_kept_apart() -> None:
    result = sort(practitioner(), about(reference="Patient/astrid"))
    (row,) = result.directory
    assert (row.ref.type, row.patient, row.entry) == ("Practitioner", None, None) and len(result.rows) == 1
    assert directory_row(patient(), b"", SOURCE) is None


def test_an_outcome_among_the_entries_is_no_entry() -> None:
    outcome = {"resourceType": "OperationOutcome", "issue": []}
    assert sort(outcome, about(reference="Patient/astrid")).trouble() == ""
    pieces = (Piece(dumps(about(reference="Patient/odd")), mode="outcome"),)
    assert asyncio.run(sort_out(Page("", pieces), ABOUT, ("Observation",), {}, lambda _ref: None)).trouble() == ""


def test_a_version_that_is_held_is_not_made_again() -> None:
    body = {**about(reference="Patient/astrid"), "meta": {"versionId": "3"}}
    ref = Ref(SOURCE, "Observation", "m")
    assert sort(body, held={ref: "3"}).rows == [] and sort(body, held={ref: "3"}).seen == {ref: "3"}
    assert len(sort(body, held={ref: "2"}).rows) == 1


def test_of_what_is_withheld_no_word_is_searchable() -> None:
    label = {"system": "urn:oid:2.16.578.1.12.4.1.1.9603", "code": "NORS"}
    hidden = {**document(1, "Hemmelig"), "id": "d", "meta": {"security": [label]}}
    (row,) = sort(hidden, types=("DocumentReference",)).rows
    assert row.search == "" and row.entry is not None and row.entry.withheld and b"resourceType" in row.raw


def test_bytes_stay_as_they_came() -> None:
    raw = dumps(about(reference="Patient/astrid")).replace(b"36.8", b"36.80")
    assert sort(raw).rows[0].raw == raw


def test_a_patient_is_taken_only_as_asked_for() -> None:
    page = Page("", (Piece(dumps(patient())), Piece(dumps(patient("odd", "Solheim", "Odd", "15835512345")))))
    assert [one.ref.id for one, _raw in patients(page, SOURCE)[0]] == ["astrid", "odd"]
    kept, dropped = patients(page, SOURCE, asked=ASTRID)
    assert [one.ref.id for one, _raw in kept] == ["astrid"] and dropped
    kept, dropped = patients(page, SOURCE, number="15835512345")
    assert [one.ref.id for one, _raw in kept] == ["odd"] and dropped
    assert patients(Page("", (Piece(dumps(measurement(1))), Piece(b"{"))), SOURCE) == ([], True)
