"""Measurements found in the text of a note: `BT 142/88 p 91 SpO2 89 t 37,9 rf 24 vekt 71,2 bs 6,4`.

The easy mistake is to find too much: dates, times, telephone numbers, doses and ranges are no measurements. What is
found is only offered; the writer confirms it. Every pattern is bounded, so that no text makes it slow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from akson_tui.clinical.vitals import BY_KEY
from akson_tui.model.note import Recognised

_GAP = r"[ \t\u00a0]{0,3}"
# Nothing that makes a word, an address or a compound may stand before the name of a measurement.
_BEFORE = r"(?<![\w@#])(?<![\w][-./:'’])"
# One letter and its number without anything between is a code (P76, T90), and SpO2 ends in a digit of its own.
_BETWEEN = rf"(?:{_GAP}[:=]{_GAP}|[ \t\u00a0]{{1,3}})"
_CLOSE = rf"{_GAP}[:=]?{_GAP}"
# After it: no more digits, no part of a date, time, range, fraction or word, and no unit of something else.
_AFTER = (
    r"(?![\w])(?![.,:][\d])(?![ \t\u00a0]{0,2}[-–—/×*→>][ \t\u00a0]{0,2}[\d])"
    r"(?![ \t\u00a0]{0,2}(?:x|ganger|mg|g|gram|[µμ]g|ug|mcg|ml|dl|cl|l|ie|iu|stk|tab|tabl|tbl|tablett(?:er)?|kaps|kr|"
    r"kg|kilo|%|prosent|mmol|mmhg|cm|mm|m|min|minutt(?:er)?|timer?|h|d|dag(?:er)?|uker?|u|mnd|md|måned(?:er)?|år)"
    r"(?![\w]))"
)
_NO_HOURS = (
    r"(?![ \t\u00a0]{0,2}t(?![\w])(?!\.?[ \t\u00a0]{0,2}[:=]?[ \t\u00a0]{0,2}\d\d))"  # `p 60 t`, but `p 91 T 37,9`
)
_NO_TELEPHONE = r"(?!(?:[ \t\u00a0]\d{2,3}){2}(?!\d))"


@dataclass(frozen=True, slots=True)
class _Row:
    """How one kind is written: its names, its number, units that may follow, what it may be at all."""

    key: str
    names: str
    number: str
    units: str
    least: Decimal
    most: Decimal


def _row(key: str, names: str, number: str, units: str, least: int, most: int) -> _Row:
    return _Row(key, names, number, units, Decimal(least), Decimal(most))


_ROWS = (
    _row("bp", "bt|blodtrykk", r"\d{2,3}[ \u00a0]?/[ \u00a0]?\d{2,3}", r"mm[ \u00a0]?hg", 20, 330),
    _row("pulse", "p|puls|hf|hjertefrekvens", r"\d{2,3}", r"/[ \u00a0]?min|slag/min|bpm", 15, 330),
    _row("spo2", r"spo[2₂]|sao[2₂]|o[2₂][- ]?sat|o[2₂][- ]?metning|sat|metning", r"\d{2,3}", "%", 30, 100),
    _row("temperature", r"t|tp|temp|temperatur", r"\d{2}(?:[.,]\d)?", "°[ \u00a0]?c|°|grader|gr|c", 25, 45),
    _row(
        "respiration", r"rf|resp|respirasjon|respirasjonsfrekvens|resp\.?frekvens", r"\d{1,2}", r"/[ \u00a0]?min", 1, 99
    ),
    _row("weight", "vekt", r"\d{1,3}(?:[.,]\d{1,2})?", "kg|kilo", 1, 500),
    _row("glucose", "bs|blodsukker|blodglukose|glukose", r"\d{1,2}(?:[.,]\d{1,2})?", r"mmol/l|mmol", 0, 60),
)


_APART = frozenset({"pulse", "spo2", "temperature"})


def _pattern(row: _Row) -> re.Pattern[str]:
    unit = rf"(?:{_GAP}(?:{row.units})(?![\w/]))?"
    between = _BETWEEN if row.key in _APART else _CLOSE
    after = _AFTER + _NO_HOURS + ("" if row.key == "bp" else _NO_TELEPHONE)
    return re.compile(rf"{_BEFORE}(?:{row.names})\.?{between}(?P<number>{row.number}){unit}{after}", re.IGNORECASE)


_PATTERNS = tuple((row, _pattern(row)) for row in _ROWS)


def recognise(text: str) -> tuple[Recognised, ...]:
    """The measurements in `text` in the order in which they stand there; none overlap."""
    found = [one for row, pattern in _PATTERNS for match in pattern.finditer(text) if (one := _read(row, match))]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Recognised] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _read(row: _Row, match: re.Match[str]) -> Recognised | None:
    """What was found; None where no body has such a value."""
    said = match["number"].replace("\u00a0", "").replace(" ", "").replace(",", ".")
    values = tuple(said.split("/"))
    numbers = [Decimal(value) for value in values]
    if any(not row.least <= number <= row.most for number in numbers):
        return None
    vital = BY_KEY[row.key]
    outside = any(not part.low <= number <= part.high for part, number in zip(vital.parts, numbers, strict=True))
    upside_down = len(numbers) == 2 and numbers[0] <= numbers[1]
    return Recognised(match.start(), match.end(), row.key, values, vital.unit, outside or upside_down)
