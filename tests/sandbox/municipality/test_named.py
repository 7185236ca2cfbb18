"""Patients as a register would give them: names, addresses, languages, protection, those nobody knows."""

from typing import Any

import pytest

from .conftest import World

Resource = dict[str, Any]


@pytest.fixture(scope="module")
def patients(world: World) -> dict[str, Resource]:
    return {r["id"]: r for r in world["worklists"] if r["resourceType"] == "Patient"}


def test_astrid_is_the_only_bakken(patients: dict[str, Resource]) -> None:
    found = [p["id"] for p in patients.values() if any("bakken" in str(part).lower() for part in p["name"])]
    assert found == ["astrid-bakken"]
    assert patients["astrid-bakken"]["birthDate"].startswith("1942-")
    assert patients["astrid-bakken"]["address"][0]["city"] == "Kristiansand"


def test_sami_letters_are_kept(patients: dict[str, Resource]) -> None:
    assert patients["aile-cahput"]["name"][0]["family"] == "Čáhput"
    assert patients["aile-cahput"]["name"][0]["given"][0] == "Áile"


def test_who_needs_an_interpreter_is_marked_in_patient_and_flag(world: World, patients: dict[str, Resource]) -> None:
    fadumo = patients["fadumo-warsame"]
    assert fadumo["communication"][0]["language"]["coding"][0]["code"] == "so"
    assert fadumo["extension"][0]["valueBoolean"] is True
    flags = [r["code"]["text"] for r in world["fadumo-warsame"] if r["resourceType"] == "Flag"]
    assert flags == ["Tolk: somali, kvinnelig tolk ønskes"]


def test_a_protected_person_has_no_address_and_a_label(patients: dict[str, Resource]) -> None:
    camilla = patients["camilla-strand"]
    assert camilla["meta"]["security"][0]["code"] == "fortrolig"
    assert "address" not in camilla
    assert "telecom" not in camilla


def test_the_unknown_man_has_neither_birth_date_nor_given_name(patients: dict[str, Resource]) -> None:
    unknown = patients["unknown-man"]
    assert "birthDate" not in unknown
    assert "given" not in unknown["name"][0]
    assert unknown["identifier"][0]["use"] == "temp"


def test_everybody_else_has_what_a_register_tells(patients: dict[str, Resource]) -> None:
    for ident, patient in patients.items():
        assert patient["managingOrganization"]["reference"].startswith("Organization/")
        if ident != "unknown-man":
            assert patient["name"][0]["use"] == "official"
            assert patient["birthDate"]
            assert patient["generalPractitioner"]
        if ident not in ("unknown-man", "camilla-strand"):
            assert patient["address"][0]["city"]
            assert patient["telecom"][0]["value"].startswith("+47 000 ")


def test_every_child_has_a_guardian(world: World) -> None:
    for ident in ("nora-elvestad", "elias-jakobsen", "iver-sivertsen", "sara-utsi", "amina-hassan"):
        (guardian,) = [r for r in world[ident] if r["resourceType"] == "RelatedPerson"]
        assert guardian["relationship"][0]["text"] in ("Mor", "Far")


def test_one_note_is_withheld_from_the_staff_and_it_is_not_astrids(everything: list[Resource]) -> None:
    withheld = [
        r for r in everything if any(label["code"] == "NORS" for label in r.get("meta", {}).get("security", []))
    ]
    assert [r["subject"]["reference"] for r in withheld] == ["Patient/camilla-strand"]
