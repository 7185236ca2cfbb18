"""The demo app in a terminal, for tests of the driver."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.tools.terminal import Terminal

Start = Callable[..., Terminal]
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def start() -> Iterator[Start]:
    running: list[Terminal] = []

    def run(*options: str, wait: str = "Arbeidsliste", **more: object) -> Terminal:
        command = [sys.executable, "-m", "tests.terminal.demo", *options]
        terminal = Terminal(command, cwd=str(ROOT), **more)  # type: ignore[arg-type]
        running.append(terminal)
        terminal.wait(wait)
        terminal.settle()
        return terminal

    yield run
    for terminal in running:
        terminal.close()
