"""Today's lists: on today's date in Oslo whatever the hour, with the right people in the right order."""

import datetime as dt
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from .conftest import World, make

Resource = dict[str, Any]
OSLO = ZoneInfo("Europe/Oslo")
CLINICIAN = {
    "kari-nilsen-home-care": "kari-nilsen",
    "per-dahl-gp": "per-dahl",
    "anne-moen-health-station": "anne-moen",
    "leila-said-legevakt": "leila-said",
}


def lists(chunk: list[Resource]) -> dict[str, list[Resource]]:
    """Appointments by clinician (one of the four), by start."""
    made: dict[str, list[Resource]] = {}
    for r in chunk:
        if r["resourceType"] == "Appointment":
            who = r["participant"][1]["actor"]["reference"].removeprefix("PractitionerRole/")
            made.setdefault(CLINICIAN[who], []).append(r)
    return {who: sorted(rows, key=lambda r: r["start"]) for who, rows in made.items()}


def patient(appointment: Resource) -> str:
    return str(appointment["participant"][0]["actor"]["reference"].removeprefix("Patient/"))


def test_karis_round_has_fifteen_patients_and_astrid_is_the_third(world: World) -> None:
    kari = lists(world["worklists"])["kari-nilsen"]
    assert len(kari) == 15
    assert patient(kari[2]) == "astrid-bakken"
    assert kari[2]["description"] == "Morgenstell og medisiner"
    assert all("PractitionerRole/kari-nilsen-home-care" in str(r["participant"]) for r in kari)


def test_the_round_is_driven_one_after_the_other(world: World) -> None:
    kari = lists(world["worklists"])["kari-nilsen"]
    for before, after in pairwise(kari):
        assert before["end"] <= after["start"]


def test_per_has_odd_arne_anne_has_children_and_leila_has_a_queue_in_words(world: World) -> None:
    rows = lists(world["worklists"])
    assert "odd-arne-solheim" in map(patient, rows["per-dahl"])
    assert [patient(r) for r in rows["anne-moen"]][-1] == "emil-johansen-lien"
    assert len(rows["anne-moen"]) == 6
    assert {r["description"].split(" ")[0] for r in rows["leila-said"]} == {"Akutt", "Haster", "Vanlig"}
    assert "unknown-man" in map(patient, rows["leila-said"])


@pytest.mark.parametrize("minute", range(0, 24 * 60, 97))
@pytest.mark.parametrize("day", [dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2026, 7, 1)])
def test_every_appointment_is_on_todays_date_in_oslo(day: dt.date, minute: int) -> None:
    midnight = dt.datetime(day.year, day.month, day.day, tzinfo=OSLO).astimezone(dt.UTC)
    now = midnight + dt.timedelta(minutes=min(minute, 22 * 60 + 50))
    from akson_tui.sandbox.municipality import generate

    _, chunk = next(generate(1, now))
    for r in chunk:
        if r["resourceType"] == "Appointment":
            start = dt.datetime.fromisoformat(r["start"])
            assert start.date() == day
            assert start.utcoffset() == start.astimezone(OSLO).utcoffset()


def test_the_childrens_ages_fit_their_consultation_on_any_day() -> None:
    for now in (dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC), dt.datetime(2027, 5, 3, 12, tzinfo=dt.UTC)):
        born = {
            r["id"]: r["birthDate"]
            for r in make(now=now)["worklists"]
            if r["resourceType"] == "Patient" and "birthDate" in r
        }
        assert (now.date() - dt.date.fromisoformat(born["nora-elvestad"])).days == 42


def test_coming_appointments_are_not_on_todays_lists(world: World) -> None:
    coming = [r for r in world["astrid-bakken"] if r["resourceType"] == "Appointment"]
    assert len(coming) == 3
    assert all(r["start"] > "2026-11-25" for r in coming)
    assert "kari-nilsen" not in str(coming)
