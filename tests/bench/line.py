"""What the program sends down the line, act by act, beside plain Textual and vim in the same run.

    python -m tests.bench.line [--write docs/line.md] [--quick]

The easy mistake is to compare figures of two runs: the machine, the texts and the day differ. All that stands in one
table is from one run. `--quick` idles for 10 s, not 60.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import same_frames
from tests.bench.acts import BUDGETS, Figures, sitting, vim_acts, visit
from tests.bench.ncurses_frames import Count, whole
from tests.bench.station import PLAIN, PROGRAM, Station, prepared, vim
from tests.terminal.demo import ROWS

BEAT = 0.08
"""Seconds between two letters: a hand that is fast, the same for all."""
IDLE_CPU = 0.020
"""Seconds of CPU in 60 s of nothing."""
LETTER_CPU = 1.0
"""CPU of a typed letter by that of plain Textual."""
FIGURES_OF = ("this program", "plain Textual", "vim")


@dataclass
class Results:
    """All of one run: bytes by act, by program; CPU; the visits; the same frames by ncurses."""

    bytes: dict[str, Figures] = field(default_factory=dict)
    cpu: dict[str, dict[str, float]] = field(default_factory=dict)
    visits: dict[str, dict[str, int]] = field(default_factory=dict)
    frames: dict[str, Count] = field(default_factory=dict)
    idle: float = 60.0

    @property
    def idle_cpu(self) -> float:
        """Seconds of CPU in 60 s of nothing."""
        return self.cpu["this program"]["idle"] * 60 / self.idle

    @property
    def letter(self) -> float:
        """CPU of a typed letter by that of plain Textual."""
        return self.cpu["this program"]["letter"] / self.cpu["plain Textual"]["letter"]


@contextmanager
def fresh(home: Path, into: Path) -> Iterator[Path]:
    """A copy of `home`, since acts leave drafts and notes behind."""
    shutil.copytree(home, into)
    try:
        yield into
    finally:
        shutil.rmtree(into)


def run(folder: Path, idle: float) -> Results:
    """Measure everything."""
    results = Results(idle=idle)
    home, journal = prepared(folder, "bakken")
    with journal:
        for name, module in zip(FIGURES_OF, (PROGRAM, PLAIN), strict=False):
            with fresh(home, folder / "sitting") as own, Station(own, journal.base, module=(module,)) as kari:
                results.bytes[name], results.cpu[name] = sitting(kari, idle, BEAT)
            with fresh(home, folder / "visit") as own:
                results.visits[name] = _visit(own, journal.base, module)
            results.bytes[name]["whole visit"] = sum(results.visits[name].values())
        with fresh(home, folder / "recorded") as own:
            results.frames = same_frames.record(folder, own, journal.base, BEAT)
        results.visits["nothing fetched before"] = _visit(folder / "new", journal.base, PROGRAM)
    empty, full = vim(folder / "note.txt", "", 0.3), vim(folder / "list.txt", "\n".join(ROWS), 0.3)
    try:
        results.bytes["vim"], results.cpu["vim"] = vim_acts(empty, full, BEAT)
    finally:
        empty.terminal.close()
        full.terminal.close()
    return results


def _visit(home: Path, base: str, module: str) -> dict[str, int]:
    kari = Station(home, base, module=(module,))
    try:
        return visit(kari, lambda _: None, BEAT)
    finally:
        if kari.seated:
            kari.terminal.close()


def missed(results: Results) -> list[str]:
    """Every target that was missed, in words."""
    ours = results.bytes["this program"]
    found = [
        f"{budget.figure}: {ours[budget.figure]:g} {budget.unit}, not {budget.most:g}"
        for budget in BUDGETS
        if ours[budget.figure] > budget.most
    ]
    found += [f"through ncurses, {name}" for name in same_frames.missed(results.frames)]
    if results.idle_cpu > IDLE_CPU:
        found.append(f"idle: {results.idle_cpu * 1000:.1f} ms of CPU in 60 s")
    if results.letter > LETTER_CPU:
        found.append(f"a letter: {results.letter:.2f} × plain Textual's CPU")
    return found


def report(results: Results) -> str:
    """The tables, in Markdown."""
    lines = ["| act (bytes) | at most | " + " | ".join(FIGURES_OF) + " |", "| --- | ---: | ---: | ---: | ---: |"]
    for budget in BUDGETS:
        cells = [_number(results.bytes[name].get(budget.figure)) for name in FIGURES_OF]
        lines.append(f"| {budget.figure} | {budget.most:,g} | " + " | ".join(cells) + " |")
    lines += ["", "| CPU | at most | " + " | ".join(FIGURES_OF) + " |", "| --- | ---: | ---: | ---: | ---: |"]
    letters = [_number(results.cpu[name]["letter"] * 1000) for name in FIGURES_OF]
    lines.append("| a typed letter, ms | 1.0 × plain | " + " | ".join(letters) + " |")
    idles = [
        _number(results.cpu[name]["idle"] * 60_000 / results.idle) if "idle" in results.cpu[name] else "–"
        for name in FIGURES_OF
    ]
    lines.append(f"| 60 s idle in a note, ms | {IDLE_CPU * 1000:g} | " + " | ".join(idles) + " |")
    visits = ("this program", "nothing fetched before", "plain Textual")
    lines += ["", "| a visit (bytes) | " + " | ".join(visits) + " |", "| --- | ---: | ---: | ---: |"]
    for act in results.visits["this program"]:
        lines.append(f"| {act} | " + " | ".join(f"{results.visits[name][act]:,}" for name in visits) + " |")
    lines.append("| in all | " + " | ".join(f"{sum(results.visits[name].values()):,}" for name in visits) + " |")
    lines += [
        "",
        "| the same frames (bytes) | frames | painter | ncurses | ratio |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for act, count in [*results.frames.items(), ("in all", whole(results.frames))]:
        lines.append(f"| {act} | {count.frames} | {count.ours:,} | {count.ncurses:,} | {count.ratio:.2f} |")
    return "\n".join(lines) + "\n"


HEAD = """# What goes down the line

Bytes that the program writes to the terminal, at 80×24 with `TERM=xterm-256color`, on the sandbox's Astrid Bakken,
whose journal lies in the store already. Made by `python -m tests.bench.line --write docs/line.md`;
`tests/bench/test_budgets.py` holds the budgets. *Plain Textual* is the same program on Textual's own driver and fields
(`tests/bench/plain.py`), *vim* is `vim -u NONE` in a file of 5,000 lines or an empty one. All figures are of one run;
CPU is that of the workstation's own process, all threads.

"""


def _number(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:,.0f}" if figure == int(figure) else f"{figure:,.2f}"


def main() -> int:
    """The command line; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the tables there")
    parser.add_argument("--quick", action="store_true", help="idle for 10 s")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        results = run(Path(folder), 10.0 if options.quick else 60.0)
    print(report(results))
    if options.write:
        options.write.write_text(HEAD + report(results), encoding="utf-8")
    wrong = missed(results)
    for each in wrong:
        print(f"missed: {each}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
