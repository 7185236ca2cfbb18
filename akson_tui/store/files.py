"""The store as others hold it: two encrypted files, the thread that uses them, and what they tell.

Easy to get wrong: no transaction spans both files. What must be true together lies in one of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Concatenate, Literal, ParamSpec, TypeVar

import apsw

from akson_tui.store import salvage
from akson_tui.store.changes import Change, Changes, everything
from akson_tui.store.lease import Seat, on_death
from akson_tui.store.neighbours import CACHE_BEGUN, Neighbours
from akson_tui.store.place import Hold, Place, prepare
from akson_tui.store.sql import value
from akson_tui.store.troubles import CacheDamaged, Closed, DiskFull, PreciousDamaged, damaged, named
from akson_tui.store.worker import Lane, Worker, lane_of

__all__ = ["Files", "Place", "Store"]

P = ParamSpec("P")
T = TypeVar("T")
Which = Literal["cache", "precious"]

_PIECE = 0.025
"""Seconds of work after which a bulk job commits: with the commit itself well below 50 ms."""


class Files:
    """The two open files, as store functions get them. Used in the worker thread only."""

    def __init__(
        self,
        cache: apsw.Connection,
        precious: apsw.Connection,
        clock: Callable[[], datetime],
        ids: Callable[[], str],
        seat: Seat,
        tell: Callable[[tuple[Change, ...]], None],
        give_way: Callable[[], None],
        watch: Callable[[int], None],
    ) -> None:
        self.cache = cache
        self.precious = precious
        self.clock = clock
        self.ids = ids
        self.seat = seat
        self._tell = tell
        self._give_way = give_way
        self.watch = watch
        self._depth = {"cache": 0, "precious": 0}
        self._told: dict[str, set[str]] = {}
        self._sequence = 0
        self.floors: dict[int, tuple[int, int]] = {}
        """What `claims` looked up in this transaction."""
        self.counted: dict[tuple[str | int, ...], int] = {}
        """What `timeline` counted, by all that the count depends on."""

    @contextlib.contextmanager
    def tx(self, which: Which) -> Iterator[apsw.Connection]:
        """One transaction on one file: all or nothing; an inner one is part of the outer."""
        connection = self.cache if which == "cache" else self.precious
        if self._depth[which]:
            self._depth[which] += 1
            try:
                yield connection
            finally:
                self._depth[which] -= 1
            return
        connection.execute("BEGIN IMMEDIATE")
        self._depth[which] = 1
        before = {topic: set(ids) for topic, ids in self._told.items()}
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            self._told = before
            if connection.in_transaction:  # a full disk rolls back by itself
                connection.execute("ROLLBACK")
            raise
        finally:
            self._depth[which] = 0
            if which == "cache":
                self._sequence = 0
                self.floors.clear()
        if not any(self._depth.values()):
            self.flush()

    def _nested(self, which: Which) -> bool:
        return self._depth[which] > 1

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Several reads of one state of each file."""
        begun = [connection for connection in (self.cache, self.precious) if not connection.in_transaction]
        for connection in begun:
            connection.execute("BEGIN")
        try:
            yield
        finally:
            for connection in begun:
                if connection.in_transaction:
                    connection.execute("COMMIT")

    def tell(self, topic: str, *ids: str) -> None:
        """Say, after the commit, that these changed; no ids: any of the topic."""
        told = self._told.get(topic)
        if not ids:
            self._told[topic] = set()
        elif told is None:
            self._told[topic] = set(ids)
        elif told:
            told.update(ids)
        if not any(self._depth.values()):
            self.flush()

    def flush(self) -> None:
        told, self._told = self._told, {}
        if told:
            self._tell(tuple(Change(topic, frozenset(ids)) for topic, ids in told.items()))

    def sequence(self) -> int:
        """The number of this transaction on the cache, in which it must be called; the same for all of it."""
        if not self._sequence:
            self._sequence = value(self.cache, "UPDATE sequence SET value = value + 1 RETURNING value")
        return self._sequence

    def in_pieces(self, which: Which, rows: Sequence[T], step: Callable[[T], bool]) -> int:
        """Do `step` for each row, in transactions of at most some 50 ms between which others' work is done.

        Returns how many steps said that they changed something. What was committed before an error stays.
        """
        at = changed = 0
        while at < len(rows):
            until = time.monotonic() + _PIECE
            with self.tx(which):
                while at < len(rows):
                    changed += step(rows[at])
                    at += 1
                    if time.monotonic() > until and not self._nested(which):
                        break
            if at < len(rows) and not any(self._depth.values()):
                self._give_way()
        return changed


class Store:
    """Both files, open. `changes` tells the event loop what changed; `salvaged` is where a damaged cache was put.

    Made by `open`, given back by `close`; everything else goes through `run`.
    """

    def __init__(self, where: Place, key: bytes) -> None:
        self.changes = Changes()
        self.salvaged: Path | None = None
        self._where = where
        self._key = key
        self._loop = asyncio.get_running_loop()
        self._worker = Worker()
        self._hold = Hold(where)
        self._files: Files
        self._neighbours: Neighbours
        self._inode = 0
        self._watched: dict[int, Callable[[], None]] = {}

    @classmethod
    async def open(cls, where: Place, key: bytes, clock: Callable[[], datetime], ids: Callable[[], str]) -> Store:
        """Open, or make, the store at `where`. `ids` gives random names of at least 8 letters and digits.

        Raises WrongKey, NotAStore, TooNew, PreciousDamaged, InUse, RunDirectory, DiskFull. A damaged cache is no
        trouble: it is moved aside and begun anew, and `salvaged` says where it went.
        """
        store = cls(where, key)
        try:
            await store._worker.submit(Lane.URGENT, lambda: store._open(clock, ids))
        except BaseException:
            store._worker.finish()
            raise
        store._loop.add_reader(store._neighbours.fileno(), store._heard)
        return store

    async def run(self, function: Callable[Concatenate[Files, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(files, *args)` in the worker thread, in the lane that it is marked for.

        Raises what the function raises, SQLite's errors as `StoreTrouble`s, Closed. A caller that is cancelled does not
        stop it.
        """
        return await self._worker.submit(lane_of(function), lambda: self._do(function, *args, **kwargs))

    async def close(self) -> None:
        """Finish what is queued, then close. Harmless twice."""
        with contextlib.suppress(Closed):
            done = self._worker.submit(Lane.BULK, self._close)
            self._worker.finish()
            self._loop.remove_reader(self._neighbours.fileno())
            for stop in tuple(self._watched.values()):
                stop()
            await done
            self._worker.join()

    # -- in the worker thread

    def _open(self, clock: Callable[[], datetime], ids: Callable[[], str]) -> None:
        try:
            self._open_all(clock, ids)
        except BaseException as error:
            trouble = named(error)
            if trouble is error:
                raise
            raise trouble from None

    def _open_all(self, clock: Callable[[], datetime], ids: Callable[[], str]) -> None:
        where = self._where
        prepare(where)
        with contextlib.ExitStack() as undo:
            if where.rollback_journal:
                self._hold.take()
                undo.callback(self._hold.drop)
            self._neighbours = Neighbours(where.run, where.mark, ids()[:8])
            undo.callback(self._neighbours.close)
            both = salvage.open_both(where, self._key)
            undo.pop_all()
        self.salvaged, self._inode = both.moved, both.inode
        seat = Seat(where.directory, alone=where.rollback_journal)
        self._files = Files(
            both.cache, both.precious, clock, ids, seat, self._tell, self._worker.give_way, self._watch_soon
        )
        if both.moved is not None:
            self._neighbours.send((Change(CACHE_BEGUN, frozenset()),))

    def _do(self, function: Callable[Concatenate[Files, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return function(self._files, *args, **kwargs)
        except apsw.Error as error:
            trouble = self._salvage() if damaged(error) else named(error)
        if isinstance(trouble, DiskFull) and salvage.relieve(self._files) and lane_of(function) is Lane.URGENT:
            try:
                return function(self._files, *args, **kwargs)
            except apsw.Error as error:
                trouble = named(error)
        raise trouble

    def _salvage(self) -> CacheDamaged | PreciousDamaged:
        """Something that was read is damaged: find out which file it was, and begin the cache anew if it was that."""
        if not salvage.sound(self._files.precious):
            return PreciousDamaged(self._where.precious)
        self._reopen_cache()
        self._tell(everything(ours=True))
        return CacheDamaged("the cache was damaged and begun anew")

    def _reopen_cache(self) -> None:
        """Leave the cache that is open for the one at its place, making a new one unless somebody already has."""
        self._files.cache.close()
        again = salvage.reopen_cache(self._where, self._key, self._inode)
        self._files.cache, self._inode = again.cache, again.inode
        if again.moved is not None:
            self.salvaged = again.moved
            self._neighbours.send((Change(CACHE_BEGUN, frozenset()),))

    def _close(self) -> None:
        files = self._files
        alone = self._neighbours.alone()
        self._neighbours.close()
        files.seat.drop()
        try:
            if alone:
                with contextlib.suppress(apsw.Error):  # housekeeping: the next close tries again
                    salvage.sweep(files)
        finally:
            files.cache.close()
            files.precious.close()
            self._hold.drop()

    def _tell(self, changes: tuple[Change, ...]) -> None:
        self._neighbours.send(changes)
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.changes.deliver, changes)

    def _watch_soon(self, process: int) -> None:
        self._loop.call_soon_threadsafe(self._watch, process)

    # -- in the event loop

    def _heard(self) -> None:
        heard = self._neighbours.receive()
        if any(change.topic == CACHE_BEGUN for change in heard):
            self._worker.submit(Lane.URGENT, self._follow_cache)  # goes before whatever the news makes others ask
        self.changes.deliver(tuple(change for change in heard if change.topic != CACHE_BEGUN))

    def _follow_cache(self) -> None:
        if salvage.inode(self._where.cache) != self._inode:
            self._reopen_cache()

    def _watch(self, process: int) -> None:
        """Tell `lease` when `process`, which holds it, is dead."""
        if process in self._watched or self._loop.is_closed():
            return

        def died() -> None:
            self._watched.pop(process, None)
            self.changes.deliver((Change("lease", frozenset(), ours=False),))

        stop = on_death(self._loop, process, died)
        if stop is not None:
            self._watched[process] = stop
