"""The frames of the program's own visit through ncurses' doupdate and through our painter: bytes by act and in all.

    python -m tests.bench.same_frames

The easy mistake is to compare screens instead of frames: most is won in a letter's frame, and lost in
a page's.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.acts import visit
from tests.bench.frames import load
from tests.bench.ncurses_frames import Count, compare, report, whole
from tests.bench.record import act_file
from tests.bench.station import PROGRAM, Station

IN_ALL, IN_EACH = 0.9, 1.0
"""Our bytes by ncurses', at most."""


def record(folder: Path, home: Path, base: str, beat: float, quiet: float = 0.3) -> dict[str, Count]:
    """The bytes by act, ours and ncurses', of a visit at a workstation in `home`."""
    frames = folder / "frames"
    kari = Station(home, base, module=("tests.bench.record", str(frames), PROGRAM), quiet=quiet)
    try:
        visit(kari, lambda name: _now(frames, name), beat)
        assert kari.leaves() == 0
    finally:
        if kari.seated:
            kari.terminal.close()
    return compare(list(load(frames)))


def missed(counts: dict[str, Count]) -> list[str]:
    """The acts, or the whole, that cost too much."""
    found = [name for name, count in counts.items() if count.ratio > IN_EACH]
    return [*found, "in all"] if whole(counts).ratio > IN_ALL else found


def _now(frames: Path, name: str) -> None:
    # In one step, so that the program never reads half a name.
    label = act_file(frames)
    fresh = label.with_suffix(".new")
    fresh.write_text(name, encoding="utf-8")
    fresh.replace(label)


def main() -> int:
    """Print the table; 1 where a target is missed."""
    from tests.bench.station import prepared

    with tempfile.TemporaryDirectory() as folder:
        home, journal = prepared(Path(folder), "bakken")
        with journal:
            counts = record(Path(folder), home, journal.base, beat=0.05)
    print(report(counts))
    return int(bool(missed(counts)))


if __name__ == "__main__":
    sys.exit(main())
