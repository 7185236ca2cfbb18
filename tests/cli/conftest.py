"""One practice journal for all command tests, and a shell for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.journeys.people import Journal


@pytest.fixture(scope="session")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    with Journal(tmp_path_factory.mktemp("journal"), "--population", "small") as one:
        yield one


@pytest.fixture(scope="module")
def known(journal: Journal, tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A shell whose home holds the day's list and Astrid's journal already; for tests that change nothing there."""
    shell = Shell(tmp_path_factory.mktemp("known"), journal.base)
    ran = shell("akson-tui worklist && akson-tui find - | akson-tui timeline -", "bakken")
    assert ran.code == 0, ran.err
    return shell


@pytest.fixture
def shell(journal: Journal, tmp_path: Path) -> Shell:
    """A shell with a new home."""
    return Shell(tmp_path / "home", journal.base)
