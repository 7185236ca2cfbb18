"""`akson-tui completion`: prints what `python -m tests.tools.completion` made beforehand; nothing is needed here."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from akson_tui.cli import DONE
from akson_tui.cli.ending import ending

FOLDER = Path(__file__).parent.parent / "completion"
FILES = {"bash": "akson-tui.bash", "zsh": "_akson-tui", "fish": "akson-tui.fish", "man": "akson-tui.1"}


def run(options: argparse.Namespace) -> int:
    """Print; returns the exit code."""

    def work() -> int:
        sys.stdout.buffer.write((FOLDER / FILES[options.shell]).read_bytes())
        sys.stdout.buffer.flush()
        return DONE

    return ending(work)
