"""Sessions tell each other over sockets that are theirs alone; what may have been missed counts as changed."""

from __future__ import annotations

import os
import select
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from akson_tui.store.changes import TOPICS, Change
from akson_tui.store.neighbours import Neighbours
from akson_tui.store.troubles import RunDirectory

DRAFT = Change("drafts", frozenset({"urn:uuid:1"}))


@pytest.fixture
def run(tmp_path: Path) -> Path:
    directory = tmp_path / "run"
    directory.mkdir(mode=0o700)
    return directory


@pytest.fixture
def pair(run: Path) -> Iterator[tuple[Neighbours, Neighbours]]:
    one, other = Neighbours(run, "cafe", "1"), Neighbours(run, "cafe", "2")
    yield one, other
    one.close()
    other.close()


def test_a_change_arrives_as_anothers(run: Path, pair: tuple[Neighbours, Neighbours]) -> None:
    one, other = pair
    one.send((DRAFT, Change("line", frozenset())))
    assert select.select([other], [], [], 0)[0]
    assert other.receive() == (
        Change("drafts", frozenset({"urn:uuid:1"}), ours=False),
        Change("line", frozenset(), ours=False),
    )
    assert one.receive() == ()
    for file in run.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0


def test_another_stores_sessions_hear_nothing(run: Path, pair: tuple[Neighbours, Neighbours]) -> None:
    stranger = Neighbours(run, "beef", "1")
    pair[0].send((DRAFT,))
    assert stranger.receive() == () and stranger.alone() and not pair[0].alone()
    stranger.close()


def test_a_dead_ones_socket_is_removed(run: Path) -> None:
    one = Neighbours(run, "cafe", "1")
    dead = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    dead.bind(str(run / "cafe-dead.s"))
    dead.close()
    (run / "cafe-dead.s.missed").touch()
    one.send((DRAFT,))
    assert one.alone() and [file.name for file in run.iterdir()] == [f"cafe-{os.getpid()}-1.s"]
    one.close()
    assert list(run.iterdir()) == []


def test_who_was_asleep_for_long_takes_everything_for_changed(pair: tuple[Neighbours, Neighbours]) -> None:
    one, sleeper = pair
    for number in range(5000):
        one.send((Change("person", frozenset({f"p{number}"})),))
    heard = sleeper.receive()
    assert {change.topic for change in heard if not change.ids} == set(TOPICS)
    assert sleeper.receive() == ()
    one.send((DRAFT,))
    assert sleeper.receive() == (Change("drafts", DRAFT.ids, ours=False),)


def test_many_ids_are_told_as_any(pair: tuple[Neighbours, Neighbours]) -> None:
    one, other = pair
    one.send((Change("person", frozenset(str(number) for number in range(1000))),))
    assert other.receive() == (Change("person", frozenset(), ours=False),)


@pytest.mark.parametrize("said", [b"", b"\xff", b"{}", b"[1]", b'["later-topic", []]', b'["drafts", "x"]', b"[[],[]]"])
def test_what_is_not_understood_counts_as_everything(
    run: Path, pair: tuple[Neighbours, Neighbours], said: bytes
) -> None:
    stranger = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    stranger.sendto(said, str(run / f"cafe-{os.getpid()}-1.s"))
    assert {change.topic for change in pair[0].receive()} == set(TOPICS)
    stranger.close()


def test_a_long_path_to_the_run_directory_is_no_hindrance(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 90) / ("y" * 90)
    deep.mkdir(parents=True, mode=0o700)
    one, other = Neighbours(deep, "cafe", "1"), Neighbours(deep, "cafe", "2")
    one.send((DRAFT,))
    assert other.receive() == (Change("drafts", DRAFT.ids, ours=False),)
    one.close()
    other.close()
    assert list(deep.iterdir()) == []


def test_a_run_directory_that_others_can_write_is_refused(run: Path) -> None:
    os.chmod(run, 0o777)
    with pytest.raises(RunDirectory):
        Neighbours(run, "cafe", "1")
