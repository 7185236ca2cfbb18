"""A damaged cache is moved aside and begun anew; damaged drafts and outbox are never thrown away.

Easy to get wrong: a wrong key and a damaged first page look the same to SQLite. Whether the key is right is asked of
the key file's check value, and where there is none, of the other file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import apsw

from akson_tui.store import keycheck, migrate
from akson_tui.store.place import Place, opening
from akson_tui.store.sql import select
from akson_tui.store.troubles import NotAStore, PreciousDamaged, WrongKey, damaged

if TYPE_CHECKING:
    from akson_tui.store.files import Files

_ASIDE = ".damaged"
_PARTS = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Cache:
    """An open cache, its inode, and where a damaged one was moved (None: it was sound, or new)."""

    cache: apsw.Connection
    inode: int
    moved: Path | None


@dataclass(frozen=True, slots=True)
class Both:
    cache: apsw.Connection
    precious: apsw.Connection
    inode: int
    moved: Path | None


def open_both(where: Place, key: bytes) -> Both:
    """Both files, made if they are missing. Raises WrongKey, PreciousDamaged, NotAStore, TooNew."""
    with opening(where):
        precious = _precious(where, key)
        try:
            cache = _cache(where, key)
        except BaseException:
            precious.close()
            raise
    return Both(cache.cache, precious, cache.inode, cache.moved)


def reopen_cache(where: Place, key: bytes, damaged_inode: int) -> Cache:
    """The cache after the open one (`damaged_inode`) was found damaged or was moved; nobody moves a sound one."""
    with opening(where):
        moved = None
        if inode(where.cache) == damaged_inode:
            moved = _aside(where.cache)
        again = _cache(where, key)
    return Cache(again.cache, again.inode, again.moved or moved)


def inode(path: Path) -> int:
    """0 where there is no file."""
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0


def sound(connection: apsw.Connection) -> bool:
    """Read the whole file: True where nothing is damaged."""
    try:
        return bool(connection.pragma("quick_check") == "ok")
    except apsw.Error as error:
        if damaged(error):
            return False
        raise


def relieve(files: Files) -> bool:
    """On a full disk: move what the log of `precious` holds into the file, so that its room can be used again.

    True where that was possible for all of it, so that trying again may do.
    """
    try:
        pages, moved = files.precious.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
    except apsw.Error:  # the file has no room either: the trouble is told as it was
        return False
    return 0 < pages == moved


def sweep(files: Files) -> None:
    """Remove entries' former places, which only lists that are open now still need: call when no other session is."""
    with files.tx("cache") as cache:
        gone = select(cache, "SELECT eid FROM placing WHERE gone != 0 LIMIT 2000")
        for eid in gone:
            cache.execute("DELETE FROM folded WHERE eid = ?", eid)
            cache.execute("DELETE FROM folded_index WHERE rowid = ?", eid)
            cache.execute("DELETE FROM placing WHERE eid = ?", eid)
            cache.execute("DELETE FROM twin_key WHERE eid = ?", eid)
        dropped = select(
            cache,
            "SELECT rid FROM resource WHERE version = '' AND updated = 0"
            " AND rid NOT IN (SELECT rid FROM body) AND rid NOT IN (SELECT rid FROM placing)",
        )
        for rid in dropped:
            cache.execute("DELETE FROM entry WHERE rid = ?", rid)
            cache.execute("DELETE FROM resource WHERE rid = ?", rid)


def _precious(where: Place, key: bytes) -> apsw.Connection:
    if not where.precious.exists():
        migrate.create(where.precious, key, "precious")
    try:
        return migrate.connect(where.precious, key, "precious", durable=True, rollback_journal=where.rollback_journal)
    except apsw.Error as error:
        if not damaged(error):
            raise
    if where.precious.stat().st_size == 0 or _right(where, key):
        raise PreciousDamaged(where.precious)
    raise WrongKey("the key does not open the store")


def _right(where: Place, key: bytes) -> bool:
    """Whether `key` is the right one, now that it does not open `precious`."""
    known = keycheck.fits(where.directory, key)
    if known is not None:
        return known
    if not where.cache.exists():
        return False
    try:
        migrate.connect(where.cache, key, "cache", durable=False, rollback_journal=where.rollback_journal).close()
    except (apsw.NotADBError, apsw.CorruptError, NotAStore):
        return False
    return True


def _cache(where: Place, key: bytes) -> Cache:
    moved = None
    for _ in range(2):
        if not where.cache.exists():
            migrate.create(where.cache, key, "cache")
        try:
            connection = migrate.connect(
                where.cache, key, "cache", durable=False, rollback_journal=where.rollback_journal
            )
        except (apsw.NotADBError, apsw.CorruptError, NotAStore):
            moved = _aside(where.cache)
            continue
        return Cache(connection, inode(where.cache), moved)
    raise NotAStore("a new cache could not be made")


def _aside(path: Path) -> Path:
    """Move a damaged file and what belongs to it; the one that was moved before it is replaced."""
    target = path.with_name(path.name + _ASIDE)
    for part in _PARTS:
        source = path.with_name(path.name + part)
        if source.exists():
            source.replace(target.with_name(target.name + part))
        else:
            target.with_name(target.name + part).unlink(missing_ok=True)
    return target
