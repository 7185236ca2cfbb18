"""The sandbox as a process of its own, for tests that must see it on a real line."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

MAIN = [sys.executable, "-m", "akson_tui.sandbox", "--port", "0"]
WAIT_SECONDS = 30


@contextlib.contextmanager
def sandbox(*words: str, **more: Any) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The base and the process; ended, if it still runs, at the end."""
    process = subprocess.Popen([*MAIN, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)
    assert process.stdout is not None and process.stderr is not None
    try:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        yield json.loads(line)["base"], process
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)
        process.stdout.close()
        process.stderr.close()
