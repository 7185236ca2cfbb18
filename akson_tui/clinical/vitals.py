"""The measurements that a nurse writes in a line of a note: one row for each, with its code, unit and bounds.

The easy mistake is to take the bounds for normal values: they only tell what is doubtful enough to be looked at again.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from akson_tui.i18n import later

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a measurement: its LOINC code, its name, and the bounds outside which it is doubtful."""

    loinc: str
    name: str
    display: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Vital:
    """One kind of measurement.

    `loinc` and `display` (LOINC's own name) stand for the whole; `also` other LOINC codes for the same; `parts` its
    numbers (two for a blood pressure); `ucum` and `unit` the unit as coded and as shown; `name` is to be translated.
    """

    key: str
    loinc: str
    name: str
    display: str
    ucum: str
    unit: str
    parts: tuple[Part, ...]
    also: tuple[str, ...] = ()
    category: str = "vital-signs"
    """HL7's observation-category."""


def _single(
    key: str,
    loinc: str,
    name: str,
    display: str,
    units: tuple[str, str],
    bounds: tuple[str, str],
    also: tuple[str, ...] = (),
) -> Vital:
    part = Part(loinc, name, display, Decimal(bounds[0]), Decimal(bounds[1]))
    return Vital(key, loinc, name, display, units[0], units[1], (part,), also)


ROWS = (
    Vital(
        "bp",
        "85354-9",
        later("Blodtrykk"),
        "Blood pressure panel with all children optional",
        "mm[Hg]",
        "mmHg",
        (
            Part("8480-6", later("Systolisk blodtrykk"), "Systolic blood pressure", Decimal(60), Decimal(260)),
            Part("8462-4", later("Diastolisk blodtrykk"), "Diastolic blood pressure", Decimal(30), Decimal(150)),
        ),
        ("55284-4",),
    ),
    _single("pulse", "8867-4", later("Puls"), "Heart rate", ("/min", "/min"), ("30", "220")),
    _single(
        "spo2",
        "2708-6",
        later("Oksygenmetning"),
        "Oxygen saturation in Arterial blood",
        ("%", "%"),
        ("60", "100"),
        ("59408-5",),
    ),
    _single("temperature", "8310-5", later("Temperatur"), "Body temperature", ("Cel", "°C"), ("34", "42")),
    _single("respiration", "9279-1", later("Respirasjonsfrekvens"), "Respiratory rate", ("/min", "/min"), ("6", "60")),
    _single("weight", "29463-7", later("Vekt"), "Body weight", ("kg", "kg"), ("2", "250"), ("3141-9",)),
    Vital(
        "glucose",
        "15074-8",
        later("Blodsukker"),
        "Glucose [Moles/volume] in Blood",
        "mmol/L",
        "mmol/L",
        (Part("15074-8", later("Blodsukker"), "Glucose [Moles/volume] in Blood", Decimal(2), Decimal(30)),),
        category="laboratory",
    ),
)
"""In the order in which they stand in a line of a note."""

BY_KEY = {row.key: row for row in ROWS}

_NAMED: dict[str, Vital | Part] = {
    **{part.loinc: part for row in ROWS for part in row.parts},
    **{code: row for row in ROWS for code in (row.loinc, *row.also)},
}


def by_loinc(code: str) -> Vital | Part | None:
    """The row, or the part of one, that a LOINC code stands for."""
    return _NAMED.get(code)
