"""The sandbox's SQLite file: versions of resources as bytes, and the index rows that search reads.

A connection belongs to one thread; a write is one transaction that is on disk (WAL, FULL) when it returns. Another
process may write to the same file, so sequence numbers and times are taken inside the transaction.
"""

# ruff: noqa: S608 (the SQL is put together from constants; every value stands behind a question mark)

import json
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from akson_tui.sandbox import instants, spans
from akson_tui.sandbox.indexing import Found, index
from akson_tui.sandbox.params import TABLE

SCHEMA = Path(__file__).with_name("store.sql")
# `until` of a version that nothing has replaced.
FOREVER = 2**62
# A writer of another process is waited for so long; its transactions are shorter than a tenth of a second.
PATIENCE_SECONDS = 20.0

Clock = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a resource; `body` is empty where it was deleted."""

    seq: int
    type: str
    id: str
    number: int
    updated: int
    deleted: bool
    method: str
    body: bytes

    @property
    def etag(self) -> str:
        """The version as HTTP names it."""
        return f'W/"{self.number}"'


class Session:
    """What can be read within one transaction; `now_seq` is the newest write that it sees."""

    def __init__(self, db: sqlite3.Connection, pids: dict[tuple[str, str], int]) -> None:
        self.db = db
        self._pids = pids
        self.now_seq: int = db.execute("SELECT coalesce(max(seq), 0) FROM version").fetchone()[0]

    def pid(self, type_: str, name: str) -> int:
        """The number of a parameter in the index; -1, which finds nothing, where no row was ever written for it."""
        found = self._pids.get((type_, name))
        if found is None:
            row = self.db.execute("SELECT pid FROM parameter WHERE type = ? AND name = ?", (type_, name)).fetchone()
            if row is None:
                return -1
            # Only numbers that were committed by somebody are kept for later transactions.
            self._pids[type_, name] = found = row[0]
        return found

    def current(self, type_: str, ident: str) -> Version | None:
        """The newest version, deleted or not."""
        return self._one("type = ? AND id = ? AND until = ?", (type_, ident, FOREVER))

    def version(self, type_: str, ident: str, number: int) -> Version | None:
        """That version."""
        return self._one("type = ? AND id = ? AND number = ?", (type_, ident, number))

    def count(self, where: str, values: Sequence[str | int]) -> int:
        """How many versions meet a condition on their table."""
        return int(self.db.execute(f"SELECT count(*) FROM version WHERE {where}", values).fetchone()[0])

    def listed(
        self, where: str, values: Sequence[str | int], order: str, limit: int, offset: int = 0
    ) -> Iterator[Version]:
        """Those versions, in an order; read one by one."""
        rows = self.db.execute(f"{_SELECT}{where} ORDER BY {order} LIMIT ? OFFSET ?", [*values, limit, offset])
        return map(_version, rows)

    def by_seq(self, seqs: Iterable[int]) -> Iterator[Version]:
        """These versions, in the order asked; read one by one."""
        for seq in seqs:
            yield _version(self.db.execute(_SELECT + "version.seq = ?", (seq,)).fetchone())

    def setting(self, name: str) -> str | None:
        """A remembered word, such as how far the population was stored."""
        row = self.db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def is_linked(self, type_: str, ident: str) -> bool:
        """Whether a current resource other than Provenance and AuditEvent refers to this one."""
        found = self.db.execute(
            "SELECT 1 FROM parameter JOIN link USING (pid) JOIN version USING (seq) WHERE target = ? AND until = ?"
            " AND version.type NOT IN ('Provenance', 'AuditEvent')"
            " AND NOT (version.type = ? AND version.id = ?) LIMIT 1",
            (f"{type_}/{ident}", FOREVER, type_, ident),
        )
        return found.fetchone() is not None

    def _one(self, where: str, values: tuple[Any, ...]) -> Version | None:
        row = self.db.execute(_SELECT + where, values).fetchone()
        return _version(row) if row else None


class Writer(Session):
    """A transaction that writes; all it writes has the time `updated`, later than anything before it."""

    def __init__(self, db: sqlite3.Connection, pids: dict[tuple[str, str], int], clock: Clock) -> None:
        super().__init__(db, pids)
        last = db.execute("SELECT updated FROM version WHERE seq = ?", (self.now_seq,)).fetchone()
        self.updated = max(clock(), last[0] + 1 if last else 0)
        self.new_pids: dict[tuple[str, str], int] = {}

    def put(self, type_: str, ident: str, text: str, method: str, base: str = "") -> Version:
        """Writes the next version: `text` with id and meta set, the rest as it is; found by what it holds."""
        before = self.current(type_, ident)
        number = before.number + 1 if before else 1
        body = spans.stamp(text, ident, str(number), instants.text(self.updated))
        seq = self._add(type_, ident, number, method, body.encode(), before)
        self._index(type_, [(seq, index(json.loads(body), base))])
        return Version(seq, type_, ident, number, self.updated, False, method, body.encode())

    def delete(self, before: Version) -> Version:
        """Writes the version that says that it is gone."""
        seq = self._add(before.type, before.id, before.number + 1, "DELETE", b"", before, deleted=True)
        return Version(seq, before.type, before.id, before.number + 1, self.updated, True, "DELETE", b"")

    def put_trusted(self, resources: Iterable[dict[str, Any]]) -> None:
        """Many new resources of the generator's, with ids; one whose id is taken is left as it stands."""
        versions: list[tuple[Any, ...]] = []
        bodies: list[tuple[int, bytes]] = []
        found: dict[str, list[tuple[int, Found]]] = {}
        updated = instants.text(self.updated)
        for resource in resources:
            type_, ident = resource["resourceType"], resource["id"]
            if self.current(type_, ident):
                continue
            self.now_seq += 1
            meta = {**resource.get("meta", {}), "versionId": "1", "lastUpdated": updated}
            made = {"resourceType": type_, "id": ident, "meta": meta, **_without_head(resource)}
            versions.append((self.now_seq, type_, ident, 1, self.updated, FOREVER, 0, "PUT"))
            bodies.append((self.now_seq, json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()))
            found.setdefault(type_, []).append((self.now_seq, index(made)))
        self.db.executemany("INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?)", versions)
        self.db.executemany("INSERT INTO body VALUES (?, ?)", bodies)
        for type_, rows in found.items():
            self._index(type_, rows)

    def index_anew(self, type_: str, seq: int, found: Found) -> None:
        """Adds the index rows of a version that stands there."""
        self._index(type_, [(seq, found)])

    def remember(self, name: str, value: str) -> None:
        """Keeps a word under this name."""
        self.db.execute(
            "INSERT INTO setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
        )

    def _add(
        self,
        type_: str,
        ident: str,
        number: int,
        method: str,
        body: bytes,
        before: Version | None,
        deleted: bool = False,
    ) -> int:
        self.now_seq += 1
        if before:
            self.db.execute("UPDATE version SET until = ? WHERE seq = ?", (self.now_seq, before.seq))
        self.db.execute(
            "INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (self.now_seq, type_, ident, number, self.updated, FOREVER, int(deleted), method),
        )
        self.db.execute("INSERT INTO body VALUES (?, ?)", (self.now_seq, body))
        return self.now_seq

    def _index(self, type_: str, rows: list[tuple[int, Found]]) -> None:
        pids: dict[str, int] = {}

        def pid(name: str) -> int:
            if name not in pids:
                pids[name] = self._made_pid(type_, name)
            return pids[name]

        run = self.db.executemany
        run("INSERT INTO token VALUES (?, ?, ?, ?)", [(pid(n), v, q, s) for q, f in rows for n, v, s in f.tokens])
        run("INSERT INTO word VALUES (?, ?, ?)", [(pid(n), v, q) for q, f in rows for n, v in f.words])
        run("INSERT INTO moment VALUES (?, ?, ?, ?)", [(q, pid(n), lo, hi) for q, f in rows for n, lo, hi in f.moments])
        run("INSERT INTO link VALUES (?, ?, ?)", [(pid(n), t, q) for q, f in rows for n, t in f.links])
        held = [(pid(n), a.low, a.high, q, a.system, a.code, a.unit) for q, f in rows for n, a in f.amounts]
        run("INSERT INTO amount VALUES (?, ?, ?, ?, ?, ?, ?)", held)

    def _made_pid(self, type_: str, name: str) -> int:
        found = self._pids.get((type_, name)) or self.new_pids.get((type_, name))
        if found is None:
            self.db.execute("INSERT OR IGNORE INTO parameter (type, name) VALUES (?, ?)", (type_, name))
            row = self.db.execute("SELECT pid FROM parameter WHERE type = ? AND name = ?", (type_, name)).fetchone()
            # Not into the shared map: this transaction may yet be rolled back.
            self.new_pids[type_, name] = found = int(row[0])
        return found

    def pid(self, type_: str, name: str) -> int:
        """As Session's, with those made in this transaction."""
        found = self._pids.get((type_, name)) or self.new_pids.get((type_, name))
        if found is None:
            row = self.db.execute("SELECT pid FROM parameter WHERE type = ? AND name = ?", (type_, name)).fetchone()
            return row[0] if row else -1
        return found


_SELECT = (
    "SELECT version.seq, type, id, number, updated, deleted, method, bytes"
    " FROM version JOIN body ON body.seq = version.seq WHERE "
)
_BODIES = (
    "SELECT seq, type, bytes FROM version JOIN body USING (seq) WHERE seq > ? AND deleted = 0 ORDER BY seq LIMIT 500"
)
_HEAD = {"resourceType", "id", "meta"}


def _without_head(resource: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in resource.items() if key not in _HEAD}


def _version(row: tuple[Any, ...]) -> Version:
    seq, type_, ident, number, updated, deleted, method, body = row
    return Version(seq, type_, ident, number, updated, bool(deleted), method, body)


@cache
def _made_by() -> int:
    """A number for the tables and the parameters that the index of a file was made by."""
    return zlib.crc32(SCHEMA.read_bytes() + TABLE.read_bytes()) >> 1


class Store:
    """The file. `reading()` and `writing()` give a transaction in the calling thread; `clock` gives ms since 1970.

    `lasting=False` leaves it to the system when a commit reaches the disk: for what can be generated again."""

    def __init__(self, path: Path, clock: Clock, lasting: bool = True) -> None:
        self.path = path
        self._clock = clock
        self._lasting = lasting
        self._mine = threading.local()
        self._pids: dict[tuple[str, str], int] = {}
        self._all: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        db = self._connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            if db.execute("PRAGMA user_version").fetchone()[0] != _made_by():
                self._set_up(db)
            db.execute("COMMIT")
        except BaseException:
            db.execute("ROLLBACK")
            raise

    def _set_up(self, db: sqlite3.Connection) -> None:
        """Makes the tables, and the index of a file that another release of this program wrote anew."""
        for statement in SCHEMA.read_text("utf-8").split(";\n"):
            db.execute(statement)
        for table in ("token", "word", "moment", "link", "amount"):
            db.execute(f"DELETE FROM {table}")
        writer = Writer(db, {}, self._clock)
        last = 0
        while rows := db.execute(_BODIES, (last,)).fetchall():
            last = rows[-1][0]
            for seq, type_, body in rows:
                writer.index_anew(type_, seq, index(json.loads(body)))
        db.execute(f"PRAGMA user_version = {_made_by()}")

    def _connection(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._mine, "db", None)
        if db is None:
            db = sqlite3.connect(self.path, timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute(f"PRAGMA synchronous = {'FULL' if self._lasting else 'NORMAL'}")
            db.execute("PRAGMA cache_size = -4000")
            self._mine.db = db
            with self._guard:
                self._all.append(db)
        return db

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One unchanging view of the store."""
        db = self._connection()
        db.execute("BEGIN")
        try:
            yield Session(db, self._pids)
        finally:
            db.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: on disk when the block ends, undone when it raises."""
        db = self._connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            writer = Writer(db, self._pids, self._clock)
            yield writer
            db.execute("COMMIT")
            self._pids.update(writer.new_pids)
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Closes every thread's connection; nothing may be under way."""
        with self._guard:
            for db in self._all:
                db.close()
            self._all.clear()
