"""PgDn held in the longest timeline over a bad line: how old is what stands on the person's screen after the last key.

    python -m tests.bench.slow_line

The easy mistake is a line with small buffers: it would hold the program back as no real line does. `tools.slow_line`
takes all at once, and keeps it until 64 kbit/s have carried it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.station import Station, prepared
from tests.tools.slow_line import SlowLine
from tests.tools.terminal import KEYS, Miss

BITS, DELAY = 64_000, 0.3
"""Bits a second, and seconds late each way."""
PRESSED, EVERY = 60, 1 / 30
"""Times that the key comes while it is held, and seconds between two, as keyboards repeat."""
STALE = 1.0
"""Seconds after the last key at which the last page must stand on the screen."""
NAME = "solheim"


@dataclass(frozen=True)
class Held:
    """A held key: seconds from the last one (as pressed) to the last byte on the screen, and bytes in all."""

    stale: float
    bytes: int
    last: str
    """The first row of the last screen."""


class FarStation(Station):
    """A workstation at the end of a bad line, from its first byte on."""

    def __init__(self, home: Path, base: str, bits: float = BITS, delay: float = DELAY) -> None:
        super().__init__(home, base)
        self._line: SlowLine | None = None
        self._quality = (bits, delay)

    def __enter__(self) -> FarStation:
        self.sits_down()
        return self

    @property
    def line(self) -> SlowLine:
        """What carries its bytes."""
        if self._line is None:
            self._line = SlowLine(self.terminal, *self._quality)
        return self._line

    def sees(self, text: str, limit: float = 60.0) -> None:
        end = time.monotonic() + limit
        while not self.terminal.shows(text):
            self.line.carry(0.05)
            if time.monotonic() > end:
                raise Miss(f"no {text!r} on the screen\n" + "\n".join(self.terminal.display))

    def rests(self, quiet: float) -> None:
        self.line.carry_until_quiet(quiet)

    def presses(self, *keys: str) -> None:
        """Keys, each when what came of the one before stands on the screen."""
        for key in keys:
            self.line.press(KEYS.get(key, key).encode())
            self.line.carry(2 * self._quality[1])
            self.rests(1.0)

    def holds(self, key: str, every: float = EVERY) -> Held:
        """Hold `key`; until the last page stands there."""
        before = self.terminal.total
        for _ in range(PRESSED):
            self.line.press(KEYS[key].encode())
            self.line.carry(every)
        last = self.line.last_seen = time.monotonic() - every
        self.line.carry_until_quiet(3.0)
        return Held(self.line.last_seen - last, self.terminal.total - before, self.terminal.display[5].rstrip())


def measure(home: Path, base: str, bits: float = BITS, delay: float = DELAY, every: float = EVERY) -> Held:
    """PgDn held at a workstation in `home`. Raises Miss where it ends on another page than pressing slowly does."""
    with FarStation(home, base, bits, delay) as kari:
        kari.presses("/", *NAME, "enter", "2")
        held = kari.holds("pgdn", every)
        kari.leaves()
    with Station(home, base, quiet=0.1) as kari:
        kari.searches(NAME)
        kari.presses("2", *["pgdn"] * PRESSED)
        wanted = kari.terminal.display[5].rstrip()
    if held.last != wanted:
        raise Miss(f"another page stands there: {held.last} for {wanted}")
    return held


def main() -> int:
    """Print what was found; 1 where it is too stale."""
    with tempfile.TemporaryDirectory() as folder:
        home, journal = prepared(Path(folder), NAME)
        with journal:
            held = measure(home, journal.base)
    print(
        f"PgDn held {PRESSED} times, {BITS // 1000} kbit/s, {DELAY * 1000:.0f} ms each way: the last page stood "
        f"{held.stale:.2f} s after the last key was pressed ({held.stale - DELAY:.2f} s after it arrived), "
        f"{held.bytes} bytes"
    )
    return int(held.stale > STALE)


if __name__ == "__main__":
    sys.exit(main())
