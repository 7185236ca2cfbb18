"""NEWS2 against the Royal College's chart of 2017, box by box."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from akson_tui.clinical.news2 import ACVPU, News2, Observed, Parameter, Risk, risk, score

WELL = Observed(Decimal(16), Decimal(97), False, Decimal(130), Decimal(70), "A", Decimal("37.0"))

CHART = {
    "respiration": [("3", 3), ("8", 3), ("9", 1), ("11", 1), ("12", 0), ("20", 0), ("21", 2), ("24", 2), ("25", 3)],
    "systolic": [
        ("60", 3), ("90", 3), ("91", 2), ("100", 2), ("101", 1), ("110", 1), ("111", 0), ("219", 0), ("220", 3),
    ],
    "pulse": [
        ("31", 3), ("40", 3), ("41", 1), ("50", 1), ("51", 0), ("90", 0), ("91", 1), ("110", 1), ("111", 2),
        ("130", 2), ("131", 3),
    ],
    "temperature": [
        ("34.0", 3), ("35.0", 3), ("35.1", 1), ("36.0", 1), ("36.1", 0), ("38.0", 0), ("38.1", 1), ("39.0", 1),
        ("39.1", 2), ("41.5", 2),
    ],
    "spo2": [("85", 3), ("91", 3), ("92", 2), ("93", 2), ("94", 1), ("95", 1), ("96", 0), ("100", 0)],
}  # fmt: skip
SCALE_2 = [
    ("80", 3, 3), ("83", 3, 3), ("84", 2, 2), ("85", 2, 2), ("86", 1, 1), ("87", 1, 1), ("88", 0, 0), ("92", 0, 0),
    ("93", 0, 1), ("94", 0, 1), ("95", 0, 2), ("96", 0, 2), ("97", 0, 3), ("100", 0, 3),
]  # fmt: skip
"""(SpO2, points on air, points on oxygen)."""


@pytest.mark.parametrize(
    ("parameter", "value", "points"), [(name, *box) for name, boxes in CHART.items() for box in boxes]
)
def test_each_box_of_the_chart(parameter: str, value: str, points: int) -> None:
    seen = replace(WELL, **{parameter: Decimal(value)})
    assert score(seen).points[Parameter(parameter)] == points
    assert score(seen).total == points


@pytest.mark.parametrize(("value", "air", "oxygen"), SCALE_2)
def test_each_box_of_scale_2(value: str, air: int, oxygen: int) -> None:
    seen = replace(WELL, spo2=Decimal(value), scale=2)
    assert score(seen).points[Parameter.SPO2] == air
    assert score(replace(seen, oxygen=True)).points[Parameter.SPO2] == oxygen
    assert score(replace(seen, oxygen=True)).total == oxygen + 2


@pytest.mark.parametrize("letter", ACVPU)
def test_all_but_alert_scores_three(letter: str) -> None:
    assert score(replace(WELL, consciousness=letter)).total == (0 if letter == "A" else 3)


def test_oxygen_scores_two() -> None:
    assert score(replace(WELL, oxygen=True)).total == 2


@pytest.mark.parametrize("parameter", list(Parameter))
def test_without_one_parameter_there_is_no_total(parameter: Parameter) -> None:
    empty = "" if parameter is Parameter.CONSCIOUSNESS else None
    found = score(replace(WELL, **{parameter.value: empty}))
    assert found.total is None and found.risk is None
    assert parameter in found.missing


def test_nothing_measured_lacks_everything() -> None:
    assert score(Observed()) == News2({}, tuple(Parameter), None, None)


def test_on_scale_2_a_saturation_is_not_scored_before_it_is_known_whether_oxygen_is_given() -> None:
    found = score(replace(WELL, spo2=Decimal(97), scale=2, oxygen=None))
    assert set(found.missing) == {Parameter.OXYGEN, Parameter.SPO2}


@pytest.mark.parametrize(
    ("total", "most", "expected"),
    [
        (0, 0, Risk.NONE), (1, 1, Risk.LOW), (4, 2, Risk.LOW), (3, 3, Risk.LOW_MEDIUM), (4, 3, Risk.LOW_MEDIUM),
        (5, 2, Risk.MEDIUM), (5, 3, Risk.MEDIUM), (6, 3, Risk.MEDIUM), (7, 2, Risk.HIGH), (20, 3, Risk.HIGH),
    ],
)  # fmt: skip
def test_the_bands(total: int, most: int, expected: Risk) -> None:
    assert risk(total, most) is expected


def test_no_value_falls_between_two_boxes() -> None:
    """36.05 is not on the chart, but it is somewhere: the points change once between two boxes."""
    for name, boxes in CHART.items():
        for (low, before), (high, after) in pairwise(boxes):
            middle = (Decimal(low) + Decimal(high)) / 2
            assert score(replace(WELL, **{name: middle})).points[Parameter(name)] in (before, after)
