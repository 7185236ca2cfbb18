"""How the sandbox answers when it holds 20,000 and 200,000 resources: a table of times, and its memory.

    python -m tests.bench.sandbox_size [20000 200000]

Each patient has a hundred resources, so that what is asked finds as much in the small store as in the large one.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from akson_tui.sandbox.store import Store

EACH = 100
REPEATS = 60
LOINC = ("8867-4", "2708-6", "9279-1", "8310-5", "29463-7")
# What is asked, of the patient in the middle of the store.
ASKED = {
    "observations of a patient": "Observation?patient={patient}",
    "the newest 20": "Observation?patient={patient}&_sort=-date&_count=20",
    "one code, a year": "Observation?patient={patient}&code=8867-4&date=ge2025-06-01",
    "by the patient's number": "Observation?patient.identifier={number}",
    "patient by name": "Patient?name=familie{place}",
    "patient by number": "Patient?identifier={number}",
    "all of a patient": "Patient/{patient}/$everything?_count=100",
    "what is new": "Observation?_lastUpdated=ge2026-11-24T07:00:00.{last}Z&_count=100",
    "read": "Patient/{patient}",
}


def resources(total: int) -> Iterator[dict[str, Any]]:
    """Patients with 99 measurements each."""
    day = dt.date(2020, 1, 1)
    for place in range(total // EACH):
        number = f"{10_000_000_000 + place}"
        yield {
            "resourceType": "Patient",
            "id": f"p{place}",
            "identifier": [{"system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": number}],
            "name": [{"family": f"Familie{place}", "given": ["Prøve"]}],
            "birthDate": "1950-01-01",
        }
        for count in range(EACH - 1):
            yield {
                "resourceType": "Observation",
                "id": f"o{place}-{count}",
                "status": "final",
                "code": {"coding": [{"system": "http://loinc.org", "code": LOINC[count % len(LOINC)]}]},
                "subject": {"reference": f"Patient/p{place}"},
                "effectiveDateTime": (day + dt.timedelta(days=count * 25)).isoformat(),
                "valueQuantity": {"value": 60 + count % 40, "unit": "/min", "code": "/min"},
            }


def filled(path: Path, total: int) -> float:
    """Makes the store; how many seconds it took."""
    begun = time.perf_counter()
    clock = iter(range(1_795_503_600_000, 1_795_503_600_000 + total))
    store = Store(path, lambda: next(clock), lasting=False)
    batch: list[dict[str, Any]] = []
    for resource in resources(total):
        batch.append(resource)
        if len(batch) == 500:
            with store.writing() as writer:
                writer.put_trusted(batch)
            batch.clear()
    with store.writing() as writer:
        writer.put_trusted(batch)
    store.close()
    return time.perf_counter() - begun


def pss_megabytes(pid: int) -> float:
    """The process's share of memory."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024


def measured(total: int) -> dict[str, float]:
    """Median ms of each question, and the rest of the row."""
    with tempfile.TemporaryDirectory(prefix="akson-bench-") as folder:
        path = Path(folder) / "sandbox.db"
        row = {"filled, s": filled(path, total), "file, MB": path.stat().st_size / 2**20}
        command = [sys.executable, "-m", "akson_tui.sandbox", "--empty", "--port", "0", "--data", folder]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        try:
            address = urlsplit(json.loads(process.stdout.readline())["base"])
            row["PSS at first, MB"] = pss_megabytes(process.pid)
            line = HTTPConnection(address.netloc)
            place = total // EACH // 2
            # The last batches have the last milliseconds.
            last = f"{total // 500 - 1:03}"
            words = {"patient": f"p{place}", "number": f"{10_000_000_000 + place}", "place": place, "last": last}
            for name, question in ASKED.items():
                row[name] = _median_ms(line, f"{address.path}/{question.format(**words)}")
            row["page by page through all, s"] = _through_all(
                line, f"{address.path}/Observation?_count=1000&_total=none"
            )
            row["PSS at last, MB"] = pss_megabytes(process.pid)
            line.close()
        finally:
            process.terminate()
            process.wait(30)
            process.stdout.close()
    return row


def _get(line: HTTPConnection, address: str) -> dict[str, Any]:
    line.request("GET", address, headers={"Accept": "application/fhir+json"})
    answer = line.getresponse()
    body = answer.read()
    assert answer.status == 200, body
    return dict(json.loads(body))


def _median_ms(line: HTTPConnection, address: str) -> float:
    times = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        _get(line, address)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def _through_all(line: HTTPConnection, address: str, pages: int = 20) -> float:
    """The first pages of everything: what a client does that keeps no count of rows."""
    begun = time.perf_counter()
    for _ in range(pages):
        told = _get(line, address)
        links = [link["url"] for link in told["link"] if link["relation"] == "next"]
        if not links:
            break
        address = links[0].partition(line.host + f":{line.port}")[2]
    return time.perf_counter() - begun


def main() -> None:
    """Prints the table."""
    sizes = [int(word) for word in sys.argv[1:]] or [20_000, 200_000]
    rows = {size: measured(size) for size in sizes}
    print(f"{'':34}" + "".join(f"{size:>12,}" for size in sizes) + f"{'ratio':>10}")
    for name in rows[sizes[0]]:
        values = [rows[size][name] for size in sizes]
        print(f"{name:34}" + "".join(f"{value:12.2f}" for value in values) + f"{values[-1] / values[0]:10.2f}")


if __name__ == "__main__":
    main()
