"""Re-read when the store says that something changed: once for many changes, and never while the place is covered.

The easy mistake is to read at each change: a fetch commits twenty times a second, and each reading costs the line.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

GAP = 0.4
"""Seconds at least between two readings."""


class Told(Protocol):
    """What the store tells (`store.changes.Change`): a topic and ids, never data."""

    @property
    def topic(self) -> str: ...

    @property
    def ids(self) -> frozenset[str]: ...


class Live:
    """Keeps one place up to date by calling `reread`; `spawn` runs a coroutine in the app's care."""

    def __init__(
        self, reread: Callable[[], Awaitable[None]], spawn: Callable[[Awaitable[None]], object], gap: float = GAP
    ) -> None:
        self._reread = reread
        self._spawn = spawn
        self._gap = gap
        self._stale = False
        self._due = False
        self._running = False
        self._covered = False
        self._timer: asyncio.TimerHandle | None = None
        self._reading: asyncio.Future[None] | None = None
        self._ended = False

    @property
    def stale(self) -> bool:
        """Whether something changed that was not read again yet."""
        return self._stale

    def heard(self) -> None:
        """Something changed that this place shows."""
        self._stale = True
        if not (self._covered or self._due or self._running or self._timer):
            self._due = True
            self._spawn(self._run())

    def cover(self) -> None:
        """Another place stands over this one: read nothing until `catch_up`."""
        self._covered = True

    async def catch_up(self) -> None:
        """About to be seen again: read now if anything changed meanwhile."""
        self._covered = False
        if self._stale:
            await self._run()

    def end(self) -> None:
        """The place is left for good: a reading under way would put what it read where no screen is."""
        self._covered = self._ended = True
        if self._reading is not None:
            self._reading.cancel()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _run(self) -> None:
        self._due = False
        if self._running or not self._stale:
            return
        self._running = True
        self._stale = False
        self._reading = asyncio.ensure_future(self._reread())
        try:
            await self._reading
        except asyncio.CancelledError:
            if not self._ended:
                raise
        finally:
            self._running = False
            self._reading = None
        if not self._covered and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._gap, self._rested)

    def _rested(self) -> None:
        self._timer = None
        if self._stale and not self._covered and not self._due:
            self._due = True
            self._spawn(self._run())
