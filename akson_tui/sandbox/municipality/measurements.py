"""Measurements and laboratory answers as Observations: vital signs by LOINC, NEWS2 by its own codes, blood by NLK.

The NEWS2 total is computed here from the table of 2017 with SpO2 scale 1 or 2; the sandbox shares no code with the
client, so that the same mistake cannot hide at both ends.
"""

from typing import NamedTuple

from .resources import LOINC, NLK, SNOMED, Resource, coding, concept, quantity


class Kind(NamedTuple):
    """One kind of single-value measurement."""

    code: str
    text: str
    unit: str
    ucum: str | None = None
    decimals: int = 0
    system: str = LOINC


KINDS = {
    "pulse": Kind("8867-4", "Puls", "/min"),
    "spo2": Kind("2708-6", "SpO2", "%"),
    "respiration": Kind("9279-1", "Respirasjonsfrekvens", "/min"),
    "temperature": Kind("8310-5", "Temperatur", "°C", "Cel", 1),
    "weight": Kind("29463-7", "Vekt", "kg", None, 1),
    "height": Kind("8302-2", "Lengde", "cm", None, 1),
    "head": Kind("9843-4", "Hodeomkrets", "cm", None, 1),
    "glucose": Kind("15074-8", "Blodsukker", "mmol/L", None, 1),
    "ulcer-length": Kind("39126-2", "Sår, lengde", "cm", None, 1),
    "ulcer-width": Kind("39125-4", "Sår, bredde", "cm", None, 1),
    "haemoglobin": Kind("NPU28309", "Hemoglobin", "g/dL", None, 1, NLK),
    "crp": Kind("NPU19748", "CRP", "mg/L", None, 0, NLK),
    "creatinine": Kind("NPU18016", "Kreatinin", "µmol/L", "umol/L", 0, NLK),
    "potassium": Kind("NPU03230", "Kalium", "mmol/L", None, 1, NLK),
    "sodium": Kind("NPU03429", "Natrium", "mmol/L", None, 0, NLK),
    "hba1c": Kind("NPU27300", "HbA1c", "mmol/mol", None, 0, NLK),
    "tsh": Kind("NPU03577", "TSH", "mIE/L", "m[IU]/L", 1, NLK),
    "albumin": Kind("NPU19673", "Albumin", "g/L", None, 0, NLK),
    "leukocytes": Kind("NPU02593", "Leukocytter", "10^9/L", "10*9/L", 1, NLK),
    "ferritin": Kind("NPU19763", "Ferritin", "µg/L", "ug/L", 0, NLK),
    "ldl": Kind("NPU01568", "LDL-kolesterol", "mmol/L", None, 1, NLK),
    "alat": Kind("NPU19651", "ALAT", "U/L", None, 0, NLK),
    "ft4": Kind("NPU03579", "Fritt T4", "pmol/L", None, 0, NLK),
    "nt-probnp": Kind("NPU21571", "NT-proBNP", "ng/L", None, 0, NLK),
    "calcium": Kind("NPU01443", "Kalsium", "mmol/L", None, 2, NLK),
    "vitamin-d": Kind("NPU10267", "25-OH-vitamin D", "nmol/L", None, 0, NLK),
    "platelets": Kind("NPU03568", "Trombocytter", "10^9/L", "10*9/L", 0, NLK),
    "fasting-glucose": Kind("NPU02192", "Glukose", "mmol/L", None, 1, NLK),
    "fundal-height": Kind("11881-0", "Symfyse–fundus-mål", "cm"),
    "fetal-pulse": Kind("55283-6", "Fosterlyd", "/min"),
}
REFERENCE = {
    "haemoglobin": (11.7, 15.3),
    "crp": (0, 5),
    "creatinine": (45, 90),
    "potassium": (3.6, 4.6),
    "sodium": (137, 145),
    "hba1c": (28, 40),
    "tsh": (0.4, 4.5),
    "albumin": (34, 45),
    "leukocytes": (3.5, 10.0),
    "ferritin": (15, 200),
    "ldl": (0, 4.1),
    "alat": (10, 45),
    "ft4": (9, 22),
    "nt-probnp": (0, 300),
    "calcium": (2.15, 2.51),
    "vitamin-d": (50, 150),
    "platelets": (145, 390),
    "fasting-glucose": (4.0, 6.0),
}
# Where men's limits are others.
_MEN = {"haemoglobin": (13.4, 17.0), "creatinine": (60, 105), "ferritin": (30, 400), "alat": (10, 70)}


def reference(kind: str, female: bool) -> tuple[float, float] | None:
    """The limits between which most healthy people lie; None where the laboratory gives none."""
    return REFERENCE.get(kind) if female else _MEN.get(kind) or REFERENCE.get(kind)


def told(kind: str, value: float) -> str:
    """The value as a Norwegian writes it, with the decimals of its kind."""
    return f"{value:.{KINDS[kind].decimals}f}".replace(".", ",")


def _limits(kind: str, female: bool) -> str:
    low, high = reference(kind, female) or (0, 0)
    return f"{told(kind, low)}–{told(kind, high)}" if low else f"< {told(kind, high)}"


def _listed(names: list[str]) -> str:
    """The names in a line; those that are words, not abbreviations, small after the first."""
    small = [name[0].lower() + name[1:] if name[1].islower() else name for name in names[1:]]
    return " og ".join(part for part in (", ".join([names[0], *small[:-1]]), *small[-1:]) if part)


def conclusion(values: dict[str, float], female: bool) -> str:
    """What a laboratory answer comes to: which values lie outside their limits, and that the rest does not."""
    outside: dict[str, list[str]] = {"over": [], "under": []}
    for kind, value in values.items():
        low, high = reference(kind, female) or (value, value)
        rounded = round(value, KINDS[kind].decimals)
        if not low <= rounded <= high:
            outside["over" if rounded > high else "under"].append(f"{KINDS[kind].text} {told(kind, value)}")
    said = [f"{_listed(names)} {way} referanseområdet" for way, names in outside.items() if names]
    if not said:
        return "Svarene er innenfor referanseområdet."
    rest = len(values) - sum(map(len, outside.values()))
    return "; ".join(said) + (". Ellers innenfor." if rest else ".")


def observation(
    ident: str, patient: Resource, kind: str, value: float, when: str, performer: Resource, female: bool = True
) -> Resource:
    """One value with its unit; rounded to the decimals that the kind is told with. `female` chooses the limits."""
    row = KINDS[kind]
    lab = row.system == NLK
    rounded = round(value, row.decimals) if row.decimals else round(value)
    made: Resource = {
        "resourceType": "Observation",
        "id": ident,
        "status": "final",
        "category": [{"coding": [coding("observation-category", "laboratory" if lab else "vital-signs")]}],
        "code": concept(row.system, row.code, row.text),
        "subject": patient,
        "effectiveDateTime": when,
        "performer": [performer],
        "valueQuantity": quantity(rounded, row.unit, row.ucum),
    }
    if kind in REFERENCE:
        made["referenceRange"] = [{"text": _limits(kind, female)}]
    return made


def blood_pressure(ident: str, patient: Resource, over: int, under: int, when: str, performer: Resource) -> Resource:
    """The panel with systolic and diastolic pressure."""
    parts = (("8480-6", "Systolisk blodtrykk", over), ("8462-4", "Diastolisk blodtrykk", under))
    return {
        "resourceType": "Observation",
        "id": ident,
        "status": "final",
        "category": [{"coding": [coding("observation-category", "vital-signs")]}],
        "code": concept(LOINC, "85354-9", "Blodtrykk"),
        "subject": patient,
        "effectiveDateTime": when,
        "performer": [performer],
        "component": [
            {"code": concept(LOINC, code, text), "valueQuantity": quantity(value, "mmHg", "mm[Hg]")}
            for code, text, value in parts
        ],
    }


def _step(value: float, steps: tuple[tuple[float, int], ...], above: int) -> int:
    """The score of the first step whose upper bound is not passed."""
    for bound, score in steps:
        if value <= bound:
            return score
    return above


def _saturation(spo2: float, oxygen: bool, scale2: bool) -> int:
    if not scale2:
        return _step(spo2, ((91, 3), (93, 2), (95, 1)), 0)
    if spo2 <= 92 or not oxygen:
        return _step(spo2, ((83, 3), (85, 2), (87, 1)), 0)
    return _step(spo2, ((94, 1), (96, 2)), 3)


def news2_scores(vitals: dict[str, float], *, oxygen: bool, scale2: bool, alert: bool = True) -> dict[str, int]:
    """NEWS2's seven partial scores; vitals: respiration, spo2, over (systolic), pulse, temperature."""
    return {
        "respiration": _step(vitals["respiration"], ((8, 3), (11, 1), (20, 0), (24, 2)), 3),
        "spo2": _saturation(vitals["spo2"], oxygen, scale2),
        "oxygen": 2 if oxygen else 0,
        "over": _step(vitals["over"], ((90, 3), (100, 2), (110, 1), (219, 0)), 3),
        "pulse": _step(vitals["pulse"], ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2)), 3),
        "consciousness": 0 if alert else 3,
        "temperature": _step(vitals["temperature"], ((35.0, 3), (36.0, 1), (38.0, 0), (39.0, 1)), 2),
    }


_NEWS2 = {
    "respiration": ("1104301000000104", "Respirasjonsfrekvens"),
    "oxygen": ("1104331000000105", "Luft eller oksygen"),
    "over": ("1104341000000101", "Systolisk blodtrykk"),
    "pulse": ("1104351000000103", "Puls"),
    "consciousness": ("1104361000000100", "Bevissthet"),
    "temperature": ("1104371000000107", "Temperatur"),
}
_SCALE = {False: ("1104311000000102", "SpO2, skala 1"), True: ("1104321000000108", "SpO2, skala 2")}


def news2(
    ident: str,
    patient: Resource,
    vitals: dict[str, float],
    when: str,
    performer: Resource,
    *,
    oxygen: bool = False,
    scale2: bool = False,
) -> Resource:
    """The total, with the partial scores as components."""
    scores = news2_scores(vitals, oxygen=oxygen, scale2=scale2)
    return {
        "resourceType": "Observation",
        "id": ident,
        "status": "final",
        "category": [{"coding": [coding("observation-category", "survey")]}],
        "code": concept(SNOMED, "1104051000000101", "NEWS2"),
        "subject": patient,
        "effectiveDateTime": when,
        "performer": [performer],
        "valueInteger": sum(scores.values()),
        "component": [
            {"code": concept(SNOMED, *(_SCALE[scale2] if part == "spo2" else _NEWS2[part])), "valueInteger": score}
            for part, score in scores.items()
        ],
    }
