"""Where a store may lie: local disks, and network homes with one computer at a time."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from akson_tui.store.place import Hold, Place, break_hold, on_network, place, prepare
from akson_tui.store.troubles import InUse, StoreTrouble


def mounts(tmp_path: Path, *lines: str) -> Path:
    file = tmp_path / "mounts"
    file.write_text("\n".join(lines) + "\n")
    return file


def test_the_deepest_mount_counts_and_of_two_on_one_point_the_last(tmp_path: Path) -> None:
    home = tmp_path / "home of kari" / "data"
    escaped = str(tmp_path / "home of kari").replace(" ", "\\040")
    local = mounts(tmp_path, "/dev/vda / ext4 rw 0 0", f"fs:/h {tmp_path} nfs4 rw 0 0", f"x {escaped} ext4 rw 0 0")
    assert not on_network(home, local) and on_network(tmp_path / "other", local)
    covered = mounts(tmp_path, f"a {escaped} ext4 rw 0 0", f"b {escaped} cifs rw 0 0")
    assert on_network(home, covered)
    assert place(home, tmp_path, covered).rollback_journal


def test_without_a_list_of_mounts_a_disk_is_taken_for_local(tmp_path: Path) -> None:
    assert not on_network(tmp_path, tmp_path / "none")


def test_the_directories_are_for_nobody_else(tmp_path: Path) -> None:
    where = Place(tmp_path / "a" / "b", tmp_path / "run")
    prepare(where)
    assert (tmp_path / "a" / "b").stat().st_mode & 0o077 == 0 and (tmp_path / "run").stat().st_mode & 0o077 == 0


def test_a_network_home_is_held_by_one_and_given_back(tmp_path: Path) -> None:
    where = Place(tmp_path, tmp_path, True)
    first, second = Hold(where), Hold(where)
    first.take()
    with pytest.raises(InUse) as told:
        second.take()
    assert told.value.host == socket.gethostname() and told.value.path == tmp_path / "in-use"
    first.drop()
    second.take()
    second.drop()
    assert not (tmp_path / "in-use").exists()


def test_the_lock_of_a_dead_process_here_is_taken_over_another_computers_is_not(tmp_path: Path) -> None:
    where = Place(tmp_path, tmp_path, True)
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    (tmp_path / "in-use").write_text(f"{socket.gethostname()} {dead.stdout.strip()}")
    hold = Hold(where)
    hold.take()
    assert (tmp_path / "in-use").read_text() == f"{socket.gethostname()} {os.getpid()}"
    hold.drop()
    (tmp_path / "in-use").write_text("another-host 1")
    with pytest.raises(InUse) as told:
        Hold(where).take()
    assert told.value.host == "another-host"
    break_hold(where)
    Hold(where).take()


def test_breaking_a_lock_that_nobody_holds_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble):
        break_hold(Place(tmp_path, tmp_path, True))
