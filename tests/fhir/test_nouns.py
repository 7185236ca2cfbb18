"""Problems, allergies, alerts, medicines, measurements, appointments: as the overview shows them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from akson_tui.fhir import allergy_intolerance, appointment, condition, flag, goal, medication, observation, task
from akson_tui.fhir.common import Json
from akson_tui.model.health import Allergy, Certainty, Medicine
from akson_tui.model.ref import Ref
from tests.fhir.given import ASTRID, SOURCE, tree


def nothing(_ref: Ref) -> Json | None:
    return None


# -- problems ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("clinical", "sure", "active", "certainty"),
    [
        ("active", "confirmed", True, Certainty.CONFIRMED),
        ("recurrence", "confirmed", True, Certainty.CONFIRMED),
        ("resolved", "confirmed", False, Certainty.CONFIRMED),
        ("active", "refuted", False, Certainty.REFUTED),
        ("active", "entered-in-error", False, Certainty.ERROR),
        ("active", "provisional", True, Certainty.PRESUMED),
        ("active", "unconfirmed", True, Certainty.UNCONFIRMED),
        ("", "", True, Certainty.UNKNOWN),
    ],
)
def test_how_sure_and_how_current_a_problem_is(clinical: str, sure: str, active: bool, certainty: Certainty) -> None:
    found = condition.read(
        tree(
            {
                "resourceType": "Condition",
                "id": "c",
                "clinicalStatus": {"coding": [{"code": clinical}]},
                "verificationStatus": {"coding": [{"code": sure}]},
                "code": {"text": "KOLS", "coding": [{"system": "urn:oid:2.16.578.1.12.4.1.1.7170", "code": "R95"}]},
                "onsetDateTime": "2011-05",
            }
        ),
        SOURCE,
    )
    assert (found.active, found.certainty) == (active, certainty)
    assert (found.code.text, found.code.code) == ("KOLS", "R95")
    assert found.onset is not None and found.onset.text == "2011-05"


def test_a_problem_that_has_ended_is_not_active() -> None:
    assert not condition.read(tree({"resourceType": "Condition", "abatementString": "i fjor"}), SOURCE).active


# -- allergies --------------------------------------------------------------------------------------------------------


def allergic(**more: Any) -> Allergy:
    return allergy_intolerance.read(tree({"resourceType": "AllergyIntolerance", "id": "a"} | more), SOURCE)


@pytest.mark.parametrize("code", ["716186003", "409137002", "429625007", "428607008", "NKA"])
def test_no_known_allergy_is_not_an_allergy(code: str) -> None:
    found = allergic(code={"coding": [{"system": "http://snomed.info/sct", "code": code}], "text": "NKA"})
    assert found.nothing_known


def test_an_allergy_tells_substance_reaction_and_danger() -> None:
    found = allergic(
        code={"text": "Penicillin"},
        criticality="high",
        reaction=[
            {"manifestation": [{"text": "Anafylaksi"}, {"text": "Utslett"}], "severity": "severe"},
            {"description": "Besvimte"},
        ],
    )
    assert (found.substance.text, found.critical, found.active, found.nothing_known) == (
        "Penicillin",
        True,
        True,
        False,
    )
    assert found.reaction == "Anafylaksi, Utslett (alvorlig); Besvimte"


def test_a_substance_that_only_the_reaction_tells_is_shown() -> None:
    assert allergic(reaction=[{"substance": {"text": "Amoksicillin"}}]).substance.text == "Amoksicillin"


def test_a_danger_that_is_not_high_is_not_critical() -> None:
    assert not allergic(criticality="low").critical and not allergic(criticality=["high", "x"]).critical


def test_a_refuted_allergy_is_told_as_refuted() -> None:
    found = allergic(verificationStatus={"coding": [{"code": "refuted"}]})
    assert not found.active and found.certainty is Certainty.REFUTED


# -- alerts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "active"), [("active", True), ("inactive", False), ("entered-in-error", False), (None, True)]
)
def test_an_alert_counts_while_it_is_active(status: str | None, active: bool) -> None:
    found = flag.read(
        tree({"resourceType": "Flag", "id": "f", "status": status, "code": {"text": "Hund i huset"}}), SOURCE
    )
    assert (found.text, found.active) == ("Hund i huset", active)


# -- medicines --------------------------------------------------------------------------------------------------------


def medicine(kind: str = "MedicationStatement", resolve: Any = nothing, **more: Any) -> Medicine:
    return medication.read(tree({"resourceType": kind, "id": "m", "status": "active"} | more), SOURCE, resolve)


def test_a_medicine_in_use() -> None:
    found = medicine(
        medicationCodeableConcept={
            "text": "Metoprolol 50 mg",
            "coding": [{"system": "http://www.whocc.no/atc", "code": "C07AB02"}],
        },
        dosage=[{"text": "1 tablett kl. 8"}, {"text": "2 tabletter kl. 20"}],
        reasonCode=[{"text": "Høyt blodtrykk"}],
        effectivePeriod={"start": "2022-06-01"},
    )
    assert (found.name.text, found.name.code, found.reason) == ("Metoprolol 50 mg", "C07AB02", "Høyt blodtrykk")
    assert found.dosage == "1 tablett kl. 8; 2 tabletter kl. 20"
    assert found.active and not found.requested and found.since is not None and found.since.text == "2022-06-01"


@pytest.mark.parametrize(
    ("status", "active"), [("active", True), ("on-hold", False), ("stopped", False), ("completed", False)]
)
def test_what_is_on_hold_or_stopped_is_not_taken_now(status: str, active: bool) -> None:
    found = medicine(status=status)
    assert (found.active, found.status) == (active, status)


@pytest.mark.parametrize(
    ("more", "multidose"),
    [
        ({"category": {"text": "Multidose"}}, True),
        ({"category": [{"coding": [{"code": "multidose"}]}]}, True),
        ({"category": [{"text": "Utenom multidose"}]}, False),
        ({"extension": [{"url": "http://x/Multidose", "valueBoolean": True}]}, True),
        ({"extension": [{"url": "http://x/multidose", "valueBoolean": False}]}, False),
        ({}, False),
    ],
)
def test_what_lies_in_the_multidose_bag(more: dict[str, Any], multidose: bool) -> None:
    assert medicine(**more).multidose is multidose


def test_the_name_is_found_behind_a_reference() -> None:
    held = tree({"resourceType": "Medication", "id": "7", "code": {"text": "Warfarin"}})
    pointer = {"reference": "Medication/7", "display": "Marevan"}
    asked: list[Ref] = []

    def resolve(ref: Ref) -> Json | None:
        asked.append(ref)
        return held

    assert medicine(resolve=resolve, medicationReference=pointer).name.text == "Warfarin"
    assert asked == [Ref(SOURCE, "Medication", "7")]
    assert medicine(medicationReference=pointer).name.text == "Marevan"


def test_a_prescription_is_told_from_a_statement() -> None:
    found = medicine("MedicationRequest", authoredOn="2025-01-10")
    assert found.requested and found.since is not None and found.since.text == "2025-01-10"


# -- measurements -----------------------------------------------------------------------------------------------------


def measured(**more: Any) -> observation.Measurement:
    return observation.read(tree({"resourceType": "Observation", "id": "o", "status": "final"} | more), SOURCE)


def test_a_number_keeps_its_digits() -> None:
    quantity = {"value": Decimal("4.10"), "unit": "mmol/L"}
    from akson_tui.fhir.syntax import dump, load

    found = observation.read(load(dump({"resourceType": "Observation", "id": "o", "valueQuantity": quantity})), SOURCE)
    assert (str(found.value), found.unit, found.text) == ("4.10", "mmol/L", "")


def test_a_comparator_makes_it_a_text_and_no_number() -> None:
    found = measured(valueQuantity={"value": 5, "comparator": "<", "unit": "mg/L"})
    assert (found.value, found.text) == (None, "< 5 mg/L")


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"valueString": "positiv"}, "positiv"),
        ({"valueCodeableConcept": {"coding": [{"display": "A Rh+"}]}}, "A Rh+"),
        ({"valueBoolean": False}, "nei"),
        ({"valueRange": {"low": {"value": 1}, "high": {"value": 2, "unit": "L"}}}, "1–2 L"),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 128}}}, "1 / 128"),
        ({"valueDateTime": "2026-11-05"}, "05.11.2026"),
        ({"valueTime": "08:30:00"}, "08:30:00"),
        ({"valuePeriod": {"start": "2026-01", "end": "2026-02"}}, "01.2026 – 02.2026"),
        ({"valueSampledData": {"period": 1}}, "måleserie"),
        ({"valueQuantity": {"value": "mye", "unit": "L"}}, "mye"),
        ({}, ""),
    ],
)
def test_values_that_are_no_number_are_told_in_words(more: dict[str, Any], text: str) -> None:
    found = measured(**more)
    assert (found.value, found.text) == (None, text)


def test_an_integer_is_a_number_without_unit() -> None:
    assert (measured(valueInteger=7).value, measured(valueInteger=7).unit) == (Decimal(7), "")


def test_a_blood_pressure_has_two_components() -> None:
    found = measured(
        component=[
            {
                "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
                "valueQuantity": {"value": value, "unit": "mmHg"},
            }
            for code, value in (("8480-6", 142), ("8462-4", 88))
        ]
    )
    assert [(part.code.text, part.value) for part in found.components] == [
        ("Systolisk blodtrykk", Decimal(142)),
        ("Diastolisk blodtrykk", Decimal(88)),
    ]


def test_a_value_that_is_missing_says_why() -> None:
    assert measured(dataAbsentReason={"coding": [{"code": "asked-declined"}]}).absent == "asked-declined"


# -- work -------------------------------------------------------------------------------------------------------------


def test_an_appointment_tells_who_when_why_and_where() -> None:
    found = appointment.read(
        tree(
            {
                "resourceType": "Appointment",
                "id": "p",
                "status": "booked",
                "start": "2026-11-05T08:10:00+01:00",
                "end": "2026-11-05T08:30:00+01:00",
                "reasonCode": [{"text": "Sårstell"}],
                "participant": [
                    {"actor": {"reference": "Patient/astrid-bakken", "display": "Astrid Bakken"}},
                    {"actor": {"reference": "PractitionerRole/kari"}},
                    {"actor": {"reference": "Location/home", "display": "Strandgata 1"}},
                    {"actor": None},
                ],
            }
        ),
        SOURCE,
    )
    assert (found.patient, found.patient_name, found.reason, found.place) == (
        ASTRID,
        "Astrid Bakken",
        "Sårstell",
        "Strandgata 1",
    )
    assert found.start is not None and found.end is not None and not found.cancelled
    assert found.participants == (Ref(SOURCE, "PractitionerRole", "kari"), Ref(SOURCE, "Location", "home"))


@pytest.mark.parametrize("status", ["cancelled", "noshow", "entered-in-error"])
def test_an_appointment_that_is_off_is_cancelled(status: str) -> None:
    assert appointment.read(tree({"resourceType": "Appointment", "id": "p", "status": status}), SOURCE).cancelled


def test_an_appointment_of_nobody_has_no_patient() -> None:
    found = appointment.read(tree({"resourceType": "Appointment", "id": "p", "description": "Møte"}), SOURCE)
    assert (found.patient, found.patient_name, found.reason) == (None, "", "Møte")


def test_a_goal_and_a_task() -> None:
    aimed = goal.read(
        tree({"resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "description": {"text": "Gå"}}), SOURCE
    )
    assert (aimed.text, aimed.status) == ("Gå", "active")
    done = task.read_activity(
        tree(
            {
                "resourceType": "Task",
                "id": "t",
                "status": "requested",
                "code": {"text": "Bestille"},
                "owner": {"display": "Per"},
            }
        ),
        SOURCE,
    )
    assert (done.text, done.status, done.responsible) == ("Bestille", "requested", "Per")
