"""Plans: every user of home care has one that fits, and each activity is a detail or points to something."""

from typing import Any

from akson_tui.sandbox.municipality.people import ROUND
from akson_tui.sandbox.municipality.plans import plan_for

from .conftest import World

Resource = dict[str, Any]


def test_everybody_on_the_round_has_one_active_plan(world: World) -> None:
    for person in ROUND:
        (plan,) = [r for r in world[person.ident] if r["resourceType"] == "CarePlan"]
        assert plan["status"] == "active"
        assert plan["goal"]


def test_a_plan_follows_from_the_problems() -> None:
    assert "Sårstell og kompresjon" in {activity.text for activity in plan_for(("venous",)).activities}
    assert next(activity.text for activity in plan_for(("hypothyroid",)).activities) == "Tilsyn"


def test_astrids_references_point_to_tasks_and_orders_of_hers(world: World) -> None:
    astrid = world["astrid-bakken"]
    known = {f"{r['resourceType']}/{r['id']}": r for r in astrid}
    plan = next(r for r in astrid if r["resourceType"] == "CarePlan")
    targets = [known[a["reference"]["reference"]] for a in plan["activity"] if "reference" in a]
    assert sorted(r["resourceType"] for r in targets) == ["ServiceRequest"] * 3 + ["Task"] * 3
