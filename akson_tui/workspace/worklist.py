"""The worklist desk: today's round, what is new in it, and what of mine waits."""

from __future__ import annotations

from datetime import date

from akson_tui.model.held import NEVER
from akson_tui.model.want import Want, WantKind
from akson_tui.model.work import Round
from akson_tui.store import drafts, fetches, outbox, worklist
from akson_tui.store.files import Files
from akson_tui.workspace.room import Room


class Worklist:
    """The list of the day in Oslo. Without a user there is none, and the counts still stand."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def today(self) -> Round:
        """Today's list as the store has it."""
        return await self._room.store.run(_today, self._room.user, self._room.today())

    def refresh(self, fresh: bool = False) -> None:
        """Ask the line for today's list; the store tells when something came."""
        self._room.line.fetch(Want(WantKind.WORKLIST, fresh=fresh))


def _today(files: Files, user: str, day: date) -> Round:
    waiting, refused = outbox.counts(files)
    begun = drafts.count(files)
    if not user:
        return Round((), NEVER, begun, waiting, refused)
    rows = tuple(worklist.round(files, user, day))
    return Round(rows, fetches.state(files, f"worklist:{user}:{day.isoformat()}"), begun, waiting, refused)
