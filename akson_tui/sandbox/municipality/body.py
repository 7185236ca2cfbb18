"""What a person usually measures: at the beginning of the journal and today, from problems, age and sex.

Values drift from the first to the last, with each day's own chance; so a treated blood pressure falls over the years
and a lung that gets worse shows it. Nothing is drawn from the journal's own chance: notes stay as they are when a row
here is mended.
"""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from .clock import Clock
from .measurements import KINDS
from .people import Person

Vitals = dict[str, float]


class Usual(NamedTuple):
    """What a person usually measures, today and at the beginning; values drift from the one to the other."""

    first: Vitals
    last: Vitals


_MIDDLE = {
    "pulse": 72.0, "spo2": 97.0, "respiration": 15.0, "temperature": 36.7, "over": 127.0, "under": 77.0,
    "glucose": 5.6, "haemoglobin": 13.4, "crp": 2.5, "creatinine": 70.0, "potassium": 4.2, "sodium": 140.0,
    "hba1c": 36.0, "tsh": 1.9, "albumin": 41.0, "leukocytes": 6.6, "ferritin": 88.0, "ldl": 3.3, "alat": 24.0,
    "ft4": 15.0, "nt-probnp": 110.0, "calcium": 2.33, "vitamin-d": 64.0, "platelets": 245.0, "fasting-glucose": 5.2,
}  # fmt: skip
# By problem: what a value is at the beginning and today, instead of the middle.
_BY_PROBLEM: dict[str, dict[str, tuple[float, float]]] = {
    "hypertension": {"over": (156, 138), "under": (90, 81)},
    "copd": {"spo2": (92, 89), "respiration": (18, 21)},
    "copd-mild": {"spo2": (96, 94), "respiration": (16, 18)},
    "heart-failure": {"spo2": (96, 94), "nt-probnp": (2400, 1700), "creatinine": (92, 108), "respiration": (16, 17)},
    "palliative-heart": {
        "spo2": (95, 92), "nt-probnp": (4100, 8800), "creatinine": (118, 171), "over": (128, 108), "under": (74, 62),
        "respiration": (17, 21), "pulse": (76, 88),
    },
    "atrial-fibrillation": {"pulse": (88, 78)},
    "infarct": {"ldl": (3.6, 1.7), "pulse": (68, 62)},
    "stroke": {"ldl": (3.5, 1.9), "over": (152, 136), "under": (86, 79)},
    "stroke-mild": {"ldl": (3.4, 1.8), "over": (154, 138), "under": (86, 79)},
    "lipid": {"ldl": (4.9, 2.6)},
    "diabetes": {"glucose": (10.1, 8.3), "hba1c": (67, 56), "fasting-glucose": (9.2, 7.8)},
    "diabetes-foot": {"glucose": (10.4, 8.3), "hba1c": (74, 58)},
    "gestational-diabetes": {"fasting-glucose": (5.4, 5.2)},
    "kidney": {"creatinine": (121, 148), "haemoglobin": (12.4, 11.6), "potassium": (4.4, 4.7)},
    "hypothyroid": {"tsh": (6.8, 2.3), "ft4": (11, 15)},
    "anaemia": {"haemoglobin": (10.4, 12.2), "ferritin": (8, 31)},
    "alcohol": {"alat": (94, 58), "platelets": (150, 172)},
    "rheumatoid": {"crp": (22, 8), "haemoglobin": (11.9, 12.6)},
    "osteoporosis": {"vitamin-d": (38, 71)},
    "lung-cancer": {"crp": (28, 62), "haemoglobin": (12.1, 10.3), "spo2": (95, 92), "albumin": (36, 29)},
    "hip-fracture": {"haemoglobin": (12.6, 10.9), "vitamin-d": (34, 52)},
    "post-op": {"crp": (88, 34), "leukocytes": (12.4, 9.1), "temperature": (37.6, 36.9)},
    "malnutrition": {"albumin": (36, 31)},
    "schizophrenia": {"hba1c": (38, 42), "ldl": (3.4, 3.9)},
    "pregnancy": {"haemoglobin": (12.6, 11.6), "ferritin": (46, 21), "over": (116, 118), "under": (70, 72)},
}  # fmt: skip
_WEIGHT = {"obesity": 26, "malnutrition": -13, "heart-failure": 3, "diabetes": 9, "diabetes-foot": 14, "opioid": -12}
_LOSS = {"malnutrition": 0.86, "lung-cancer": 0.84, "dementia": 0.95, "parkinson": 0.95, "obesity": 0.94, "copd": 0.9}
_SPREAD = {
    "pulse": 6.0, "spo2": 1.2, "respiration": 1.6, "temperature": 0.25, "weight": 0.6, "over": 9.0, "under": 5.0,
    "glucose": 2.2, "haemoglobin": 0.35, "crp": 1.6, "creatinine": 5.0, "potassium": 0.2, "sodium": 1.6, "hba1c": 2.0,
    "tsh": 0.5, "albumin": 1.2, "leukocytes": 0.9, "ferritin": 9.0, "ldl": 0.2, "alat": 5.0, "ft4": 1.2,
    "nt-probnp": 160.0, "calcium": 0.05, "vitamin-d": 7.0, "platelets": 18.0, "fasting-glucose": 0.3,
}  # fmt: skip
_HIGHEST = {"spo2": 99.0}
_LOWEST = {"glucose": 3.4, "crp": 0.6, "ferritin": 4.0, "tsh": 0.1, "nt-probnp": 20.0, "ldl": 0.9, "alat": 8.0}


def usual_for(person: Person, clock: Clock, seed: int) -> Usual:
    """The person's own middle values, first and last."""
    rng = Random(f"body:{seed}:{person.ident}")
    born = person.birth(clock)
    age = 45 if born is None else clock.age(born)
    first = dict(_MIDDLE)
    if not person.female:
        first |= {"haemoglobin": 14.8, "creatinine": 84.0, "ferritin": 140.0, "alat": 30.0}
    if age >= 70:
        first |= {"over": 138.0, "under": 78.0, "haemoglobin": first["haemoglobin"] - 0.5, "spo2": 96.0}
    first["weight"] = max(44.0, rng.gauss(67 if person.female else 82, 9) - max(0, age - 70) * 0.25)
    for kind, spread in _SPREAD.items():
        first[kind] += rng.uniform(-1, 1) * spread if kind not in ("spo2", "temperature", "weight") else 0
    last = dict(first)
    for key in person.problems:
        for kind, (before, now) in _BY_PROBLEM.get(key, {}).items():
            own = rng.uniform(-0.6, 0.6) * _SPREAD[kind]
            own += 1.3 if kind == "haemoglobin" and not person.female else 0
            first[kind], last[kind] = before + own, now + own
        first["weight"] += _WEIGHT.get(key, 0)
    last["weight"] = first["weight"]
    for key in person.problems:
        last["weight"] *= _LOSS.get(key, 1.0)
    return Usual(first, last)


def values(rng: Random, usual: Usual, days_ago: int, reach: int, kinds: Sequence[str]) -> Vitals:
    """Values of that day: between the first and the last, with the day's own chance."""
    way = 1 - min(days_ago, reach) / reach
    made: Vitals = {}
    for asked in kinds:
        for kind in ("over", "under") if asked == "over" else (asked,):
            middle = usual.first[kind] + (usual.last[kind] - usual.first[kind]) * way
            if kind == "under":
                # Nobody's pulse pressure is nothing.
                middle = min(middle, made["over"] - 38)
            value = min(_HIGHEST.get(kind, 1e6), max(_LOWEST.get(kind, -1e6), rng.gauss(middle, _SPREAD[kind])))
            decimals = KINDS[kind].decimals if kind in KINDS else 0
            made[kind] = round(value, decimals) if decimals else float(round(value))
    return made
