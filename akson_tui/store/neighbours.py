"""The other sessions on the same store: one datagram socket each, in the run directory, for its owner alone.

Easy to get wrong: a socket's queue is short (10 datagrams on some kernels). A neighbour whose queue is full gets a file
beside its socket that says so; it looks for that after each datagram and then takes everything for changed. The sender
tries once more after making the file, so that either the datagram or the full queue makes the neighbour look.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

from akson_tui.store.changes import TOPICS, Change, everything
from akson_tui.store.troubles import RunDirectory

_MAX_PATH = 100
"""sun_path holds 104 bytes on macOS, 108 on Linux."""
_MAX_IDS = 200
_DATAGRAM = 65536


class Neighbours:
    """Our socket, and the way to the others'. `send` may be called from the worker thread, the rest from the loop."""

    def __init__(self, run: Path, mark: str, name: str) -> None:
        """`mark` is the store's, `name` ours (a few letters). Raises RunDirectory."""
        self._run = run
        self._mark = mark
        self._name = f"{mark}-{os.getpid()}-{name}.s"
        self._directory = os.open(run, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        found = os.fstat(self._directory)
        if found.st_uid != os.getuid() or stat.S_IMODE(found.st_mode) & 0o022:
            os.close(self._directory)
            raise RunDirectory("the run directory can be written by others")
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | getattr(socket, "SOCK_CLOEXEC", 0))
        self._socket.setblocking(False)
        before = os.umask(0o177)
        try:
            self._socket.bind(self._address(self._name))
        except OSError as error:
            self._socket.close()
            os.close(self._directory)
            raise RunDirectory("no socket can be made in the run directory") from error
        finally:
            os.umask(before)

    def fileno(self) -> int:
        return self._socket.fileno()

    def _address(self, name: str) -> str:
        whole = str(self._run / name)
        if len(os.fsencode(whole)) <= _MAX_PATH:
            return whole
        by_descriptor = f"/proc/self/fd/{self._directory}/{name}"
        if not os.path.isdir(f"/proc/self/fd/{self._directory}"):
            raise OSError(errno.ENAMETOOLONG, "path of the run directory is too long for a socket")
        return by_descriptor

    def _others(self) -> Iterator[str]:
        for name in os.listdir(self._directory):
            if name.startswith(f"{self._mark}-") and name.endswith(".s") and name != self._name:
                yield name

    def alone(self) -> bool:
        """True where no other session's socket lies there (a dead one's counts until somebody sends to it)."""
        return next(self._others(), None) is None

    def send(self, changes: tuple[Change, ...]) -> None:
        """Tell every living neighbour; remove the sockets of dead ones."""
        datagrams: list[bytes] | None = None
        for name in self._others():
            datagrams = datagrams or [_datagram(change) for change in changes]
            self._tell(name, datagrams)

    def _tell(self, name: str, datagrams: list[bytes]) -> None:
        for datagram in datagrams:
            try:
                self._socket.sendto(datagram, self._address(name))
            except (ConnectionRefusedError, FileNotFoundError):
                self._bury(name)
                return
            except BlockingIOError:
                self._overflow(name, datagram)
                return

    def _overflow(self, name: str, datagram: bytes) -> None:
        marker = os.open(f"{name}.missed", os.O_CREAT | os.O_CLOEXEC, 0o600, dir_fd=self._directory)
        os.close(marker)
        try:
            self._socket.sendto(datagram, self._address(name))
        except (ConnectionRefusedError, FileNotFoundError):
            self._bury(name)
        except BlockingIOError:
            return  # the queue is still full, so the neighbour will read one, and then look for the marker

    def _bury(self, name: str) -> None:
        for dead in (name, f"{name}.missed"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(dead, dir_fd=self._directory)

    def receive(self) -> tuple[Change, ...]:
        """All that came since; call when the socket is readable."""
        changes: list[Change] = []
        while True:
            try:
                datagram = self._socket.recv(_DATAGRAM)
            except BlockingIOError:
                break
            changes.extend(_read(datagram))
        try:
            os.unlink(f"{self._name}.missed", dir_fd=self._directory)
        except FileNotFoundError:
            return tuple(changes)
        return everything(ours=False)

    def close(self) -> None:
        self._socket.close()
        self._bury(self._name)
        os.close(self._directory)


def _datagram(change: Change) -> bytes:
    ids = sorted(change.ids) if len(change.ids) <= _MAX_IDS else []
    return json.dumps([change.topic, ids]).encode()


def _read(datagram: bytes) -> tuple[Change, ...]:
    """What a neighbour said; one of another version that we do not understand means everything."""
    try:
        topic, ids = json.loads(datagram)
        known = topic in TOPICS
    except (ValueError, TypeError):
        return everything(ours=False)
    if topic == CACHE_BEGUN:
        return (Change(CACHE_BEGUN, frozenset(), False), *everything(ours=False))
    if not known or not isinstance(ids, list):
        return everything(ours=False)
    return (Change(topic, frozenset(str(one) for one in ids), False),)


CACHE_BEGUN = "cache-begun"
"""Between processes only: the cache's file was moved aside, so that whoever has it open must open the new one."""
