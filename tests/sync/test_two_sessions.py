"""Two sessions on one store, against the real sandbox: one sends, and when it is killed the other goes on."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from akson_tui.model.act import Act, ActState
from akson_tui.store import outbox, patients
from akson_tui.store.files import Store
from akson_tui.store.place import Place
from tests.sync.conftest import KEY
from tests.sync.people import ASTRID, act, patient, practitioner, text_of
from tests.sync.sandbox import everything, sandbox, send

BOUND = 20.0


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sandbox(tmp_path_factory.mktemp("sandbox")) as (found, _process):
        send(found, "Patient/astrid", patient())
        send(found, "Practitioner/kari-nilsen", practitioner())
        yield found


@contextmanager
def session(folder: Path, base: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.sync.session", str(folder), base],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.kill()
        process.wait(10)
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Store]:
    store = await Store.open(
        Place(folder / "data", folder / "run"), KEY, lambda: datetime.now(UTC), lambda: str(uuid4())
    )
    try:
        yield store
    finally:
        await store.close()


async def sign(store: Store, text: str) -> Act:
    person = await store.run(patients.person_of, ASTRID)
    signed = act(lambda: str(uuid4()), person, text)
    await store.run(outbox.put, signed)
    return signed


async def until(what: Callable[[], bool]) -> None:
    """Look again and again, within a bound."""
    end = time.monotonic() + BOUND
    while not await asyncio.to_thread(what):
        assert time.monotonic() < end, "it did not happen"
        await asyncio.sleep(0.05)


async def until_sent(store: Store, *acts: Act) -> None:
    end = time.monotonic() + BOUND
    for signed in acts:
        while True:
            held = await store.run(outbox.get, signed.id)
            assert held is not None
            if held.state is ActState.SENT:
                break
            assert time.monotonic() < end, (held.state, held.trouble, held.said)
            await asyncio.sleep(0.05)


def says(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def texts(base: str) -> list[str]:
    return [text_of(one) for one in everything(base, "DocumentReference")]


async def test_what_one_session_signs_the_holder_sends(tmp_path: Path, base: str) -> None:
    async with opened(tmp_path) as store:
        with session(tmp_path, base) as first:
            assert await asyncio.to_thread(says, first) == "holder"
            with session(tmp_path, base):
                before = len(texts(base))
                said = [await sign(store, f"Hos Astrid {number}") for number in range(3)]
                await until_sent(store, *said)
                assert texts(base)[before:] == [f"Hos Astrid {number}" for number in range(3)]


async def test_when_the_holder_is_killed_the_other_takes_over(tmp_path: Path, base: str) -> None:
    async with opened(tmp_path) as store:
        with session(tmp_path, base) as first:
            assert await asyncio.to_thread(says, first) == "holder"
            with session(tmp_path, base) as second:
                first.kill()
                assert await asyncio.to_thread(says, second) == "holder"
                before = len(texts(base))
                await until_sent(store, await sign(store, "Etter vaktskiftet"))
                assert texts(base)[before:] == ["Etter vaktskiftet"]


async def test_killed_between_the_journals_answer_and_its_own_knowledge_it_is_sent_once(
    tmp_path: Path, base: str
) -> None:
    """The first session's line swallows the answer to the transaction; then it is killed; the second looks."""
    async with opened(tmp_path) as store, swallowing(base) as (odd, arrived):
        with session(tmp_path, odd) as first:
            assert await asyncio.to_thread(says, first) == "holder"
            before = [len(everything(base, type_)) for type_ in ("DocumentReference", "Observation", "Provenance")]
            signed = await sign(store, "Bare én gang")
            await asyncio.wait_for(arrived.wait(), BOUND)
            await until(lambda: "Bare én gang" in texts(base))
            with session(tmp_path, base):
                first.kill()
                await until_sent(store, signed)
        after = [len(everything(base, type_)) for type_ in ("DocumentReference", "Observation", "Provenance")]
        assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1, 1]


@asynccontextmanager
async def swallowing(base: str) -> AsyncIterator[tuple[str, asyncio.Event]]:
    """A line to the sandbox that passes all on, but for the answer to a transaction."""
    host, _, port = base.removeprefix("http://").removesuffix("/fhir").partition(":")
    arrived = asyncio.Event()
    tasks: set[asyncio.Task[None]] = set()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection(host, int(port))
        lost = False

        async def out() -> None:
            nonlocal lost
            while data := await reader.read(65536):
                if b'"transaction"' in data:
                    lost = True
                    arrived.set()
                back.write(data)
                await back.drain()

        async def home() -> None:
            while data := await there.read(65536):
                if not lost:
                    writer.write(data)
                    await writer.drain()

        tasks.update(asyncio.ensure_future(way()) for way in (out, home))

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/fhir", arrived
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
