"""What is refused as no valid R4, and that published resources are not."""

import json
from pathlib import Path
from typing import Any

import pytest

from akson_tui.sandbox.spans import decode, parse
from akson_tui.sandbox.validate import MAX_ISSUES, resource_types, validate

DATA = Path(__file__).parents[1] / "data" / "fhir"
CODE = {"coding": [{"system": "http://loinc.org", "code": "8867-4"}]}
OBSERVATION = {"resourceType": "Observation", "status": "final", "code": CODE}
CONDITION = {"resourceType": "Condition", "subject": {"reference": "Patient/a"}}
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"

VALID: list[dict[str, Any]] = [
    OBSERVATION,
    {**OBSERVATION, "valueQuantity": {"value": 4.10}},
    {**OBSERVATION, "effectiveDateTime": "2026-11-24T07:00:00.123+01:00"},
    {**OBSERVATION, "effectiveDateTime": "2026-11"},
    {**OBSERVATION, "_status": {"extension": [{"url": "http://x", "valueString": "hvorfor"}]}},
    {**OBSERVATION, "note": [{"text": "fast\u00a0mellomrom\tog\nlinje"}]},
    {**OBSERVATION, "note": [{"text": "\x1b[31m tegn som en klient må tåle"}]},
    {
        "resourceType": "Observation",
        "code": CODE,
        "_status": {
            "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]
        },
    },
    {"resourceType": "Patient", "name": [{"given": ["Astrid", None], "_given": [None, {"id": "x"}]}]},
    {
        **CONDITION,
        "clinicalStatus": {"coding": [{"system": CLINICAL, "code": "active"}, {"system": "urn:x", "code": "y"}]},
    },
    {**CONDITION, "clinicalStatus": {"text": "aktiv"}},
    {"resourceType": "Binary", "contentType": "text/plain", "data": "aGVp\n"},
    {**OBSERVATION, "contained": [{"resourceType": "Practitioner", "id": "p"}], "performer": [{"reference": "#p"}]},
]

INVALID: list[tuple[str, dict[str, Any], str]] = [
    ("unknown type", {"resourceType": "Pasient"}, ""),
    ("unknown element", {**OBSERVATION, "shoe": 43}, "Observation"),
    ("unknown element within", {**OBSERVATION, "valueQuantity": {"valeu": 1}}, "Observation.valueQuantity"),
    ("status out of its list", {**OBSERVATION, "status": "fianl"}, "Observation.status"),
    ("status missing", {"resourceType": "Observation", "code": CODE}, "Observation"),
    ("code missing", {"resourceType": "Observation", "status": "final"}, "Observation"),
    ("no date", {**OBSERVATION, "effectiveDateTime": "24.11.2026"}, "Observation.effectiveDateTime"),
    ("no day of the calendar", {**OBSERVATION, "effectiveDateTime": "2026-02-30"}, "Observation.effectiveDateTime"),
    ("time without zone", {**OBSERVATION, "effectiveDateTime": "2026-02-03T10:00:00"}, "Observation.effectiveDateTime"),
    ("two values", {**OBSERVATION, "valueString": "x", "valueInteger": 1}, "Observation"),
    ("number as text", {**OBSERVATION, "valueQuantity": {"value": "4.10"}}, "Observation.valueQuantity.value"),
    ("fraction where an integer is", {**OBSERVATION, "valueInteger": 1.5}, "Observation.valueInteger"),
    ("null", {**OBSERVATION, "valueString": None}, "Observation.valueString"),
    ("empty text", {**OBSERVATION, "valueString": ""}, "Observation.valueString"),
    ("only spaces", {**OBSERVATION, "valueString": " \n"}, "Observation.valueString"),
    ("empty list", {**OBSERVATION, "note": []}, "Observation.note"),
    ("empty object", {**OBSERVATION, "valueQuantity": {}}, "Observation.valueQuantity"),
    ("one where many are", {**OBSERVATION, "note": {"text": "x"}}, "Observation.note"),
    ("many where one is", {**OBSERVATION, "code": [CODE]}, "Observation.code"),
    ("component without code", {**OBSERVATION, "component": [{"valueString": "x"}]}, "Observation.component[0]"),
    ("note without text", {**OBSERVATION, "note": [{"time": "2026"}]}, "Observation.note[0]"),
    ("status of a Condition", {**CONDITION, "clinicalStatus": {"coding": [{"system": CLINICAL, "code": "aktiv"}]}},
     "Condition.clinicalStatus"),
    ("the system of a Condition's status", {**CONDITION, "clinicalStatus": {"coding": [{"code": "active"}]}},
     "Condition.clinicalStatus"),
    ("medicine without medicine",
     {"resourceType": "MedicationStatement", "status": "active", "subject": {"reference": "Patient/a"}},
     "MedicationStatement"),
    ("status of a MedicationRequest",
     {"resourceType": "MedicationRequest", "status": "aktiv", "intent": "order", "subject": {"reference": "Patient/a"},
      "medicationCodeableConcept": {"text": "x"}}, "MedicationRequest.status"),
    ("status of an Immunization",
     {"resourceType": "Immunization", "status": "done", "vaccineCode": {"text": "x"}, "occurrenceString": "i fjor",
      "patient": {"reference": "Patient/a"}}, "Immunization.status"),
    ("participant's status", {"resourceType": "Appointment", "status": "booked", "participant": [{"status": "yes"}]},
     "Appointment.participant[0].status"),
    ("no base64", {"resourceType": "Binary", "contentType": "text/plain", "data": "hei!"}, "Binary.data"),
    ("narrative that is none", {**OBSERVATION, "text": {"status": "generated", "div": "hei"}}, "Observation.text.div"),
    ("bad id", {**OBSERVATION, "id": "a b"}, "Observation.id"),
    ("bad contained", {**OBSERVATION, "contained": [{"resourceType": "Patient", "id": "p", "gender": "kvinne"}]},
     "Observation.contained[0].gender"),
    ("contained in contained",
     {**OBSERVATION, "contained": [{"resourceType": "Patient", "id": "p", "contained": [{"resourceType": "Patient"}]}]},
     "Observation.contained[0]"),
    ("bad entry",
     {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": {**OBSERVATION, "status": "x"}}]},
     "Bundle.entry[0].resource.status"),
    ("bad parameter",
     {"resourceType": "Parameters",
      "parameter": [{"name": "a", "part": [{"name": "b", "resource": {"resourceType": "X"}}]}]},
     "Parameters.parameter[0].part[0].resource"),
]  # fmt: skip


@pytest.mark.parametrize("resource", VALID, ids=range(len(VALID)))
def test_valid_resources_pass(resource: dict[str, Any]) -> None:
    assert validate(resource) == []
    assert validate(parse(json.dumps(resource))) == []


@pytest.mark.parametrize(("why", "resource", "where"), INVALID, ids=[why for why, _, _ in INVALID])
def test_invalid_resources_are_refused_and_the_place_is_told(why: str, resource: dict[str, Any], where: str) -> None:
    issues = validate(resource)
    assert where in {issue.expression for issue in issues}, issues


def test_published_resources_are_valid_but_for_the_two_that_are_not() -> None:
    refused = {}
    for file in sorted(DATA.rglob("*.json")):
        issues = validate(parse(decode(file.read_bytes())))
        if issues:
            refused[file.name] = {issue.text.partition(" is")[0] for issue in issues}
    assert refused == {
        "Questionnaire-qs1.json": {"linkId"},
        "SmartPatientA.json": {"status", '"modality"', '"sopClass"'},
    }


def test_all_types_of_r4_can_be_checked() -> None:
    assert len(resource_types()) == 146
    for type_ in resource_types():
        assert validate({"resourceType": type_, "shoe": 43}) != []


def test_no_more_is_told_than_one_can_read() -> None:
    many = {**OBSERVATION, **{f"x{n}": 1 for n in range(5)}, "note": [{"text": 7}] * 500}
    assert len(validate(many)) == MAX_ISSUES


@pytest.mark.parametrize("nothing", [None, 7, "Patient", [], {}, {"resourceType": ["Patient"]}])
def test_what_is_no_resource_is_refused(nothing: Any) -> None:
    assert validate(nothing) != []
