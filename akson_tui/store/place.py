"""Where a store lies, and who may open it there.

Easy to get wrong: WAL needs memory shared between all who have the file open, which a network home cannot give. There
one process takes the files for itself, with its host's name in a lock file, and a rollback journal is used.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from akson_tui.store.troubles import InUse, StoreTrouble

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ncpfs", "ceph", "glusterfs", "lustre", "fuse.sshfs"}
    | {"fuse.glusterfs", "beegfs", "gpfs", "davfs", "fuse.davfs2", "fuse.s3fs", "virtiofs", "ocfs2", "gfs2"}
)
_MOUNTS = Path("/proc/mounts")


@dataclass(frozen=True, slots=True)
class Place:
    """`directory` holds the files of one user at one site; `run` the sockets; `rollback_journal` for network homes."""

    directory: Path
    run: Path
    rollback_journal: bool = False

    @property
    def precious(self) -> Path:
        return self.directory / "precious.db"

    @property
    def cache(self) -> Path:
        return self.directory / "cache.db"

    @property
    def mark(self) -> str:
        """Eight hex digits that all sessions of this store share and others do not."""
        return hashlib.blake2s(os.fsencode(self.directory.resolve()), digest_size=4).hexdigest()


def place(directory: Path, run: Path, mounts: Path = _MOUNTS) -> Place:
    """The place of `directory`, with `rollback_journal` where it lies on a network file system."""
    return Place(directory, run, on_network(directory, mounts))


def on_network(directory: Path, mounts: Path = _MOUNTS) -> bool:
    """True where `directory` lies on a file system that several computers may share; False where nobody can tell."""
    return file_system(directory, mounts) in _NETWORK


def file_system(directory: Path, mounts: Path = _MOUNTS) -> str:
    """The kind of file system that `directory` lies on ("ext4", "nfs4"); '' where nobody can tell."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:  # no /proc (macOS): homes there are local as far as we know
        return ""
    wanted = directory.absolute().resolve()
    best, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].encode("utf-8", "surrogateescape").decode("unicode_escape"))
        if wanted.is_relative_to(point) and len(point.parts) >= best:  # the last of two on one point covers the first
            best, kind = len(point.parts), fields[2]
    return kind


def prepare(where: Place) -> None:
    """Make the directories, for nobody else to read."""
    for directory in (where.directory, where.run):
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)


@contextlib.contextmanager
def opening(where: Place) -> Iterator[None]:
    """One session at a time creates, migrates or salvages. Lasts milliseconds."""
    descriptor = os.open(where.directory / "opening", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        if not where.rollback_journal:  # there `hold` has kept all others out, and flock may be missing
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def alive(pid: int) -> bool:
    """Whether a process of that number runs here."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Hold:
    """The lock file of a store on a network home: host and process that have it open."""

    def __init__(self, where: Place) -> None:
        self._path = where.directory / "in-use"
        self._ours = f"{socket.gethostname()} {os.getpid()}"
        self._held = False

    def take(self) -> None:
        """Raise InUse where another computer, or a living process of this one, has the store open."""
        for _ in range(2):
            try:
                descriptor = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
            except FileExistsError:
                self._dislodge()
                continue
            with os.fdopen(descriptor, "w") as file:
                file.write(self._ours)
            self._held = True
            return
        raise InUse("", self._path)

    def _dislodge(self) -> None:
        """Remove the lock of a dead process of this host; whether another host's is alive cannot be seen from here."""
        try:
            text = self._path.read_text()
        except FileNotFoundError:
            return
        host, _, pid = text.partition(" ")
        if host != socket.gethostname() or not pid.isdigit() or int(pid) == os.getpid() or alive(int(pid)):
            raise InUse(host, self._path)
        self._path.unlink(missing_ok=True)

    def drop(self) -> None:
        if self._held:
            self._path.unlink(missing_ok=True)
            self._held = False


def holder(directory: Path) -> str:
    """The computer that has a store on a network home to itself; '' where none has."""
    try:
        return (directory / "in-use").read_text(errors="replace").partition(" ")[0]
    except OSError:
        return ""


def break_hold(where: Place) -> None:
    """Remove the lock file: for a person who knows that the named computer has crashed."""
    path = where.directory / "in-use"
    if not path.exists():
        raise StoreTrouble("nothing is held")
    path.unlink()
