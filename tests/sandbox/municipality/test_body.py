"""What people measure: as they are, drifting with the years."""

from random import Random

import pytest

from akson_tui.sandbox.municipality.body import Usual, usual_for, values
from akson_tui.sandbox.municipality.clock import Clock
from akson_tui.sandbox.municipality.inhabitants import inhabitant

from .conftest import NOW

CLOCK = Clock(NOW)


def test_one_problem_more_shows_in_its_value() -> None:
    treated = [inhabitant(n) for n in range(800) if "hypertension" in inhabitant(n).problems]
    assert len(treated) > 20
    for person in treated:
        usual = usual_for(person, CLOCK, 1)
        assert usual.first["over"] > usual.last["over"]
        assert usual.last["under"] < usual.last["over"]


def test_the_seed_changes_the_body_and_nothing_else_does() -> None:
    person = inhabitant(11)
    assert usual_for(person, CLOCK, 1) == usual_for(person, CLOCK, 1)
    assert usual_for(person, CLOCK, 1) != usual_for(person, CLOCK, 2)


@pytest.mark.parametrize("days_ago", [0, 400, 2900, 9000])
def test_values_lie_between_the_first_and_the_last_with_the_days_chance(days_ago: int) -> None:
    usual = Usual({"over": 160.0, "under": 92.0, "weight": 80.0}, {"over": 130.0, "under": 78.0, "weight": 70.0})
    rng = Random(3)
    made = [values(rng, usual, days_ago, 2900, ["over", "weight"]) for _ in range(200)]
    middle = 160 - 30 * (1 - min(days_ago, 2900) / 2900)
    assert abs(sum(one["over"] for one in made) / len(made) - middle) < 3
    assert all(one["over"] - one["under"] > 15 for one in made)
    assert all(one["weight"] == round(one["weight"], 1) for one in made)


def test_nobody_measures_what_a_meter_cannot_show() -> None:
    usual = Usual({"spo2": 99.0, "glucose": 3.0, "crp": 0.0}, {"spo2": 99.0, "glucose": 3.0, "crp": 0.0})
    rng = Random(1)
    made = [values(rng, usual, 0, 100, ["spo2", "glucose", "crp"]) for _ in range(100)]
    assert max(one["spo2"] for one in made) == 99
    assert min(one["glucose"] for one in made) == 3.4
    assert min(one["crp"] for one in made) >= 1
