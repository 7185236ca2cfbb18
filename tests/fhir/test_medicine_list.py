"""Who went through the medicines, and when; and what else the screens of medicines and measurements need."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from akson_tui.fhir import medication, medicine_list, observation
from akson_tui.model.health import NO_BAND, Band, Measurement, Medicine, MedicineList
from akson_tui.model.ref import Ref
from tests.fhir.given import SOURCE, tree

ITEM = {"item": {"reference": "MedicationStatement/m1"}}


def gone_through(**more: Any) -> MedicineList | None:
    made = {"resourceType": "List", "id": "l", "status": "current", "entry": [ITEM], "date": "2026-11-12"}
    return medicine_list.read(tree(made | more), SOURCE)


def test_a_list_of_medicines_tells_who_went_through_them_and_when() -> None:
    found = gone_through(title="Legens liste", source={"display": "Per Dahl"})
    assert found is not None
    assert (found.title, found.by, found.at.text if found.at else "") == ("Legens liste", "Per Dahl", "2026-11-12")
    assert found.holds == (Ref(SOURCE, "MedicationStatement", "m1"),)


@pytest.mark.parametrize(
    "more",
    [
        {"status": "retired"},
        {"status": "entered-in-error"},
        {"entry": [{"item": {"reference": "Condition/c1"}}]},
        {"entry": []},
        {"entry": [ITEM, {"item": {"reference": "Condition/c1"}}]},
        {"entry": None},
    ],
)
def test_other_lists_and_old_ones_are_none_of_medicines(more: dict[str, Any]) -> None:
    assert gone_through(**more) is None


@pytest.mark.parametrize("code", sorted(medicine_list.MEDICINES))
def test_an_empty_list_counts_where_its_code_says_what_it_is(code: str) -> None:
    found = gone_through(entry=[], code={"coding": [{"code": code}]})
    assert found is not None and found.holds == ()


def test_what_was_taken_out_of_the_list_does_not_stand_in_it() -> None:
    found = gone_through(entry=[ITEM, {"item": {"reference": "MedicationRequest/m2"}, "deleted": True}])
    assert found is not None and [ref.id for ref in found.holds] == ["m1"]


# -- medicines --------------------------------------------------------------------------------------------------------


def taken(type_: str = "MedicationStatement", **more: Any) -> Medicine:
    made = {"resourceType": type_, "id": "m", "status": "active", "medicationCodeableConcept": {"text": "Furosemid"}}
    return medication.read(tree(made | more), SOURCE, lambda _ref: None)


@pytest.mark.parametrize(
    ("dosage", "needed"),
    [
        ([{"asNeededBoolean": True}], True),
        ([{"asNeededCodeableConcept": {"text": "smerte"}}], True),
        ([{"text": "1 tablett ved behov"}], True),
        ([{"asNeededBoolean": True}, {"text": "1 tablett kl. 8"}], False),
        ([{"text": "1 tablett kl. 8"}], False),
        ([], False),
    ],
)
def test_a_medicine_is_as_needed_where_all_of_its_doses_are(dosage: list[dict[str, Any]], needed: bool) -> None:
    assert taken(dosage=dosage).as_needed is needed
    assert taken("MedicationRequest", dosageInstruction=dosage).as_needed is needed


def test_who_told_of_it_until_when_and_why_it_ended() -> None:
    found = taken(
        effectivePeriod={"start": "2026-10-01", "end": "2026-10-08"},
        informationSource={"display": "Per Dahl, lege"},
        statusReason=[{"text": "Utslett"}],
    )
    assert (found.told_by, found.ended_for) == ("Per Dahl, lege", "Utslett")
    assert found.until is not None and found.until.text == "2026-10-08"


def test_a_prescription_names_its_prescriber_and_the_one_before_it() -> None:
    found = taken(
        "MedicationRequest",
        requester={"display": "Per Dahl"},
        priorPrescription={"reference": "MedicationRequest/old/_history/2"},
        dosageInstruction=[{"timing": {"repeat": {"boundsPeriod": {"end": "2026-12-01"}}}}],
        dispenseRequest={"validityPeriod": {"end": "2026-11-01"}},
    )
    assert found.told_by == "Per Dahl"
    assert found.follows == Ref(SOURCE, "MedicationRequest", "old")
    assert found.until is not None and found.until.text == "2026-12-01"


def test_how_long_a_prescription_is_valid_does_not_end_its_use() -> None:
    assert taken("MedicationRequest", dispenseRequest={"validityPeriod": {"end": "2026-11-01"}}).until is None


# -- measurements -----------------------------------------------------------------------------------------------------


def measured(**more: Any) -> Measurement:
    made = {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "CRP"}}
    return observation.read(tree(made | more), SOURCE)


@pytest.mark.parametrize(
    ("ranges", "low", "high"),
    [
        ([{"low": {"value": 11.7}, "high": {"value": 15.3}}], "11.7", "15.3"),
        ([{"high": {"value": 5}}], None, "5"),
        ([{"text": "11,7–15,3"}], "11.7", "15.3"),
        ([{"text": "< 5"}], None, "5"),
        ([{"low": {"value": 1}, "text": "se kommentar"}], "1", None),
        ([{"text": "negativ"}], None, None),
        ([{"text": "1–2", "appliesTo": [{"text": "kvinner"}]}, {"text": "3–4"}], None, None),
    ],
)
def test_the_range_of_its_sender(ranges: list[dict[str, Any]], low: str | None, high: str | None) -> None:
    band = measured(referenceRange=ranges).band
    assert band.low == (Decimal(low) if low else None) and band.high == (Decimal(high) if high else None)
    assert band.text


def test_without_a_range_there_is_none() -> None:
    assert measured().band == NO_BAND == Band()


def test_the_parts_of_a_measurement_have_ranges_of_their_own() -> None:
    found = measured(
        component=[{"code": {"text": "a"}, "referenceRange": [{"text": "< 5"}], "interpretation": [{"text": "x"}]}]
    )
    assert found.components[0].band.high == Decimal(5)


def test_what_its_sender_made_of_it_who_measured_and_of_which_sort_it_is() -> None:
    found = measured(
        interpretation=[{"coding": [{"code": "HH"}]}],
        performer=[{"reference": "Practitioner/x"}, {"display": "Kari Nilsen"}],
        category=[{"coding": [{"code": "laboratory"}]}],
    )
    assert (found.judged, found.by, found.category) == ("HH", "Kari Nilsen", "laboratory")
