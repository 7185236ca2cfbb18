"""Clinicians: the four whom scripts know, their codes, workplaces and the references that resolve."""

from typing import Any

import pytest

from akson_tui.sandbox.municipality.districts import KEYS
from akson_tui.sandbox.municipality.staff import clinician, workplace

from .conftest import World

Resource = dict[str, Any]


@pytest.fixture(scope="module")
def by_id(world: World) -> dict[str, Resource]:
    return {f"{r['resourceType']}/{r['id']}": r for r in world["worklists"]}


@pytest.mark.parametrize(
    ("ident", "role", "code", "city", "service"),
    [
        ("kari-nilsen", "kari-nilsen-home-care", "SP", "Kristiansand", "KP02"),
        ("leila-said", "leila-said-legevakt", "LE", "Oslo", "KA02"),
        ("anne-moen", "anne-moen-health-station", "SP", "Bodø", "KF01"),
    ],
)
def test_known_clinicians_work_where_they_should(
    by_id: dict[str, Resource], ident: str, role: str, code: str, city: str, service: str
) -> None:
    found = by_id[f"PractitionerRole/{role}"]
    assert found["practitioner"]["reference"] == f"Practitioner/{ident}"
    assert found["code"][0]["coding"][0] == {"system": "urn:oid:2.16.578.1.12.4.1.1.9060", "code": code}
    assert by_id[found["organization"]["reference"]]["address"][0]["city"] == city
    offered = by_id[found["healthcareService"][0]["reference"]]["type"][0]["coding"][0]
    assert (offered["system"], offered["code"]) == ("urn:oid:2.16.578.1.12.4.1.1.8663", service)


def test_per_is_a_gp_in_bergen(by_id: dict[str, Resource]) -> None:
    role = by_id["PractitionerRole/per-dahl-gp"]
    assert by_id[role["organization"]["reference"]]["address"][0]["city"] == "Bergen"


def test_every_author_is_one_of_the_staff(town: World) -> None:
    everything = [r for chunk in town.values() for r in chunk]
    authors = {a["reference"] for r in everything if r["resourceType"] == "DocumentReference" for a in r["author"]}
    assert len(authors) >= 80
    assert authors <= {f"PractitionerRole/{r['id']}" for r in everything if r["resourceType"] == "PractitionerRole"}


def test_an_id_of_a_district_always_is_the_same_clinician() -> None:
    assert clinician("bodo-3-nurse-2") == clinician("bodo-3-nurse-2")
    assert clinician("bodo-3-nurse-2").place == "bodo-3-home-care"
    assert workplace("bodo-3-home-care").city == "Bodø"


@pytest.mark.parametrize("ident", ["nobody", "bodo-3-king", "bodo-x-nurse-1", "bodo-99-nurse-1", "narvik-1-nurse-1"])
def test_an_id_that_is_no_post_names_nobody(ident: str) -> None:
    with pytest.raises(KeyError):
        clinician(ident)


def test_two_clinicians_never_have_the_same_hpr_number() -> None:
    idents = [
        f"{key}-{number}-{post}" for key in KEYS for number in range(1, 21) for post in ("nurse-1", "gp-3", "night")
    ]
    assert len({clinician(ident).number for ident in idents}) == len(idents)
