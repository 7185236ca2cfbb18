"""The municipality, stored once for all journeys that need the whole of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from akson_tui.sandbox import population
from akson_tui.sandbox.municipality import generate
from akson_tui.sandbox.serve import DATABASE
from akson_tui.sandbox.store import Store
from tests.journeys.people import NOW

PEOPLE = 30


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the journals of 30 people, as the sandbox stores them."""
    folder = tmp_path_factory.mktemp("municipality")
    now = datetime.fromisoformat(NOW)
    store = Store(folder / DATABASE, lambda: int(now.timestamp() * 1000), lasting=False)
    population.fill(store, generate, 1, now, PEOPLE, False, lambda _label: None, lambda: None)
    store.close()
    return folder


@pytest.fixture
def municipality(stored: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Makes a copy of it, by name, to start a journal on."""
    return lambda name: Path(shutil.copytree(stored, tmp_path / name))
