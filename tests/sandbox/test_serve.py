"""The sandbox as a process: it answers, says where, keeps or removes what it wrote, and ends with its parent."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from akson_tui.sandbox.serve import options
from tests.sandbox.conftest import observation, patient
from tests.sandbox.processes import MAIN, WAIT_SECONDS, sandbox


def test_it_answers_when_it_says_so_with_the_worklists(tmp_path: Path) -> None:
    now = "2026-11-24T07:00:00+01:00"
    with sandbox("--data", str(tmp_path), "--population", "small", "--now", now) as (base, process):
        told = httpx.get(base + "/metadata")
        assert told.json()["software"]["name"] == "akson-tui sandbox"
        assert told.headers["date"] == "Tue, 24 Nov 2026 06:00:00 GMT"
        today = httpx.get(base + "/Appointment", params={"date": "2026-11-24", "_count": "0"}).json()
        assert today["total"] >= 10
        found = httpx.post(base + "/Patient/_search", data={"name": "bakken", "address-city": "Kristiansand"}).json()
        assert [one["resource"]["name"][0]["family"] for one in found["entry"]] == ["Bakken"]
        process.terminate()
        assert process.wait(WAIT_SECONDS) == 0
    assert (tmp_path / "sandbox.db").exists()


def test_what_was_acknowledged_is_there_after_kill_9(tmp_path: Path) -> None:
    for number in range(3):
        with sandbox("--empty", "--data", str(tmp_path)) as (base, process):
            with httpx.Client() as client:
                assert client.get(base + "/Observation?_summary=count").json()["total"] == number * 5
                for n in range(5):
                    made = client.post(base + "/Observation", json=observation("x", f"{number}-{n}", "2026"))
                    assert made.status_code == 201
            process.kill()
            process.wait(WAIT_SECONDS)


def test_without_a_folder_nothing_stays(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with sandbox("--empty", env=environment) as (base, process):
        assert httpx.put(base + "/Patient/a", json=patient("a", "Bakken")).status_code == 201
        assert len(list(tmp_path.iterdir())) == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(WAIT_SECONDS) == 0
    assert list(tmp_path.iterdir()) == []


PARENT = """
import os, subprocess, sys, time
read, write = os.pipe()
child = subprocess.Popen(sys.argv[1:] + ["--parent-fd", str(read)], pass_fds=[read])
os.close(read)
time.sleep(1000)
"""


@pytest.mark.parametrize("people", [["--empty"], []], ids=["empty", "while the people are stored"])
def test_it_ends_with_its_parent_also_by_kill_9_and_cleans_up(tmp_path: Path, people: list[str]) -> None:
    data = tmp_path / "home"
    words = [*MAIN, *people, "--data", str(data / "x"), "--clean", str(data)]
    parent = subprocess.Popen([sys.executable, "-c", PARENT, *words], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    base = json.loads(parent.stdout.readline())["base"]
    assert httpx.get(base + "/metadata").status_code == 200
    assert data.exists()
    parent.kill()
    parent.wait()
    # The sandbox and its helper hold the other end of this pipe: it ends when the last of them has.
    assert parent.stdout.read() == ""
    parent.stdout.close()
    assert not data.exists()
    with pytest.raises(httpx.ConnectError):
        httpx.get(base + "/metadata")


def test_files_are_loaded_before_it_answers_and_what_was_refused_is_told(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text(json.dumps(patient("a", "Bakken")))
    (tmp_path / "bad.json").write_text('{"resourceType": "Patient", "shoe": 43}')
    with sandbox("--empty", "--load", str(tmp_path / "good.json"), str(tmp_path / "bad.json")) as (base, process):
        assert httpx.get(base + "/Patient/a").status_code == 200
        process.terminate()
        assert process.stderr is not None
        told = process.stderr.read()
    assert "bad.json: Patient/?: Patient: Additional properties" in told
    assert "Patient                                2       1       1" in told


def test_the_token_comes_from_the_environment(tmp_path: Path) -> None:
    with sandbox("--empty", "--token-env", "TOKEN", env={**os.environ, "TOKEN": "hemmelig"}) as (base, _):
        assert httpx.get(base + "/metadata").status_code == 401
        assert httpx.get(base + "/metadata", headers={"Authorization": "Bearer hemmelig"}).status_code == 200


def test_what_was_asked_wrongly_is_told_and_not_done(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "TOKEN"}
    no_token = subprocess.run([*MAIN, "--token-env", "TOKEN"], env=environment, capture_output=True, text=True)
    assert no_token.returncode == 2 and "TOKEN" in no_token.stderr
    with sandbox("--empty") as (base, _):
        port = base.rpartition(":")[2].partition("/")[0]
        taken = subprocess.run([*MAIN, "--empty", "--port", port], capture_output=True, text=True)
        assert taken.returncode == 1 and "in use" in taken.stderr
    words = ["--population", "small", "--data", str(tmp_path / "one")]
    with sandbox(*words, "--seed", "1"):
        pass
    other = subprocess.run([*MAIN, *words, "--seed", "2"], capture_output=True, text=True)
    assert other.returncode == 1 and "seed 1, not 2" in other.stderr


def test_a_time_without_zone_is_meant_in_oslo() -> None:
    assert options(["--now", "2026-07-01T08:00"]).now.isoformat() == "2026-07-01T08:00:00+02:00"
    assert options(["--now", "2026-07-01T08:00Z"]).now.isoformat() == "2026-07-01T08:00:00+00:00"
