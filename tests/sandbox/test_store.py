"""What was acknowledged is on disk, whatever happens to the process; what was not is there whole or not at all."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from akson_tui.sandbox.store import Store
from tests.sandbox.conftest import NOW, observation, patient

# Writes pairs of resources, one transaction each, and says so after each commit.
WRITER = """
import itertools, json, sys, time
from pathlib import Path
from akson_tui.sandbox.store import Store
store = Store(Path(sys.argv[1]), lambda: 1)
for n in itertools.count(int(sys.argv[2])):
    with store.writing() as writer:
        for half in "ab":
            text = json.dumps({"resourceType": "Basic", "code": {"text": "x" * 3000}})
            writer.put("Basic", f"{n}{half}", text, "POST")
    print(n, flush=True)
"""


@pytest.mark.parametrize("rounds", [5])
def test_no_acknowledged_write_is_lost_by_kill_9(tmp_path: Path, rounds: int) -> None:
    path = tmp_path / "sandbox.db"
    told = 0
    for number in range(rounds):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(told)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for _ in range(7 + 13 * number):
            told = int(process.stdout.readline()) + 1
        os.kill(process.pid, signal.SIGKILL)
        for line in process.stdout:
            told = int(line) + 1
        process.wait()
        store = Store(path, lambda: NOW)
        with store.reading() as session:
            assert session.db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            names = {ident for (ident,) in session.db.execute("SELECT id FROM version JOIN body USING (seq)")}
        store.close()
        assert {f"{n}{half}" for n in range(told) for half in "ab"} <= names
        pairs = {name[:-1] for name in names}
        assert names == {pair + half for pair in pairs for half in "ab"}, "half a transaction"
        # A pair may be on disk that was not told any more.
        told = max(int(pair) for pair in pairs) + 1


def test_a_transaction_that_raises_leaves_nothing(store: Store) -> None:
    def fails() -> None:
        with store.writing() as writer:
            writer.put("Patient", "a", json.dumps(patient("a", "Bakken")), "PUT")
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    with store.reading() as session:
        assert session.current("Patient", "a") is None
        assert session.pid("Patient", "family") == -1
    with store.writing() as writer:
        writer.put("Patient", "a", json.dumps(patient("a", "Bakken")), "PUT")
    with store.reading() as session:
        assert session.pid("Patient", "family") > 0


def test_two_processes_write_to_one_file_and_times_rise_with_the_numbers(tmp_path: Path) -> None:
    path = tmp_path / "sandbox.db"
    other = subprocess.Popen([sys.executable, "-c", WRITER, str(path), "0"], stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    other.stdout.readline()
    store = Store(path, lambda: 1)
    for n in range(40):
        with store.writing() as writer:
            writer.put("Observation", f"o{n}", json.dumps(observation(f"o{n}", "a", "2026")), "PUT")
        if n == 20:
            for _ in range(5):
                other.stdout.readline()
    os.kill(other.pid, signal.SIGKILL)
    other.stdout.close()
    other.wait()
    with store.reading() as session:
        rows = list(session.db.execute("SELECT seq, updated, type FROM version ORDER BY seq"))
    store.close()
    assert [seq for seq, _, _ in rows] == list(range(1, len(rows) + 1))
    times = [updated for _, updated, _ in rows]
    assert times == sorted(times)
    assert sum(type_ == "Observation" for _, _, type_ in rows) == 40
    # One time for all of a transaction, and never the same for two.
    assert len(set(times)) == 40 + (len(rows) - 40) // 2


def test_the_generators_resources_are_found_like_any_others(store: Store) -> None:
    with store.writing() as writer:
        writer.put_trusted([patient("a", "Bakken"), observation("o", "a", "2026-11-24", meta={"tag": [{"code": "x"}]})])
        writer.put_trusted([patient("a", "Overskrevet?")])
    with store.reading() as session:
        found = session.current("Patient", "a")
        assert found is not None and json.loads(found.body)["name"] == [{"family": "Bakken"}]
        made = session.current("Observation", "o")
        assert made is not None
        body = json.loads(made.body)
        assert list(body)[:3] == ["resourceType", "id", "meta"]
        assert body["meta"]["tag"] == [{"code": "x"}] and body["meta"]["versionId"] == "1"
        assert session.is_linked("Patient", "a")
        assert not session.is_linked("Observation", "o")


def test_a_file_of_another_release_is_indexed_anew(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    store = Store(path, lambda: NOW)
    with store.writing() as writer:
        writer.put("Observation", "a", '{"resourceType":"Observation","valueQuantity":{"value":5.40}}', "PUT")
    store.close()
    db = sqlite3.connect(path)
    db.execute("DROP TABLE amount")
    db.execute("PRAGMA user_version = 1")
    db.close()
    again = Store(path, lambda: NOW)
    with again.reading() as session:
        assert session.db.execute("SELECT low, high FROM amount").fetchall() == [(5.4, 5.4), (5.4, 5.4)]
        assert session.db.execute("SELECT count(*) FROM token WHERE value = 'a'").fetchone() == (0,)
    again.close()
