"""Runs a program and records each frame that its painter is asked for.

    python -m tests.bench.record FILE MODULE [ARGUMENTS…]

A frame belongs to the act whose name stands in FILE.act at that moment; who presses the keys writes it there. Only the
driver's own frames are recorded, not what other processes that MODULE starts may draw.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from akson_tui.terminal.cells import Cursor, Grid
from akson_tui.terminal.painter import Painter
from tests.bench.frames import Recorder


def act_file(path: Path) -> Path:
    """Where the name of the present act is written."""
    return path.with_name(path.name + ".act")


def tap(path: Path) -> None:
    """Record from now on to `path` what any painter in this process is given."""
    plain = Painter.frame
    recorders: dict[int, Recorder] = {}

    def frame(self: Painter, want: Grid, cursor: Cursor) -> bytes:
        recorder = recorders.get(id(self))
        if recorder is None:
            recorder = recorders[id(self)] = Recorder(path, self.pens)
        label = act_file(path)
        recorder.act = label.read_text(encoding="utf-8") if label.exists() else recorder.act
        recorder.add(want, cursor)
        return plain(self, want, cursor)

    Painter.frame = frame  # type: ignore[method-assign]


def main() -> None:
    """Record the module named on the command line."""
    path, module, *rest = sys.argv[1:]
    tap(Path(path))
    sys.argv = [module, *rest]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
