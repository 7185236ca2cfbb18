"""The acts that have a budget, and a whole visit, at a workstation whose home holds Astrid's journal already.

The easy mistake is to measure what a budget does not mean: a step is counted where the list stands still, and over many
rows where it must scroll; what comes later by itself (the register's answer) is part of the act that caused it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean

from tests.bench.station import Meter, Station
from tests.tools.terminal import KEYS

NAME = "bakken"
NOTE = (
    "Hjemmebesøk i dag tidlig. Sov dårlig, tung i pusten siden klokka fire, bedre etter forstøver og en halv time "
    "i stol ved åpent vindu. BT 142/88 p 91 SpO2 89 t 37,9 rf 24. Noe slim, ikke misfarget. Har spist frokost og tatt "
    "medisinene selv fra multidosen. Litt hovne ankler, ikke ømme. Datteren er varslet og ser innom i ettermiddag. "
    "Fastlegen ringes hvis SpO2 er under 88 ved neste besøk, eller feber."
)
"""400 letters."""
INSERTED = "litt mer "
READ = 5
"""Entries that are read in a visit."""
DETAIL = 60
"""Bytes that an entry's detail costs at least: so it is known from a step."""
Begins = Callable[[str], None]


@dataclass(frozen=True)
class Budget:
    """What an act may cost: `figure` at most `most` `unit`."""

    figure: str
    most: float
    unit: str = "B"


BUDGETS = (
    Budget("typed at the end, median", 1),
    Budget("typed at the end, mean", 1.5),
    Budget("typed mid-line, median", 6),
    Budget("step in the worklist, most", 8),
    Budget("step in the timeline, most", 8),
    Budget("step over 40 rows, mean", 80),
    Budget("page down, most", 1450),
    Budget("first screen", 1800),
    Budget("opening search", 300),
    Budget("search character, mean", 200),
    Budget("opening the patient", 2000),
    Budget("opening the timeline", 2000),
    Budget("opening a note", 400),
    Budget("idle in a note", 0),
    Budget("whole visit", 15_000),
)
"""Done when, 4."""
Figures = dict[str, float]


def sitting(kari: Station, idle: float, beat: float) -> tuple[Figures, dict[str, float]]:
    """Each act by itself, `idle` seconds of nothing among them; bytes, and seconds of CPU (of the idling, a letter)."""
    meter = kari.meter
    found: Figures = {"first screen": meter.terminal.total}
    steps = meter.each(*["down"] * 5, *["up"] * 5, beat=beat)
    found["step in the worklist, most"] = max(steps)
    found |= _opening(kari, meter)
    found |= _timeline(meter, beat)
    found["opening a note"] = meter.press("w", "enter")
    kari.sees("Utkast")
    typed = meter.type(NOTE, beat)
    found["typed at the end, median"], found["typed at the end, mean"] = typed.median, typed.mean
    bytes_, cpu = meter.idle(idle)
    found["idle in a note"] = bytes_
    meter.press("up", "up", *["left"] * 20, beat=beat)
    typed_in = meter.type(INSERTED * 2, beat)
    found["typed mid-line, median"], found["typed mid-line, mean"] = typed_in.median, typed_in.mean
    return found, {"idle": cpu, "letter": typed.cpu / len(NOTE)}


def _opening(kari: Station, meter: Meter) -> Figures:
    found: Figures = {"opening search": meter.press("/")}
    letters: list[int] = []
    for name in ("solheim", NAME):
        letters += meter.type(name).bytes
        before = meter.terminal.total
        meter.settle(1.0)
        letters[-1] += meter.terminal.total - before
        if name != NAME:
            kari.terminal.send(b"\x7f" * len(name))
            meter.settle(1.0)
    found["search character, mean"] = fmean(letters)
    before = meter.terminal.total
    meter.press("enter")
    kari.sees("enicillin")
    meter.settle(1.0)
    found["opening the patient"] = meter.terminal.total - before
    return found


def _timeline(meter: Meter, beat: float) -> Figures:
    found: Figures = {}
    before = meter.terminal.total
    meter.press("2")
    meter.terminal.wait("Tidslinje")
    meter.settle(1.0)
    found["opening the timeline"] = meter.terminal.total - before
    found["step in the timeline, most"] = max(meter.each(*["down"] * 10, *["up"] * 10, beat=beat))
    found["step over 40 rows, mean"] = meter.press(*["down"] * 40, beat=beat) / 40
    meter.press("home")
    found["page down, most"] = max(meter.each(*["pgdn"] * 5))
    meter.press("home")
    return found


def vim_acts(empty: Meter, full: Meter, beat: float) -> tuple[Figures, dict[str, float]]:
    """The typed acts in an `empty` vim; lists and pages in one with a long file."""
    found: Figures = {"first screen": full.terminal.total}
    empty.press("i")
    typed = empty.type(NOTE, beat)
    found["typed at the end, median"], found["typed at the end, mean"] = typed.median, typed.mean
    empty.press("esc", *["h"] * 180, "i", beat=beat)
    typed_in = empty.type(INSERTED * 2, beat)
    found["typed mid-line, median"], found["typed mid-line, mean"] = typed_in.median, typed_in.mean
    found["step in the timeline, most"] = max(full.each(*["j"] * 10, *["k"] * 10, beat=beat))
    found["step over 40 rows, mean"] = full.press(*["j"] * 40, beat=beat) / 40
    full.press("1G")
    found["page down, most"] = max(full.each(*["ctrl+f"] * 5))
    return found, {"letter": typed.cpu / len(NOTE)}


def visit(kari: Station, begins: Begins, beat: float) -> dict[str, int]:
    """Search, open, read five entries, write a note with measurements, sign; bytes by act, the first screen's too."""
    begins("first screen")
    kari.sits_down()
    meter = kari.meter
    found = {"first screen": meter.terminal.total}

    def act(
        name: str, *keys: str, sees: str = "", gone: str = "", text: str = "", quiet: float = 0.0, least: int = 0
    ) -> None:
        begins(name)
        before = meter.terminal.total
        meter.type(text, beat)
        for key in keys:
            at = meter.terminal.total
            kari.terminal.send(KEYS.get(key, key).encode())
            meter.comes(at + least)
            meter.settle(quiet or meter.quiet)
        if sees:
            kari.sees(sees)
        if gone:
            kari.terminal.gone(gone)
        meter.settle(quiet or meter.quiet)
        found[name] = found.get(name, 0) + meter.terminal.total - before

    act("search", "/")
    act("search characters", text=NAME)
    act("patient", "enter", sees="enicillin")
    act("timeline", "2", sees="Tidslinje")
    # The detail follows when the mark has rested half a second, and costs more than the step.
    act("reading", "enter", *["down"] * (READ - 1), least=DETAIL)
    act("note opened", "w", "enter", sees="Utkast")
    act("note typed", text=NOTE)
    act("summary", "f9", sees="Se over før sending")
    act("signed", "f9", gone="Se over før sending", quiet=1.5)
    return found
