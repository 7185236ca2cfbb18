"""The only file that knows both halves: store and screens first, sync and the journal once the first screen stands.

Whatever the line does, nothing here waits for it: a workstation without a line is a workstation. A command has no
screen, and a line only where it asks for one.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from akson_tui.config.load import SettingsWrong
from akson_tui.config.paths import folder_name, private_folder
from akson_tui.config.settings import Settings
from akson_tui.i18n import _
from akson_tui.store import keys
from akson_tui.store.files import Store
from akson_tui.store.place import place
from akson_tui.store.troubles import DiskFull, WrongPassphrase
from akson_tui.terminal import crash
from akson_tui.workspace import Workspace

if TYPE_CHECKING:
    from akson_tui.model.line import SourceState
    from akson_tui.model.want import Want
    from akson_tui.screens.app import AksonApp
    from akson_tui.sync.engine import Engine

NOBODY = "_"
"""The folder of a workstation where no user is named."""


def data_folder(settings: Settings) -> Path:
    """`DATA/<site>/<user>/`, made if it is not there."""
    return private_folder(settings.places.data / folder_name(settings.site.name) / folder_name(settings.user or NOBODY))


def run(settings: Settings, directory: Path, key: bytes, ready: Callable[[], bool] | None = None) -> int:
    """The workstation until it is left; returns its exit code. Raises StoreTrouble where the files cannot be opened.

    `ready` blocks until the journal may be asked; False where it will not answer.
    """
    return asyncio.run(_run(settings, directory, key, ready))


def clock_of(settings: Settings) -> Callable[[], datetime]:
    """The clock of this run: fixed by `--now`, else the machine's."""
    fixed = settings.fixed_now
    if fixed is not None:
        instant = fixed.astimezone(UTC)
        return lambda: instant
    return lambda: datetime.now(UTC)


def new_id() -> str:
    """A random UUID as text."""
    return str(uuid4())


async def _run(settings: Settings, directory: Path, key: bytes, ready: Callable[[], bool] | None) -> int:
    from akson_tui.screens.app import AksonApp  # Textual, which a command does without

    clock = clock_of(settings)
    store = await Store.open(place(directory, private_folder(settings.places.run)), key, clock, new_id)
    workspace = Workspace(store, settings, clock, new_id, _told(settings, store))
    app = AksonApp(workspace, settings, _lock(settings, directory, key))
    late = asyncio.create_task(_attach_line(app, workspace, store, settings, clock, ready))
    try:
        await app.run_async()
    finally:
        late.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            engine = await late
            if engine is not None:
                await engine.stop()
        await store.close()
    return app.return_code or 0


def _told(settings: Settings, store: Store) -> tuple[str, ...]:
    """What start-up found that the worklist says once."""
    told = []
    if store.salvaged is not None:
        told.append(_("Hentede data var skadet og hentes på nytt. Utkast og utboks er urørt."))
    if settings.ask_nothing:
        told.append(_("Oppdiktede data: lagret uten passfrase."))
    return tuple(told)


def _lock(settings: Settings, directory: Path, key: bytes) -> Callable[[str], Awaitable[bool]] | None:
    """How the lock screen checks a passphrase; None where no passphrase guards this store."""
    if settings.memory_key or settings.ask_nothing or keys.PASSPHRASE not in keys.ways(directory):
        return None

    async def fits(phrase: str) -> bool:
        try:
            return await asyncio.to_thread(keys.unlock, directory, phrase) == key
        except WrongPassphrase:
            return False

    return fits


async def _attach_line(
    app: AksonApp,
    workspace: Workspace,
    store: Store,
    settings: Settings,
    clock: Callable[[], datetime],
    ready: Callable[[], bool] | None,
) -> Engine | None:
    """Once the first screen stands: load the network's half in a thread, and give the workspace its line."""
    await app.first_screen.wait()
    if ready is not None and not await asyncio.to_thread(ready):
        return None
    engine = await asyncio.to_thread(_engine, store, settings, clock)
    engine.on_error = lambda error: _sync_failed(app, settings, error)
    await engine.start()
    workspace.attach(engine)
    workspace.worklist.refresh()
    return engine


def _engine(store: Store, settings: Settings, clock: Callable[[], datetime]) -> Engine:
    from akson_tui.sync.engine import Engine

    return Engine(store, settings.site.sources, settings.user, clock, new_id, os.environ.get, random.Random())


def _sync_failed(app: AksonApp, settings: Settings, error: Exception) -> None:
    """An error that nobody foresaw ended one job of the sync: told and reported without data; work goes on."""
    if isinstance(error, DiskFull):
        app.stack[-1].tell(_("Disken er full: hentede data lagres ikke. Det som er skrevet, står. Frigjør plass."))
        return
    crash.write_report(error, settings.places.run)
    app.stack[-1].tell(_("En feil i programmet stanset en henting. Ingenting er tapt. F5 prøver igjen."))


class Errand:
    """The desks of a command without a screen. The network's half is loaded when it is asked for, and ends with it."""

    def __init__(self, workspace: Workspace, store: Store, settings: Settings) -> None:
        self.workspace = workspace
        self.store = store
        self.settings = settings
        self._engine: Engine | None = None
        self._failed: list[Exception] = []

    async def connect(self, sends: bool = False) -> Engine:
        """The line, attached to the desks; with `sends` what waits in the outbox goes too. Raises SettingsWrong."""
        if self._engine is None:
            from akson_tui.journal.client import BaseRefused

            try:
                self._engine = await asyncio.to_thread(_engine, self.store, self.settings, clock_of(self.settings))
            except BaseRefused:
                raise SettingsWrong(_("Adressen til journalen kan ikke brukes: se «akson-tui doctor»")) from None
            self._engine.on_error = self._failed.append
            await self._engine.start(sends)
            self.workspace.attach(self._engine)
        return self._engine

    async def fetch(self, want: Want, enough: Callable[[], Awaitable[bool]] | None = None) -> None:
        """Fetch until it has come, cannot come now, or `enough` (asked when the store changes) says so.

        What went wrong with the line stands in the store. Raises what nobody foresaw, and DiskFull.
        """
        engine = await self.connect()
        engine.fetch(want)
        changed = asyncio.Event()
        stop = self.workspace.changes(lambda _change: changed.set())
        came = asyncio.ensure_future(engine.finished(str(want.kind), want.person))
        try:
            while not came.done():
                if enough is not None and await enough():
                    break
                news = asyncio.ensure_future(changed.wait())
                await asyncio.wait((came, news), return_when=asyncio.FIRST_COMPLETED)
                news.cancel()
                changed.clear()
        finally:
            stop()
            came.cancel()
        self.unforeseen()

    def unforeseen(self) -> None:
        """Raise what went wrong in the line's own work, if anything did."""
        if self._failed:
            raise self._failed[0]

    async def close(self) -> None:
        """What was not sent stays in the outbox."""
        if self._engine is not None:
            await self._engine.stop()
        await self.store.close()


@contextlib.asynccontextmanager
async def errand(settings: Settings, directory: Path, key: bytes) -> AsyncIterator[Errand]:
    """The desks on this user's files, for a command. Raises StoreTrouble where they cannot be opened."""
    clock = clock_of(settings)
    store = await Store.open(place(directory, private_folder(settings.places.run)), key, clock, new_id)
    made = Errand(Workspace(store, settings, clock, new_id, _told(settings, store)), store, settings)
    try:
        yield made
    finally:
        await made.close()


async def probe(settings: Settings) -> tuple[SourceState, ...]:
    """How each journal answers, asked once without any file of the user's: for `doctor`."""
    from akson_tui.sync.probe import ask

    return await ask(settings.site.sources, clock_of(settings), os.environ.get, random.Random())
