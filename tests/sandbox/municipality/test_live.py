"""A municipality that lives: each step is one event, dated now, valid, and about somebody who exists."""

import datetime as dt
from collections import Counter
from copy import deepcopy
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from akson_tui.sandbox.municipality import later
from akson_tui.sandbox.municipality.dates import entry_date
from akson_tui.sandbox.municipality.journals import ENTRY_TYPES

from .conftest import NOW, World

Resource = dict[str, Any]
STEPS = {step: later(7, NOW, step) for step in range(160)}


def test_the_same_step_is_the_same_event() -> None:
    assert later(7, NOW, 3) == STEPS[3]
    assert later(8, NOW, 3) != STEPS[3]


def test_all_kinds_of_things_happen() -> None:
    kinds = Counter(r["resourceType"] for made in STEPS.values() for r in made)
    assert {"DocumentReference", "Observation", "DiagnosticReport", "Communication", "CarePlan", "Encounter"} <= set(
        kinds
    )
    assert all(STEPS.values())


def test_every_event_is_valid_and_ids_are_never_used_twice(town: World) -> None:
    known = {(r["resourceType"], r["id"]) for chunk in town.values() for r in chunk}
    for step, made in STEPS.items():
        for r in made:
            get_fhir_model_class(r["resourceType"]).model_validate(r)
            name = (r["resourceType"], r["id"])
            if r["resourceType"] == "CarePlan":
                assert name in known
            else:
                assert name not in known, step
                known.add(name)
                assert len(r["id"]) <= 64


def test_nothing_happens_after_now_or_long_before_it() -> None:
    for made in STEPS.values():
        for r in made:
            if r["resourceType"] in ENTRY_TYPES:
                assert NOW - dt.timedelta(hours=6) <= entry_date(r) <= NOW
            if "issued" in r:
                assert dt.datetime.fromisoformat(r["issued"]) <= NOW


def test_astrid_and_odd_arne_keep_their_plans_and_the_unknown_man_his_peace() -> None:
    touched = {str(r.get("subject", {}).get("reference")) for made in STEPS.values() for r in made}
    assert "Patient/unknown-man" not in touched and "Patient/johannes-ostbo-2" not in touched
    plans = {r["id"] for made in STEPS.values() for r in made if r["resourceType"] == "CarePlan"}
    assert not plans & {"astrid-bakken-plan", "odd-arne-solheim-plan"}


def test_a_plan_goes_on_from_what_the_server_holds() -> None:
    step, made = next((step, made) for step, made in STEPS.items() if made[0]["resourceType"] == "CarePlan")
    plan = deepcopy(made[0])
    plan["title"] = "Endret av en bruker"
    asked: list[tuple[str, str]] = []

    def held(kind: str, ident: str) -> Resource | None:
        asked.append((kind, ident))
        return deepcopy(plan)

    (changed,) = later(7, NOW, step, held=held)
    assert asked == [("CarePlan", plan["id"])]
    assert changed["title"] == "Endret av en bruker"
    assert len(changed["note"]) == len(plan["note"]) + 1
    assert changed["activity"] != plan["activity"]


@pytest.mark.parametrize("hour", [2, 8, 12, 20])
def test_a_visit_is_of_the_shift_in_which_it_happens(hour: int) -> None:
    now = dt.datetime(2026, 11, 24, hour, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    titles = {
        r["type"]["text"]
        for step in range(80)
        for r in later(7, now, step)
        if r["resourceType"] == "DocumentReference" and "home-care" in r["author"][0]["reference"]
    }
    assert ("Nattnotat" in titles) == (hour == 2)
    assert titles
