"""A workspace on a real store and a real sandbox, with the real engine between them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random

import pytest

from akson_tui.config.paths import places
from akson_tui.config.settings import Settings, Site, SourceSettings
from akson_tui.model.access import Ground, Opened
from akson_tui.store.files import Store
from akson_tui.store.place import Place
from akson_tui.sync.engine import Engine
from akson_tui.workspace import Workspace

NOW = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base address of a sandbox with the worklists and Astrid."""
    data = tmp_path_factory.mktemp("journal")
    words = ["--port", "0", "--data", str(data), "--now", NOW.isoformat(), "--population", "small"]
    command = [sys.executable, "-m", "akson_tui.sandbox", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["base"]
        process.kill()


class Office:
    """A workspace, its store, and its line, which can be taken away."""

    def __init__(self, workspace: Workspace, store: Store, engine: Engine) -> None:
        self.workspace, self.store, self.engine = workspace, store, engine

    async def until(self, true: Callable[[], object], limit: float = 20.0) -> None:
        """Wait until `true()` (a coroutine function) holds; looked at whenever the store changes."""
        changed = asyncio.Event()
        stop = self.workspace.changes(lambda _change: changed.set())
        try:
            async with asyncio.timeout(limit):
                while not await true():  # type: ignore[misc]
                    await changed.wait()
                    changed.clear()
        finally:
            stop()

    async def astrid(self) -> Opened:
        """Astrid's record, opened as found in the register, with all of it fetched."""
        hits = (await self.workspace.find.register("bakken")).hits
        if self.workspace.user:
            await self.until(self.workspace.clinician)
        opened = await self.workspace.record.open(hits[0].person, Ground.SEARCHED_FOR)

        async def whole() -> bool:
            return (await self.workspace.record.fetched(opened)).entries.status == "complete"

        await self.until(whole)
        return opened


def settings(base: str, home: Path, user: str = "demo", notes: bool | None = None) -> Settings:
    """A site with one source."""
    source = SourceSettings("demo", base, notes=notes)
    return Settings(places(str(home)), Site("TEST", "TEST", (source,), unnamed=False), user=user)


@pytest.fixture
async def office(journal: str, tmp_path: Path) -> AsyncIterator[Office]:
    """Kari's."""
    async with opened_office(journal, tmp_path) as one:
        yield one


class opened_office:
    """An `Office` for as long as the context lasts; `user` '' for nobody."""

    def __init__(self, base: str, home: Path, user: str = "demo", notes: bool | None = None) -> None:
        self._settings = settings(base, home, user, notes)
        self._home = home

    async def __aenter__(self) -> Office:
        numbers = count(1)

        def ids() -> str:
            return f"00000000-0000-4000-8000-{next(numbers):012d}"

        def clock() -> datetime:
            return NOW

        store = await Store.open(Place(self._home / "data", self._home / "run"), bytes(range(32)), clock, ids)
        workspace = Workspace(store, self._settings, clock, ids)
        sources = self._settings.site.sources
        engine = Engine(store, sources, self._settings.user, clock, ids, lambda _name: None, Random(1))
        await engine.start()
        workspace.attach(engine)
        workspace.worklist.refresh()
        self._office = Office(workspace, store, engine)
        return self._office

    async def __aexit__(self, *_exception: object) -> None:
        await self._office.engine.stop()
        await self._office.store.close()
