"""The sync engine: carries what the user wants to and from the journals, and is silent when nobody wants anything.

The easy mistake: doing something because time has passed. A fetch follows the user, a send follows the outbox; a timer
runs only while something failed that may succeed later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from akson_tui.clinical.query import Query
from akson_tui.config.settings import SourceSettings
from akson_tui.journal.client import Client, Limits, library
from akson_tui.journal.rest import Rest
from akson_tui.journal.troubles import LineTrouble
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.line import LineStatus, SourceState
from akson_tui.model.ref import PersonId
from akson_tui.model.want import RegisterAnswer, Want
from akson_tui.model.when import OSLO
from akson_tui.store import fetches
from akson_tui.store.changes import Change
from akson_tui.store.files import Files, Store
from akson_tui.store.troubles import CacheDamaged, Closed
from akson_tui.sync import register
from akson_tui.sync.line import Line
from akson_tui.sync.names import Names
from akson_tui.sync.person import PersonFetch
from akson_tui.sync.sender import Sender
from akson_tui.sync.source import Source, at
from akson_tui.sync.urgency import Urgency
from akson_tui.sync.worklist import Worklist

if TYPE_CHECKING:
    from akson_tui.journal.client import Transport

AHEAD = timedelta(minutes=15)
"""A record of the round that was fetched less long ago is not fetched ahead again."""
Key = tuple[str, str]
Sleep = Callable[[float], Awaitable[None]]
Work = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Want:
    kind: str
    person: PersonId = ""
    fresh: bool = False


@dataclass(slots=True)
class _Job:
    task: asyncio.Task[None]
    fresh: bool
    again: _Want | None = None


class Engine:
    """One session's line to its journals; fits `workspace.line.Line`."""

    def __init__(
        self,
        store: Store,
        sources: Sequence[SourceSettings],
        user: str,
        clock: Callable[[], datetime],
        ids: Callable[[], str],
        environ: Callable[[str], str | None],
        random: Random,
        *,
        sleep: Sleep = asyncio.sleep,
        limits: Limits | None = None,
        transport: Callable[[SourceSettings], Transport | None] = lambda _source: None,
    ) -> None:
        """May be made in a thread (it loads httpx); all else belongs to the event loop. Raises BaseRefused."""
        library()
        self._store = store
        self._user = user
        self._clock = clock
        self._sleep = sleep
        self.sources = [self._source(one, environ, random, limits or Limits(), transport(one)) for one in sources]
        self._pairs = [(source, Names(source, store, source.line.now)) for source in self.sources]
        self._worklist = Worklist(store, self._pairs, user)
        by_id = {source.id: (source, names) for source, names in self._pairs}
        self._sender = Sender(store, by_id, clock, ids(), random.random, sleep, self._unforeseen)
        self.on_error: Callable[[Exception], None] = _to_the_loop
        """Is told of errors that nobody foresaw (a full disk among them); one ends one job, never the engine."""
        self._jobs: dict[Key, _Job] = {}
        self._failed: dict[Key, _Want] = {}
        self._round: dict[PersonId, bool] = {}
        """Whose records are to be fetched ahead; True: though that was done a moment ago (F5)."""
        self._ahead: PersonFetch | None = None
        self._opened_ahead: _Want | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._retry: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self._stopping = False

    def _source(
        self,
        settings: SourceSettings,
        environ: Callable[[str], str | None],
        random: Random,
        limits: Limits,
        transport: Transport | None,
    ) -> Source:
        name = settings.token_env
        client = Client(
            settings.base,
            (lambda: environ(name)) if name else (lambda: None),
            self._clock,
            limits,
            settings.insecure,
            transport,
        )
        line = Line(settings.id, self._clock, random.random)
        source = Source(settings.id, Rest(client, settings.get_search), line, settings.notes)
        line.changed = lambda: self._keep_line(line)
        line.back = lambda: self._line_is_back()
        return source

    async def start(self, sends: bool = True) -> None:
        """Take up what the last session left: what is known of the sources, and what waits in the outbox.

        `sends` False leaves the outbox to others: for a command that ends before an answer may have come.
        """
        for source in self.sources:
            known = await self._store.run(fetches.source, source.id)
            source.line.state = replace(known, source=source.id, status=LineStatus.UNTRIED, trouble="")
        self._unsubscribe = self._store.changes.subscribe(self._heard)
        if sends:
            self._spawn(self._sender.run)

    async def stop(self) -> None:
        """Stop everything and close the connections. What was not sent stays in the outbox."""
        self._stopping = True
        self._unsubscribe()
        tasks = [*self._tasks, *(job.task for job in self._jobs.values())]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._sender.close()
        for source in self.sources:
            await source.rest.close()

    # the three calls of `workspace.line.Line`

    def fetch(self, want: Want) -> None:
        """Fetch it when possible; returns at once. What is being fetched already is not asked for twice."""
        self._want(_Want(str(want.kind), want.person, want.fresh))

    async def search(self, query: Query, page: str = "") -> RegisterAnswer:
        """Ask the registers; whom they name is in the store when this returns. Never raises for a line's trouble."""
        return await register.search(self._store, self.sources, query, page)

    def send(self) -> None:
        """The outbox has something; returns at once."""
        self._sender.wake()

    @property
    def jobs(self) -> frozenset[Key]:
        """What is being fetched."""
        return frozenset(self._jobs)

    async def finished(self, kind: str, person: PersonId = "") -> None:
        """Wait until what is being fetched of that kind ("worklist", "person", "round") has come or cannot come now."""
        while (job := self._jobs.get((kind, person))) is not None:
            await asyncio.wait([job.task])

    async def sent(self) -> None:
        """Wait until nothing more of the outbox can be sent now by this session."""
        await self._sender.at_rest()

    @property
    def ahead(self) -> PersonId | None:
        """Whose record is being fetched ahead."""
        return self._ahead.person if self._ahead is not None else None

    @property
    def sending(self) -> bool:
        """True while acts are on their way, or news of the outbox has not been looked at."""
        return self._sender.busy

    # jobs

    def _want(self, want: _Want) -> None:
        if self._stopping or (want.kind == "worklist" and not self._user):
            return
        key = (want.kind, want.person)
        self._failed.pop(key, None)
        job = self._jobs.get(key)
        if job is not None and not job.task.done():
            if want.fresh and not job.fresh:
                job.again = want
            return
        if want.kind == "person" and self._ahead is not None and self._ahead.person == want.person:
            self._ahead.urgency = Urgency.OPEN
            self._opened_ahead = want
            return
        work = self._fetch_worklist if want.kind == "worklist" else self._fetch_person
        self._start(key, partial(self._anew, key, want, partial(work, want)), want.fresh)

    def _start(self, key: Key, work: Work, fresh: bool = False) -> None:
        job = _Job(asyncio.ensure_future(self._watched(work)), fresh)
        self._jobs[key] = job

        def ended(_task: asyncio.Task[None]) -> None:
            if self._jobs.get(key) is job:
                del self._jobs[key]
            if job.again is not None:
                self._want(job.again)

        job.task.add_done_callback(ended)

    async def _anew(self, key: Key, want: _Want, work: Work) -> None:
        """Do it; where the cache was found damaged, and begun anew by the store, once more from the start."""
        try:
            await work()
        except CacheDamaged:
            job = self._jobs.get(key)
            if job is not None:
                job.again = want

    async def _fetch_worklist(self, want: _Want) -> None:
        day = self._clock().astimezone(OSLO).date()
        people, trouble = await self._worklist.fetch(day, at(Urgency.WORKLIST))
        self._retry_later(want, trouble)
        self._round |= dict.fromkeys(people, want.fresh)
        self._fetch_ahead()

    async def _fetch_person(self, want: _Want, begun: PersonFetch | None = None) -> None:
        fetch = begun or PersonFetch(self._store, self._pairs, want.person, Urgency.OPEN)
        if begun is None or want.fresh:
            await fetch.newest(want.fresh)
        if fetch.line_trouble is None:
            await fetch.older(Urgency.OLDER)
            await fetch.compare(want.fresh, Urgency.COMPARE if not want.fresh else Urgency.OLDER)
        self._retry_later(want, fetch.line_trouble)

    # the round, fetched ahead

    def _fetch_ahead(self) -> None:
        if self._round and ("round", "") not in self._jobs and not self._stopping:
            self._start(("round", ""), self._fetch_round)

    async def _fetch_round(self) -> None:
        """The records of today's round, one at a time: the day can be worked offline, and what is new is known."""
        while self._round:
            person, fresh = next(iter(self._round.items()))
            if (not fresh and await self._store.run(_recent, person, self._clock())) or (
                "person",
                person,
            ) in self._jobs:
                del self._round[person]
                continue
            self._ahead = fetch = PersonFetch(self._store, self._pairs, person, Urgency.ROUND)
            try:
                await fetch.newest(False)
                opened, self._opened_ahead = self._opened_ahead, None
            finally:
                self._ahead = None
            if opened is not None:
                self._start(("person", person), partial(self._fetch_person, opened, fetch), opened.fresh)
            else:
                await fetch.stop_here()
            if isinstance(fetch.line_trouble, LineTrouble):
                self._retry_later(_Want("round"), fetch.line_trouble)
                return
            self._round.pop(person, None)

    # when the line is down, and when it is back

    def _retry_later(self, want: _Want, trouble: Exception | None) -> None:
        if not isinstance(trouble, LineTrouble) or self._stopping:
            return
        self._failed[(want.kind, want.person)] = replace(want, fresh=False)
        if self._retry is None or self._retry.done():
            self._retry = self._spawn(self._retry_when_due)

    async def _retry_when_due(self) -> None:
        """One of what failed is tried when it is due; if that goes well, the line is back and the others follow."""
        await self._sleep(min((source.line.wait() for source in self.sources if source.line.down), default=0.0))
        self._retry = None
        for key in list(self._failed)[:1]:
            self._again(key)

    def _again(self, key: Key) -> None:
        want = self._failed.pop(key, None)
        if want is None:
            return
        if want.kind == "round":
            self._fetch_ahead()
        else:
            self._want(want)

    def _line_is_back(self) -> None:
        self._sender.wake(line_is_back=True)
        for key in list(self._failed):
            self._again(key)

    def _keep_line(self, line: Line) -> None:
        state: SourceState = line.state
        self._spawn(partial(self._store.run, fetches.set_source, state))

    # the store's news, and tasks

    def _heard(self, change: Change) -> None:
        if change.topic in ("outbox", "lease"):
            self._sender.wake()

    def _spawn(self, work: Work) -> asyncio.Task[None]:
        task = asyncio.ensure_future(self._watched(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _watched(self, work: Work) -> None:
        """The work of a task; what nobody foresaw is told."""
        try:
            await work()
        except Closed:
            if not self._stopping:
                raise
        except Exception as error:
            self._unforeseen(error)

    def _unforeseen(self, error: Exception) -> None:
        self.on_error(error)


def _to_the_loop(error: Exception) -> None:
    asyncio.get_running_loop().call_exception_handler({"message": "sync failed", "exception": error})


def _recent(files: Files, person: PersonId, now: datetime) -> bool:
    state: Fetched = fetches.state(files, f"person:{person}:entries")
    settled = state.status not in (FetchStatus.NEVER, FetchStatus.FETCHING, FetchStatus.FAILED)
    return settled and state.at is not None and now - state.at < AHEAD
