"""Real processes, real kills, real full disks: what was acknowledged is there."""

from __future__ import annotations

import asyncio
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from akson_tui.store import drafts, outbox, patients, records
from akson_tui.store.files import Store
from akson_tui.store.place import Place
from akson_tui.store.troubles import DiskFull
from tests.store import given

TYPING = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from akson_tui.store import drafts, records, patients
from akson_tui.store.files import Store
from tests.store import given

async def main():
    store = await Store.open(given.place(Path(sys.argv[1])), given.KEY, given.Clock(), lambda: sys.argv[2])
    await store.run(patients.put, [(given.patient(), b"{}")], given.NOON)
    rows = [given.entry(f"e{n}", version=sys.argv[2], search="x" * 200) for n in range(5000)]
    coming = asyncio.ensure_future(store.run(records.put, rows, given.NOON))
    for number in range(100_000):
        await store.run(drafts.keep, given.draft(text="a" * number))
        print(number, flush=True)

asyncio.run(main())
"""


async def test_what_was_kept_before_kill_9_is_there(tmp_path: Path) -> None:
    """Five kills at random moments, while entries come in too."""
    rng = random.Random(5)
    for round_ in range(5):
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-c", TYPING, str(tmp_path), f"{round_:08x}", stdout=subprocess.PIPE, cwd=Path.cwd()
        )
        assert child.stdout is not None
        enough = rng.randrange(1, 40)
        acknowledged = -1
        while acknowledged < enough:
            acknowledged = int(await asyncio.wait_for(child.stdout.readline(), 60))
        child.kill()
        rest = await child.stdout.read()
        complete = rest[: rest.rfind(b"\n") + 1].split()
        acknowledged = int(complete[-1]) if complete else acknowledged
        await child.wait()
        store = await Store.open(given.place(tmp_path), given.KEY, given.Clock(), given.names())
        assert store.salvaged is None
        kept = await store.run(drafts.get, "urn:uuid:1")
        assert kept is not None and len(kept.text) >= acknowledged
        await store.close()


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Path]:
    """A disk of 3 MB where we may make one; else None is the sign to limit the size of files instead."""
    directory = tmp_path / "small"
    directory.mkdir(mode=0o700)
    mounted = os.getuid() == 0 and shutil.which("mount") is not None
    if mounted:
        made = await asyncio.create_subprocess_exec(
            "mount", "-t", "tmpfs", "-o", "size=3m,mode=0700", "tmpfs", str(directory), stderr=subprocess.DEVNULL
        )
        mounted = await made.wait() == 0
    if not mounted:
        pytest.skip("no small disk can be mounted here (needs root): the limit on file sizes is tested instead")
    yield directory
    await (await asyncio.create_subprocess_exec("umount", "-l", str(directory))).wait()


async def fills_up_and_goes_on(where: Place) -> None:
    store = await Store.open(where, given.KEY, given.Clock(), given.names())
    await store.run(drafts.keep, given.draft("urn:uuid:first", text="kept"))
    kept = 0
    with pytest.raises(DiskFull):
        for number in range(2000):
            await store.run(drafts.keep, given.draft(f"urn:uuid:{number}", text="å" * 20_000))
            kept += 1
    assert kept > 3
    assert len(await store.run(drafts.all)) == kept + 1, "what was acknowledged is there, and can be read"
    with pytest.raises(DiskFull):
        await store.run(drafts.keep, given.draft("urn:uuid:more", text="å" * 200_000))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await store.run(drafts.keep, given.draft("urn:uuid:again", text="room again"))
    await store.close()
    again = await Store.open(where, given.KEY, given.Clock(), given.names())
    assert len(await again.run(drafts.all)) == kept + 2
    await again.close()


async def test_a_full_disk_is_named_and_reading_goes_on(small: Path, tmp_path: Path) -> None:
    store = await Store.open(Place(small, tmp_path / "run"), given.KEY, given.Clock(), given.names())
    await store.run(patients.put, [(given.patient(), b"{}")], given.NOON)
    await store.run(drafts.keep, given.draft())
    (small / "ballast").write_bytes(b"x" * 1_000_000)
    with pytest.raises(DiskFull):
        for number in range(100):
            rows = [given.entry(f"{number}-{n}", search=f"{number} {n} sår " * 200) for n in range(50)]
            await store.run(records.put, rows, given.NOON)
    assert await store.run(patients.raw, given.ASTRID) == b"{}"
    assert len(await store.run(drafts.all)) == 1
    (small / "ballast").unlink()
    await store.run(drafts.keep, given.draft(text="room again"))
    assert await store.run(records.put, [given.entry("last")], given.NOON) == 1
    await store.close()


async def test_a_note_can_be_written_on_though_the_disk_is_full(small: Path, tmp_path: Path) -> None:
    """The log has room for what is typed, over and over, once it was used that far."""
    store = await Store.open(Place(small, tmp_path / "run"), given.KEY, given.Clock(), given.names())
    for length in range(0, 20_000, 100):
        await store.run(drafts.keep, given.draft(text="a" * length))
    with pytest.raises(OSError), (small / "ballast").open("wb", buffering=0) as ballast:
        while True:
            ballast.write(b"x" * 1024)
    for length in range(20_000, 19_000, -1):
        await store.run(drafts.keep, given.draft(text="a" * length))
    kept = await store.run(drafts.get, "urn:uuid:1")
    assert kept is not None and len(kept.text) == 19_001
    await store.close()


LIMITED = """
import asyncio, resource, sys
from pathlib import Path
from akson_tui.store.place import Place
from tests.store import test_durability

resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, resource.RLIM_INFINITY))
asyncio.run(test_durability.fills_up_and_goes_on(Place(Path(sys.argv[1]) / "data", Path(sys.argv[1]) / "run")))
print("went on")
"""


def test_a_limit_on_files_is_a_full_disk_too(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True, cwd=Path.cwd(), timeout=120
    )
    assert ran.stdout == "went on\n", ran.stderr[-2000:]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1_500_000


WRITING = """
import asyncio, sys
from pathlib import Path
from akson_tui.store import drafts, outbox, patients, records, timeline
from akson_tui.store.files import Store
from tests.store import given

async def main():
    me = sys.argv[2]
    store = await Store.open(given.place(Path(sys.argv[1])), given.KEY, given.Clock(), lambda: f"{me:>08}")
    print("open", flush=True)
    sys.stdin.readline()
    for number in range(60):
        await store.run(drafts.keep, given.draft(f"urn:uuid:{me}-{number}"))
        await store.run(outbox.put, given.act(f"urn:uuid:{me}-{number}"))
        await store.run(records.put, [given.entry(f"{me}-{number}-{n}") for n in range(20)], given.NOON)
        assert len(await store.run(drafts.all)) >= number + 1
    await store.close()
    print("done", flush=True)

asyncio.run(main())
"""


async def test_two_processes_write_and_read_one_store(tmp_path: Path) -> None:
    store = await Store.open(given.place(tmp_path), given.KEY, given.Clock(), lambda: "0000test")
    (person,) = await store.run(given.known, given.patient())
    await store.run(given.claim, person)
    heard = set[str]()
    everything = {f"urn:uuid:{name}-{number}" for name in "ab" for number in range(60)}
    store.changes.subscribe(lambda change: heard.update(change.ids or everything) if change.topic == "drafts" else None)
    children = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", WRITING, str(tmp_path), name, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for name in ("a", "b")
    ]
    for child in children:
        assert child.stdout is not None and await asyncio.wait_for(child.stdout.readline(), 60) == b"open\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write(b"go\n")
    for child in children:
        assert child.stdout is not None and await asyncio.wait_for(child.stdout.readline(), 120) == b"done\n"
        assert await child.wait() == 0
    assert await store.run(drafts.count) == 120
    acts = await store.run(outbox.acts)
    assert [act.order for act in acts] == sorted(act.order for act in acts) and len(acts) == 120
    for name in ("a", "b"):
        mine = [act.id for act in acts if act.id.startswith(f"urn:uuid:{name}-")]
        assert mine == [f"urn:uuid:{name}-{number}" for number in range(60)], "each session's in the order signed"
    assert len(await store.run(records.versions_of_person, given.ASTRID)) == 2 * 60 * 20

    async def heard_all() -> None:
        while not heard >= everything:
            await asyncio.sleep(0.01)

    await asyncio.wait_for(heard_all(), 20)
    await store.close()
