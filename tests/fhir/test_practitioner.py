"""Who wrote it: names, roles, services."""

from __future__ import annotations

from akson_tui.fhir import practitioner, provenance
from akson_tui.fhir.common import Json, Label
from akson_tui.model.people import HPR
from akson_tui.model.ref import Ref
from tests.fhir.given import KARI, SOURCE, tree

VOLVEN = "urn:oid:2.16.578.1.12.4.1.1.9060"
PERSON = tree(
    {
        "resourceType": "Practitioner",
        "id": "kari-nilsen",
        "identifier": [{"system": HPR, "value": "1", "use": "old"}, {"system": HPR, "value": "565900001"}],
        "name": [{"family": "Nilsen", "given": ["Kari"]}],
        "qualification": [
            {"code": {"text": "Videreutdanning"}},
            {"code": {"coding": [{"system": VOLVEN, "code": "SP", "display": "Sykepleier"}]}},
        ],
    }
)
UNIT = tree({"resourceType": "Organization", "id": "kristiansand-home-care", "name": "Hjemmetjenesten Kristiansand"})
ROLE = tree(
    {
        "resourceType": "PractitionerRole",
        "id": "kari-nilsen-home-care",
        "practitioner": {"reference": "Practitioner/kari-nilsen"},
        "organization": {"reference": "Organization/kristiansand-home-care"},
        "code": [{"coding": [{"system": VOLVEN, "code": "SP"}], "text": "Sykepleier"}],
    }
)


def resolve(ref: Ref) -> Json | None:
    return {"Practitioner/kari-nilsen": PERSON, "Organization/kristiansand-home-care": UNIT}.get(ref.relative)


def test_a_role_is_named_by_who_has_it_and_where() -> None:
    assert practitioner.label(ROLE, SOURCE, resolve) == Label(
        "Kari Nilsen", "Sykepleier", "Hjemmetjenesten Kristiansand"
    )


def test_a_role_whose_people_are_not_held_says_what_it_says_itself() -> None:
    said = ROLE | {"practitioner": {"reference": "Practitioner/x", "display": "Kari N."}}
    assert practitioner.label(said, SOURCE, lambda ref: None) == Label("Kari N.", "Sykepleier", "")
    assert practitioner.read_name(said) == "Kari N."


def test_a_person_is_told_with_the_profession() -> None:
    assert practitioner.label(PERSON) == Label("Kari Nilsen", "Sykepleier", "")


def test_an_organisation_a_place_and_a_medicine_have_names() -> None:
    assert practitioner.read_name(UNIT) == "Hjemmetjenesten Kristiansand"
    assert practitioner.read_name(tree({"resourceType": "Medication", "code": {"text": "Warfarin"}})) == "Warfarin"


def test_the_user_is_read_from_person_and_role() -> None:
    assert practitioner.read_clinician(PERSON, ROLE, SOURCE, resolve) == KARI


def test_a_user_without_a_role_is_still_somebody() -> None:
    found = practitioner.read_clinician(PERSON, None, SOURCE)
    assert (found.name, found.hpr, found.profession, found.role) == ("Kari Nilsen", "565900001", "SP", None)


def test_a_user_whose_role_is_not_held_is_named_with_the_person_that_is() -> None:
    from dataclasses import replace

    by = practitioner.signer(replace(KARI, role=None), SOURCE)
    (role,) = by.contained
    assert by.reference["reference"] == "#role"
    assert role["practitioner"]["reference"] == "Practitioner/kari-nilsen"
    assert role["organization"]["reference"] == "Organization/kristiansand-home-care"
    assert role["code"][0]["coding"][0]["code"] == "SP"


def test_a_provenance_is_read_with_targets_and_digests() -> None:
    read = provenance.read(
        tree(
            {
                "resourceType": "Provenance",
                "id": "v",
                "target": [{"reference": "DocumentReference/n/_history/1"}, {"display": "x"}],
                "recorded": "2026-11-05T12:00:00+01:00",
                "activity": {"coding": [{"display": "legally authenticated"}]},
                "agent": [{"who": {"display": "Kari Nilsen"}, "onBehalfOf": {"display": "Hjemmetjenesten"}}],
                "entity": [
                    {"what": {"identifier": {"system": provenance.SHA256, "value": "ab"}}},
                    {"what": {"identifier": {"system": "urn:x", "value": "cd"}}},
                ],
            }
        ),
        SOURCE,
    )
    assert read.targets == (Ref(SOURCE, "DocumentReference", "n", "1"),)
    assert (read.activity, read.who, read.on_behalf_of) == (
        "legally authenticated",
        ("Kari Nilsen",),
        ("Hjemmetjenesten",),
    )
    assert read.digests == ("ab",) and read.recorded is not None
