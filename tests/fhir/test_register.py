"""What holds for every resource type: secrecy, names, leniency."""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akson_tui import fhir
from akson_tui.fhir import (
    allergy_intolerance,
    appointment,
    bundle,
    care_plan,
    condition,
    flag,
    goal,
    medication,
    observation,
    patient,
    practitioner,
    provenance,
    task,
)
from akson_tui.fhir.common import Json, Label, patient_of, withheld
from akson_tui.fhir.syntax import load
from akson_tui.model.entry import EntryKind
from akson_tui.model.ref import Ref
from tests.fhir.given import ASTRID, SOURCE, tree

CASES = sorted((Path(__file__).parent / "cases").glob("*/*.json"))
RESOURCES: list[Json] = [load(path.read_bytes())["resource"] for path in CASES] + [
    tree(one)
    for one in (
        {
            "resourceType": "Patient",
            "id": "p",
            "meta": {"versionId": "1", "security": [{"code": "fortrolig"}]},
            "name": [{"use": "official", "family": "Bakken", "given": ["Astrid"], "period": {"end": "2020"}}],
            "identifier": [{"system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": "13717404089"}],
            "telecom": [{"system": "phone", "value": "1", "rank": 1}],
            "address": [{"line": ["Gata 1"], "city": "Oslo", "extension": [{"valueCode": "x"}]}],
            "communication": [{"language": {"text": "somali"}, "preferred": True}],
            "link": [{"other": {"reference": "Patient/q"}}],
            "deceasedDateTime": "2020-01",
        },
        {
            "resourceType": "PractitionerRole",
            "id": "r",
            "practitioner": {"reference": "#x"},
            "contained": [{"resourceType": "Practitioner", "id": "x", "name": [{"text": "K"}]}],
            "code": [{"text": "Sykepleier"}],
        },
        {
            "resourceType": "Provenance",
            "id": "v",
            "target": [{"reference": "DocumentReference/n"}],
            "agent": [{"who": {"display": "K"}}],
            "entity": [{"what": {"identifier": {"system": "s", "value": "v"}}}],
        },
        {
            "resourceType": "Bundle",
            "link": [{"relation": "next", "url": "u"}],
            "entry": [{"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Basic"}, "response": {"etag": 'W/"1"'}}],
        },
        {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "details": {"text": "nei"}}]},
        {
            "resourceType": "CapabilityStatement",
            "fhirVersion": "4.0.1",
            "software": {"name": "x"},
            "rest": [{"mode": "server", "resource": [{"type": "Patient", "interaction": [{"code": "read"}]}]}],
        },
    )
]

NOUNS: tuple[Callable[[Json], object], ...] = (
    lambda one: patient.read(one, SOURCE),
    lambda one: condition.read(one, SOURCE),
    lambda one: allergy_intolerance.read(one, SOURCE),
    lambda one: flag.read(one, SOURCE),
    lambda one: medication.read(one, SOURCE, lambda ref: one),
    lambda one: observation.read(one, SOURCE),
    lambda one: care_plan.read(one, SOURCE, lambda ref: one),
    lambda one: goal.read(one, SOURCE),
    lambda one: appointment.read(one, SOURCE),
    lambda one: task.read_activity(one, SOURCE),
    lambda one: practitioner.label(one, SOURCE, lambda ref: one),
    lambda one: practitioner.read_clinician(one, one, SOURCE),
    lambda one: provenance.read(one, SOURCE),
    lambda one: bundle.entries(one),
    lambda one: bundle.next_link(one),
    lambda one: bundle.names(one, SOURCE),
    lambda one: bundle.outcome_text(one),
    lambda one: patient_of(one, SOURCE),
    lambda one: fhir.entry(one, SOURCE),
    lambda one: fhir.entry(one, SOURCE, lambda ref: Label("N", "R", "S"), ASTRID),
    lambda one: fhir.detail(one, SOURCE, lambda ref: "navn"),
    lambda one: fhir.search_body(one),
    lambda one: fhir.authors(one, SOURCE),
    lambda one: fhir.name_of(one),
)

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(),
    st.text(max_size=8),
    st.sampled_from(
        [
            "",
            " ",
            "0000-00-00",
            "9999-12-31",
            "0001-01-01",
            "2026-02-30",
            "Patient/x",
            "#",
            "#x",
            "urn:uuid:1",
            "../..",
            "NORS",
            "entered-in-error",
            [],
            {},
            [None],
            [[]],
            [{}],
            ["x"],
            {"coding": {"code": {"code": []}}},
            {"reference": ["Patient/x"]},
            {"value": "NaN"},
            {"value": Decimal("1E+9999")},
            {"start": 1, "end": {}},
            {"extension": "x", "value": "y"},
        ]
    ),
    st.recursive(
        st.none() | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
        max_leaves=6,
    ),
)


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a tree, by its path."""
    found = [path] if path else []
    if isinstance(value, dict):
        return found + [place for key, inner in value.items() for place in places(inner, (*path, key))]
    if isinstance(value, list):
        return found + [place for key, inner in enumerate(value) for place in places(inner, (*path, key))]
    return found


@st.composite
def spoiled(draw: st.DrawFn) -> Json:
    """A resource in which up to four elements are of the wrong type, missing or odd."""
    made = copy.deepcopy(draw(st.sampled_from(RESOURCES)))
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(places(made)))
        holder: Any = made
        for step in path[:-1]:
            holder = holder[step]
        if draw(st.booleans()) and isinstance(holder, dict) and path != ("resourceType",):
            del holder[path[-1]]
        elif path != ("resourceType",):
            holder[path[-1]] = copy.deepcopy(draw(ODD))
        if not places(made):
            break
    return made


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoiled())
def test_nothing_that_a_server_sends_makes_reading_fail(resource: Json) -> None:
    for read in NOUNS:
        read(resource)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(RESOURCES), st.sampled_from(sorted(fhir.REGISTER)))
def test_no_type_is_surprised_by_the_elements_of_another(resource: Json, type_: str) -> None:
    for read in NOUNS:
        read(resource | {"resourceType": type_})


@settings(max_examples=150, deadline=None)
@given(spoiled())
def test_a_withheld_resource_says_nothing_but_kind_and_date(resource: Json) -> None:
    secret = resource | {"meta": {"security": [{"system": "urn:oid:2.16.578.1.12.4.1.1.9603", "code": "NORSK"}]}}
    assert withheld(secret)
    assert fhir.search_body(secret) == "" and fhir.authors(secret, SOURCE) == ()
    detail = fhir.detail(secret, SOURCE, lambda ref: "navn", ASTRID)
    assert (detail.paragraphs, detail.fields, detail.attachments) == ((), (), ())
    shown = detail.entry
    said = (shown.title, shown.summary, shown.author, shown.role, shown.service, shown.status)
    assert shown.withheld and not any(said)
    assert shown.replaces is None and shown.appends is None


@pytest.mark.parametrize(
    "place",
    [
        {"meta": {"security": [{"system": "urn:oid:2.16.578.1.12.4.1.1.9603", "code": "NORS"}]}},
        {"securityLabel": [{"coding": [{"system": "urn:oid:2.16.578.1.12.4.1.1.9603", "code": "NORS_1"}]}]},
        {"meta": {"security": [{"code": "nors"}]}},
    ],
)
def test_secrecy_is_found_wherever_it_is_said(place: dict[str, object]) -> None:
    assert withheld(tree({"resourceType": "DocumentReference"} | place))


def test_withheld_from_the_patient_is_not_withheld_from_staff() -> None:
    entry = fhir.entry(
        tree(
            {
                "resourceType": "Observation",
                "id": "o",
                "subject": {"reference": "Patient/p"},
                "meta": {"security": [{"system": "urn:oid:2.16.578.1.12.4.1.1.9603", "code": "NORN_ALLE"}]},
                "code": {"text": "Vekt"},
            }
        ),
        SOURCE,
    )
    assert entry is not None
    assert entry.withheld_from_patient and not entry.withheld and entry.title == "Vekt"


# -- names ------------------------------------------------------------------------------------------------------------


def measured(**more: object) -> Json:
    made = {"resourceType": "Observation", "id": "o", "subject": {"reference": "Patient/p"}, "code": {"text": "Puls"}}
    return tree(made | more)


def test_an_author_is_named_by_the_label_of_the_role() -> None:
    entry = fhir.entry(
        measured(performer=[{"reference": "PractitionerRole/kari/_history/2"}]),
        SOURCE,
        {Ref(SOURCE, "PractitionerRole", "kari"): Label("Kari Nilsen", "Sykepleier", "Hjemmetjenesten")}.get,
    )
    assert entry is not None
    assert (entry.author, entry.role, entry.service) == ("Kari Nilsen", "Sykepleier", "Hjemmetjenesten")


@pytest.mark.parametrize(
    ("display", "author", "role"),
    [
        ("Kari Nilsen, sykepleier", "Kari Nilsen", "sykepleier"),
        ("Nilsen, Kari", "Nilsen, Kari", ""),
        ("Kari Nilsen", "Kari Nilsen", ""),
        ("Harold Hippocrates, MD", "Harold Hippocrates, MD", ""),
    ],
)
def test_a_display_tells_name_and_role_where_it_holds_both(display: str, author: str, role: str) -> None:
    entry = fhir.entry(measured(performer=[{"reference": "PractitionerRole/x", "display": display}]), SOURCE)
    assert entry is not None and (entry.author, entry.role) == (author, role)


def test_an_author_without_a_name_stays_blank() -> None:
    entry = fhir.entry(measured(performer=[{"reference": "PractitionerRole/kari"}]), SOURCE, lambda ref: None)
    assert entry is not None and entry.author == ""
    assert fhir.authors(measured(performer=[{"reference": "PractitionerRole/kari"}]), SOURCE) == (
        Ref(SOURCE, "PractitionerRole", "kari"),
    )


def test_a_clinician_named_by_number_only_is_shown_by_that_number() -> None:
    who = {"identifier": {"system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": "9144889"}}
    entry = fhir.entry(measured(performer=[who]), SOURCE)
    assert entry is not None and entry.author == "HPR 9144889"


def test_an_organisation_is_the_service_and_not_the_author() -> None:
    entry = fhir.entry(
        measured(performer=[{"reference": "Organization/lab", "display": "Laboratoriet"}, {"display": "Per Dahl"}]),
        SOURCE,
    )
    assert entry is not None and (entry.author, entry.service) == ("Per Dahl", "Laboratoriet")


def test_a_medicine_behind_a_reference_is_named_by_its_label() -> None:
    resource = tree(
        {
            "resourceType": "MedicationStatement",
            "id": "m",
            "subject": {"reference": "Patient/p"},
            "medicationReference": {"reference": "Medication/7"},
        }
    )
    entry = fhir.entry(resource, SOURCE, lambda ref: "Metoprolol" if ref.type == "Medication" else "")
    assert entry is not None and entry.title == "Metoprolol"
    assert Ref(SOURCE, "Medication", "7") in fhir.authors(resource, SOURCE)


# -- what is an entry -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("type_", ["Patient", "Practitioner", "PractitionerRole", "Organization", "Provenance"])
def test_people_and_signatures_are_no_entries(type_: str) -> None:
    assert fhir.entry(tree({"resourceType": type_, "id": "x", "subject": {"reference": "Patient/p"}}), SOURCE) is None


@pytest.mark.parametrize(
    "resource",
    [
        {"resourceType": "Observation", "subject": {"reference": "Patient/p"}},
        {"resourceType": "Observation", "id": "..", "subject": {"reference": "Patient/p"}},
        {"resourceType": "Observation", "id": "a/b", "subject": {"reference": "Patient/p"}},
        {"resourceType": "Observation", "id": "o"},
        {"resourceType": "Observation", "id": "o", "subject": {"reference": "Group/g"}},
        {"resourceType": "Observation", "id": "o", "subject": {"reference": "Device/d"}},
        {"id": "o", "subject": {"reference": "Patient/p"}},
    ],
)
def test_what_cannot_be_kept_or_is_about_nobody_is_no_entry(resource: dict[str, object]) -> None:
    assert fhir.entry(tree(resource), SOURCE) is None


def test_a_type_that_nobody_named_is_shown_as_itself() -> None:
    entry = fhir.entry(
        tree({"resourceType": "NutritionOrder", "id": "n", "patient": {"reference": "Patient/p"}}), SOURCE
    )
    assert entry is not None and (entry.kind, entry.title) == (EntryKind.OTHER, "NutritionOrder")
    assert fhir.kind("NutritionOrder").sort_param == "-_lastUpdated"


def test_the_caller_may_know_better_whose_it_is() -> None:
    by_number = {"identifier": {"system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": "13717404089"}}
    entry = fhir.entry(measured(subject=by_number), SOURCE, patient=ASTRID)
    assert entry is not None and entry.patient == ASTRID
    unknown = fhir.entry(measured(subject=by_number), SOURCE)
    assert unknown is not None and unknown.patient == Ref(SOURCE, "Patient", "")


def test_a_reference_by_urn_means_what_the_bundle_says() -> None:
    entry = fhir.entry(
        measured(subject={"reference": "urn:uuid:1"}), SOURCE, names={"urn:uuid:1": Ref(SOURCE, "Patient", "p")}
    )
    assert entry is not None and entry.patient == Ref(SOURCE, "Patient", "p")


def test_the_register_is_one_row_for_each_type() -> None:
    assert all(name == row.type for name, row in fhir.REGISTER.items())
    assert all(row.search_param == "patient" for row in fhir.REGISTER.values() if row.entry_kind is not None)
    small = {row.type for row in fhir.REGISTER.values() if row.small}
    assert {"AllergyIntolerance", "Flag", "Condition", "MedicationStatement", "CarePlan"} <= small
    assert not small & {"Observation", "DocumentReference", "Encounter"}
