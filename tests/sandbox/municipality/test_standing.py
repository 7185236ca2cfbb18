"""What stands in a journal fits the person: nothing begins before birth, nothing of a pregnancy before it."""

import datetime as dt
from typing import Any

from .conftest import NOW, World

Resource = dict[str, Any]


def births(town: World) -> dict[str, str]:
    return {
        r["id"]: r["birthDate"]
        for chunk in town.values()
        for r in chunk
        if r["resourceType"] == "Patient" and "birthDate" in r
    }


def test_nobody_was_ill_or_took_a_medicine_before_being_born_or_after_today(town: World) -> None:
    born = births(town)
    today = NOW.date().isoformat()
    for ident, date in born.items():
        for r in town.get(ident, ()):
            for begun in (r.get("onsetDateTime"), r.get("effectivePeriod", {}).get("start"), r.get("authoredOn")):
                if begun is not None and r["resourceType"] in ("Condition", "MedicationStatement", "MedicationRequest"):
                    assert date <= begun[:10] <= today, (ident, r["id"])


def test_a_pregnancy_began_as_many_weeks_ago_as_it_is_old(world: World) -> None:
    (pregnancy,) = [r for r in world["fatima-hassan-ali"] if r.get("code", {}).get("text") == "Svangerskap"]
    weeks = (NOW.date() - dt.date.fromisoformat(pregnancy["onsetDateTime"])).days / 7
    assert 24 < weeks < 31


def test_problems_of_different_people_began_on_different_days(town: World) -> None:
    begun = [r["onsetDateTime"] for chunk in town.values() for r in chunk if r["resourceType"] == "Condition"]
    assert len(set(begun)) > 0.8 * len(begun)
