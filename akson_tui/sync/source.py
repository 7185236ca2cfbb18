"""One journal as the sync engine uses it: its REST interface, the state of its line, turns to it, what it can do.

The easy mistake: asking before the CapabilityStatement was read. `ready` reads it once per start; a server without one
is asked all the same, by guesses that its answers correct.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from akson_tui.journal.answer import Answer, said_in
from akson_tui.journal.capability import Ability
from akson_tui.journal.client import Pairs
from akson_tui.journal.rest import Rest, query
from akson_tui.journal.troubles import JournalTrouble, LineTrouble, NotDone, NotFhir, NotSignedIn, TooLarge, for_status
from akson_tui.sync.line import Line
from akson_tui.sync.page import Page, cut
from akson_tui.sync.turns import Turns
from akson_tui.sync.urgency import Urgency

BATCHED = 32
"""Searches in one batch."""
LARGE = 50_000
"""Bytes of an answer that are taken apart in some milliseconds."""
Level = Callable[[], int]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Search:
    """A search by type. `naming`: a parameter holds a person's number, so it goes in a body of its own."""

    type: str
    params: tuple[tuple[str, str], ...]
    naming: bool = False


Result = Page | JournalTrouble


class Source:
    """One journal. Every request goes through `ask`, which tells the line how it went."""

    def __init__(self, id_: str, rest: Rest, line: Line, notes: bool | None = None) -> None:
        self.id = id_
        self.rest = rest
        self.line = line
        self.turns = Turns()
        self._notes = notes
        self._reading = asyncio.Lock()
        self._tried = False
        rest.heard = line.heard
        rest.abilities.learned = self._tell

    async def ask(self, level: Level, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """One request in its turn. Raises JournalTrouble, after the line was told."""
        async with self.turns.turn(level):
            return await self.at_once(call)

    async def at_once(self, call: Callable[[], Awaitable[Answer]]) -> Answer:
        """One request without waiting for a turn (the sender's)."""
        try:
            return await call()
        except JournalTrouble as trouble:
            self.line.answered(trouble)
            raise

    async def ready(self, again: bool = False) -> None:
        """Read the CapabilityStatement, once (`again`: anew). Raises LineTrouble, NotLetIn, and NotFhir where only
        that came; a server that has none (404 and the like) is taken for what it shows itself to be."""
        async with self._reading:
            if self._tried and not again:
                return
            with contextlib.suppress(NotDone):
                await self.at_once(self.rest.capability)
            self._tried = True
            self._tell()

    def _tell(self) -> None:
        """What the server can do is known, or known better."""
        if self._tried:
            self.line.told(self.rest.abilities, self._notes, self.rest.get_search)

    async def page(self, level: Level, link: str) -> Page:
        """A further page by its link."""
        answer = await self.ask(level, lambda: self.rest.page(link))
        return await _aside(cut, answer.raw)

    async def search(self, level: Level, type_: str, params: Pairs, naming: bool = False) -> Page:
        """A first page; `naming` where the parameters name a person."""
        answer = await self.ask(level, lambda: self.rest.search(type_, params, naming))
        return await _aside(cut, answer.raw)

    async def searches(self, level: Level, wanted: Sequence[Search]) -> list[Result]:
        """Many searches, in one batch where the server has it; a search that failed has its trouble in its place.

        Raises LineTrouble and NotSignedIn: then none is known.
        """
        together = not any(one.naming for one in wanted)  # a batch puts parameters in the addresses of its entries
        if together and len(wanted) > 1 and self.rest.abilities.has(Ability.BATCH):
            made: list[Result] = []
            for first in range(0, len(wanted), BATCHED):
                some = wanted[first : first + BATCHED]
                made += await self._batched(level, some) or await self._singly(level, some)
            return made
        return await self._singly(level, wanted)

    async def _batched(self, level: Level, wanted: Sequence[Search]) -> list[Result] | None:
        entries = [{"request": {"method": "GET", "url": f"{one.type}?{query(one.params)}"}} for one in wanted]
        body = json.dumps({"resourceType": "Bundle", "type": "batch", "entry": entries}).encode()
        try:
            answer = await self.ask(level, lambda: self.rest.batch(body))
            page, results = await _aside(_cut_batch, answer.raw)
        except TooLarge:
            return None
        except (NotDone, NotFhir):
            self.rest.abilities.lacks(Ability.BATCH)
            return None
        if page.type != "batch-response" or len(page.pieces) != len(wanted):
            self.rest.abilities.lacks(Ability.BATCH)
            return None
        return results

    async def _singly(self, level: Level, wanted: Sequence[Search]) -> list[Result]:
        async def one(search: Search) -> Result:
            try:
                return await self.search(level, search.type, search.params, search.naming)
            except (LineTrouble, NotSignedIn):
                raise
            except JournalTrouble as trouble:
                return trouble  # NotAllowed too: some may see one type and not another

        tasks = [asyncio.ensure_future(one(search)) for search in wanted]
        try:
            return list(await asyncio.gather(*tasks))
        finally:
            for task in tasks:
                task.cancel()


async def _aside(read: Callable[[bytes], T], raw: bytes) -> T:
    """Take a large answer apart in a thread: a key must not wait for it."""
    return read(raw) if len(raw) < LARGE else await asyncio.to_thread(read, raw)


def _cut_batch(raw: bytes) -> tuple[Page, list[Result]]:
    page = cut(raw)
    results: list[Result] = []
    for piece in page.pieces:
        if piece.status >= 300:
            results.append(for_status(piece.status, said_in(piece.outcome or piece.raw)))
            continue
        try:
            results.append(cut(piece.raw))
        except NotFhir as trouble:
            results.append(trouble)
    return page, results


def at(urgency: Urgency) -> Level:
    """A level that does not change."""
    return lambda: int(urgency)
