"""Blocks of lines that moved up or down, found by equal rows, and moved on the terminal by DL and IL.

Only whole lines move, and after either the column is not known: terminals differ in where they leave the cursor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from akson_tui.terminal.cells import BLANK, Row
from akson_tui.terminal.diff import Diff, Hand

_TRIED = 2
"""Shifts painted to find the cheapest; the votes leave few."""

_ALIKE = 8
"""Equal rows that vote for one row: a page of rules would else have each vote for every other."""


class Scroll(NamedTuple):
    """Lines `top` … `bottom` (the last one included) move `up` by so many lines, or down where it is negative."""

    top: int
    bottom: int
    up: int


def find_scrolls(old: Sequence[Row], new: Sequence[Row]) -> list[Scroll]:
    """The moves of blocks that would put most rows in place, the likeliest first."""
    empty = [BLANK] * len(new[0])
    places: dict[tuple[object, ...], list[int]] = {}
    for y, row in enumerate(old):
        if row != empty:
            places.setdefault(tuple(row), []).append(y)
    votes: Counter[int] = Counter()
    moved: dict[int, list[int]] = {}
    for y, row in enumerate(new):
        if row == old[y]:
            continue
        for was in places.get(tuple(row), ())[:_ALIKE]:
            votes[was - y] += 1
            moved.setdefault(was - y, []).append(y)
    scrolls = []
    for up, agreed in votes.most_common(_TRIED):
        if agreed < 2:
            break
        lines = moved[up]
        top, bottom = min(lines), max(lines)
        scrolls.append(Scroll(top, bottom + up, up) if up > 0 else Scroll(top + up, bottom, up))
    return scrolls


def apply_scroll(hand: Hand, diff: Diff, rows: Sequence[Row], scroll: Scroll) -> list[Row]:
    """Move the block on the terminal; returns what `rows` are then."""
    top, bottom, up = scroll
    size = abs(up)
    end = bottom + 1 - size
    at_end = bottom == len(rows) - 1
    shown = list(rows)
    # What leaves goes first, so that the lines below the block are never moved off the screen; a block that reaches the
    # last line needs one step only.
    if up > 0:
        shown = _delete(hand, diff, shown, top, size)
        return shown if at_end else _insert(hand, diff, shown, end, size)
    if not at_end:
        shown = _delete(hand, diff, shown, end, size)
    return _insert(hand, diff, shown, top, size)


def _delete(hand: Hand, diff: Diff, rows: list[Row], y: int, size: int) -> list[Row]:
    _go(hand, diff, rows, y)
    hand.write(f"\x1b[{size if size > 1 else ''}M")
    return rows[:y] + rows[y + size :] + _empty(rows, size)


def _insert(hand: Hand, diff: Diff, rows: list[Row], y: int, size: int) -> list[Row]:
    _go(hand, diff, rows, y)
    hand.write(f"\x1b[{size if size > 1 else ''}L")
    return rows[:y] + _empty(rows, size) + rows[y : len(rows) - size]


def _empty(rows: list[Row], size: int) -> list[Row]:
    return [[BLANK] * len(rows[0]) for _ in range(size)]


def _go(hand: Hand, diff: Diff, rows: list[Row], y: int) -> None:
    """Go to line `y`, in whatever column, with a pen that leaves the terminal's own ground."""
    if hand.x < 0 and hand.y >= 0:
        hand.x = 0  # Any column does: only the way down or up is taken.
    diff.move(hand, max(hand.x, 0), y, rows[y])
    diff.take_plain_ground(hand)
    hand.x = -1
