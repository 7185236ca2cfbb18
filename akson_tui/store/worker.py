"""The one thread in which SQLite runs, with three lanes: urgent (drafts), ordinary, bulk.

Easy to get wrong: a bulk job holds the thread for long. Between two commits it calls `give_way`, and whatever waits in
the other lanes is done right there. A caller who stops waiting does not stop the job: what it asked to keep is kept.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from enum import IntEnum
from typing import Any, TypeVar

from akson_tui.store.troubles import Closed

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


class Lane(IntEnum):
    URGENT = 0
    ORDINARY = 1
    BULK = 2


def urgent(function: F) -> F:
    """Mark a store function that goes before all others. On a full disk it may be done twice: the same as once."""
    function.__dict__["lane"] = Lane.URGENT
    return function


def bulk(function: F) -> F:
    """Mark a store function that lasts: it commits in short pieces and gives way between them."""
    function.__dict__["lane"] = Lane.BULK
    return function


def lane_of(function: Callable[..., Any]) -> Lane:
    lane: Lane = getattr(function, "lane", Lane.ORDINARY)
    return lane


class _Job:
    __slots__ = ("future", "loop", "work")

    def __init__(self, work: Callable[[], Any], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.loop = loop
        self.future: asyncio.Future[Any] = loop.create_future()

    def run(self) -> None:
        try:
            result, error = self.work(), None
        except BaseException as raised:
            result, error = None, raised
        try:
            self.loop.call_soon_threadsafe(self._settle, result, error)
        except RuntimeError:
            if not self.loop.is_closed():
                raise
            # a loop that is gone has nobody left who waits; the work itself was done

    def _settle(self, result: Any, error: BaseException | None) -> None:
        if self.future.done():
            return  # the caller stopped waiting
        if error is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(error)


class Worker:
    """One daemon thread. `submit` is called in an event loop, `give_way` in the thread itself."""

    def __init__(self, name: str = "store") -> None:
        self._lanes: dict[Lane, deque[_Job]] = {lane: deque() for lane in Lane}
        self._wake = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def submit(self, lane: Lane, work: Callable[[], T]) -> asyncio.Future[T]:
        """Queue `work`; the future is the caller's loop's. Raises Closed."""
        job = _Job(work, asyncio.get_running_loop())
        with self._wake:
            if self._closed:
                raise Closed("the store is closed")
            self._lanes[lane].append(job)
            self._wake.notify()
        return job.future

    def _next(self, lowest: Lane) -> _Job | None:
        for lane in Lane:
            if lane <= lowest and self._lanes[lane]:
                return self._lanes[lane].popleft()
        return None

    def give_way(self) -> None:
        """Do all that waits in the urgent and ordinary lanes. Never inside a transaction."""
        while True:
            with self._wake:
                job = self._next(Lane.ORDINARY)
            if job is None:
                return
            job.run()

    def _work(self) -> None:
        while True:
            with self._wake:
                job = self._next(Lane.BULK)
                while job is None:
                    if self._closed:
                        return
                    self._wake.wait()
                    job = self._next(Lane.BULK)
            job.run()

    def finish(self) -> None:
        """Take nothing more; what is queued is done first. Returns at once: `join` waits."""
        with self._wake:
            self._closed = True
            self._wake.notify()

    def join(self) -> None:
        self._thread.join()
