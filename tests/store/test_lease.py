"""One session sends. When it dies, the kernel says so, and another takes over."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from akson_tui.store import lease
from akson_tui.store.files import Store
from akson_tui.store.lease import Seat
from tests.store import given

Opens = Callable[[], Awaitable[Store]]


async def test_one_has_it_and_gives_it_back(opens: Opens) -> None:
    one, other = await opens(), await opens()
    assert await one.run(lease.holder) == ""
    assert await one.run(lease.take, "one")
    assert await one.run(lease.take, "one") and not await one.run(lease.take, "impostor")
    assert not await other.run(lease.take, "other")
    assert await other.run(lease.holder) == "one" == await one.run(lease.holder)
    await other.run(lease.drop, "other")
    assert await one.run(lease.holder) == "one"
    heard = asyncio.Event()
    other.changes.subscribe(lambda change: heard.set() if change.topic == "lease" else None)
    await one.run(lease.drop, "one")
    await asyncio.wait_for(heard.wait(), 20)
    assert await other.run(lease.take, "other")


async def test_closing_gives_it_back(opens: Opens) -> None:
    one, other = await opens(), await opens()
    assert await one.run(lease.take, "one")
    await one.close()
    assert await other.run(lease.holder) == ""
    assert await other.run(lease.take, "other")


async def test_the_death_of_the_holder_is_told_and_the_other_takes_over(opens: Opens, tmp_path: Path) -> None:
    store = await opens()
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, str(tmp_path), stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    assert child.stdout is not None
    assert await child.stdout.readline() == b"holding\n"
    freed = asyncio.Event()
    store.changes.subscribe(lambda change: freed.set() if change.topic == "lease" else None)
    freed.clear()
    assert not await store.run(lease.take, "heir")
    assert await store.run(lease.holder) == "child"
    child.kill()
    await asyncio.wait_for(freed.wait(), 20)
    await child.wait()
    assert await store.run(lease.take, "heir")


HOLDER = """
import asyncio, sys
from pathlib import Path
from akson_tui.store import lease
from akson_tui.store.files import Store
from tests.store import given

async def main():
    store = await Store.open(given.place(Path(sys.argv[1])), given.KEY, given.Clock(), lambda: "00child0")
    assert await store.run(lease.take, "child")
    print("holding", flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


async def test_a_process_that_is_dead_already_is_told_at_once() -> None:
    died = list[bool]()
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    assert lease.on_death(asyncio.get_running_loop(), int(gone.stdout), lambda: died.append(True)) is None
    assert died == [True]
    stop = lease.on_death(asyncio.get_running_loop(), os.getpid(), lambda: died.append(False))
    assert stop is not None
    stop()
    assert died == [True]


async def test_a_holder_that_cannot_be_seen_from_here_is_neither_watched_nor_robbed(
    opens: Opens, tmp_path: Path
) -> None:
    store = await opens()
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    stranger = Seat(given.place(tmp_path).directory, alone=False)
    assert stranger.take()
    await store.run(
        lambda files: files.precious.execute(
            "UPDATE lease SET holder = 'stranger', process = ?", (int(gone.stdout),)
        ).fetchall()
    )
    told = list[str]()
    store.changes.subscribe(lambda change: told.append(change.topic))
    for _ in range(3):
        assert not await store.run(lease.take, "me")
    assert told == [] and await store.run(lease.holder) == "stranger"
    stranger.drop()
    assert await store.run(lease.take, "me")


def test_who_has_the_whole_store_alone_has_the_seat(tmp_path: Path) -> None:
    seat = Seat(tmp_path, alone=True)
    assert seat.free() and seat.take() and not seat.free()
    seat.drop()
    assert seat.free() and not (tmp_path / "lease").exists()


def test_the_name_is_known_for_the_place(tmp_path: Path) -> None:
    assert given.place(tmp_path).mark == given.place(tmp_path / "x" / "..").mark
    assert given.place(tmp_path).mark != given.place(tmp_path / "x").mark
