"""The legevakt's journals: triage today with its urgency in words, earlier contacts that fit the age."""

import datetime as dt
from typing import Any

import pytest

from akson_tui.sandbox.municipality.work import QUEUE

from .conftest import NOW, World, text

Resource = dict[str, Any]


@pytest.mark.parametrize("ident", [row.person for row in QUEUE])
def test_triage_says_level_and_scheme_and_was_written_before_now(world: World, ident: str) -> None:
    notes = [r for r in world[ident] if r["resourceType"] == "DocumentReference"]
    # The newest first; who was seen before has older ones.
    triage = next(r for r in notes if r["type"]["text"] == "Triage")
    assert text(triage).split(" ")[0] in ("Akutt", "Haster", "Vanlig")
    assert "norsk indeks" in text(triage)
    written = dt.datetime.fromisoformat(triage["date"])
    assert dt.timedelta(0) < NOW - written < dt.timedelta(hours=2)


def test_the_unknown_man_has_only_todays_entries(world: World) -> None:
    notes = [r for r in world["unknown-man"] if r["resourceType"] == "DocumentReference"]
    assert len(notes) == 1


def test_each_case_goes_from_the_call_to_the_doctors_note(town: World) -> None:
    """One reason for contact, triage, note and epikrise to the GP."""
    seen = 0
    for chunk in town.values():
        visits = [r for r in chunk if r["resourceType"] == "Encounter" and r["class"]["code"] == "EMER"]
        for visit in visits:
            notes = [
                r
                for r in chunk
                if r["resourceType"] == "DocumentReference"
                and r["context"].get("encounter", [{}])[0].get("reference") == f"Encounter/{visit['id']}"
            ]
            titles = sorted(r["type"]["text"] for r in notes)
            if titles == ["Legevaktnotat", "Triage"] and "johannes" not in visit["id"]:
                (triage,) = [r for r in notes if r["type"]["text"] == "Triage"]
                assert visit["reasonCode"][0]["text"] in text(triage)
                seen += 1
    assert seen > 5


def test_who_waits_has_a_triage_of_today(town: World) -> None:
    waiting = [
        r
        for label, chunk in town.items()
        if label.startswith("register")
        for r in chunk
        if r["resourceType"] == "Appointment" and r["status"] == "arrived"
    ]
    assert len(waiting) > 4
    for appointment in waiting:
        ident = appointment["participant"][0]["actor"]["reference"].removeprefix("Patient/")
        triage = next(r for r in town[ident] if r["resourceType"] == "DocumentReference")
        assert triage["type"]["text"] == "Triage"
        assert triage["date"] == appointment["start"]
        assert text(triage).split(".")[0] == appointment["description"].split(":")[0]


def test_a_child_gets_no_advice_meant_for_adults(world: World) -> None:
    told = str([text(r) for r in world["emma-lunde"] if r["resourceType"] == "DocumentReference"])
    assert "trening" not in told
    assert "synsforstyrrelser" not in told
