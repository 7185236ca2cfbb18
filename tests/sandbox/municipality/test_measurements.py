"""Measurements: NEWS2 by the table of 2017, units, and what laboratories are named by."""

import pytest

from akson_tui.sandbox.municipality.measurements import KINDS, news2_scores, observation

NORMAL = {"respiration": 16.0, "spo2": 97.0, "over": 120.0, "pulse": 70.0, "temperature": 37.0}
STEPS = {
    "respiration": ((8, 3), (9, 1), (11, 1), (12, 0), (20, 0), (21, 2), (24, 2), (25, 3)),
    "spo2": ((91, 3), (92, 2), (93, 2), (94, 1), (95, 1), (96, 0)),
    "over": ((90, 3), (91, 2), (100, 2), (101, 1), (110, 1), (111, 0), (219, 0), (220, 3)),
    "pulse": ((40, 3), (41, 1), (50, 1), (51, 0), (90, 0), (91, 1), (110, 1), (111, 2), (130, 2), (131, 3)),
    "temperature": ((35.0, 3), (35.1, 1), (36.0, 1), (36.1, 0), (38.0, 0), (38.1, 1), (39.0, 1), (39.1, 2)),
}
CASES = [(what, value, score) for what, steps in STEPS.items() for value, score in steps]


@pytest.mark.parametrize(("what", "value", "score"), CASES)
def test_each_step_of_the_table(what: str, value: float, score: int) -> None:
    scores = news2_scores({**NORMAL, what: float(value)}, oxygen=False, scale2=False)
    assert scores[what] == score
    assert sum(scores.values()) == score


@pytest.mark.parametrize(
    ("spo2", "oxygen", "score"),
    [
        (83, False, 3),
        (84, False, 2),
        (86, False, 1),
        (88, True, 0),
        (92, True, 0),
        (93, False, 0),
        (98, False, 0),
        (93, True, 1),
        (95, True, 2),
        (97, True, 3),
    ],
)
def test_scale_2_knows_oxygen(spo2: int, oxygen: bool, score: int) -> None:
    assert news2_scores({**NORMAL, "spo2": float(spo2)}, oxygen=oxygen, scale2=True)["spo2"] == score


def test_consciousness_and_oxygen_count() -> None:
    scores = news2_scores(NORMAL, oxygen=True, scale2=False, alert=False)
    assert (scores["oxygen"], scores["consciousness"]) == (2, 3)


def test_values_are_told_with_the_decimals_of_their_kind() -> None:
    made = observation("x", {}, "temperature", 37.94, "2026-01-01", {})
    assert made["valueQuantity"] == {"value": 37.9, "unit": "°C", "system": "http://unitsofmeasure.org", "code": "Cel"}
    assert observation("x", {}, "pulse", 80.4, "2026-01-01", {})["valueQuantity"]["value"] == 80


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("pulse", "8867-4"),
        ("spo2", "2708-6"),
        ("respiration", "9279-1"),
        ("temperature", "8310-5"),
        ("weight", "29463-7"),
        ("glucose", "15074-8"),
    ],
)
def test_vital_signs_have_their_loinc_codes(kind: str, code: str) -> None:
    assert (KINDS[kind].code, KINDS[kind].system) == (code, "http://loinc.org")
