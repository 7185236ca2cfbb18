"""Opening one encrypted file, and bringing it forward to this program's version. There is no way back.

Easy to get wrong: SQLite takes a file of no bytes for an empty database. A store is made beside its place and moved
there when it is whole, so a file of no bytes is never ours but a damaged one.
"""

from __future__ import annotations

import os
import re
from hashlib import blake2b
from pathlib import Path

import apsw

from akson_tui.store.troubles import NotAStore, TooNew

_OURS = 0x416B736E
"""application_id: "Aksn"."""
_WAIT = 5000
"""ms to wait for another session's commit: they last 50 ms at most."""
_SHORT_LOG = 250
"""Pages in the log of what must be durable before they go into the file."""
_SCHEMA = Path(__file__).with_name("schema")
_SCRIPT = re.compile(r"(?P<name>[a-z]+)_(?P<number>\d{3})\.sql")


def scripts(name: str) -> tuple[str, ...]:
    """The schema files of the file called `name`, in order; the first makes version 1."""
    found = {}
    for file in _SCHEMA.iterdir():
        fits = _SCRIPT.fullmatch(file.name)
        if fits is not None and fits["name"] == name:
            found[int(fits["number"])] = file.read_text("utf-8")
    return tuple(found[number] for number in sorted(found))


def connect(path: Path, key: bytes, name: str, *, durable: bool, rollback_journal: bool = False) -> apsw.Connection:
    """The file at `path`, which must exist, brought forward.

    `durable`: each commit is on disk before it returns. Raises NotAStore, TooNew, and apsw's NotADBError (wrong key or
    damaged: cannot be told from here) or CorruptError.
    """
    if path.stat().st_size == 0:
        raise apsw.CorruptError("no bytes")
    connection = _unlocked(path, key, name)
    try:
        _ours(connection)
        if rollback_journal:
            connection.pragma("locking_mode", "exclusive")
            connection.pragma("journal_mode", "delete")
        else:
            connection.pragma("journal_mode", "wal")
            if durable:  # a short log: it is the room that is left to drafts on a full disk
                connection.wal_autocheckpoint(_SHORT_LOG)
        connection.pragma("synchronous", "full" if durable else "normal")
        connection.pragma("temp_store", 2)
        connection.pragma("cache_size", -4096)
        _forward(connection, scripts(name))
    except BaseException:
        connection.close()
        raise
    return connection


def create(path: Path, key: bytes, name: str) -> None:
    """A new empty file at `path`, whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    for left in (new, new.with_name(f"{new.name}-journal")):
        left.unlink(missing_ok=True)
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    connection = _unlocked(new, key, name)
    try:
        connection.pragma("application_id", _OURS)
        _forward(connection, scripts(name))
    finally:
        connection.close()
    with open(new, "rb") as file:
        os.fsync(file.fileno())
    new.rename(path)
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _unlocked(path: Path, key: bytes, name: str) -> apsw.Connection:
    """Each file has a key of its own made from the data key, so that one cannot be put in the other's place."""
    own = blake2b(key, digest_size=32, person=f"akson {name}".encode()).hexdigest()
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    connection.set_busy_timeout(_WAIT)
    connection.pragma("cipher", "chacha20")
    connection.pragma("key", f"raw:{own}")
    return connection


def _ours(connection: apsw.Connection) -> None:
    if connection.pragma("application_id") != _OURS:
        raise NotAStore("not made by this program")


def _forward(connection: apsw.Connection, steps: tuple[str, ...]) -> None:
    version = connection.pragma("user_version")
    if not isinstance(version, int) or version > len(steps):
        raise TooNew("made by a later version of the program")
    for number, step in enumerate(steps[version:], version + 1):
        with connection:
            connection.execute(step)
            connection.pragma("user_version", number)
