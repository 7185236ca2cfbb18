"""A text is on disk a moment after it was written, whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akson_tui.screens.parts import keeper
from akson_tui.screens.parts.keeper import Keeper
from akson_tui.workspace.troubles import NotKept, WorkspaceTrouble


class Desk:
    """A writer and a disk; `ill` is what the disk answers, `held` keeps it waiting."""

    def __init__(self) -> None:
        self.text = ""
        self.disk: list[str] = []
        self.told: list[tuple[str, bool]] = []
        self.ill: WorkspaceTrouble | None = None
        self.held: asyncio.Event | None = None
        self.tasks: list[asyncio.Task[None]] = []
        self.keeper = Keeper(lambda: (self.text, len(self.text)), self._save, self._tell, self._spawn)
        self.keeper.begin("")

    async def _save(self, text: str, caret: int) -> None:
        if self.held is not None:
            await self.held.wait()
        if self.ill is not None:
            raise self.ill
        self.disk.append(text)

    def _tell(self, trouble: WorkspaceTrouble | None, unsaved: bool) -> None:
        self.told.append((type(trouble).__name__ if trouble else "", unsaved))

    def _spawn(self, work: Awaitable[None]) -> None:
        async def run() -> None:
            await work

        self.tasks.append(asyncio.ensure_future(run()))

    def write(self, text: str) -> None:
        self.text += text
        self.keeper.changed()

    async def until(self, holds: Callable[[], bool]) -> None:
        for _ in range(1000):
            if holds():
                return
            await asyncio.sleep(0.002)
        raise AssertionError((self.text, self.disk, self.told))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PAUSE", "LATEST", "LATE", "AGAIN"):
        monkeypatch.setattr(keeper, name, getattr(keeper, name) / 20)


async def test_a_pause_saves_and_says_nothing() -> None:
    desk = Desk()
    desk.write("Rolig")
    await desk.until(lambda: desk.disk == ["Rolig"])
    assert desk.told == []


async def test_who_writes_without_a_pause_is_saved_all_the_same() -> None:
    desk = Desk()
    loop = asyncio.get_running_loop()
    end = loop.time() + 3 * keeper.LATEST
    while loop.time() < end:
        desk.write("x")
        await asyncio.sleep(keeper.PAUSE / 4)
    assert desk.disk


async def test_what_is_written_while_it_saves_is_saved_next() -> None:
    desk = Desk()
    desk.held = asyncio.Event()
    desk.write("a")
    await desk.until(lambda: bool(desk.tasks))
    desk.write("b")
    desk.held.set()
    await desk.until(lambda: desk.disk[-1:] == ["ab"])


async def test_only_what_is_unsaved_too_long_is_told_and_then_that_it_is_saved() -> None:
    desk = Desk()
    desk.held = asyncio.Event()
    desk.write("a")
    await desk.until(lambda: desk.told == [("", True)])
    desk.held.set()
    await desk.until(lambda: desk.told[-1] == ("", False))
    assert desk.disk == ["a"]


async def test_a_failure_is_told_at_once_and_tried_again() -> None:
    desk = Desk()
    desk.ill = NotKept(full=True)
    desk.write("a")
    await desk.until(lambda: ("NotKept", True) in desk.told)
    desk.ill = None
    await desk.until(lambda: desk.disk == ["a"])
    assert desk.told[-1] == ("", False)


async def test_flush_saves_now_and_raises_what_kept_it() -> None:
    desk = Desk()
    desk.write("a")
    await desk.keeper.flush()
    assert desk.disk == ["a"]
    desk.ill = NotKept()
    desk.write("b")
    with pytest.raises(NotKept):
        await desk.keeper.flush()
    desk.keeper.end()
    await desk.keeper.flush()
    assert desk.disk == ["a"]


async def test_nothing_is_written_where_nothing_changed_or_after_the_end() -> None:
    desk = Desk()
    await desk.keeper.flush()
    desk.keeper.end()
    desk.write("a")
    await desk.keeper.flush()
    assert desk.disk == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["write", "rest", "ill", "well", "flush"]), max_size=25))
async def test_whatever_happens_all_that_was_written_is_on_disk_in_the_end(acts: list[str]) -> None:
    desk = Desk()
    for act in acts:
        if act == "write":
            desk.write("x")
        elif act == "rest":
            await asyncio.sleep(keeper.PAUSE * 1.2)
        elif act == "flush":
            try:
                await desk.keeper.flush()
            except NotKept:
                assert desk.ill is not None
        else:
            desk.ill = NotKept() if act == "ill" else None
    desk.ill = None
    if desk.text:
        await desk.until(lambda: desk.disk[-1:] == [desk.text])
    assert desk.disk == sorted(desk.disk, key=len)
