"""What a GP writes: for each problem a few reasons with the note, what was measured and which blood was taken.

The texts hold no figures that a measurement could contradict; figures come from the Observations written beside them.
"""

from typing import Any, NamedTuple

from .journals import Journal, Vitals
from .texts import load
from .visits import USUAL, number, vitals


class Reason(NamedTuple):
    """One consultation: its reason, the note, what is measured and what blood is taken."""

    reason: str
    text: str
    measured: tuple[str, ...] = ()
    blood: tuple[str, ...] = ()


def _rows(rows: list[dict[str, Any]]) -> tuple[Reason, ...]:
    return tuple(
        Reason(row["reason"], row["text"], tuple(row.get("measured", ())), tuple(row.get("blood", ()))) for row in rows
    )


def general() -> tuple[Reason, ...]:
    """What anybody may come with."""
    return _rows(load("gp")["general"])


def for_problem(key: str) -> tuple[Reason, ...]:
    """What people with that problem come with; empty where nothing is written for it."""
    return _rows(load("gp")["problems"].get(key, []))


def consultation(journal: Journal, days_ago: int, row: Reason, most: int) -> int:
    """Writes one consultation of at most `most` entries (at least one) and tells how many it became."""
    rng, who = journal.rng, journal.person.doctor
    at = journal.clock.at
    hour, minute = rng.randint(8, 14), rng.randrange(0, 60, 5)
    before = len(journal.entries)
    room = most - 1
    kinds = row.measured if len(row.measured) <= room else ()
    measured: Vitals = vitals(journal, USUAL, days_ago, 2900, kinds) if kinds else {}
    if row.measured and not kinds:
        # Without room for the figures the text must not tell them.
        row = general()[1]
    contact = None
    if room - len(kinds) > 0:
        code = "VR" if row.reason.startswith("Telefon") else "AMB"
        contact = journal.encounter(at(days_ago, hour, minute), 20, who, code, row.reason)
        room -= 1
    journal.measure(at(days_ago, hour, minute, 20), who, measured)
    known = {
        "bt": f"{measured.get('over', 0):.0f}/{measured.get('under', 0):.0f}",
        "spo2": number(measured.get("spo2", 0)),
    }
    journal.note(at(days_ago, hour, minute, 40), who, row.text.format(**known), title="Legenotat", encounter=contact)
    if row.blood and room - len(kinds) > len(row.blood):
        journal.laboratory(at(days_ago, hour, minute, 50), who, blood(journal, row.blood), "Se enkeltsvar.")
    return len(journal.entries) - before


_BLOOD = {
    "haemoglobin": (13.4, 0.9),
    "crp": (6.0, 5.0),
    "creatinine": (82.0, 12.0),
    "potassium": (4.2, 0.25),
    "sodium": (139.0, 2.0),
    "hba1c": (56.0, 7.0),
    "tsh": (2.4, 0.9),
    "albumin": (40.0, 2.5),
    "leukocytes": (7.2, 1.6),
}


def blood(journal: Journal, kinds: tuple[str, ...]) -> Vitals:
    """Plausible values; never below what the analysis can tell."""
    made = {}
    for kind in kinds:
        middle, spread = _BLOOD[kind]
        made[kind] = max(journal.rng.gauss(middle, spread), middle * 0.3)
    return made
