"""An R4 client that others wrote and that knows nothing of this server does on it what a client does."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.processes import sandbox
from tests.tools.needs import need

HERE = Path(__file__).with_name("node")
PATIENCE_SECONDS = 120


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the client found."""
    need("node", "npm")
    folder = tmp_path_factory.mktemp("node")
    for name in ("package.json", "package-lock.json", "journey.mjs"):
        shutil.copy(HERE / name, folder)
    installed = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert installed.returncode == 0, installed.stderr
    with sandbox("--empty") as (base, _):
        ran = subprocess.run(
            ["node", "journey.mjs", base], cwd=folder, capture_output=True, text=True, timeout=PATIENCE_SECONDS
        )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_it_creates_and_reads(told: dict[str, Any]) -> None:
    assert (told["created"]["version"], told["read"]) == ("1", "Bakken")


def test_it_creates_once_on_condition(told: dict[str, Any]) -> None:
    assert told["once"][0] == told["once"][1] != told["created"]["id"]


def test_it_searches_page_by_page(told: dict[str, Any]) -> None:
    days = [f"2026-11-{day:02}" for day in range(25, 0, -1)]
    assert (told["total"], told["pages"]) == (25, [days[:10], days[10:20], days[20:]])
    assert told["posted"] == 1


def test_it_writes_a_note_and_its_provenance_in_one_transaction(told: dict[str, Any]) -> None:
    assert (told["transaction"], told["provenance"]) == (["201 Created"] * 2, [True])


def test_it_fetches_everything(told: dict[str, Any]) -> None:
    assert told["everything"] == {"Patient": 1, "Observation": 25, "DocumentReference": 1, "Provenance": 1}
    assert told["posted_everything"] == {"Observation": 25}
    assert told["compartment"] == 25


def test_it_patches_and_looks_back(told: dict[str, Any]) -> None:
    assert told["patched"] == ["female", "2"]
    assert (told["versions"], told["of_type"]) == (2, 3)


def test_it_is_told_what_is_stale_and_what_is_gone(told: dict[str, Any]) -> None:
    assert (told["stale"], told["deleted"]) == ([412, "OperationOutcome"], 410)
