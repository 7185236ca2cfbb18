"""Clinicians: the four whom scripts know, their codes, workplaces and the references that resolve."""

from typing import Any

import pytest

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


def test_every_author_is_one_of_the_staff(everything: list[Resource], by_id: dict[str, Resource]) -> None:
    authors = {a["reference"] for r in everything if r["resourceType"] == "DocumentReference" for a in r["author"]}
    assert len(authors) >= 15
    assert authors <= by_id.keys()
