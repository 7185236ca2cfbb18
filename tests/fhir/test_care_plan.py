"""The plan: every activity is there, also those that are not held."""

from __future__ import annotations

from typing import Any

from akson_tui import fhir
from akson_tui.fhir import care_plan
from akson_tui.fhir.common import Json
from akson_tui.model.ref import Ref
from tests.fhir.given import SOURCE, tree

TASK = tree(
    {
        "resourceType": "Task",
        "id": "t1",
        "status": "in-progress",
        "description": "Måle vekt",
        "owner": {"display": "Kari Nilsen"},
        "executionPeriod": {"start": "2026-11-01"},
    }
)
REQUEST = tree(
    {
        "resourceType": "ServiceRequest",
        "id": "s1",
        "status": "active",
        "code": {"text": "Fysioterapi"},
        "occurrenceTiming": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "wk"}},
        "performer": [{"display": "Siv Mollestad"}],
    }
)


def resolve(ref: Ref) -> Json | None:
    return {"t1": TASK, "s1": REQUEST}.get(ref.id)


def plan(*activities: dict[str, Any], **more: Any) -> Json:
    return tree({"resourceType": "CarePlan", "id": "cp", "status": "active", "activity": list(activities)} | more)


def test_activities_written_in_the_plan() -> None:
    read = care_plan.read(
        plan(
            {
                "detail": {
                    "status": "scheduled",
                    "code": {"text": "Stell"},
                    "scheduledTiming": {
                        "repeat": {"timeOfDay": ["08:00:00"], "frequency": 1, "period": 1, "periodUnit": "d"}
                    },
                    "performer": [{"display": "Hjemmetjenesten"}],
                }
            },
            {"detail": {"description": "Tilsyn", "scheduledString": "hver natt"}},
            {
                "detail": {
                    "scheduledPeriod": {"start": "2026-11-01", "end": "2026-11-08"},
                    "productCodeableConcept": {"text": "Kost"},
                }
            },
            title="Tiltaksplan",
            period={"start": "2026-01-01", "end": "2026-12-31"},
            goal=[{"reference": "Goal/g1"}],
        ),
        SOURCE,
        resolve,
    )
    assert read.title == "Tiltaksplan" and read.goals == (Ref(SOURCE, "Goal", "g1"),)
    assert read.since is not None and read.until is not None
    assert [(one.text, one.timing, one.responsible) for one in read.activities] == [
        ("Stell", "daglig, kl. 08.00", "Hjemmetjenesten"),
        ("Tilsyn", "hver natt", ""),
        ("Kost", "01.11.2026 – 08.11.2026", ""),
    ]
    assert all(one.held and one.ref is None for one in read.activities)


def test_activities_that_are_resources_of_their_own() -> None:
    read = care_plan.read(
        plan({"reference": {"reference": "Task/t1"}}, {"reference": {"reference": "ServiceRequest/s1"}}),
        SOURCE,
        resolve,
    )
    measure, exercise = read.activities
    assert (measure.text, measure.status, measure.responsible) == ("Måle vekt", "in-progress", "Kari Nilsen")
    assert measure.timing == "01.11.2026 –" and measure.ref == Ref(SOURCE, "Task", "t1")
    assert (exercise.text, exercise.timing, exercise.responsible) == ("Fysioterapi", "hver uke", "Siv Mollestad")


def test_an_activity_that_is_not_held_is_told_and_not_dropped() -> None:
    read = care_plan.read(
        plan({"reference": {"reference": "Task/away", "display": "Ringe pårørende"}}, {}), SOURCE, resolve
    )
    away, empty = read.activities
    assert (away.text, away.held, away.ref) == ("Ringe pårørende", False, Ref(SOURCE, "Task", "away"))
    assert not empty.held and empty.ref is None


def test_a_contained_activity_is_read() -> None:
    read = care_plan.read(
        plan(
            {"reference": {"reference": "#t"}}, contained=[{"resourceType": "Task", "id": "t", "description": "Vekt"}]
        ),
        SOURCE,
        lambda ref: None,
    )
    assert [(one.text, one.held) for one in read.activities] == [("Vekt", True)]


def test_the_page_says_which_activities_are_not_fetched() -> None:
    shown = fhir.detail(
        plan(
            {"reference": {"reference": "Task/away"}},
            {"reference": {"reference": "Task/known"}},
            subject={"reference": "Patient/p"},
        ),
        SOURCE,
        lambda ref: "Måle vekt" if ref.id == "known" else None,
    )
    assert [one.body for one in shown.paragraphs] == ["– ikke hentet\n– Måle vekt"]


def test_a_plan_without_a_title_is_named_by_its_category() -> None:
    assert care_plan.read(plan(category=[{"text": "Behandlingsplan"}]), SOURCE, resolve).title == "Behandlingsplan"
