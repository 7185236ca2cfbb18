"""A set of measurements taken at one time: its figures, the line of a note that it becomes, and the way back.

The easy mistake is to write a line that is read as something else when it is signed: `text` writes only what
`vitals_text.recognise` finds again, figure by figure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from akson_tui.clinical import news2
from akson_tui.clinical.plausible import LABELS, Verdict, judge, written
from akson_tui.clinical.vitals_text import recognise

# The note's own words: a journal in Norway is written in Norwegian, whatever language the screen speaks.
_AIR = re.compile(r"(?<![\w.,])(?:luft|romluft)(?![\w])[.,;]?", re.IGNORECASE)
_OXYGEN = re.compile(
    r"(?<![\w.,])(?:O2|oksygen)[ :]{1,2}(\d{1,2}(?:[.,]\d)?)[ ]?(?:l/min|l|liter)?(?![\w/])[.,;]?", re.IGNORECASE
)
_ACVPU = re.compile(r"(?<![\w])(?:ACVPU|bevissthet)[ :]{1,2}([ACVPU])(?![\w])[.,;]?", re.IGNORECASE)
_SCORE = re.compile(r"(?<![\w])NEWS2[ :]{1,2}\d{1,2}(?: \(SpO2-skala ([12])\))?[.,;]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MeasuredSet:
    """Figures by kind (`clinical.vitals`) as they were typed; '' or no key for what was not measured.

    `oxygen` litres a minute as typed, "0" for air; `consciousness` one of ACVPU; `scale` NEWS2's scale for SpO2.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    oxygen: str = ""
    consciousness: str = ""
    scale: int = 1
    remark: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was said at all."""
        return not (any(self.values.values()) or self.oxygen or self.consciousness or self.remark.strip())


def text(measured: MeasuredSet) -> str:
    """The note: `BT 142/88 p 91 SpO2 89 rf 24. O2 2 l/min. ACVPU A. NEWS2 8 (SpO2-skala 1).`, the remark below it."""
    figures = " ".join(written(kind, measured.values[kind]) for kind in LABELS if measured.values.get(kind))
    parts = [figures] if figures else []
    litres = number(measured.oxygen)
    if litres is not None:
        parts.append("Luft" if litres == 0 else f"O2 {' '.join(measured.oxygen.split())} l/min")
    if measured.consciousness:
        parts.append(f"ACVPU {measured.consciousness}")
    total = score(measured).total
    if total is not None:
        parts.append(f"NEWS2 {total} (SpO2-skala {measured.scale})")
    line = ". ".join(parts)
    # A full stop behind a figure and nothing else would do no harm, but the line alone is how it is written by hand.
    line += "." if len(parts) > 1 else ""
    return "\n".join(part for part in (line, measured.remark.strip()) if part)


def read(said: str, scale: int = 1) -> MeasuredSet:
    """The set that a line tells; what is no measurement is the remark."""
    values: dict[str, str] = {}
    rest = said
    # Of two of one kind the first is taken, and the other stays in the remark, where signing finds it.
    firsts = {one.kind: one for one in reversed(recognise(said))}
    for one in sorted(firsts.values(), key=lambda one: -one.start):
        values[one.kind] = "/".join(one.values).replace(".", ",")
        rest = rest[: one.start] + " " + rest[one.end :]
    oxygen, consciousness = "", ""
    if found := _OXYGEN.search(rest):
        oxygen, rest = found[1], _without(rest, found)
    elif found := _AIR.search(rest):
        oxygen, rest = "0", _without(rest, found)
    if found := _ACVPU.search(rest):
        consciousness, rest = found[1].upper(), _without(rest, found)
    if found := _SCORE.search(rest):
        scale, rest = int(found[1] or scale), _without(rest, found)
    lines = (" ".join(line.split()).strip(" .,;") for line in rest.split("\n"))
    return MeasuredSet(values, oxygen, consciousness, scale, "\n".join(line for line in lines if line))


def _without(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + " " + text[found.end() :]


def score(measured: MeasuredSet) -> news2.News2:
    """NEWS2 of the set, as far as it was measured."""
    pressure = _figures(measured, "bp")
    oxygen = number(measured.oxygen)
    return news2.score(
        news2.Observed(
            respiration=_figures(measured, "respiration")[0],
            spo2=_figures(measured, "spo2")[0],
            oxygen=None if oxygen is None else oxygen > 0,
            systolic=pressure[0],
            pulse=_figures(measured, "pulse")[0],
            consciousness=measured.consciousness,
            temperature=_figures(measured, "temperature")[0],
            scale=measured.scale,
        )
    )


def _figures(measured: MeasuredSet, kind: str) -> tuple[Decimal | None, ...]:
    judged = judge(kind, measured.values.get(kind, ""))
    if judged.verdict is Verdict.UNREADABLE or judged.found is None:
        return (None,)
    return tuple(Decimal(value) for value in judged.found.values)


def number(said: str) -> Decimal | None:
    """A number with a comma or a point, None where it is none."""
    try:
        found = Decimal(said.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None
