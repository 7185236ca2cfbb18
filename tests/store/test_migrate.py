"""One encrypted file: made whole or not at all, only ours, forward only, for its owner alone."""

from __future__ import annotations

import stat
from pathlib import Path

import apsw
import pytest

from akson_tui.store import migrate
from akson_tui.store.troubles import NotAStore, TooNew
from tests.store.given import KEY


def made(path: Path, name: str = "precious") -> apsw.Connection:
    migrate.create(path, KEY, name)
    return migrate.connect(path, KEY, name, durable=True)


def test_a_new_file_has_todays_version_and_belongs_to_its_owner(tmp_path: Path) -> None:
    connection = made(tmp_path / "precious.db")
    connection.execute("INSERT INTO memory (name, value) VALUES ('a', 'b')")
    assert connection.pragma("user_version") == len(migrate.scripts("precious"))
    assert connection.pragma("journal_mode") == "wal" and connection.pragma("synchronous") == 2
    assert connection.pragma("temp_store") == 2
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert {file.name for file in tmp_path.iterdir()} >= {"precious.db", "precious.db-wal"}
    connection.close()


@pytest.mark.parametrize("name", ["precious", "cache"])
def test_all_tables_are_strict_and_no_column_can_be_null(tmp_path: Path, name: str) -> None:
    connection = made(tmp_path / "x.db", name)
    ours = [
        (table, strict)
        for _, table, kind, _, _, strict in connection.execute("PRAGMA table_list")
        if kind == "table" and not table.startswith(("sqlite_", "folded_index"))
    ]
    assert len(ours) > 5 and all(strict for _, strict in ours)
    for table, _ in ours:
        for column in connection.execute(f"PRAGMA table_info({table})"):
            assert column[3], f"{table}.{column[1]}"
    connection.close()


def test_a_file_of_no_bytes_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()
    with pytest.raises(apsw.CorruptError):
        migrate.connect(tmp_path / "x.db", KEY, "precious", durable=True)


def test_the_other_files_key_does_not_open_it(tmp_path: Path) -> None:
    made(tmp_path / "x.db", "precious").close()
    with pytest.raises(apsw.NotADBError):
        migrate.connect(tmp_path / "x.db", KEY, "cache", durable=True)


def test_anothers_database_under_our_key_is_no_store(tmp_path: Path) -> None:
    connection = made(tmp_path / "x.db")
    connection.pragma("application_id", 7)
    connection.close()
    with pytest.raises(NotAStore):
        migrate.connect(tmp_path / "x.db", KEY, "precious", durable=True)


def test_what_a_later_program_made_is_left_alone(tmp_path: Path) -> None:
    connection = made(tmp_path / "x.db")
    connection.pragma("user_version", 99)
    connection.close()
    before = (tmp_path / "x.db").read_bytes()
    with pytest.raises(TooNew):
        migrate.connect(tmp_path / "x.db", KEY, "precious", durable=True)
    assert (tmp_path / "x.db").read_bytes() == before


def test_an_older_file_is_brought_forward_and_a_failed_step_leaves_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "x.db").close()
    first = migrate.scripts("precious")
    broken = (*first, "CREATE TABLE more (a TEXT NOT NULL) STRICT; INSERT INTO nowhere VALUES (1)")
    monkeypatch.setattr(migrate, "scripts", lambda name: broken)
    with pytest.raises(apsw.SQLError):
        migrate.connect(tmp_path / "x.db", KEY, "precious", durable=True)
    whole = (*first, "CREATE TABLE more (a TEXT NOT NULL) STRICT; INSERT INTO more VALUES ('x')")
    monkeypatch.setattr(migrate, "scripts", lambda name: whole)
    connection = migrate.connect(tmp_path / "x.db", KEY, "precious", durable=True)
    assert connection.execute("SELECT a FROM more").fetchall() == [("x",)]
    assert connection.pragma("user_version") == len(whole)
    connection.close()


def test_what_a_crash_left_half_made_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "x.db.new").write_bytes(b"half")
    (tmp_path / "x.db.new-journal").write_bytes(b"half")
    made(tmp_path / "x.db").close()
    assert not (tmp_path / "x.db.new").exists()


def test_a_network_home_gets_a_rollback_journal_and_is_held_alone(tmp_path: Path) -> None:
    migrate.create(tmp_path / "x.db", KEY, "precious")
    connection = migrate.connect(tmp_path / "x.db", KEY, "precious", durable=True, rollback_journal=True)
    connection.execute("INSERT INTO memory (name, value) VALUES ('a', 'b')")
    assert connection.pragma("journal_mode") == "delete"
    other = migrate._unlocked(tmp_path / "x.db", KEY, "precious")
    other.set_busy_timeout(0)
    with pytest.raises(apsw.BusyError):
        other.execute("SELECT 1 FROM memory")
    other.close()
    connection.close()
