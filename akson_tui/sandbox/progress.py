"""How far the population is, in one line on a terminal: people, a bar, per cent. Nothing where no terminal watches.

Whoever reads a log must not find a thousand half lines, so the line is drawn over itself and ended once.
"""

import time
from collections.abc import Callable
from typing import TextIO

WIDE = 30
# Drawn no more often than this: a terminal on a slow line is not for this.
SECONDS = 0.5


class Bar:
    """Counts chunks up to `total`, which need not be exact."""

    def __init__(self, out: TextIO, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._out = out
        self._total = max(1, total)
        self._clock = clock
        self._begun = clock()
        self._drawn = self._begun
        self._done = 0

    def step(self) -> None:
        """One more is stored."""
        self._done += 1
        if self._clock() - self._drawn >= SECONDS:
            self._drawn = self._clock()
            part = min(1.0, self._done / self._total)
            filled = int(part * WIDE)
            self._out.write(f"\rsandbox: people [{'#' * filled}{'.' * (WIDE - filled)}] {part:4.0%}")
            self._out.flush()

    def end(self) -> None:
        """All is stored: says in how many seconds, on a line of its own, if anything was drawn."""
        if self._drawn > self._begun:
            told = f"sandbox: all people are stored after {self._clock() - self._begun:.0f} s"
            self._out.write(f"\r{told:<56}\n")
            self._out.flush()


def bar(out: TextIO, total: int) -> Bar | None:
    """A bar where `out` is a terminal."""
    return Bar(out, total) if out.isatty() else None
