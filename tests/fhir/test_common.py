"""References, patients, names: what every resource has."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.fhir.common import Json, contained, patient_of, ref_of, reference, said_name, updated
from akson_tui.model.people import Identifier
from akson_tui.model.ref import Ref, ref_from_text, ref_to_text
from tests.fhir.given import SOURCE, tree

FNR = "urn:oid:2.16.578.1.12.4.1.4.1"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Patient/12", Ref(SOURCE, "Patient", "12")),
        ("Patient/12/_history/3", Ref(SOURCE, "Patient", "12", "3")),
        ("https://journal.example/fhir/r4/Patient/12", Ref(SOURCE, "Patient", "12")),
        ("http://journal.example:8080/Patient/12/_history/3", Ref(SOURCE, "Patient", "12", "3")),
        (" Patient/12 ", Ref(SOURCE, "Patient", "12")),
        ("/Patient/12", Ref(SOURCE, "Patient", "12")),
        ("#patient", None),
        ("urn:uuid:0b6fd1f0-6bb1-4f3c-9d0b-5a3f5c8f9a01", None),
        ("Patient/..", None),
        ("Patient/.", None),
        ("Patient/a|b", None),
        ("Patient/a b", None),
        ("Patient/1?x=2", None),
        ("Patient/1#x", None),
        ("patient/1", None),
        ("Patient", None),
        ("", None),
        ("Patient/" + "1" * 129, None),
        ("x/" * 5000 + "Patient/1", None),
    ],
)
def test_a_reference_means_one_thing_or_nothing(said: str, meant: Ref | None) -> None:
    assert reference({"reference": said}, SOURCE) == meant
    assert reference(said, SOURCE) == meant


@given(st.text(max_size=40))
def test_a_reference_that_is_understood_survives_as_text(said: str) -> None:
    found = reference({"reference": said}, SOURCE)
    if found is not None:
        assert ref_from_text(ref_to_text(found)) == found
        assert "/" not in found.id and found.id.strip(".")


def test_a_urn_means_what_the_bundle_says() -> None:
    meant = Ref(SOURCE, "Patient", "12")
    assert reference({"reference": "urn:uuid:1"}, SOURCE, {"urn:uuid:1": meant}) == meant


@pytest.mark.parametrize(
    "value", [None, 1, [], {}, {"reference": None}, {"reference": ["Patient/1"]}, {"display": "x"}]
)
def test_what_is_no_reference_means_nothing(value: Any) -> None:
    assert reference(value, SOURCE) is None


def test_a_resource_names_itself_with_its_version() -> None:
    made = tree(
        {"resourceType": "Observation", "id": "o", "meta": {"versionId": "7", "lastUpdated": "2026-11-05T10:00:00Z"}}
    )
    assert ref_of(made, SOURCE) == Ref(SOURCE, "Observation", "o", "7")
    at = updated(made)
    assert at is not None and at.isoformat() == "2026-11-05T10:00:00+00:00"


def test_an_id_that_cannot_stand_in_an_address_is_none() -> None:
    assert ref_of(tree({"resourceType": "Observation", "id": "../x", "meta": {"versionId": "a/b"}}), SOURCE) == Ref(
        SOURCE, "Observation", ""
    )


PATIENT = Ref(SOURCE, "Patient", "p")


@pytest.mark.parametrize(
    "resource",
    [
        {"resourceType": "Observation", "subject": {"reference": "Patient/p/_history/2"}},
        {"resourceType": "AllergyIntolerance", "patient": {"reference": "Patient/p"}},
        {"resourceType": "Task", "for": {"reference": "Patient/p"}},
        {"resourceType": "Coverage", "beneficiary": {"reference": "Patient/p"}},
        {"resourceType": "Patient", "id": "p", "meta": {"versionId": "4"}},
        {
            "resourceType": "Appointment",
            "participant": [
                {"actor": {"reference": "PractitionerRole/x"}},
                {"actor": {"identifier": {"system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": "1"}}},
                {"actor": {"reference": "Patient/p"}},
            ],
        },
    ],
)
def test_the_patient_is_found_in_the_element_that_the_type_has(resource: dict[str, Any]) -> None:
    assert patient_of(tree(resource), SOURCE).ref == PATIENT


def about(resource: dict[str, Any]) -> Json:
    return tree({"resourceType": "Observation"} | resource)


def test_a_patient_named_by_number_only() -> None:
    found = patient_of(about({"subject": {"identifier": {"system": FNR, "value": " 13717404089 "}}}), SOURCE)
    assert found.ref is None and found.identifier == Identifier(FNR, "13717404089")


def test_a_contained_patient_is_known_by_the_national_number() -> None:
    found = patient_of(
        about(
            {
                "contained": [
                    {
                        "resourceType": "Patient",
                        "id": "pat",
                        "identifier": [{"system": "urn:x", "value": "7"}, {"system": FNR, "value": "13717404089"}],
                    }
                ],
                "subject": {"reference": "#pat"},
            }
        ),
        SOURCE,
    )
    assert found.ref is None and found.identifier == Identifier(FNR, "13717404089")


@pytest.mark.parametrize(
    "resource",
    [
        {},
        {"subject": {"reference": "Group/g"}},
        {"subject": {"display": "Astrid"}},
        {"subject": {"type": "Group", "identifier": {"system": FNR, "value": "1"}}},
        {"contained": [{"resourceType": "Device", "id": "d"}], "subject": {"reference": "#d"}},
        {"participant": [{"actor": {"identifier": {"system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": "9"}}}]},
    ],
)
def test_what_is_about_no_patient_is_about_nobody(resource: dict[str, Any]) -> None:
    found = patient_of(about(resource), SOURCE)
    assert found.ref is None and found.identifier is None


def test_a_contained_resource_is_found_by_its_own_name() -> None:
    inner = {"resourceType": "Practitioner", "id": "a", "name": [{"given": ["Gerald"], "family": "Smitty"}]}
    holder = about({"contained": [{"resourceType": "Basic", "id": "b"}, inner]})
    assert contained(holder, {"reference": "#a"}) == inner
    assert said_name(holder, {"reference": "#a"}) == "Gerald Smitty"
    assert said_name(holder, {"reference": "#a", "display": "Dr. Smitty"}) == "Dr. Smitty"
    assert contained(holder, {"reference": "#c"}) is None and contained(holder, {"reference": "#"}) is None
