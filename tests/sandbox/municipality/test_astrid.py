"""Astrid Bakken: the fixed sizes on which byte budgets are measured, and notes that a reader believes."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from akson_tui.sandbox.municipality.dates import entry_date
from akson_tui.sandbox.municipality.journals import ENTRY_TYPES

from .conftest import NOW, World, make, text

Resource = dict[str, Any]


@pytest.fixture(scope="module")
def astrid(world: World) -> list[Resource]:
    return world["astrid-bakken"]


def entries(journal: list[Resource]) -> list[Resource]:
    return [r for r in journal if r["resourceType"] in ENTRY_TYPES]


def test_her_journal_has_640_entries_over_eight_years(astrid: list[Resource]) -> None:
    dates = sorted(entry_date(r) for r in entries(astrid))
    assert len(dates) == 640
    assert dt.timedelta(days=2700) < NOW - dates[0] <= dt.timedelta(days=2923)


@pytest.mark.parametrize("hour", [0, 4, 11, 23])
@pytest.mark.parametrize("day", [dt.date(2026, 11, 24), dt.date(2027, 4, 10)])
def test_exactly_forty_lie_within_thirty_days_whatever_the_hour(day: dt.date, hour: int) -> None:
    now = dt.datetime(day.year, day.month, day.day, hour, 20, tzinfo=dt.UTC)
    recent = [r for r in entries(make(now=now)["astrid-bakken"]) if entry_date(r) >= now - dt.timedelta(days=30)]
    assert len(recent) == 40
    assert all(entry_date(r) <= now for r in recent)


def test_problems_medicines_and_plan_have_their_sizes(astrid: list[Resource]) -> None:
    count = Counter(r["resourceType"] for r in astrid)
    assert count["Condition"] == 12
    assert count["MedicationStatement"] + count["MedicationRequest"] == 14
    plan = next(r for r in astrid if r["resourceType"] == "CarePlan")
    assert len(plan["activity"]) == 20
    assert sum("detail" in activity for activity in plan["activity"]) == 14
    assert all(("detail" in activity) != ("reference" in activity) for activity in plan["activity"])
    assert len(plan["goal"]) == 4


def test_standing_things_are_older_than_thirty_days(astrid: list[Resource]) -> None:
    limit = (NOW - dt.timedelta(days=31)).date().isoformat()
    for resource in astrid:
        for name in ("recordedDate", "dateAsserted", "created"):
            assert resource.get(name, "")[:10] <= limit
        if resource["resourceType"] in ("MedicationRequest", "Task"):
            assert resource["authoredOn"][:10] <= limit


def test_some_medicines_lie_in_the_bag_and_some_outside(astrid: list[Resource]) -> None:
    statements = [r for r in astrid if r["resourceType"] == "MedicationStatement"]
    bag = [r for r in statements if r.get("category", {}).get("text") == "Multidose"]
    assert len(bag) == 8
    assert all(r["medicationCodeableConcept"]["coding"][0]["system"] == "http://www.whocc.no/atc" for r in statements)


def test_penicillin_is_critical_and_has_a_reaction(astrid: list[Resource]) -> None:
    critical = [r for r in astrid if r["resourceType"] == "AllergyIntolerance" and r["criticality"] == "high"]
    assert [r["code"]["text"] for r in critical] == ["Penicilliner"]
    assert critical[0]["reaction"][0]["manifestation"][0]["text"] == "Anafylaksi"


def test_no_note_of_the_last_month_says_what_another_says(astrid: list[Resource]) -> None:
    notes = [r for r in entries(astrid) if r["resourceType"] == "DocumentReference"]
    recent = [text(r) for r in notes if entry_date(r) >= NOW - dt.timedelta(days=30)]
    assert len(recent) == 22
    sentences = [part.strip() for note in recent for part in note.split(".") if len(part.strip()) > 20]
    assert len(set(sentences)) >= len(sentences) - 1  # the correction repeats one sentence of what it corrects


def test_her_notes_hardly_repeat_over_the_years(astrid: list[Resource]) -> None:
    notes = [text(r) for r in astrid if r["resourceType"] == "DocumentReference" and r["type"]["text"] != "Nattnotat"]
    assert len(set(notes)) > 0.93 * len(notes)


def test_a_wrong_note_is_superseded_and_a_fall_note_has_an_addendum(astrid: list[Resource]) -> None:
    notes = {r["id"]: r for r in astrid if r["resourceType"] == "DocumentReference"}
    related = {
        r["relatesTo"][0]["code"]: (r, notes[r["relatesTo"][0]["target"]["reference"].split("/")[1]])
        for r in notes.values()
        if "relatesTo" in r
    }
    assert related["replaces"][1]["status"] == "superseded"
    assert related["replaces"][0]["status"] == "current"
    assert related["appends"][1]["status"] == "current"
    assert [r["id"] for r in notes.values() if r["status"] == "superseded"] == [related["replaces"][1]["id"]]


def test_notes_come_as_text_markdown_and_html(astrid: list[Resource]) -> None:
    kinds = Counter(
        r["content"][0]["attachment"]["contentType"] for r in astrid if r["resourceType"] == "DocumentReference"
    )
    assert kinds["text/markdown"] == 1
    assert kinds["text/html"] == 1
    assert kinds["text/plain"] > 200


def test_a_weight_told_in_a_note_is_the_weight_that_was_measured(everything: list[Resource]) -> None:
    measured = {
        (r["subject"]["reference"], r["effectiveDateTime"][:16]): f"{r['valueQuantity']['value']:.1f}".replace(".", ",")
        for r in everything
        if r["resourceType"] == "Observation" and r["code"]["text"] == "Vekt"
    }
    told = 0
    for r in everything:
        if r["resourceType"] != "DocumentReference" or r["type"]["text"] not in ("Sykepleienotat", "Pleienotat"):
            continue
        place = (r["subject"]["reference"], r["date"][:16])
        if place in measured and "Vekt " in text(r):
            assert text(r).split("Vekt ")[1].split(" kg")[0] == measured[place]
            told += 1
    assert told > 25


def test_nobody_visits_her_at_home_while_she_is_in_hospital(astrid: list[Resource]) -> None:
    stays = [r["period"] for r in astrid if r["resourceType"] == "Encounter" and r["class"]["code"] == "IMP"]
    assert len(stays) == 4
    for r in astrid:
        if r["resourceType"] == "DocumentReference" and r["type"]["text"] in (
            "Sykepleienotat",
            "Pleienotat",
            "Nattnotat",
        ):
            assert not any(stay["start"] <= r["date"] <= stay["end"] for stay in stays)


def test_nobody_serves_food_to_him_who_is_fed_by_tube(world: World) -> None:
    notes = [text(r) for r in world["sverre-aas"] if r["resourceType"] == "DocumentReference"]
    assert len(notes) > 20
    assert not [note for note in notes if "Middag" in note or "Frokost" in note or "Kveldsmat" in note]


def test_no_slot_was_left_unfilled(everything: list[Resource]) -> None:
    notes = [r for r in everything if r["resourceType"] == "DocumentReference"]
    told = [r for r in notes if r["content"][0]["attachment"]["contentType"].startswith("text/")]
    assert len(told) > 1_000
    assert [r["id"] for r in told if "{" in text(r)] == []
