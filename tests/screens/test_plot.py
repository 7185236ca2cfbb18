"""A curve in lines of text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.screens.measurements.plot import Point, plot

AT = datetime(2026, 11, 1, 8, tzinfo=UTC)


def points(*values: str) -> list[Point]:
    return [
        Point(AT + timedelta(days=day), tuple(Decimal(part) for part in value.split("/")))
        for day, value in enumerate(values)
    ]


def test_the_oldest_stands_left_and_the_highest_on_top() -> None:
    assert plot(points("50", "60", "70"), (), 8, 3) == ["70┤    o", "  │  o", "50┤o"]


def test_a_pair_has_a_letter_for_each() -> None:
    drawn = plot(points("140/80", "120/90"), (), 20, 7)
    assert drawn[0].startswith("140┤v") and drawn[-1].startswith(" 80┤^")


def test_the_bounds_of_the_band_are_named_where_they_lie_within() -> None:
    drawn = plot(points("50", "100"), [Decimal("60.5"), Decimal(400)], 20, 11)
    assert sum("60,5┤" in line for line in drawn) == 1
    assert not any("400" in line for line in drawn)


def test_one_value_and_values_that_are_all_the_same_are_drawn() -> None:
    assert any("o" in line for line in plot(points("7"), (), 20, 5))
    assert sum(line.count("o") for line in plot(points("7", "7", "7"), (), 20, 5)) == 3


@pytest.mark.parametrize(("given_", "height"), [([], 8), (points("7"), 1)])
def test_there_is_no_curve_of_nothing(given_: list[Point], height: int) -> None:
    assert plot(given_, (), 20, height) == []


NUMBERS = st.decimals(min_value=-1000, max_value=100000, places=1, allow_nan=False, allow_infinity=False)


@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.one_of(st.tuples(NUMBERS), st.tuples(NUMBERS, NUMBERS))), min_size=1),
    st.lists(NUMBERS, max_size=4),
    st.integers(1, 100),
    st.integers(2, 16),
)
def test_every_curve_fits_its_place(
    given_: list[tuple[int, tuple[Decimal, ...]]], marks: list[Decimal], width: int, height: int
) -> None:
    drawn = plot([Point(AT + timedelta(hours=hour), values) for hour, values in given_], marks, width, height)
    gutter = max(len(line.split("┤")[0].split("│")[0]) for line in drawn)
    assert len(drawn) == height
    assert all(len(line) <= max(width, gutter + 2) for line in drawn)
    assert sum(letter in "ov^" for line in drawn for letter in line) >= 1


def test_a_curve_costs_no_more_than_its_points_and_its_axis() -> None:
    """Letters and signs, without blanks: what a library draws of 62 × 12 is 2.4 kB."""
    drawn = plot(points(*(str(60 + at * 7 % 40) for at in range(40))), (), 62, 12)
    assert len("".join(drawn).replace(" ", "").encode()) <= 40 + 12 * 3 + 10
