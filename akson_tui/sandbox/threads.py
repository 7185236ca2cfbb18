"""Runs what parses, validates and asks SQLite in threads of its own, so that the event loop only waits.

All writes go through one thread: they would wait for each other anyway, and each then sees what the one before wrote.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TypeVar

from akson_tui.sandbox.store import Session, Store, Writer

Made = TypeVar("Made")


class Threads:
    """Two threads that read and one that writes, on one store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._readers = ThreadPoolExecutor(2, "read")
        self._writer = ThreadPoolExecutor(1, "write")

    def close(self) -> None:
        """Waits for what is under way; nothing may follow."""
        self._readers.shutdown()
        self._writer.shutdown()

    async def aside(self, run: Callable[[], Made]) -> Made:
        """What needs no store but takes long."""
        return await self._in(self._readers, run)

    async def alone(self, run: Callable[[], Made]) -> Made:
        """What opens its own transactions, while nobody else writes."""
        return await self._in(self._writer, run)

    async def reading(self, run: Callable[[Session], Made]) -> Made:
        """On one unchanging view of the store."""

        def in_thread() -> Made:
            with self.store.reading() as session:
                return run(session)

        return await self._in(self._readers, in_thread)

    async def writing(self, run: Callable[[Writer], Made]) -> Made:
        """In one transaction, on disk when this returns."""

        def in_thread() -> Made:
            with self.store.writing() as writer:
                return run(writer)

        return await self._in(self._writer, in_thread)

    async def _in(self, executor: Executor, run: Callable[[], Made]) -> Made:
        return await asyncio.get_running_loop().run_in_executor(executor, run)
