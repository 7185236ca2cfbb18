"""What happens in a living municipality (--live): its own events, stored as anybody's writes.

A plan is changed by a patch made from what it became, so that whatever else stands in it keeps its bytes.
"""

import datetime as dt
import json
from typing import Any

from akson_tui.sandbox.live import Change, Happening, Kind, Scene
from akson_tui.sandbox.municipality import later

# Ids hold the step, and are 64 letters at most.
_STEP_BITS = 30


def _patch(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """What makes the one plan the other: activities whose status changed, activities and notes that were added."""
    old, new = before.get("activity", []), after.get("activity", [])
    made: list[dict[str, Any]] = [
        {"op": "replace", "path": f"/activity/{place}/detail/status", "value": there["detail"]["status"]}
        for place, (here, there) in enumerate(zip(old, new, strict=False))
        if here != there
    ]
    made += [{"op": "add", "path": "/activity/-", "value": one} for one in new[len(old) :]]
    notes = after.get("note", [])[len(before.get("note", [])) :]
    if notes and "note" not in before:
        made.append({"op": "add", "path": "/note", "value": notes})
    elif notes:
        made += [{"op": "add", "path": "/note/-", "value": one} for one in notes]
    return made


def _whose(one: dict[str, Any]) -> str:
    """The id of the patient that a resource is about."""
    reference: str = one["subject"]["reference"]
    return reference.removeprefix("Patient/")


def municipal(seed: int, population: int, since: dt.datetime) -> Kind:
    """The events of the municipality of that seed and size, whose journals count back from `since`."""

    def happen(scene: Scene) -> list[Happening]:
        def held(type_: str, ident: str) -> dict[str, Any] | None:
            found = scene.session.current(type_, ident)
            made: dict[str, Any] | None = None if found is None or found.deleted else json.loads(found.body)
            return made

        step = scene.chance.getrandbits(_STEP_BITS)
        made = later(seed, scene.now, step, population=population, since=since, held=held)
        happenings: list[Happening] = []
        for one in made:
            type_, ident = one["resourceType"], one["id"]
            before = held(type_, ident)
            if type_ == "CarePlan" and before is not None:
                happenings.append(Change(type_, ident, _patch(before, one)))
            elif before is not None or held("Patient", _whose(one)) is None:
                # This step has been taken before, or the person is not stored yet.
                return []
            elif type_ != "CarePlan":
                happenings.append(one)
        return happenings

    return happen
