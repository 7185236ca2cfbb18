"""Turns to the line: whoever is more urgent goes first, and what lies in the background never holds them up."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from akson_tui.sync.turns import AT_ONCE, Turns
from akson_tui.sync.urgency import BACKGROUND, Urgency


class Line:
    """Requests that end when the test says so."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.running: dict[str, tuple[int, asyncio.Event]] = {}
        self.order: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []

    def ask(self, name: str, urgency: int) -> asyncio.Task[None]:
        task = asyncio.ensure_future(self._one(name, urgency))
        self.tasks.append(task)
        return task

    async def _one(self, name: str, urgency: int) -> None:
        async with self.turns.turn(lambda: urgency):
            done = asyncio.Event()
            self.running[name] = (urgency, done)
            self.order.append(name)
            try:
                await done.wait()
            finally:
                del self.running[name]

    async def settle(self) -> None:
        for _ in range(10):
            await asyncio.sleep(0)

    async def end(self, name: str) -> None:
        self.running[name][1].set()
        await self.settle()


async def test_old_pages_go_one_by_one_and_wait_for_what_is_urgent() -> None:
    line = Line()
    for number in range(3):
        line.ask(f"old {number}", Urgency.OLDER)
    await line.settle()
    assert list(line.running) == ["old 0"]
    line.ask("open", Urgency.OPEN)
    await line.settle()
    assert list(line.running) == ["old 0", "open"]
    await line.end("old 0")
    assert list(line.running) == ["open"]
    await line.end("open")
    assert list(line.running) == ["old 1"]
    for name in ("old 1", "old 2"):
        await line.end(name)


async def test_who_is_cancelled_gives_the_turn_back() -> None:
    line = Line()
    first = line.ask("first", Urgency.OLDER)
    waiting = line.ask("waiting", Urgency.OLDER)
    line.ask("last", Urgency.OLDER)
    await line.settle()
    waiting.cancel()
    await line.settle()
    first.cancel()
    await line.settle()
    assert list(line.running) == ["last"]
    await line.end("last")


STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "end", "cancel"]), st.integers(0, 6), st.integers(0, 5)), max_size=40
)


@given(STEPS)
def test_nobody_is_forgotten_and_the_bounds_hold(steps: list[tuple[str, int, int]]) -> None:
    async def run() -> None:
        line = Line()
        for number, (what, urgency, which) in enumerate(steps):
            if what == "ask":
                line.ask(str(number), urgency)
            elif what == "cancel" and which < len(line.tasks):
                line.tasks[which].cancel()
            elif line.running:
                await line.end(sorted(line.running)[which % len(line.running)])
            await line.settle()
            urgent = sum(urgency < BACKGROUND for urgency, _done in line.running.values())
            assert urgent <= AT_ONCE and len(line.running) - urgent <= 1
        while line.running:
            await line.end(next(iter(line.running)))
        await asyncio.gather(*line.tasks, return_exceptions=True)
        assert all(task.done() for task in line.tasks)

    asyncio.run(run())
