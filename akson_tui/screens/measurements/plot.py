"""A curve of points in lines of text: what it costs the line is its points, and little more.

The easy mistake is to draw frames and lines between the points: a library's picture of 62 × 12 is 2.4 kB. Here a point
is one letter, the axis one sign a line, and blanks cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

POINTS = ("o",)
PAIR = ("v", "^")
"""The upper and the lower of two, as on an anaesthetic chart."""


@dataclass(frozen=True, slots=True)
class Point:
    """What was measured at one time: one number, or the upper and the lower of a pair."""

    at: datetime
    values: tuple[Decimal, ...]


def plot(points: Sequence[Point], marks: Sequence[Decimal], width: int, height: int) -> list[str]:
    """`height` lines of at most `width` columns; time from left to right, oldest first.

    The axis names the highest and the lowest value, and those of `marks` (the bounds of a band) that lie between them.
    """
    values = [value for point in points for value in point.values]
    if not values or height < 2:
        return []
    low, high = min(values), max(values)
    named = {value: _row(value, low, high, height) for value in (high, low, *marks) if low <= value <= high}
    labels = {row: _label(value) for value, row in sorted(named.items(), key=lambda one: one[0] in (low, high))}
    gutter = max(len(label) for label in labels.values())
    room = max(width - gutter - 1, 1)
    grid = [[" "] * room for _ in range(height)]
    first = min(point.at for point in points)
    span = (max(point.at for point in points) - first).total_seconds()
    for point in points:
        column = round((point.at - first).total_seconds() / span * (room - 1)) if span else room // 2
        letters = POINTS if len(point.values) == 1 else PAIR
        for place, value in enumerate(point.values):
            grid[_row(value, low, high, height)][column] = letters[min(place, len(letters) - 1)]
    return [
        f"{labels.get(row, ''):>{gutter}}{'┤' if row in labels else '│'}{''.join(line)}".rstrip()
        for row, line in enumerate(grid)
    ]


def _row(value: Decimal, low: Decimal, high: Decimal, height: int) -> int:
    """Which line a value stands on, 0 the highest."""
    if low == high:
        return height // 2
    return round((high - value) / (high - low) * (height - 1))


def _label(value: Decimal) -> str:
    return format(value, "f").replace(".", ",")
