"""Which session sends: a lock that the kernel frees when its holder dies, and the holder's name in `precious`.

Easy to get wrong: a row that says who holds outlives a crash. The lock alone decides; the row is for showing, and for
knowing whose death to wait for.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from akson_tui.store.place import alive
from akson_tui.store.sql import select

if TYPE_CHECKING:
    from akson_tui.store.files import Files


class Seat:
    """The lock. `alone`: the whole store is ours (network home), so there is nobody to keep out."""

    def __init__(self, directory: Path, alone: bool) -> None:
        self._path = directory / "lease"
        self._alone = alone
        self._descriptor = -1
        self.taken = False

    def take(self) -> bool:
        if self.taken or self._alone:
            self.taken = True
            return True
        descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        self.taken = True
        return True

    def free(self) -> bool:
        """True where nobody holds it, not even we."""
        if self.taken or self._alone:
            return not self.taken
        if self.take():
            self.drop()
            return True
        return False

    def drop(self) -> None:
        self.taken = False
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def take(files: Files, holder: str) -> bool:
    """True where `holder` (a session's name) may send now. Where another may, topic `lease` tells when it is free."""
    ours = files.seat.taken
    if ours:
        return _row(files)[0] == holder
    if not files.seat.take():
        process = _row(files)[1]
        if process and alive(process):
            files.watch(process)
            return False
        if not files.seat.take():  # it died just now; or it is one that cannot be seen from here (a container)
            return False
    with files.tx("precious") as precious:
        precious.execute("UPDATE lease SET holder = ?, process = ?", (holder, os.getpid()))
        files.tell("lease", holder)
    return True


def holder(files: Files) -> str:
    """Who may send; '' where nobody took the lease, or who did is dead."""
    return "" if files.seat.free() else _row(files)[0]


def drop(files: Files, holder: str) -> None:
    """Give it back; nothing where `holder` does not have it."""
    if not files.seat.taken or _row(files)[0] != holder:
        return
    with files.tx("precious") as precious:
        precious.execute("UPDATE lease SET holder = '', process = 0")
        files.seat.drop()
        files.tell("lease", holder)


def _row(files: Files) -> tuple[str, int]:
    for holder, process in select(files.precious, "SELECT holder, process FROM lease"):
        return str(holder), int(process)
    return "", 0


def on_death(loop: asyncio.AbstractEventLoop, process: int, died: Callable[[], None]) -> Callable[[], None] | None:
    """Call `died` once when `process` of this computer ends; returns what stops waiting.

    None where it is dead already (`died` was called) or where the system cannot tell (no pidfd: macOS).
    """
    if not hasattr(os, "pidfd_open"):
        return None
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        died()
        return None

    def stop() -> None:
        loop.remove_reader(descriptor)
        os.close(descriptor)

    def ended() -> None:
        stop()
        died()

    loop.add_reader(descriptor, ended)
    return stop
