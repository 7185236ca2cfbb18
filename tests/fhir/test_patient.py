"""The patient as the banner shows them."""

from __future__ import annotations

from typing import Any

import pytest

from akson_tui.fhir import patient
from akson_tui.model.people import DNR, FNR, Patient, Protection, Sex
from akson_tui.model.ref import Ref
from tests.fhir.given import ASTRID, SOURCE, tree

GRADE = "http://ehelse.no/fhir/CodeSystem/gd-address-confidentiality"
HOME = {"use": "home", "line": ["Strandgata 1", "H0201"], "postalCode": "4610", "city": "Kristiansand"}


def read(**more: Any) -> Patient:
    return patient.read(tree({"resourceType": "Patient", "id": "astrid-bakken"} | more), SOURCE)


def test_a_patient_is_read() -> None:
    found = read(
        meta={"versionId": "3"},
        name=[{"use": "official", "family": "Bakken", "given": ["Astrid"]}],
        birthDate="1942-03-01",
        gender="female",
        identifier=[{"system": FNR, "value": "13717404089"}],
        address=[HOME],
        telecom=[
            {"system": "email", "value": "a@example.org"},
            {"system": "phone", "use": "home", "value": "38 00 00 00"},
            {"system": "phone", "use": "mobile", "value": "900 00 000"},
            {"system": "phone", "use": "old", "value": "1"},
        ],
        generalPractitioner=[{"display": "Ingrid Aanensen"}],
    )
    assert found.ref == Ref(SOURCE, "Patient", "astrid-bakken", "3")
    assert (found.name.text, found.national_id, found.sex) == ("Astrid Bakken", "13717404089", Sex.FEMALE)
    assert found.born is not None and found.born.text == "1942-03-01"
    assert (found.address, found.city) == ("Strandgata 1, H0201, 4610 Kristiansand", "Kristiansand")
    assert found.phones == ("900 00 000", "38 00 00 00")
    assert found.general_practitioner == "Ingrid Aanensen"
    assert found.deceased is False and not found.interpreter and found.protection is Protection.NONE


def test_the_name_in_use_goes_first_and_the_old_ones_stay_findable() -> None:
    found = read(
        name=[
            {"use": "maiden", "family": "Lie", "given": ["Astrid"]},
            {"use": "official", "family": "Berg", "given": ["Astrid"], "period": {"end": "1990"}},
            {"use": "official", "family": "Bakken", "given": ["Astrid"]},
            {"use": "usual", "text": "Assa"},
            {"family": " "},
        ]
    )
    assert [name.text for name in (found.name, *found.other_names)] == [
        "Assa",
        "Astrid Bakken",
        "Astrid Lie",
        "Astrid Berg",
    ]
    assert found.other_names[-1].use == "old"


def test_a_middle_name_stands_between() -> None:
    middle = {"url": "http://hl7.no/fhir/StructureDefinition/no-basis-middlename", "valueString": "Holm"}
    assert (
        read(name=[{"family": "Bakken", "given": ["Astrid"], "extension": [middle]}]).name.text == "Astrid Holm Bakken"
    )


def test_a_patient_without_a_name_has_none() -> None:
    assert read().name.text == ""


@pytest.mark.parametrize(
    ("identifiers", "number"),
    [
        ([{"system": DNR, "value": "53717404089"}, {"system": FNR, "value": "13717404089"}], "13717404089"),
        ([{"system": FNR, "value": "1", "use": "old"}, {"system": DNR, "value": "2"}], "2"),
        ([{"system": FNR, "value": "1", "period": {"end": "2020-01-01"}}], ""),
        ([{"system": FNR, "value": "1", "period": {"end": "9999-12-31"}}], "1"),
        ([{"system": "urn:oid:2.16.578.1.12.4.1.4.3", "value": "80000000000"}], "80000000000"),
        ([{"system": "HNR", "value": "3"}], ""),
        ([{"system": FNR}], ""),
    ],
)
def test_the_number_that_names_the_person_best(identifiers: list[dict[str, Any]], number: str) -> None:
    assert read(identifier=identifiers).national_id == number


@pytest.mark.parametrize(("changed", "number"), [("2026-01-01T00:00:00Z", "2"), ("2030-01-01T00:00:00Z", "")])
def test_a_number_that_holds_for_some_years_is_in_use_until_then(changed: str, number: str) -> None:
    found = read(
        meta={"lastUpdated": changed}, identifier=[{"system": DNR, "value": "2", "period": {"end": "2029-06-30"}}]
    )
    assert found.national_id == number


@pytest.mark.parametrize(
    ("more", "protection"),
    [
        ({"meta": {"security": [{"system": GRADE, "code": "fortrolig"}]}}, Protection.CONFIDENTIAL),
        ({"meta": {"security": [{"system": GRADE, "code": "strengtFortrolig"}]}}, Protection.STRICT),
        ({"meta": {"security": [{"system": GRADE, "code": "ugradert"}]}}, Protection.NONE),
        (
            {
                "address": [
                    HOME | {"extension": [{"extension": [{"url": "confidentiality", "valueCode": "klientadresse"}]}]}
                ]
            },
            Protection.CLIENT,
        ),
        (
            {
                "meta": {"security": [{"code": "fortrolig"}]},
                "extension": [{"url": "x", "valueCoding": {"code": "strengtFortrolig"}}],
            },
            Protection.STRICT,
        ),
    ],
)
def test_a_graded_address_is_not_read(more: dict[str, Any], protection: Protection) -> None:
    found = read(**({"address": [HOME]} | more))
    assert found.protection is protection
    assert bool(found.address) is bool(found.city) is (protection is Protection.NONE)


@pytest.mark.parametrize(
    ("more", "deceased"),
    [
        ({"deceasedBoolean": True}, True),
        ({"deceasedBoolean": False}, False),
        ({"deceasedDateTime": "tull"}, True),
        ({}, False),
    ],
)
def test_whether_somebody_has_died(more: dict[str, Any], deceased: bool) -> None:
    assert read(**more).deceased is deceased


def test_the_day_of_death_is_kept() -> None:
    found = read(deceasedDateTime="2026-10")
    assert not isinstance(found.deceased, bool) and found.deceased.text == "2026-10"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ({"coding": [{"code": "so"}], "text": "somali"}, "somali"),
        ({"coding": [{"system": "urn:ietf:bcp:47", "code": "nb-NO"}], "text": "Bokmål"}, ""),
        ({"text": "Norsk"}, ""),
        ({"coding": [{"code": "se", "display": "nordsamisk"}]}, "nordsamisk"),
        ({}, ""),
    ],
)
def test_the_language_is_told_where_it_is_not_norwegian(language: dict[str, Any], shown: str) -> None:
    assert read(communication=[{"language": language}]).language == shown


def test_the_preferred_language_goes_first() -> None:
    found = read(communication=[{"language": {"text": "tysk"}}, {"language": {"text": "polsk"}, "preferred": True}])
    assert found.language == "polsk"


def test_an_interpreter_is_needed() -> None:
    needed = {"url": "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired", "valueBoolean": True}
    assert read(extension=[needed]).interpreter
    assert not read(extension=[needed | {"valueBoolean": False}]).interpreter


def test_other_records_of_the_same_person() -> None:
    links = [{"other": {"reference": "Patient/old"}, "type": "replaces"}, {"other": {"reference": "RelatedPerson/x"}}]
    assert read(link=links).links == (Ref(SOURCE, "Patient", "old"),)
    assert read().ref == ASTRID
