"""Turns to the line: one request after another, the most urgent first: pages of old entries never hold up a user.

The easy mistake: giving a turn to a whole fetch. A turn is one request; a fetch of ten thousand entries asks for a turn
fifty times and is overtaken between any two.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from akson_tui.sync.urgency import BACKGROUND

AT_ONCE = 3
"""Urgent requests under way at once (the client has one connection more, for the sender)."""


class Turns:
    """Turns to one source. All of it in one event loop."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._counter = 0
        self._urgent = 0
        self._background = 0

    @asynccontextmanager
    async def turn(self, urgency: Callable[[], int]) -> AsyncIterator[None]:
        """Wait for a turn and hold it. `urgency` is asked when the waiting begins; it may rise from turn to turn."""
        level = int(urgency())
        go = asyncio.get_running_loop().create_future()
        self._counter += 1
        heapq.heappush(self._waiting, (level, self._counter, go))
        self._give()
        try:
            await go
        except asyncio.CancelledError:
            if go.done() and not go.cancelled():  # it was given in the same moment
                self._back(level)
            raise
        try:
            yield
        finally:
            self._back(level)

    def _back(self, level: int) -> None:
        if level < BACKGROUND:
            self._urgent -= 1
        else:
            self._background -= 1
        self._give()

    def _give(self) -> None:
        while self._waiting:
            level, _number, go = self._waiting[0]
            if go.cancelled():
                heapq.heappop(self._waiting)
                continue
            if level < BACKGROUND:
                if self._urgent >= AT_ONCE:
                    return
                self._urgent += 1
            else:
                if self._urgent or self._background:
                    return
                self._background += 1
            heapq.heappop(self._waiting)
            go.set_result(None)
