"""Whether Textual has done with a key: every message pump waits for its next message, and nothing is scheduled.

The easy mistake is to take the key's own handler for the end. A binding pushes a screen, the screen mounts, its focus
is set by a message of a message: the key has acted when all of these have come to rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from textual._queue import Queue
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

EAGER = 30
"""Turns of the event loop that are looked at one by one before looking rarer."""
LONGEST_PAUSE = 0.02
MANY = 10.0
"""Seconds after which what goes on is no longer taken for the key's act."""


def at_rest(pump: MessagePump) -> bool:
    """Whether `pump` waits for a message with none pending, or has ended."""
    queue: Queue[Message | None] = pump._message_queue
    if pump._next_callbacks or not queue.empty():
        return False
    # A pump is between two messages exactly where somebody waits for its queue to be ready.
    return bool(queue.ready_event._waiters) or pump._closed or (pump._task is None and not pump._running)


class Stillness:
    """Tells when an app has come to rest."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._holds = 0
        self._last_busy: MessagePump | None = None

    @contextmanager
    def hold(self) -> Iterator[None]:
        """The key that is acting has not done so before this ends."""
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1

    def still(self) -> bool:
        """Whether nothing goes on now."""
        app = self._app
        if self._holds or app._batch_count:
            return False
        last = self._last_busy
        if last is not None and not at_rest(last):
            return False
        self._last_busy = None
        for pump in (app, *app._registry):
            if not at_rest(pump):
                self._last_busy = pump
                return False
        stack = app._screen_stack
        return not stack or not stack[-1]._callbacks

    async def come(self, impatient: Callable[[], bool]) -> None:
        """Return when the app has been still for two turns of the event loop, or `impatient()`."""
        loop = asyncio.get_running_loop()
        end = loop.time() + MANY
        turns = quiet = 0
        pause = 0.0
        while quiet < 2:
            turns += 1
            if turns > EAGER:
                pause = min(LONGEST_PAUSE, pause + 0.0005)
                if impatient() or (loop.time() > end and not self._holds):
                    return
            await asyncio.sleep(pause)
            quiet = quiet + 1 if self.still() else 0
