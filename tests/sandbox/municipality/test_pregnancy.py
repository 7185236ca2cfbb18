"""Pregnancies: controls as far as the week has come, growth that follows it."""

from itertools import pairwise
from typing import Any

import pytest

from akson_tui.sandbox.municipality.inhabitants import inhabitant, place
from akson_tui.sandbox.municipality.pregnancy import controls, next_control

from .conftest import World

Resource = dict[str, Any]
PREGNANT = [number for number in range(256) if place(number).kind == "pregnant"]


def values(chunk: list[Resource], name: str) -> list[float]:
    """Oldest first."""
    return [
        r["valueQuantity"]["value"]
        for r in reversed(chunk)
        if r["resourceType"] == "Observation" and r["code"]["text"] == name
    ]


@pytest.mark.parametrize(("week", "count"), [(9, 0), (10, 1), (25, 3), (39, 7)])
def test_controls_lie_behind_who_has_passed_their_week(week: int, count: int) -> None:
    assert len(controls(week)) == count


def test_the_next_control_is_that_of_the_week() -> None:
    assert next_control(30) == "Svangerskapskontroll uke 32"
    assert next_control(41) == "Svangerskapskontroll uke 38"


@pytest.mark.parametrize("number", PREGNANT)
def test_no_woman_has_had_a_control_that_lies_ahead(town: World, number: int) -> None:
    person = inhabitant(number)
    chunk = town[person.ident]
    weeks = [
        int(r["reasonCode"][0]["text"].rsplit(" ", 1)[1])
        for r in chunk
        if r["resourceType"] == "Encounter" and " uke " in r["reasonCode"][0]["text"]
    ]
    assert all(week <= person.week for week in weeks)


@pytest.mark.parametrize("number", PREGNANT)
def test_the_fundus_grows_and_the_weight_with_it(town: World, number: int) -> None:
    chunk = town[inhabitant(number).ident]
    fundus = values(chunk, "Symfyse–fundus-mål")
    assert all(after >= before for before, after in pairwise(fundus))
    assert all(110 <= value <= 160 for value in values(chunk, "Fosterlyd"))


def test_fatima_has_diabetes_iron_and_an_interpreter_in_each_told_note(world: World) -> None:
    fatima = world["fatima-hassan-ali"]
    problems = {r["code"]["text"] for r in fatima if r["resourceType"] == "Condition"}
    assert problems == {"Svangerskap", "Svangerskapsdiabetes", "Jernmangelanemi"}
    assert any(r["resourceType"] == "DocumentReference" and r["type"]["text"] == "Fødselsplan" for r in fatima)
