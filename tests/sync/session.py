"""One session's sync as a process of its own: `python -m tests.sync.session FOLDER BASE`, until its input ends.

Says `ready`, then `holder` when it may send. The key is the tests' own.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import uuid4

from akson_tui.config.settings import SourceSettings
from akson_tui.store import lease
from akson_tui.store.changes import Change
from akson_tui.store.files import Store
from akson_tui.store.place import Place
from akson_tui.sync.engine import Engine
from tests.sync.conftest import KEY
from tests.sync.people import SOURCE


async def main(folder: Path, base: str) -> None:
    store = await Store.open(
        Place(folder / "data", folder / "run"), KEY, lambda: datetime.now(UTC), lambda: str(uuid4())
    )
    name = str(uuid4())
    engine = Engine(
        store,
        [SourceSettings(SOURCE, base)],
        "",
        lambda: datetime.now(UTC),
        lambda: name,
        lambda _name: None,
        Random(),
    )
    asked = asyncio.Event()

    def heard(change: Change) -> None:
        if change.topic == "lease":
            asked.set()

    store.changes.subscribe(heard)
    await engine.start()
    print("ready", flush=True)
    gone = asyncio.ensure_future(asyncio.to_thread(sys.stdin.read))
    told = False
    while not gone.done():
        if not told and await store.run(lease.holder) == name:
            told = True
            print("holder", flush=True)
        waits = [gone, asyncio.ensure_future(asked.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED, timeout=0.2)
        waits[1].cancel()
        asked.clear()
    await engine.stop()
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
