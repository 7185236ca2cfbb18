"""The store as sessions hold it: transactions, lanes, changes told after the commit, closing."""

from __future__ import annotations

import asyncio
import stat
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import apsw
import pytest

from akson_tui.store import drafts, memory, patients, records
from akson_tui.store.changes import Change
from akson_tui.store.files import Files, Store
from akson_tui.store.place import Place
from akson_tui.store.troubles import Busy, Closed, InUse, RunDirectory
from tests.store import given

HEAVY = {"httpx", "keyring", "pydantic", "cryptography", "textual", "rich"}
Opens = Callable[[], Awaitable[Store]]


async def test_changes_are_told_after_the_commit_here_and_next_door(opens: Opens) -> None:
    one, other = await opens(), await opens()
    here, there, news = list[Change](), list[Change](), asyncio.Event()
    one.changes.subscribe(here.append)
    other.changes.subscribe(lambda change: (there.append(change), news.set()))
    await one.run(drafts.keep, given.draft())
    await asyncio.wait_for(news.wait(), 20)
    assert here == [Change("drafts", frozenset({"urn:uuid:1"}), ours=True)]
    assert there == [Change("drafts", frozenset({"urn:uuid:1"}), ours=False)]
    assert await other.run(drafts.get, "urn:uuid:1") == given.draft()


def test_what_was_rolled_back_is_neither_kept_nor_told(files: Files, told: given.Told) -> None:
    with pytest.raises(ZeroDivisionError), files.tx("precious"):
        drafts.keep(files, given.draft())
        raise ZeroDivisionError
    assert drafts.all(files) == [] and told == []
    memory.put(files, "a", "b")
    assert told == []


def test_an_inner_transaction_is_part_of_the_outer(files: Files, told: given.Told) -> None:
    with files.tx("precious"):
        memory.put(files, "a", "b")
        drafts.keep(files, given.draft())
        assert told == [] and files.precious.in_transaction
    assert memory.get(files, "a") == "b"
    assert told.take("drafts") == {"urn:uuid:1"}


def test_ids_of_one_topic_are_told_together_and_any_swallows_them(files: Files, told: given.Told) -> None:
    with files.tx("cache"):
        files.tell("person", "a")
        files.tell("person", "b")
        files.tell("line", "x")
        files.tell("line")
        files.tell("line", "y")
    assert set(told) == {Change("person", frozenset({"a", "b"})), Change("line", frozenset())}


def test_all_of_one_transaction_has_one_number_and_the_next_a_higher(files: Files) -> None:
    numbers = []
    for _ in range(2):
        with files.tx("cache"):
            numbers += [files.sequence(), files.sequence()]
    assert numbers[0] == numbers[1] < numbers[2] == numbers[3]


async def test_a_draft_kept_while_thousands_of_rows_come_in_is_done_before_they_are(opens: Opens) -> None:
    store = await opens()
    await store.run(patients.put, [(given.patient(), b"{}")], given.NOON)
    rows = [given.entry(f"e{number}", search="sår " * 100) for number in range(3000)]
    order, begun, pieces = list[str](), threading.Event(), list[int]()

    def watched(files: Files) -> None:
        real = files.tx

        def counted(which: str) -> object:
            pieces.append(1)
            begun.set()
            return real(which)  # type: ignore[arg-type]

        files.tx = counted  # type: ignore[method-assign,assignment]

    await store.run(watched)
    coming = asyncio.ensure_future(store.run(records.put, rows, given.NOON))
    coming.add_done_callback(lambda _: order.append("rows"))
    await asyncio.to_thread(begun.wait)
    for number in range(3):
        await store.run(drafts.keep, given.draft(text=f"{number}"))
        order.append("draft")
        assert (await store.run(drafts.all))[0].text == f"{number}"
        order.append("page")
    await coming
    await asyncio.sleep(0)
    assert order == ["draft", "page"] * 3 + ["rows"]
    assert len(pieces) > 8, "rows are committed in pieces"


async def test_closing_finishes_what_was_asked_and_then_takes_nothing(opens: Opens, tmp_path: Path) -> None:
    store = await opens()
    kept = asyncio.ensure_future(store.run(drafts.keep, given.draft()))
    await asyncio.sleep(0)
    await store.close()
    await kept
    await store.close()
    with pytest.raises(Closed):
        await store.run(drafts.all)
    assert not list((tmp_path / "run").iterdir())
    assert [draft.id for draft in await (await opens()).run(drafts.all)] == ["urn:uuid:1"]


async def test_a_caller_who_is_cancelled_does_not_lose_the_draft(opens: Opens) -> None:
    store = await opens()
    gate = threading.Event()
    waiting = asyncio.ensure_future(store.run(lambda files: gate.wait()))
    kept = asyncio.ensure_future(store.run(drafts.keep, given.draft()))
    await asyncio.sleep(0)
    kept.cancel()
    gate.set()
    await waiting
    assert await store.run(drafts.count) == 1


async def test_files_and_sockets_belong_to_their_owner_alone(opens: Opens, tmp_path: Path) -> None:
    await opens()
    for path in [*tmp_path.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path.name


async def test_who_holds_the_file_for_too_long_is_told_as_busy(opens: Opens) -> None:
    one, other = await opens(), await opens()
    await one.run(lambda files: files.precious.execute("BEGIN IMMEDIATE").fetchall())
    await other.run(lambda files: files.precious.set_busy_timeout(1))
    with pytest.raises(Busy):
        await other.run(drafts.keep, given.draft())
    await one.run(lambda files: files.precious.execute("COMMIT").fetchall())
    await other.run(drafts.keep, given.draft())


async def test_mistakes_of_ours_come_through_as_they_are(opens: Opens) -> None:
    store = await opens()
    with pytest.raises(ZeroDivisionError):
        await store.run(lambda files: 1 // 0)


async def test_a_network_home_is_open_in_one_place_at_a_time(tmp_path: Path) -> None:
    where = Place(tmp_path / "data", tmp_path / "run", rollback_journal=True)
    ids = given.names()
    store = await Store.open(where, given.KEY, given.Clock(), ids)
    await store.run(drafts.keep, given.draft())
    with pytest.raises(InUse):
        await Store.open(where, given.KEY, given.Clock(), ids)
    await store.close()
    again = await Store.open(where, given.KEY, given.Clock(), ids)
    assert await again.run(drafts.count) == 1
    assert not list((tmp_path / "data").glob("*-wal"))
    await again.close()


async def test_what_fails_to_open_leaves_nothing_held(tmp_path: Path) -> None:
    where = Place(tmp_path / "data", tmp_path / "run", rollback_journal=True)
    (tmp_path / "run").mkdir()
    (tmp_path / "run").chmod(0o777)
    with pytest.raises(RunDirectory):
        await Store.open(where, given.KEY, given.Clock(), given.names())
    (tmp_path / "run").chmod(0o700)
    store = await Store.open(where, given.KEY, given.Clock(), given.names())
    await store.close()


def test_other_errors_of_the_files_are_named_without_their_text(files: Files) -> None:
    from akson_tui.store.troubles import StoreTrouble, named

    with pytest.raises(apsw.SQLError) as raised:
        files.cache.execute("SELECT 'Astrid' FROM nowhere_astrid")
    trouble = named(raised.value)
    assert isinstance(trouble, StoreTrouble) and "strid" not in str(trouble)


def test_nothing_heavy_is_loaded_with_the_store() -> None:
    modules = sorted(path.stem for path in Path("akson_tui/store").glob("*.py") if path.stem != "__init__")
    code = f"import importlib, sys\nfor name in {modules!r}: importlib.import_module('akson_tui.store.' + name)\n"
    code += f"print({HEAVY} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
