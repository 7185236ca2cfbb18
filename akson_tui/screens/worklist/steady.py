"""A list that does not move under the hand: what is shown stays where it is, what is new waits to be asked for.

The easy mistake is to sort the new list in: Enter would then open another row than the one that was looked at.
"""

from __future__ import annotations

from akson_tui.model.ref import Ref
from akson_tui.model.work import RoundRow


def keep(shown: tuple[RoundRow, ...], fresh: tuple[RoundRow, ...]) -> tuple[tuple[RoundRow, ...], int]:
    """The rows to show now (what is shown, brought up to date in its place), and how many changes wait.

    Where nothing was shown yet, or nothing moves, the fresh list is taken as it is.
    """
    if not shown or [_key(row) for row in shown] == [_key(row) for row in fresh[: len(shown)]]:
        return fresh, 0
    by_key = {_key(row): row for row in fresh}
    kept = tuple(by_key.get(_key(row), row) for row in shown)
    before = {_key(row) for row in shown}
    waiting = sum(key not in before for key in by_key) + sum(key not in by_key for key in before)
    return kept, max(waiting, 1)


def _key(row: RoundRow) -> Ref:
    return row.appointment.ref.bare()
