"""The sender: takes what was signed to the journals, strictly in the order signed, each exactly once.

The easy mistake: giving up, or hurrying. A refusal waits for a person and holds up only what builds on it; a line that
fell is tried again when it is due, or at once when anything else got through.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

from akson_tui.journal.troubles import (
    JournalTrouble,
    NotDone,
    NotLetIn,
    ServerFailed,
    TooLarge,
)
from akson_tui.model.act import Act, ActState
from akson_tui.model.trouble import Trouble
from akson_tui.store import lease, outbox
from akson_tui.store.files import Store
from akson_tui.store.troubles import Busy, CacheDamaged, Closed, DiskFull, NotTheState, StoreTrouble
from akson_tui.sync import backoff
from akson_tui.sync.errand import Errand
from akson_tui.sync.names import Names
from akson_tui.sync.source import Source

NOT_LET_IN = timedelta(hours=1)
"""Where a person must sign in first it is tried again when they did something, and else this seldom."""
UNFORESEEN = timedelta(minutes=5)
STORE_ASIDE = timedelta(seconds=10)
"""After the disk was full or somebody else held the file."""
_EVER = datetime(9000, 1, 1, tzinfo=UTC)


class Sender:
    """One session's sender; it sends only while this session has the lease."""

    def __init__(
        self,
        store: Store,
        sources: Mapping[str, tuple[Source, Names]],
        clock: Callable[[], datetime],
        holder: str,
        random: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        tell: Callable[[Exception], None],
    ) -> None:
        """`tell` is told of errors that nobody foresaw."""
        self._store = store
        self._sources = sources
        self._clock = clock
        self._holder = holder
        self._random = random
        self._sleep = sleep
        self._tell = tell
        self._news = asyncio.Event()
        self._back = False
        self._sending = False
        self._resting = asyncio.Event()
        self._reached = datetime(1, 1, 1, tzinfo=UTC)
        """The time that was waited for; a clock that stands still must not hold up what is due."""

    @property
    def busy(self) -> bool:
        """True while acts are on their way, or news has not been looked at."""
        return self._sending or self._news.is_set()

    def wake(self, line_is_back: bool = False) -> None:
        """Something changed in the outbox or with the lease; `line_is_back`: what waits for its time need not."""
        if line_is_back and not self._sending:  # what the sender itself got through is no news to it
            self._back = True
        self._news.set()
        self._resting.clear()

    async def at_rest(self) -> None:
        """Wait until nothing more can be sent now: all is sent, waits for its time or a person, or another sends."""
        await self._resting.wait()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self._news.clear()
            try:
                due = await self._turn()
            except (Busy, DiskFull, CacheDamaged):
                due = self._now() + STORE_ASIDE  # the store says so itself wherever it is asked
            if not self._news.is_set():
                self._resting.set()
            await self._wait(due)
            self._resting.clear()

    async def close(self) -> None:
        """Give back the lease."""
        with contextlib.suppress(Closed):
            await self._store.run(lease.drop, self._holder)

    async def _turn(self) -> datetime | None:
        """Send what is due, if this session may; when the next will be."""
        if not await self._store.run(lease.take, self._holder):
            return None
        self._sending = True
        try:
            await self._send_what_is_due()
        finally:
            self._sending = False
        return await self._store.run(outbox.next_time)

    async def _wait(self, due: datetime | None) -> None:
        """For news, or until something is due."""
        if due is None:
            await self._news.wait()
            return
        timer = asyncio.ensure_future(self._sleep(max((due - self._now()).total_seconds(), 0.0)))
        news = asyncio.ensure_future(self._news.wait())
        try:
            await asyncio.wait((timer, news), return_when=asyncio.FIRST_COMPLETED)
            if timer.done():
                self._reached = max(self._reached, due)
        finally:
            timer.cancel()
            news.cancel()

    def _now(self) -> datetime:
        return max(self._clock(), self._reached)

    async def _send_what_is_due(self) -> None:
        back, self._back = self._back, False
        while True:
            act = await self._store.run(outbox.next_due, _EVER if back else self._now())
            if act is None:
                return
            back = await self._send(act) and back

    async def _send(self, act: Act) -> bool:
        """One act, once. True where the next may follow at once."""
        known = self._sources.get(act.source)
        if known is None:  # a journal that is no longer in the settings
            await self._later(act, timedelta(hours=1), Trouble.NO_LINE, act.state is ActState.SENDING)
            return False
        source, names = known
        doubtful = act.state is ActState.SENDING or any(part.done is not None for part in act.parts)
        try:
            await self._store.run(outbox.mark_sending, act.id)
        except NotTheState:
            return True  # taken back in this moment
        errand = Errand(self._store, source, names, act, doubtful)
        try:
            await errand.run()
        except JournalTrouble as trouble:
            return await self._failed(errand, trouble)
        except StoreTrouble:
            raise
        except Exception as error:  # a mistake of ours must not hold up the outbox for good
            self._tell(error)
            await self._later(act, UNFORESEEN, Trouble.SERVER, True)
            return False
        await self._store.run(outbox.mark_sent, act.id)
        return True

    async def _failed(self, errand: Errand, trouble: JournalTrouble) -> bool:
        act = errand.act
        if isinstance(trouble, NotLetIn):
            await self._later(act, NOT_LET_IN, trouble.trouble, errand.doubtful)
            return False
        if (isinstance(trouble, NotDone) and not isinstance(trouble, ServerFailed)) or isinstance(trouble, TooLarge):
            await self._store.run(outbox.mark_refused, act.id, trouble.trouble.value, trouble.said)
            return True
        wait = timedelta(seconds=backoff.wait(act.tries + 1, self._random, trouble.retry_after))
        await self._later(act, wait, trouble.trouble, errand.doubtful)
        return False

    async def _later(self, act: Act, wait: timedelta, trouble: Trouble, doubtful: bool) -> None:
        await self._store.run(outbox.mark_retry, act.id, self._now() + wait, trouble.value, doubtful)
