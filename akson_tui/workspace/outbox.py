"""The outbox desk: what was signed and waits, was sent, or was refused, and what can be done about it."""

from __future__ import annotations

from akson_tui.model.act import Act, ActState
from akson_tui.model.note import Draft
from akson_tui.store import drafts, outbox, patients
from akson_tui.store.coding import decode
from akson_tui.store.files import Files
from akson_tui.workspace.room import Room
from akson_tui.workspace.troubles import Gone, TooLate
from akson_tui.workspace.views import ActRow


class Outbox:
    """Acts of this user on this site, the latest first; sent ones stay in the list for a week."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def all(self) -> tuple[ActRow, ...]:
        """Every act that is listed."""
        return await self._room.store.run(_rows)

    async def get(self, act: str) -> Act:
        """One act. Raises Gone."""
        held = await self._room.store.run(outbox.get, act)
        if held is None:
            raise Gone
        return held

    async def can_go(self) -> bool:
        """Whether something could be sent now: it waits neither for its time nor for a person."""
        due = await self._room.store.run(outbox.next_time)
        return due is not None and due <= self._room.clock()

    async def retry(self, act: str) -> None:
        """Send again now. Raises Gone."""
        await self.get(act)
        await self._room.store.run(outbox.retry_now, act)
        self._room.line.send()

    async def take_back(self, act: str) -> Draft:
        """Until it was sent, a signed note becomes a draft again. Raises TooLate, Gone."""
        held = await self.get(act)
        if held.state not in (ActState.WAITING, ActState.REFUSED) or not held.draft:
            raise TooLate
        return await self._room.store.run(_take_back, act)

    async def remove(self, act: str) -> None:
        """Take a refused act out of the list; what it held is gone. Raises TooLate, Gone."""
        held = await self.get(act)
        if held.state not in (ActState.REFUSED, ActState.SENT):
            raise TooLate
        await self._room.store.run(outbox.remove, act)


def _rows(files: Files) -> tuple[ActRow, ...]:
    return tuple(ActRow(act, patients.name_of(files, act.person)) for act in outbox.acts(files))


def _take_back(files: Files, act_id: str) -> Draft:
    """The draft is kept before the act is let go: between the two it exists twice, never not at all."""
    held = outbox.get(files, act_id)
    if held is None or not held.draft:
        raise Gone
    draft = decode(Draft, held.draft.decode())
    with files.tx("precious"):
        if outbox.take_back(files, act_id) is None:
            raise TooLate
        drafts.keep(files, draft)
    return draft
