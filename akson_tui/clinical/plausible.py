"""Whether a figure can be what it is said to be: readable at all, within bounds, near what was measured last.

The easy mistake is to refuse what is only unlikely: a doubtful figure is asked about once, and the clinician's word
stands. Only what no note's reader would recognise as that measurement is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from akson_tui.clinical.vitals import BY_KEY
from akson_tui.clinical.vitals_text import recognise
from akson_tui.model.note import Recognised


class Verdict(StrEnum):
    FINE = "fine"
    DOUBTFUL = "doubtful"
    """Outside the bounds of `clinical.vitals`."""
    TURNED = "turned"
    """The second figure of a pair is not below the first."""
    JUMP = "jump"
    """Within the bounds, but far from what was measured last: a slip of the finger looks like this."""
    UNREADABLE = "unreadable"
    """No figure, or one that no body has."""


LABELS = {
    "bp": "BT",
    "pulse": "p",
    "spo2": "SpO2",
    "temperature": "t",
    "respiration": "rf",
    "weight": "vekt",
    "glucose": "bs",
}
"""How a line of a note names each kind. Part of the note, so it stays Norwegian whatever the screen speaks."""
JUMPS = {"weight": Decimal("0.10")}
"""By how much of the last value a kind may change before it is asked about."""


@dataclass(frozen=True, slots=True)
class Judged:
    """`found` is the measurement as the note's text will be read, None where it cannot be."""

    verdict: Verdict
    found: Recognised | None


def judge(kind: str, said: str, last: Decimal | None = None) -> Judged:
    """What is to be thought of the figures `said` for a `kind` of `clinical.vitals`; `last` the value before it."""
    line = written(kind, said)
    found = recognise(line)
    if len(found) != 1 or found[0].kind != kind or (found[0].start, found[0].end) != (0, len(line)):
        return Judged(Verdict.UNREADABLE, None)
    one = found[0]
    if one.doubtful:
        parts = zip(BY_KEY[kind].parts, map(Decimal, one.values), strict=True)
        inside = all(part.low <= value <= part.high for part, value in parts)
        return Judged(Verdict.TURNED if inside else Verdict.DOUBTFUL, one)
    most = JUMPS.get(kind)
    if most is not None and last and abs(Decimal(one.values[0]) - last) > last * most:
        return Judged(Verdict.JUMP, one)
    return Judged(Verdict.FINE, one)


def written(kind: str, said: str) -> str:
    """The measurement in a line of a note: `BT 142/88`."""
    return f"{LABELS[kind]} {' '.join(said.split())}"


def bounds(kind: str) -> str:
    """The bounds of a kind with a comma, pairs by pairs: `60–260/30–150`."""
    return "/".join(f"{part.low}–{part.high}".replace(".", ",") for part in BY_KEY[kind].parts)
