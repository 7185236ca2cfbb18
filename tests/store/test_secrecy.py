"""Nothing readable lies on disk: searched for in every file, by a search that finds it in a plain copy."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from akson_tui.store import drafts, keys, marks, outbox, patients, records
from akson_tui.store.files import Store
from akson_tui.store.place import Place
from tests.store import given

SECRETS = ("Astrid Bakken", "17054223455", "Pasienten har leggsår og gråter", "penicillin", "kari-nilsen-hemmelig")


def traces(secret: str | bytes) -> Iterator[bytes]:
    """A secret as UTF-8 and UTF-16, and each of those in base64 at any of the three alignments."""
    codes = ("utf-8", "utf-16-le", "utf-16-be")
    plain = [secret] if isinstance(secret, bytes) else [secret.encode(code) for code in codes]
    for one in plain:
        yield one
        for shift in range(3):
            coded = base64.b64encode(b"\x00" * shift + one)
            yield coded[(shift * 8 + 5) // 6 : -4]
    if isinstance(secret, bytes):
        yield secret.hex().encode()


def found(directory: Path, secrets: tuple[str | bytes, ...]) -> set[tuple[str, str | bytes]]:
    hits = set()
    for path in directory.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            hits |= {(path.name, secret) for secret in secrets for trace in traces(secret) if trace in data}
    return hits


async def fill(store: Store) -> None:
    name, number, text, allergy, user = SECRETS
    await store.run(patients.put, [(given.patient(name=name, number=number), f'{{"n":"{name}"}}'.encode())], given.NOON)
    person = await store.run(patients.person_of, given.ASTRID)
    row = given.entry("a", title=allergy, author=user, search=text)
    await store.run(records.put, [row], given.NOON)
    await store.run(given.look_into, person)
    await store.run(drafts.keep, given.draft("urn:uuid:d", text=text))
    await store.run(outbox.put, given.act(mentions=base64.b64encode(text.encode()).decode(), label=name))
    await store.run(marks.looked, person, given.NOON)


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.setattr(keys, "_MEMORY_KIB", 8 * 1024)
    return keys.create(tmp_path / "data", "et langt hemmelig ord")


async def test_no_clear_text_and_no_key_in_any_file(tmp_path: Path, key: bytes) -> None:
    store = await Store.open(Place(tmp_path / "data", tmp_path / "run"), key, given.Clock(), given.names())
    await fill(store)
    secrets = (*SECRETS, key, "et langt hemmelig ord", "SQLite format 3")
    assert (tmp_path / "data" / "precious.db-wal").stat().st_size > 0
    assert found(tmp_path, secrets) == set(), "while it is open"

    plain = tmp_path / "plain"
    plain.mkdir()

    def copy(files: object) -> None:
        for name in ("cache", "precious"):
            target = apsw.Connection(str(plain / name))
            source: apsw.Connection = getattr(files, name)
            for (statement,) in source.execute(
                "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " AND name NOT LIKE 'folded_index%'"
            ):
                target.execute(statement)
                table = statement.split()[2]
                for row in source.execute(f"SELECT * FROM {table}"):
                    target.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
            target.close()

    await store.run(copy)
    seen = {secret for _, secret in found(plain, secrets)}
    assert seen >= set(SECRETS), "the search finds them where they are readable"
    for path in plain.iterdir():
        path.unlink()
    await store.close()
    assert found(tmp_path, secrets) == set(), "after closing"


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_the_search_finds_what_is_hidden_in_base64(tmp_path: Path, code: str, before: str) -> None:
    hidden = base64.b64encode((before + SECRETS[2] + " mer").encode(code))
    (tmp_path / "x").write_bytes(b"{" + hidden + b"}")
    assert found(tmp_path, (SECRETS[2],)) == {("x", SECRETS[2])}
