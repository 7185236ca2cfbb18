"""A damaged cache is begun anew and told; damaged drafts are never thrown away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from akson_tui.model.entry import TimelineFilter
from akson_tui.store import drafts, keys, patients, records, salvage, timeline
from akson_tui.store.changes import TOPICS
from akson_tui.store.files import Store
from akson_tui.store.place import Place
from akson_tui.store.troubles import CacheDamaged, DiskFull, PreciousDamaged, WrongKey
from tests.store import given

Opens = Callable[[], Awaitable[Store]]
PATIENT = [(given.patient(), b"{}")]


def overwrite(path: Path, at: int, length: int = 64) -> None:
    data = bytearray(path.read_bytes())
    data[at : at + length] = b"\xaa" * length
    path.write_bytes(bytes(data))


async def filled(opens: Opens) -> None:
    store = await opens()
    await store.run(drafts.keep, given.draft())
    await store.run(patients.put, PATIENT, given.NOON)
    await store.run(records.put, [given.entry(f"e{n}", search="x" * 900) for n in range(50)], given.NOON)
    await store.close()


@pytest.mark.parametrize("damage", ["first page", "no bytes", "not ours"])
async def test_a_damaged_cache_is_moved_aside_and_begun_anew(opens: Opens, tmp_path: Path, damage: str) -> None:
    await filled(opens)
    cache = given.place(tmp_path).cache
    if damage == "first page":
        overwrite(cache, 30)
    elif damage == "no bytes":
        cache.write_bytes(b"")
    else:
        cache.write_bytes(b"SQLite format 3\x00" + bytes(5000))
    broken = cache.read_bytes()
    store = await opens()
    assert store.salvaged is not None and store.salvaged.read_bytes() == broken
    assert (await store.run(drafts.all))[0].text == given.draft().text
    assert await store.run(patients.raw, given.ASTRID) is None
    await store.run(patients.put, PATIENT, given.NOON)
    await store.close()
    again = await opens()
    assert again.salvaged is None and await again.run(patients.raw, given.ASTRID) == b"{}"


async def test_damage_found_while_reading_is_told_and_asking_again_works(opens: Opens, tmp_path: Path) -> None:
    await filled(opens)
    store, neighbour = await opens(), await opens()
    heard, heard_there = set[str](), set[str]()
    store.changes.subscribe(lambda change: heard.add(change.topic))
    neighbour.changes.subscribe(lambda change: heard_there.add(change.topic))
    await store.run(lambda files: files.cache.wal_checkpoint(mode=3))
    cache = given.place(tmp_path).cache
    for page in range(1, cache.stat().st_size // 4096):
        overwrite(cache, page * 4096 + 200)
    with pytest.raises(CacheDamaged):
        await store.run(patients.raw, given.ASTRID)
        await store.run(lambda files: records.versions_of_person(files, given.ASTRID))
        await store.run(lambda files: [row for row in files.cache.execute("SELECT raw FROM body")])
    assert store.salvaged is not None and store.salvaged.exists()
    assert await store.run(patients.raw, given.ASTRID) is None
    assert len(await store.run(drafts.all)) == 1
    await store.run(patients.put, PATIENT, given.NOON)

    async def heard_of_persons() -> None:
        while "person" not in heard_there:
            await asyncio.sleep(0.01)

    await asyncio.wait_for(heard_of_persons(), 20)
    assert heard >= set(TOPICS) and heard_there >= set(TOPICS)
    assert await neighbour.run(patients.raw, given.ASTRID) == b"{}", "the other session has the new file too"


async def test_damaged_drafts_are_told_and_left_where_they_are(tmp_path: Path, opens: Opens) -> None:
    await filled(opens)
    precious = given.place(tmp_path).precious
    overwrite(precious, 30)
    broken = precious.read_bytes()
    with pytest.raises(PreciousDamaged) as told:
        await opens()
    assert told.value.path == precious
    assert precious.read_bytes() == broken


async def test_emptied_drafts_are_damaged_not_new(tmp_path: Path, opens: Opens) -> None:
    await filled(opens)
    precious = given.place(tmp_path).precious
    precious.write_bytes(b"")
    with pytest.raises(PreciousDamaged):
        await opens()
    assert precious.exists()


async def test_damage_deep_in_the_drafts_is_told_when_it_is_read(tmp_path: Path, opens: Opens) -> None:
    store = await opens()
    await store.run(drafts.keep, given.draft(text="x" * 100_000))
    await store.close()
    precious = given.place(tmp_path).precious
    overwrite(precious, precious.stat().st_size - 3000)
    store = await opens()
    with pytest.raises(PreciousDamaged):
        await store.run(drafts.all)
    assert store.salvaged is None


async def test_a_wrong_key_is_told_as_such_with_and_without_a_key_file(tmp_path: Path, opens: Opens) -> None:
    await filled(opens)
    where = given.place(tmp_path)
    before = {path.name: path.read_bytes() for path in where.directory.glob("*.db")}
    with pytest.raises(WrongKey):
        await Store.open(where, keys.new(), given.Clock(), given.names())
    other = Place(tmp_path / "guarded", tmp_path / "run2")
    key = keys.open_unguarded(other.directory)
    store = await Store.open(other, key, given.Clock(), given.names())
    await store.close()
    with pytest.raises(WrongKey):
        await Store.open(other, keys.new(), given.Clock(), given.names())
    overwrite(other.precious, 30)
    overwrite(other.cache, 30)
    with pytest.raises(PreciousDamaged):
        await Store.open(other, key, given.Clock(), given.names())
    assert {path.name: path.read_bytes() for path in where.directory.glob("*.db")} == before


async def test_former_places_of_entries_go_when_the_last_session_closes(opens: Opens) -> None:
    one, other = await opens(), await opens()
    await one.run(patients.put, PATIENT, given.NOON)
    person = await one.run(patients.person_of, given.ASTRID)
    await one.run(given.claim, person)
    for version in "123":
        await one.run(records.put, [given.entry("a", version=version, search="sår")], given.NOON)
    await one.run(records.put, [given.entry("b")], given.NOON)
    await one.run(records.drop, [given.entry("b").ref])

    def places(files: object) -> list[int]:
        count = "SELECT (SELECT count(*) FROM placing), (SELECT count(*) FROM resource), (SELECT count(*) FROM folded)"
        return list(files.cache.execute(count).fetchall()[0])  # type: ignore[attr-defined]

    before = await one.run(places)
    await one.close()
    assert await other.run(places) == before == [4, 2, 4]
    await other.close()
    last = await opens()
    assert await last.run(places) == [1, 1, 1]
    opened = await last.run(given.look_into, person)
    page = await last.run(timeline.page, opened, TimelineFilter(text="sår"), None, 0, 9)
    assert [row.entry.ref.version for row in page.rows] == ["3"]


def test_a_sound_file_is_sound(tmp_path: Path) -> None:
    files = given.files(tmp_path)
    assert salvage.sound(files.precious) and salvage.inode(tmp_path / "none") == 0
    given.close(files)


def test_a_full_disk_is_no_damage() -> None:
    assert not salvage.damaged(DiskFull("x"))
