"""A workstation to measure: what each key cost in bytes, and what the process alone used of the CPU.

The easy mistake is a key that is counted before its frame has come, so that the next key pays for it: a key is done
when something came and the line has been still since.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

from tests.journeys.people import Journal, Nurse
from tests.tools.terminal import KEYS, Miss, Terminal

COMES = 3.0
"""Seconds in which a key's first byte must come; one that sends nothing costs this long."""
PLAIN = "tests.bench.plain"
PROGRAM = "akson_tui"


@dataclass(frozen=True)
class Typed:
    """A text typed letter by letter: the bytes of each letter, and seconds of CPU for all."""

    bytes: tuple[int, ...]
    cpu: float

    @property
    def median(self) -> float:
        """Bytes of the letter in the middle."""
        return median(self.bytes)

    @property
    def mean(self) -> float:
        """Bytes a letter."""
        return fmean(self.bytes)


class Meter:
    """Counts at `terminal`. `quiet`: seconds without a byte after which a key has been answered."""

    def __init__(self, terminal: Terminal, quiet: float) -> None:
        self.terminal = terminal
        self.quiet = quiet

    def settle(self, quiet: float | None = None, limit: float = 10.0) -> None:
        """Read until nothing has come for `quiet` seconds."""
        end = time.monotonic() + limit
        while self.terminal.pump(quiet or self.quiet) and time.monotonic() < end:
            pass

    def comes(self, total: int, limit: float = 10.0) -> None:
        """Read until the program has written `total` bytes. Raises Miss."""
        end = time.monotonic() + limit
        while self.terminal.total < total:
            if time.monotonic() > end:
                raise Miss(f"{self.terminal.total} of {total} bytes came")
            self.terminal.pump(0.05)

    def press(self, *names: str, beat: float = 0.0) -> int:
        """The bytes of these keys, pressed one by one as in `type`."""
        return sum(self.each(*names, beat=beat))

    def each(self, *names: str, beat: float = 0.0) -> tuple[int, ...]:
        """The bytes of each of these keys."""
        counts = [self._key(KEYS.get(name, name), beat) for name in names]
        before = self.terminal.total
        self.settle()
        counts[-1] += self.terminal.total - before
        return tuple(counts)

    def type(self, text: str, beat: float = 0.0) -> Typed:
        """Type `text`: a letter each `beat` seconds and when the one before was answered; 0: when it was still too."""
        before = self.cpu()
        counts = self.each(*text, beat=beat) if text else ()
        return Typed(counts, self.cpu() - before)

    def idle(self, seconds: float) -> tuple[int, float]:
        """Bytes and seconds of CPU in `seconds` of nothing."""
        self.settle(1.5)
        before, cpu = self.terminal.total, self.cpu()
        self.terminal.pump_for(seconds)
        return self.terminal.total - before, self.cpu() - cpu

    def cpu(self) -> float:
        """Seconds of CPU of the program's own process, all threads, by the nanosecond where the kernel tells."""
        used = 0
        for thread in os.listdir(f"/proc/{self.terminal.pid}/task"):
            # A thread that has just ended is missed: what it used is little, and it told nobody.
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                used += int(Path(f"/proc/{self.terminal.pid}/task/{thread}/schedstat").read_text().split()[0])
        return used / 1e9

    def _key(self, key: str, beat: float = 0.0) -> int:
        terminal = self.terminal
        before, now = terminal.total, time.monotonic()
        terminal.send(key.encode())
        while terminal.total == before and time.monotonic() < now + COMES:
            terminal.pump(0.05)
        if not beat:
            self.settle()
        while (left := now + beat - time.monotonic()) > 0:
            terminal.pump(left)
        return terminal.total - before


class Station(Nurse):
    """Kari Nilsen's workstation on the journal at `base`, run by `module`."""

    def __init__(self, home: Path, base: str, *, module: Sequence[str] = (PROGRAM,), quiet: float = 0.3) -> None:
        super().__init__(home, base)
        at = self.command.index(PROGRAM)
        self.command[at : at + 1] = module
        self._quiet = quiet

    def __enter__(self) -> Station:
        self.sits_down()
        return self

    @property
    def seated(self) -> bool:
        """Whether it was started."""
        return self._terminal is not None

    @property
    def meter(self) -> Meter:
        """Counts what keys cost."""
        return Meter(self.terminal, self._quiet)

    def sits_down(self) -> None:
        """The worklist stands, the line is known, and nothing more comes."""
        super().sits_down()
        self.sees("Journalen svarer")
        self.rests(1.0)

    def rests(self, quiet: float) -> None:
        """Nothing has come for `quiet` seconds."""
        self.meter.settle(quiet)

    def searches(self, name: str) -> None:
        """Open the first hit for `name`."""
        self.terminal.burst("/")
        self.types(name)
        self.sees(name.title())
        self.presses("enter")
        self.terminal.gone("Søk pasient")

    def has_fetched(self, name: str, limit: float = 300.0) -> None:
        """Open `name` and wait until all of the journal lies in the store."""
        self.searches(name)
        self.presses("2", "f5")
        self.sees("oppføringer  hentet 09.30", limit)
        self.meter.settle(1.0)


def prepared(folder: Path, *names: str) -> tuple[Path, Journal]:
    """A home with the journals of `names` in its store, and the journal (to be entered) that it came from."""
    journal = Journal(folder / "journal", "--population", "30")
    with journal, Station(folder / "home", journal.base) as kari:
        for name in names:
            kari.has_fetched(name)
        assert kari.leaves() == 0
    return folder / "home", journal


def vim(path: Path, text: str, quiet: float) -> Meter:
    """vim without any settings in a file that holds `text`."""
    path.write_text(text, encoding="utf-8")
    command = ["vim", "-u", "NONE", "-i", "NONE", "-n", str(path)]
    meter = Meter(Terminal(command, env={"LANG": "C.UTF-8"}), quiet)
    meter.settle(1.0)
    return meter
