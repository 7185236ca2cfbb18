"""A FHIR Timing or Dosage in words; what was said in words by the source comes first.

The easy mistake is to leave out a part that one cannot read: a dosage that lacks its "as needed" is another dosage.
"""

from __future__ import annotations

from decimal import Decimal

from akson_tui.clinical.shown import number_text
from akson_tui.fhir import pick, words
from akson_tui.fhir.shape import listed, period, time
from akson_tui.fhir.syntax import Json
from akson_tui.i18n import _

_NEEDED = ("behov", "as needed", "prn")


def quantity(value: object) -> str:
    """A Quantity with its comparator and unit, `< 5 mg/L`; '' where it has no number."""
    found = pick.obj(value)
    number = pick.decimal(found.get("value"))
    if number is None:
        return pick.text(found.get("value"))
    unit = pick.text(found.get("unit")) or pick.text(found.get("code"))
    return " ".join(part for part in (pick.text(found.get("comparator")), with_unit(number, unit)) if part)


def with_unit(number: Decimal, unit: str) -> str:
    """`37,9 °C`; what UCUM has in braces (`{score}`) is no unit and is left out."""
    return (
        number_text(number) if unit.startswith("{") and unit.endswith("}") else f"{number_text(number)} {unit}".rstrip()
    )


def range_text(value: object) -> str:
    """A Range: `3,5–10 g/L`, `≥ 3,5 g/L`, `≤ 10 g/L`."""
    found = pick.obj(value)
    low, high = quantity(found.get("low")), quantity(found.get("high"))
    if low and high:
        unit = pick.text(pick.obj(found.get("high")).get("unit"))
        return f"{low.removesuffix(unit).strip() if unit else low}–{high}"
    return f"≥ {low}" if low else f"≤ {high}" if high else ""


def timing(value: object) -> str:
    """A Timing in words; '' where it tells nothing."""
    found = pick.obj(value)
    said = pick.concept(found.get("code"))
    repeat = pick.obj(found.get("repeat"))
    events = listed(time(one) for one in pick.texts(found.get("event")))
    return listed([said or _often(repeat), *_when(repeat), events, period(repeat.get("boundsPeriod"))])


def _often(repeat: Json) -> str:
    times, most = pick.text(repeat.get("frequency")), pick.text(repeat.get("frequencyMax"))
    every = words.every(pick.text(repeat.get("periodUnit")), pick.text(repeat.get("period")))
    if not every:
        return ""
    if times in ("", "1") and not most:
        return every
    return _("{n} ganger {every}").format(n=f"{times or '1'}–{most}" if most else times, every=every)


def _when(repeat: Json) -> list[str]:
    clock = listed(said[:5].replace(":", ".") for said in pick.texts(repeat.get("timeOfDay")))
    return [
        listed(map(words.day, pick.texts(repeat.get("dayOfWeek")))),
        listed(map(words.moment, pick.texts(repeat.get("when")))),
        _("kl. {time}").format(time=clock) if clock else "",
    ]


def dosage(value: object) -> str:
    """One or more Dosages, in their order, each in one line."""
    return "; ".join(found for found in (_dosage(one) for one in pick.objs(value)) if found)


def _dosage(one: Json) -> str:
    reason = pick.concept(one.get("asNeededCodeableConcept"))
    needed = _("ved behov: {reason}").format(reason=reason) if reason else ""
    if not needed and pick.true(one.get("asNeededBoolean")):
        needed = _("ved behov")
    said = pick.text(one.get("text"))
    if said:
        return said if not needed or any(word in said.casefold() for word in _NEEDED) else f"{said}, {needed}"
    doses = []
    for rate in pick.objs(one.get("doseAndRate")):
        doses += [quantity(rate.get("doseQuantity")), range_text(rate.get("doseRange"))]
        doses += [quantity(rate.get("rateQuantity")), range_text(rate.get("rateRange")), ratio(rate.get("rateRatio"))]
    most = ratio(one.get("maxDosePerPeriod"))
    return listed(
        [
            listed(doses),
            timing(one.get("timing")),
            pick.concept(one.get("route")),
            pick.concept(one.get("site")),
            needed,
            _("høyst {most}").format(most=most) if most else "",
            *pick.concepts(one.get("additionalInstruction")),
            pick.text(one.get("patientInstruction")),
        ]
    )


def ratio(value: object) -> str:
    """A Ratio: `40 mg / 24 h`."""
    found = pick.obj(value)
    parts = [quantity(found.get("numerator")), quantity(found.get("denominator"))]
    return " / ".join(part for part in parts if part)
