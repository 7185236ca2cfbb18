"""A journal of 10,000 entries against one of 700, once both lie in the store: CPU and memory of the workstation alone.

    python -m tests.bench.long_journal [--runs N]

The easy mistake is to measure both in one process: what the first one left behind would be the second's. Each runs in a
process of its own, the journal idle, in turns; the least of the runs counts, without what else the machine did.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import widgets
from tests.bench.station import Meter, Station, prepared

SHORT, LONG = "bakken", "solheim"
TIMES = 1.3
"""The long journal's CPU and memory by the short one's, at most."""
STEPS = 200


@dataclass
class Used:
    """Seconds of CPU and PSS in MB behind each act, and the number of widgets at the end."""

    cpu: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    widgets: int = 0


def measure(home: Path, base: str, name: str, counted: Path) -> Used:
    """Open `name`, go through the timeline."""
    used = Used()
    with Station(home, base, module=("tests.bench.widgets", str(counted)), quiet=0.05) as kari:
        meter = kari.meter

        def act(called: str, do: Callable[[], object]) -> None:
            before = meter.cpu()
            do()
            meter.settle(0.5)
            used.cpu[called] = meter.cpu() - before
            used.memory[called] = kari.terminal.memory()["pss_mb"]

        kari.terminal.burst("/")
        kari.types(name)
        kari.sees(name.title())
        meter.settle(1.0)
        act("opening", lambda: _opens(kari, meter))
        act("timeline", lambda: _turns_to_timeline(kari, meter))
        act(f"{STEPS} steps", lambda: meter.press(*["down"] * STEPS))
        act("End", lambda: meter.press("end"))
        act("PgUp", lambda: meter.press("pgup"))
        act("Home", lambda: meter.press("home"))
        used.widgets = widgets.ask(kari.terminal.pid, counted)
    return used


def _opens(kari: Station, meter: Meter) -> None:
    meter.press("enter")
    kari.terminal.gone("Søk pasient")


def _turns_to_timeline(kari: Station, meter: Meter) -> None:
    meter.press("2")
    kari.sees("oppføringer  hentet")


def compare(folder: Path, home: Path, base: str, runs: int) -> tuple[Used, Used]:
    """The least of `runs`, short and long."""
    found: dict[str, list[Used]] = {SHORT: [], LONG: []}
    for _ in range(runs):
        for name, all_ in found.items():
            own = folder / "own"
            shutil.copytree(home, own)
            all_.append(measure(own, base, name, folder / "widgets"))
            shutil.rmtree(own)
    short, long = (_least(each) for each in found.values())
    return short, long


def _least(all_: list[Used]) -> Used:
    acts = all_[0].cpu
    return Used(
        {act: min(used.cpu[act] for used in all_) for act in acts},
        {act: min(used.memory[act] for used in all_) for act in acts},
        max(used.widgets for used in all_),
    )


def main() -> int:
    """Print the table; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home, journal = prepared(folder, SHORT, LONG)
        with journal:
            short, long = compare(folder, home, journal.base, runs)
    wrong = False
    print(f"{'':<12}{'CPU ms, short':>15}{'long':>8}{'ratio':>7}{'PSS MB, short':>16}{'long':>8}{'ratio':>7}")
    for act in short.cpu:
        cpu, memory = long.cpu[act] / short.cpu[act], long.memory[act] / short.memory[act]
        wrong |= cpu > TIMES or memory > TIMES
        print(
            f"{act:<12}{short.cpu[act] * 1000:>15.1f}{long.cpu[act] * 1000:>8.1f}{cpu:>7.2f}"
            f"{short.memory[act]:>16.1f}{long.memory[act]:>8.1f}{memory:>7.2f}"
        )
    print(f"widgets     {short.widgets:>15}{long.widgets:>8}")
    return int(wrong or short.widgets != long.widgets)


if __name__ == "__main__":
    sys.exit(main())
