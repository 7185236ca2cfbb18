"""Runs the workstation and counts its mounted widgets when asked by SIGUSR1.

    python -m tests.bench.widgets FILE [what akson-tui takes]

The easy mistake is to count what is on the screen only: a list that builds its rows as widgets hides most of them.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, cast

from akson_tui.screens.app import AksonApp

PATIENCE = 10.0
"""Seconds in which the answer must come."""


def ask(pid: int, file: Path) -> int:
    """The number of widgets that the process has mounted now, on all places that lie over one another."""
    file.unlink(missing_ok=True)
    os.kill(pid, signal.SIGUSR1)
    end = time.monotonic() + PATIENCE
    while not file.exists():
        assert time.monotonic() < end, "the workstation does not count"
        time.sleep(0.01)
    return int(file.read_text())


def main() -> None:
    """Be akson-tui."""
    file = Path(sys.argv.pop(1))
    mounted = AksonApp.on_mount

    def on_mount(self: AksonApp) -> None:
        def tell() -> None:
            fresh = file.with_suffix(".new")
            fresh.write_text(str(sum(1 for screen in self._screen_stack for _ in screen.walk_children())))
            fresh.replace(file)

        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, tell)
        mounted(self)

    cast(Any, AksonApp).on_mount = on_mount
    from akson_tui.__main__ import main as program

    program()


if __name__ == "__main__":
    main()
