"""The cheapest way of the cursor from where it stands to where it is needed.

-1 is a column or line that is not known: after the last column, or a character that terminals measure differently,
only absolute moves are right. Of two ways as long the absolute one is taken, since it mends what may have gone wrong.
LF moves straight down, so ONLCR must be off; it scrolls on the last line, but is never used there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from akson_tui.terminal.profile import Profile

Reprint = Callable[[int, int], str | None]
"""(from column, to column) → what stands there on the line moved to, if printing it again changes nothing."""

_REPRINT_AT_MOST = 5
"""No other way within a line is longer than CHA's six bytes."""


def way(x: int, y: int, to_x: int, to_y: int, profile: Profile, reprint: Reprint | None = None) -> str:
    """The shortest text that brings the cursor from column `x` of line `y` to column `to_x` of line `to_y`."""
    if x == to_x and y == to_y:
        return ""
    best = _way(x, y, to_x, to_y, profile.column)
    if reprint is None or y < 0 or len(best) <= 1:
        return best
    down = _vertical(y, to_y, profile.column)
    for start, turn in ((x, ""), (0, "\r")):
        if 0 <= start < to_x <= start + _REPRINT_AT_MOST and len(down) + len(turn) + to_x - start < len(best):
            between = reprint(start, to_x)
            if between is not None and len(down) + len(turn) + len(between.encode()) < len(best):
                best = down + turn + between
    return best


@lru_cache(maxsize=16384)
def _way(x: int, y: int, to_x: int, to_y: int, column: bool) -> str:
    absolute = _absolute(to_x, to_y)
    if y < 0:
        return absolute
    across = _horizontal(x, to_x, column)
    if across is None:
        return absolute
    relative = _vertical(y, to_y, column) + across
    return relative if len(relative) < len(absolute) else absolute


def _absolute(x: int, y: int) -> str:
    """CUP, where a 1 need not be said."""
    if x:
        return f"\x1b[{y + 1 if y else ''};{x + 1}H"
    return f"\x1b[{y + 1 if y else ''}H"


@lru_cache(maxsize=1024)
def _vertical(y: int, to_y: int, column: bool) -> str:
    if y == to_y:
        return ""
    count = abs(to_y - y)
    number = count if count > 1 else ""
    ways = [f"\x1b[{to_y + 1 if to_y else ''}d"] if column else []
    ways += ["\n" * count, f"\x1b[{number}B"] if to_y > y else ["\x1bM" * count, f"\x1b[{number}A"]
    return min(ways, key=len)


@lru_cache(maxsize=4096)
def _horizontal(x: int, to_x: int, column: bool) -> str | None:
    if x == to_x:
        return ""
    ways = ["\r"] if to_x == 0 else [f"\r\x1b[{to_x if to_x > 1 else ''}C"]
    if column:
        ways.append(f"\x1b[{to_x + 1 if to_x else ''}G")
    if x >= 0:
        count = abs(to_x - x)
        number = count if count > 1 else ""
        ways += ["\b" * count, f"\x1b[{number}D"] if to_x < x else [f"\x1b[{number}C"]
    return min(ways, key=len)
