"""The real sandbox as a process, for tests that the journal in memory must not be alone in passing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def sandbox(data: Path, port: int = 0, *more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Its base address and its process, once it answers; an empty journal unless `more` says otherwise."""
    command = [
        sys.executable,
        "-m",
        "akson_tui.sandbox",
        "--port",
        str(port),
        "--data",
        str(data),
        *(more or ("--empty",)),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        assert process.stdout is not None
        base = json.loads(process.stdout.readline())["base"]
        yield base, process
    finally:
        process.terminate()
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()


def send(base: str, path: str, body: dict[str, Any], method: str = "PUT") -> dict[str, Any]:
    request = urllib.request.Request(
        f"{base}/{path}", json.dumps(body).encode(), {"Content-Type": "application/fhir+json"}, method=method
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return dict(json.loads(answer.read() or b"{}"))


def everything(base: str, type_: str) -> list[dict[str, Any]]:
    """All resources of a type, oldest first."""
    with urllib.request.urlopen(f"{base}/{type_}?_count=500", timeout=20) as answer:
        found = [entry["resource"] for entry in json.loads(answer.read()).get("entry", [])]
    return sorted(found, key=lambda one: one["meta"]["lastUpdated"])
