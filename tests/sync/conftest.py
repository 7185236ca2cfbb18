"""A store on disk, a journal in memory, an engine between them, and a clock that only tests move."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from akson_tui.config.settings import SourceSettings
from akson_tui.journal.client import Limits
from akson_tui.model.ref import PersonId, Ref
from akson_tui.store import patients
from akson_tui.store.files import Store
from akson_tui.store.place import Place
from akson_tui.sync.engine import Engine
from tests.sync.fake_journal import BASE, FakeJournal
from tests.sync.people import ASTRID, NOW, SOURCE, allergy, ids, organization, patient, practitioner, role

KEY = b"k" * 32


@dataclass
class Time:
    """A clock and a sleep that move when a test says so; `sleeping` are the waits under way."""

    now: datetime = NOW
    sleeping: list[tuple[datetime, asyncio.Event]] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        until = self.now + timedelta(seconds=seconds)
        woken = asyncio.Event()
        self.sleeping.append((until, woken))
        try:
            await woken.wait()
        finally:
            self.sleeping.remove((until, woken))

    def go(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        for until, woken in self.sleeping:
            if until <= self.now:
                woken.set()

    def next(self) -> bool:
        """Go to the first wait that is under way; False where nobody waits."""
        if not self.sleeping:
            return False
        until = min(until for until, _ in self.sleeping)
        self.go(max((until - self.now).total_seconds(), 0.0))
        return True


@dataclass(frozen=True)
class Want:
    kind: str
    person: str = ""
    fresh: bool = False


@dataclass
class House:
    """One workstation's sync over one journal."""

    journal: FakeJournal
    store: Store
    engine: Engine
    time: Time
    errors: list[Exception]
    new_id: Callable[[], str]

    async def quiet(self, bound: int = 2000) -> None:
        """Until nothing is under way but waits for a time or for news."""
        calm = 0
        for _ in range(bound):
            await self.store.run(lambda _files: None)
            await asyncio.sleep(0)
            busy = bool(self.engine.jobs) or self.engine.sending
            calm = 0 if busy else calm + 1
            if calm > 8:
                assert not self.errors, self.errors
                return
        raise AssertionError("it does not come to rest")

    async def fetch(self, kind: str, person: str = "", fresh: bool = False) -> None:
        self.engine.fetch(Want(kind, person, fresh))
        await self.quiet()

    async def person(self, ref: Ref = ASTRID) -> PersonId:
        return await self.store.run(patients.person_of, ref)


@dataclass
class Street:
    """Makes houses: several sessions on one store's folder, one after another or at once."""

    folder: Path
    journal: FakeJournal
    time: Time
    new_id: Callable[[], str]
    stack: AsyncExitStack
    user: str = "demo"

    async def house(self, others: dict[str, FakeJournal] | None = None) -> House:
        """A session on `journal` and on `others`, by their source's name."""
        journals = {SOURCE: self.journal, **(others or {})}
        store = await Store.open(Place(self.folder / "data", self.folder / "run"), KEY, self.time, self.new_id)
        self.stack.push_async_callback(store.close)
        errors: list[Exception] = []
        engine = Engine(
            store,
            [SourceSettings(name, BASE) for name in journals],
            self.user,
            self.time,
            self.new_id,
            lambda _name: None,
            Random(1),
            sleep=self.time.sleep,
            limits=Limits(seconds=30),
            transport=lambda settings: journals[settings.id],
        )
        engine.on_error = errors.append
        await engine.start()
        self.stack.push_async_callback(engine.stop)
        return House(self.journal, store, engine, self.time, errors, self.new_id)


@pytest.fixture
def journal() -> FakeJournal:
    """Astrid with an allergy, and Kari who visits her."""
    made = FakeJournal()
    for body in (patient(), practitioner(), role(), organization(), allergy()):
        made.put(body)
    return made


@pytest.fixture
async def street(tmp_path: Path, journal: FakeJournal) -> AsyncIterator[Street]:
    async with AsyncExitStack() as stack:
        yield Street(tmp_path, journal, Time(), ids(), stack)


@pytest.fixture
async def house(street: Street) -> House:
    return await street.house()


Step = Callable[[], Awaitable[None]]
