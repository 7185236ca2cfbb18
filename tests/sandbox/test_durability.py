"""Stopped by kill -9 at any moment, and written to by many at once: nothing acknowledged is lost, nothing stays half.

The short run kills 20 times; `-m long` 200 times. Figures are printed (pytest -s).
"""

import http.client
import json
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.sandbox.processes import MAIN, WAIT_SECONDS, sandbox

SEED = 20261124
PARTS = 3


def transaction(system: str, number: int) -> dict[str, Any]:
    """Three resources that belong together."""
    made = []
    for part in range(PARTS):
        identifier = [{"system": system, "value": f"{number}.{part}"}]
        resource = {"resourceType": "Basic", "code": {"text": "x" * 500}, "identifier": identifier}
        made.append({"resource": resource, "request": {"method": "POST", "url": "Basic"}})
    return {"resourceType": "Bundle", "type": "transaction", "entry": made}


class Writing(threading.Thread):
    """Sends one transaction after the other, and remembers which were acknowledged, until the line breaks."""

    def __init__(self, base: str, system: str) -> None:
        super().__init__()
        self.base = base
        self.system = system
        self.acknowledged = 0
        self.refused = ""
        self.begun = threading.Event()

    def run(self) -> None:
        with httpx.Client() as client:
            while True:
                try:
                    answer = client.post(self.base, json=transaction(self.system, self.acknowledged))
                except httpx.TransportError:
                    return
                if answer.status_code != 200:
                    self.refused = answer.text
                    return
                self.acknowledged += 1
                self.begun.set()


def stored(base: str, system: str) -> dict[int, int]:
    """How many of its parts each transaction has."""
    found: dict[int, int] = {}
    address: str | None = f"{base}/Basic?identifier={system}|&_count=1000&_elements=identifier"
    while address:
        told = httpx.get(address, timeout=30).json()
        for entry in told.get("entry", []):
            number = int(entry["resource"]["identifier"][0]["value"].partition(".")[0])
            found[number] = found.get(number, 0) + 1
        address = next((link["url"] for link in told["link"] if link["relation"] == "next"), None)
    return found


@pytest.mark.parametrize("times", [20, pytest.param(200, marks=pytest.mark.long)], ids=lambda times: f"{times} times")
def test_kill_9_under_writes_loses_nothing_that_was_acknowledged(tmp_path: Path, times: int) -> None:
    chance = random.Random(SEED)
    rounds: list[tuple[str, int]] = []
    unheard = 0
    for number in range(times):
        system = f"http://example.org/round-{number}"
        with sandbox("--empty", "--data", str(tmp_path)) as (base, process):
            if rounds:
                before, acknowledged = rounds[-1]
                unheard += checked(base, before, acknowledged)
            writing = Writing(base, system)
            writing.start()
            assert writing.begun.wait(WAIT_SECONDS)
            killer = threading.Timer(chance.uniform(0, 0.25), process.kill)
            killer.start()
            process.wait(WAIT_SECONDS)
            writing.join(WAIT_SECONDS)
            assert not writing.refused
        rounds.append((system, writing.acknowledged))
        if number % 5 == 0:
            killed_while_starting(tmp_path, chance.uniform(0, 0.5))
    with sandbox("--empty", "--data", str(tmp_path)) as (base, _):
        for system, acknowledged in rounds:
            checked(base, system, acknowledged)
    total = sum(acknowledged for _, acknowledged in rounds)
    print(f"\nkill -9 {times} times: {total} transactions acknowledged, all there; {unheard} there but unheard of")


def checked(base: str, system: str, acknowledged: int) -> int:
    """Holds what is stored against what was acknowledged; how many were stored but not acknowledged (the last, at
    most)."""
    found = stored(base, system)
    assert set(range(acknowledged)) <= found.keys() <= set(range(acknowledged + 1))
    assert set(found.values()) == {PARTS}
    return len(found) - acknowledged


def killed_while_starting(folder: Path, after: float) -> None:
    process = subprocess.Popen([*MAIN, "--empty", "--data", str(folder)], stdout=subprocess.DEVNULL)
    killer = threading.Timer(after, process.kill)
    killer.start()
    process.wait(WAIT_SECONDS)


WRITERS, EACH = 8, 25
WRITER = """
import http.client, json, sys
host, path, each = sys.argv[1], sys.argv[2], int(sys.argv[3])
line = http.client.HTTPConnection(host)
def ask(method, body=None, **headers):
    line.request(method, path, body, headers)
    answer = line.getresponse()
    return answer.status, answer.headers, answer.read()
done = refused = 0
while done < each:
    _, headers, body = ask("GET")
    counter = json.loads(body)
    counter["code"]["text"] = str(int(counter["code"]["text"]) + 1)
    kind = {"Content-Type": "application/fhir+json", "If-Match": headers["ETag"]}
    status, _, _ = ask("PUT", json.dumps(counter), **kind)
    assert status in (200, 412), status
    done += status == 200
    refused += status == 412
print(refused)
"""


def test_eight_who_write_at_once_lose_no_update() -> None:
    with sandbox("--empty") as (base, _):
        counter = {"resourceType": "Basic", "id": "counter", "code": {"text": "0"}}
        assert httpx.put(f"{base}/Basic/counter", json=counter).status_code == 201
        address = urlsplit(base)
        command = [sys.executable, "-c", WRITER, address.netloc, address.path + "/Basic/counter", str(EACH)]
        writers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(WRITERS)]
        told = [writer.communicate(timeout=120)[0] for writer in writers]
        assert [writer.returncode for writer in writers] == [0] * WRITERS
        line = http.client.HTTPConnection(address.netloc)
        line.request("GET", address.path + "/Basic/counter")
        found = json.loads(line.getresponse().read())
        line.close()
    assert (found["code"]["text"], found["meta"]["versionId"]) == (str(WRITERS * EACH), str(WRITERS * EACH + 1))
    refused = sum(map(int, told))
    assert refused > 0, "they never met"
    print(f"\n{WRITERS} writers: {WRITERS * EACH} updates taken, {refused} refused as stale, none lost")
