"""Reference bands: what a value is held against, from its sender or from a file of the site's, and what it then is.

The easy mistake is to hold a child's pulse against an adult's band: a row says from and to which age it counts, and
where none fits the value is not judged at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from akson_tui.model.health import NO_BAND, Band

HIGH, LOW = "H", "L"
_NUMBER = r"(-?\d{1,9}(?:[.,]\d{1,6})?)"
_BETWEEN = re.compile(rf"{_NUMBER}\s?(?:[-–—]|til|to)\s?{_NUMBER}")
_BOUND = re.compile(rf"(<=?|≤|>=?|≥)\s?{_NUMBER}")


@dataclass(frozen=True, slots=True)
class BandRow:
    """One row of a file: `code` a LOINC code (of a part where the measurement has parts), ages in whole years.

    `scale`: only for those whose SpO2 is scored by that scale of NEWS2; 0 for everybody.
    """

    code: str
    band: Band
    from_age: int = 0
    to_age: int = 200
    scale: int = 0


def find(rows: Iterable[BandRow], code: str, age: int | None, scale: int = 1) -> Band:
    """The first row for this code, age and scale of NEWS2; none where the age is not known."""
    if age is None:
        return NO_BAND
    fits = (row for row in rows if row.code == code and row.from_age <= age <= row.to_age and row.scale in (0, scale))
    return next((row.band for row in fits), NO_BAND)


def parse(text: str) -> Band:
    """A range in words as bounds: `11,7–15,3`, `< 5`, `≥ 60`. What it cannot read stays as text only."""
    said = " ".join(text.split())
    if found := _BETWEEN.fullmatch(said):
        low, high = _decimal(found[1]), _decimal(found[2])
        return Band(low, high, text) if low <= high else Band(text=text)
    if found := _BOUND.fullmatch(said):
        bound = _decimal(found[2])
        return Band(None, bound, text) if found[1][0] in "<≤" else Band(bound, None, text)
    return Band(text=text)


def judge(value: Decimal | None, band: Band, judged: str = "") -> str:
    """H or L (or what its sender judged); '' for what lies within, and where nothing can be said.

    `< 5` is taken as *at most 5*: a value at the very edge is left to its sender's own judgement.
    """
    if judged:
        return "" if judged == "N" else judged
    if value is None:
        return ""
    if band.high is not None and value > band.high:
        return HIGH
    return LOW if band.low is not None and value < band.low else ""


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
