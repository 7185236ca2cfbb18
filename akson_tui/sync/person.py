"""One person's journal, from every source that knows them: the record itself, the small lists, the newest, the older.

The easy mistake: one failure that makes all of it look unfetched, or all of it look whole. Each list keeps its own
state; what the screens see is put together from them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from akson_tui.journal.rest import escaped
from akson_tui.journal.troubles import Gone, JournalTrouble, NotFound
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.people import Patient
from akson_tui.model.ref import PersonId, Ref
from akson_tui.model.trouble import Trouble
from akson_tui.store import fetches, patients
from akson_tui.store.files import Files, Store
from akson_tui.sync import intake
from akson_tui.sync.names import Names
from akson_tui.sync.page import only
from akson_tui.sync.share import Share
from akson_tui.sync.source import Source

TOLD_EACH = 4
"""Older pages between two times that screens are told: each costs them a look, and perhaps bytes on the line."""
T = TypeVar("T")


@dataclass(slots=True)
class Part:
    """A source's part in a fetch: `trouble` with the whole of it, `absent` where it has no such person."""

    source: Source
    share: Share
    trouble: JournalTrouble | None = None
    absent: bool = False
    noted: set[str] = field(default_factory=set)
    """Troubles with single answers, as `Trouble` values."""
    began: datetime | None = None
    """When it answered first, by its own clock."""


class PersonFetch:
    """One run. `urgency` may be raised while it runs (a record that was being fetched ahead is opened)."""

    def __init__(self, store: Store, sources: Sequence[tuple[Source, Names]], person: PersonId, urgency: int) -> None:
        self.person = person
        self.urgency = urgency
        self._store = store
        self._parts = [Part(source, Share(source, names, store, self.level)) for source, names in sources]

    def level(self) -> int:
        """How urgent its next request is."""
        return self.urgency

    @property
    def line_trouble(self) -> JournalTrouble | None:
        """The trouble with a whole source, after which it may be tried again."""
        return next((part.trouble for part in self._parts if part.trouble is not None), None)

    async def newest(self, fresh: bool) -> None:
        """The person's own records, the small lists, the newest of the long ones. Troubles go into the states."""
        for section in ("summary", "entries"):
            await self._store.run(_fetching, self._key(section))
        for part in self._parts:
            await self._guarded(part, self._begin)
        for part in self._parts:
            await self._guarded(part, lambda part: part.share.fetch_small(fresh))
        await self._sum_up("summary")
        for part in self._parts:
            await self._guarded(part, lambda part: part.share.fetch_newest())
        await self._sum_up("entries", going_on=True)

    async def older(self, background: int) -> None:
        """The rest, page by page, each giving way to whatever is more urgent."""
        self.urgency = max(self.urgency, background)
        for part in self._parts:
            pages = 0
            while await self._guarded(part, lambda part: part.share.fetch_older()):
                pages += 1
                if pages % TOLD_EACH == 0:
                    await self._sum_up("entries", going_on=True)
            await self._guarded(part, lambda part: part.share.fetch_others(False))
        await self._sum_up("entries")

    async def compare(self, fresh: bool, background: int) -> None:
        """Notice what is gone on the server, and what was missed."""
        self.urgency = max(self.urgency, background)
        for part in self._parts:
            await self._guarded(part, lambda part: part.share.compare(fresh))
        await self._sum_up("entries")

    async def stop_here(self) -> None:
        """No older pages for now: what has come is all there is to come."""
        await self._sum_up("entries")

    # steps

    async def _guarded(self, part: Part, step: Callable[[Part], Awaitable[T]]) -> T | None:
        """A step of one source, unless it failed before; a trouble with all of it ends its part, not the others'."""
        if part.trouble is not None or part.absent:
            return None
        try:
            return await step(part)
        except JournalTrouble as trouble:
            part.trouble = trouble
            return None

    async def _begin(self, part: Part) -> None:
        source = part.source
        await source.ready()
        known = await self._records()
        refs = await self._store.run(patients.refs_of, self.person)
        mine = [ref for ref in refs if ref.source == source.id]
        for ref in mine:
            await self._record(part, ref)
        for number in {record.national_id for record in known if record.national_id} if not mine else ():
            await self._by_number(part, number)
        known = await self._records()
        have = {record.ref.bare() for record in known}
        for link in {link.bare() for record in known for link in record.links} - have:
            if link.type == "Patient" and link.source == source.id:
                await self._record(part, link, pointed_to=True)
        known = await self._records()
        part.absent = not any(record.ref.source == source.id for record in known)
        part.began = source.line.now()
        await part.share.begin(known)

    async def _records(self) -> tuple[Patient, ...]:
        return await self._store.run(patients.records_of, self.person)

    async def _record(self, part: Part, ref: Ref, pointed_to: bool = False) -> None:
        """One patient record; that a record which another only points to is not there is no trouble of this one."""
        source = part.source
        try:
            answer = await source.ask(self.level, lambda: source.rest.read("Patient", ref.id))
        except (NotFound, Gone) as trouble:
            if not pointed_to:
                part.noted.add(trouble.trouble.value)
            return
        await self._keep(part, *intake.patients(only(answer.raw, "Patient"), source.id, asked=ref))

    async def _by_number(self, part: Part, number: str) -> None:
        page = await part.source.search(self.level, "Patient", [("identifier", escaped(number))], naming=True)
        await self._keep(part, *intake.patients(page, part.source.id, number=number))

    async def _keep(self, part: Part, kept: list[tuple[Patient, bytes]], dropped: bool) -> None:
        if dropped:
            part.noted.add(Trouble.WRONG_PATIENT.value)
        await intake.keep_patients(self._store, kept, part.source.line.now())

    # what the screens see

    def _key(self, section: str) -> str:
        return f"person:{self.person}:{section}"

    async def _sum_up(self, section: str, going_on: bool = False) -> None:
        states: list[Fetched] = []
        troubles: list[str] = []
        began: list[datetime] = []
        for part in self._parts:
            share = part.share
            await share.settle()
            if not part.absent:
                states += [one.state for one in (share.small if section == "summary" else share.long)]
                began += [part.began] if part.began else []
            if part.trouble is not None:
                troubles.append(part.trouble.trouble.value)
            troubles += sorted(part.noted)
            if section == "entries":
                troubles += [one.state.trouble for one in share.others if one.state.trouble]
        await self._store.run(
            _summed,
            self._key(section),
            states,
            troubles,
            max(began, default=None),
            going_on,
            self.line_trouble is not None,
        )


def _fetching(files: Files, key: str) -> None:
    fetches.set_state(files, key, replace(fetches.state(files, key), status=FetchStatus.FETCHING, trouble=""))


def _summed(
    files: Files,
    key: str,
    states: list[Fetched],
    troubles: list[str],
    began: datetime | None,
    going_on: bool,
    broken: bool,
) -> None:
    fetches.set_state(files, key, summed(fetches.state(files, key), states, troubles, began, going_on, broken))


def summed(
    before: Fetched,
    states: Sequence[Fetched],
    troubles: Sequence[str],
    began: datetime | None,
    going_on: bool,
    broken: bool,
) -> Fetched:
    """Many lists as one: as old as its last answer, reaching back as far as the list that reaches back least.

    `troubles` are those with more than one list, `began` when the sources answered (None: none did), `going_on` says
    that older pages are on their way, `broken` that a source was not asked for all of it.
    """
    if not states and began is None:
        status = FetchStatus.PARTIAL if before.at else FetchStatus.FAILED
        return replace(before, status=status, trouble=next(iter(troubles), Trouble.NOT_FOUND.value))
    at = max((state.at for state in states if state.at), default=before.at if states else began)
    horizon = max((state.horizon for state in states if state.horizon), default=None)
    if at is not None and broken and any(state.at is None for state in states):
        horizon = at  # the line fell before all had been asked for: nothing is claimed
    trouble = next(iter([*troubles, *(state.trouble for state in states if state.trouble)]), "")
    if at is None:
        return Fetched(FetchStatus.FAILED, None, before.horizon, trouble)
    if trouble or any(state.at is None for state in states):
        status = FetchStatus.PARTIAL
    elif horizon is not None:
        status = FetchStatus.FETCHING if going_on else FetchStatus.PARTIAL
    else:
        status = FetchStatus.COMPLETE
    return Fetched(status, at, horizon, trouble)
