"""The people desk: by which handle a command names somebody, whether they are held here, and forgetting them.

No clinical row is read here, so no record is opened. The easy mistake is to take a handle for a person who is held:
who was forgotten elsewhere, or came with a cache that was lost, has to be fetched first.
"""

from __future__ import annotations

from collections.abc import Sequence

from akson_tui.model.ref import PersonId
from akson_tui.store import fetches, forget, handles, patients
from akson_tui.store.files import Files
from akson_tui.workspace.find import hit_of
from akson_tui.workspace.reading import Freshness
from akson_tui.workspace.room import Room
from akson_tui.workspace.views import Hit

HANDLE = handles.FORM


class People:
    """People by their handles."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def handles(self, people: Sequence[PersonId]) -> list[str]:
        """The handle of each, made where there is none yet; '' for one of whom no record was ever heard."""
        return await self._room.store.run(handles.give, people)

    async def person(self, handle: str) -> PersonId:
        """Whom a handle means; '' where it was never given, or was forgotten."""
        return await self._room.store.run(handles.person_of, handle)

    async def hit(self, person: PersonId) -> Hit | None:
        """The person as a search gives them; None where no record of theirs is held."""
        row = await self._room.store.run(patients.hit, person)
        return None if row is None else hit_of(row)

    async def fetched(self, person: PersonId) -> Freshness:
        """How fresh what is held of them is."""
        return await self._room.store.run(_fetched, person)

    async def forget(self, person: PersonId) -> bool:
        """Drop what was fetched of one; True where their record stays because of a draft or an act that waits."""
        return await self._room.store.run(forget.person, person)

    async def forget_all(self) -> int:
        """Drop all that was fetched; returns how many records stay because of drafts and acts that wait."""
        return await self._room.store.run(forget.everyone)


def _fetched(files: Files, person: PersonId) -> Freshness:
    return Freshness(
        fetches.state(files, fetches.person_key(person, fetches.SUMMARY)),
        fetches.state(files, fetches.person_key(person, fetches.ENTRIES)),
    )
