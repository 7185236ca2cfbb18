"""Reading again when something changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from akson_tui.screens.live import Live


class Shown:
    """A place that counts how often it was read."""

    def __init__(self, gap: float = 0.01) -> None:
        self.reads = 0
        self.tasks: list[asyncio.Task[None]] = []
        self.held: asyncio.Event | None = None
        self.live = Live(self._reread, self._spawn, gap)

    async def _reread(self) -> None:
        self.reads += 1
        if self.held is not None:
            await self.held.wait()

    def _spawn(self, work: Awaitable[None]) -> None:
        async def run() -> None:
            await work

        self.tasks.append(asyncio.ensure_future(run()))

    async def until(self, reads: int) -> None:
        for _ in range(400):
            if self.reads >= reads:
                return
            await asyncio.sleep(0.005)


async def test_many_changes_at_once_are_read_once() -> None:
    shown = Shown()
    for _ in range(20):
        shown.live.heard()
    await asyncio.gather(*shown.tasks)
    assert shown.reads == 1


async def test_a_change_while_reading_is_read_after_the_gap() -> None:
    shown = Shown()
    shown.held = asyncio.Event()
    shown.live.heard()
    await shown.until(1)
    shown.live.heard()
    shown.held.set()
    await shown.until(2)
    assert shown.reads == 2
    assert not shown.live.stale


async def test_a_covered_place_reads_nothing_until_it_is_seen_again() -> None:
    shown = Shown()
    shown.live.cover()
    shown.live.heard()
    assert shown.tasks == []
    await shown.live.catch_up()
    assert shown.reads == 1
    await shown.live.catch_up()
    assert shown.reads == 1


async def test_a_place_that_was_left_reads_nothing_more() -> None:
    shown = Shown()
    shown.live.heard()
    await asyncio.gather(*shown.tasks)
    shown.live.end()
    shown.live.heard()
    await asyncio.sleep(0)
    assert shown.reads == 1


async def test_a_reading_under_way_ends_with_the_place() -> None:
    """Else it would put what it read on a screen that is gone, and end the program."""
    shown = Shown()
    shown.held = asyncio.Event()
    put = False

    async def reread() -> None:
        nonlocal put
        await shown._reread()
        put = True

    shown.live._reread = reread
    shown.live.heard()
    await shown.until(1)
    shown.live.end()
    shown.held.set()
    await asyncio.gather(*shown.tasks)
    assert not put
