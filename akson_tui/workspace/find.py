"""The find desk: who is meant? Own patients and recents from the store at once, the register's answer when it comes."""

from __future__ import annotations

from akson_tui.clinical import query as queries
from akson_tui.clinical.query import Query, QueryKind
from akson_tui.model.ref import Ref
from akson_tui.model.trouble import Trouble
from akson_tui.store import patients
from akson_tui.store.files import Files
from akson_tui.store.patients import PatientHit
from akson_tui.workspace.room import Room
from akson_tui.workspace.views import FindAnswer, Hit, RegisterHits

LIMIT = 60
"""Hits that are worth showing; more words narrow better than more pages."""


class Find:
    """Search for persons. No clinical row is read here, so no record is opened."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._register: tuple[Query, str, tuple[Ref, ...]] | None = None

    def parse(self, text: str) -> Query:
        """What `text` asks for: a name, a birth date or a national id."""
        return queries.parse(text, self._room.today())

    async def local(self, text: str) -> FindAnswer:
        """What the store has for exactly `text`: own patients first, then recents, then by name. No text: recents."""
        query = self.parse(text)
        if query.kind is QueryKind.EMPTY:
            rows = await self._room.store.run(patients.recent, LIMIT)
        else:
            rows = await self._room.store.run(patients.search, query, LIMIT)
        return FindAnswer(query, tuple(hit_of(row) for row in rows))

    async def register(self, text: str) -> RegisterHits:
        """Ask the register; its hits are in the store when this returns, so `local` finds them too."""
        query = self.parse(text)
        if query.kind is QueryKind.EMPTY:
            return RegisterHits(query, (), False, "")
        self._register = None
        return await self._ask(query, "", ())

    async def register_more(self) -> RegisterHits | None:
        """The next page of the last register search; None where there is none."""
        if self._register is None or not self._register[1]:
            return None
        query, page, before = self._register
        return await self._ask(query, page, before)

    async def _ask(self, query: Query, page: str, before: tuple[Ref, ...]) -> RegisterHits:
        answer = await self._room.line.search(query, page)
        found = before + tuple(ref for ref in answer.found if ref not in before)
        self._register = (query, answer.more, found)
        rows = await self._room.store.run(_hits_of, found)
        trouble = answer.trouble and Trouble(answer.trouble).value
        return RegisterHits(query, tuple(hit_of(row) for row in rows), bool(answer.more), trouble)


def _hits_of(files: Files, found: tuple[Ref, ...]) -> list[PatientHit]:
    hits = [patients.hit(files, patients.person_of(files, ref)) for ref in found]
    once = {hit.person: hit for hit in hits if hit is not None}
    return list(once.values())


def hit_of(row: PatientHit) -> Hit:
    """A row of the store as screens and commands know it."""
    return Hit(row.person, row.patient, row.own, row.recent)
