"""How far long work has come, on stderr where that is a terminal; nothing where a program reads it.

Easy to get wrong: an animation. It is painted when something came, and goes when the work is done.
"""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TextIO

from akson_tui.terminal.safe import one_line

WIDE = 20


class Progress:
    """One line that is painted over; used as a context manager."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._shows = self._stream.isatty()
        self._painted = ""

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._paint("")

    def at(self, what: str, done: int = 0, total: int = 0) -> None:
        """`what` is going on; with `total`, `done` of it is done."""
        if not total:
            self._paint(f"{what} …")
            return
        full = WIDE * min(done, total) // total
        self._paint(f"[{'#' * full}{'.' * (WIDE - full)}] {done}/{total} {what}")

    def _paint(self, text: str) -> None:
        text = one_line(text, 78)
        if self._shows and text != self._painted:
            self._stream.write("\r" + text.ljust(len(self._painted)) + ("\r" if not text else ""))
            self._stream.flush()
            self._painted = text
