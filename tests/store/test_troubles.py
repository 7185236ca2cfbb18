"""SQLite's errors are named by what they mean to a user, and none of their texts is passed on."""

from __future__ import annotations

import apsw
import pytest

from akson_tui.store.troubles import Busy, DiskFull, StoreTrouble, damaged, named


def error(kind: type[apsw.Error], extended: int = 0) -> apsw.Error:
    made = kind("Astrid Bakken in /home/kari")
    made.extendedresult = extended  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize(
    ("raised", "trouble"),
    [
        (error(apsw.BusyError), Busy),
        (error(apsw.LockedError), Busy),
        (error(apsw.FullError), DiskFull),
        (error(apsw.IOError, apsw.SQLITE_IOERR_WRITE), DiskFull),
        (error(apsw.IOError, apsw.SQLITE_IOERR_SHMSIZE), DiskFull),
        (error(apsw.IOError, apsw.SQLITE_IOERR_READ), StoreTrouble),
        (error(apsw.ConstraintError), StoreTrouble),
        (error(apsw.CantOpenError), StoreTrouble),
    ],
)
def test_each_error_has_its_name_and_says_nothing_of_its_own(raised: apsw.Error, trouble: type[StoreTrouble]) -> None:
    found = named(raised)
    assert type(found) is trouble
    assert "Astrid" not in str(found) and "kari" not in str(found)


def test_what_is_not_the_files_fault_stays_as_it_is() -> None:
    mine = ValueError("x")
    assert named(mine) is mine and not damaged(mine)
    assert damaged(error(apsw.CorruptError)) and damaged(error(apsw.NotADBError))
