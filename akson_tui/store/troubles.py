"""What can go wrong with the files, named.

Easy to get wrong: SQLite's own texts may hold a path with a user's name or a value from a row, so none is passed on;
`named` chooses by type alone.

    StoreTrouble
    ├── WrongKey            the key does not open the files
    ├── NotAStore           what lies there was not made by us
    ├── TooNew              made by a later version of the program
    ├── PreciousDamaged     drafts, outbox, log cannot be read; nothing was thrown away
    ├── CacheDamaged        what was fetched could not be read; moved aside, begun anew: ask again
    ├── DiskFull            nothing more can be written (full, over quota, or the disk fails); reading goes on
    ├── Busy                another session held the file for too long
    ├── InUse               another computer has the files open (home on a network)
    ├── RunDirectory        the run directory cannot hold our socket
    ├── Closed              asked after close
    ├── NotOpened           clinical rows were asked for without a logged opening
    ├── NotTheState         an act is not in the state that the step needs
    └── KeyTrouble
        ├── WrongPassphrase
        ├── NoKey           no way to unlock was given that these files know
        └── KeyStoreTrouble the system's key store did not give back what it was given
"""

from __future__ import annotations

from pathlib import Path

import apsw


class StoreTrouble(Exception):
    """Any trouble with the store. Texts name no patient, no key and no path."""


class WrongKey(StoreTrouble):
    """The key does not open the files."""


class NotAStore(StoreTrouble):
    """What lies there was not made by this program."""


class TooNew(StoreTrouble):
    """The files were made by a later version of the program."""


class PreciousDamaged(StoreTrouble):
    """Drafts, outbox and log cannot be read. `path` is the file; it lies where it lay."""

    def __init__(self, path: Path) -> None:
        super().__init__("drafts and outbox cannot be read")
        self.path = path


class CacheDamaged(StoreTrouble):
    """The cache could not be read; it was moved aside and begun anew, so that asking again works."""


class DiskFull(StoreTrouble):
    """Nothing more can be written: full disk, quota used up, or the disk fails. What was acknowledged is there."""


class Busy(StoreTrouble):
    """Another session held the file for longer than a reader may wait."""


class InUse(StoreTrouble):
    """Another computer has these files open. `host` names it, `path` is the lock file that says so."""

    def __init__(self, host: str, path: Path) -> None:
        super().__init__("the store is open elsewhere")
        self.host = host
        self.path = path


class RunDirectory(StoreTrouble):
    """The run directory cannot hold our socket (path too long, or not ours)."""


class Closed(StoreTrouble):
    """The store was asked for something after it was closed."""


class NotOpened(StoreTrouble):
    """Clinical rows were asked for with an `Opened` that the log does not know."""


class NotTheState(StoreTrouble):
    """An act is not in the state that this step needs, or is gone."""


class KeyTrouble(StoreTrouble):
    """The data key cannot be had."""


class WrongPassphrase(KeyTrouble):
    """The passphrase does not unwrap the data key."""


class NoKey(KeyTrouble):
    """No way to unlock was given that these files know, or there is no key file."""


class KeyStoreTrouble(KeyTrouble):
    """The system's key store is missing, locked, or did not give back what was written."""


_NOT_WRITTEN = frozenset(
    {
        apsw.SQLITE_IOERR_WRITE,  # over quota (EDQUOT) and beyond the size limit (EFBIG) come as this
        apsw.SQLITE_IOERR_FSYNC,
        apsw.SQLITE_IOERR_DIR_FSYNC,
        apsw.SQLITE_IOERR_TRUNCATE,
        apsw.SQLITE_IOERR_SHMSIZE,
    }
)


def damaged(error: BaseException) -> bool:
    """True where SQLite says that a file's content is not what was written."""
    return isinstance(error, (apsw.CorruptError, apsw.NotADBError))


def named(error: BaseException) -> BaseException:
    """The trouble that an apsw error stands for; any other error as it is."""
    if isinstance(error, (apsw.BusyError, apsw.LockedError)):
        return Busy("another session held the file")
    if isinstance(error, apsw.FullError):
        return DiskFull("nothing more can be written")
    if isinstance(error, apsw.IOError) and getattr(error, "extendedresult", 0) in _NOT_WRITTEN:
        return DiskFull("nothing more can be written")
    if isinstance(error, apsw.Error):
        return StoreTrouble(type(error).__name__)
    return error
