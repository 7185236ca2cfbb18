"""Observation: a measurement, a laboratory result, a score.

The easy mistake is to drop a comparator: `< 5` is not 5. Such a value is a text, never a number.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from akson_tui.clinical import bands, vitals
from akson_tui.clinical.shown import number_text
from akson_tui.fhir import pick, words
from akson_tui.fhir.attachment import first_words
from akson_tui.fhir.common import Json, ref_of, said_name
from akson_tui.fhir.practitioner import Signer
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, people, period, state_of, time
from akson_tui.fhir.timing import quantity, range_text, ratio, with_unit
from akson_tui.i18n import _, later
from akson_tui.model.health import NO_BAND, Band, Code, Component, Measurement
from akson_tui.model.note import Recognised
from akson_tui.model.ref import Ref
from akson_tui.model.when import OSLO, When

_TIMES = ("effectiveDateTime", "effectiveInstant", "effectivePeriod", "effectiveTiming", "issued")
_OVER, _UNDER = "8480-6", "8462-4"


def read(resource: Json, source: str) -> Measurement:
    """The measurement. Never raises."""
    value, unit, text = _value(resource)
    return Measurement(
        ref=ref_of(resource, source),
        code=_code(resource),
        when=_when(resource),
        value=value,
        unit=unit,
        text=text,
        components=tuple(_component(one) for one in pick.objs(resource.get("component"))),
        status=pick.status(resource.get("status")),
        absent=pick.status(resource.get("dataAbsentReason")),
        band=_band(resource),
        judged=pick.status(resource.get("interpretation")),
        category=next((pick.text(one.get("code")) for one in pick.codings(resource.get("category"))), ""),
        by=next(filter(None, (said_name(resource, one) for one in pick.objs(resource.get("performer")))), ""),
    )


def _band(holder: Json) -> Band:
    """What its sender holds it against; of several ranges (for ages, for phases of a cycle) only the words are kept."""
    ranges = pick.objs(holder.get("referenceRange"))
    if not ranges:
        return NO_BAND
    said = _normal(holder)
    low, high = (pick.decimal(pick.at(ranges[0], name, "value")) for name in ("low", "high"))
    if len(ranges) > 1 or (low is None and high is None):
        return bands.parse(said) if len(ranges) == 1 else Band(text=said)
    return Band(low, high, said)


def _when(resource: Json) -> When | None:
    return pick.first_when(resource, *_TIMES)


def _code(holder: Json) -> Code:
    """What was measured; where only a code was sent that we know, by our own name for it."""
    code = pick.code(holder.get("code"))
    row = vitals.by_loinc(code.code) if code.text == code.code else None
    return Code(_(row.name), code.system, code.code) if row else code


def _component(one: Json) -> Component:
    value, unit, text = _value(one)
    return Component(_code(one), value, unit, text, _band(one), pick.status(one.get("interpretation")))


def _value(holder: Json) -> tuple[Decimal | None, str, str]:
    """Number, unit and text of value[x]: either a number, or a text for what is none."""
    said = pick.obj(holder.get("valueQuantity"))
    if said:
        number = pick.decimal(said.get("value"))
        unit = pick.text(said.get("unit")) or pick.text(said.get("code"))
        if number is None or pick.text(said.get("comparator")):
            return None, unit, quantity(said)
        return number, unit, ""
    whole = pick.decimal(holder.get("valueInteger"))
    if whole is not None:
        return whole, "", ""
    return None, "", _text(holder)


def _text(holder: Json) -> str:
    if isinstance(holder.get("valueBoolean"), bool):
        return _("ja") if holder["valueBoolean"] else _("nei")
    found = (
        pick.text(holder.get("valueString")),
        listed(pick.concepts(holder.get("valueCodeableConcept"))),
        range_text(holder.get("valueRange")),
        ratio(holder.get("valueRatio")),
        time(holder.get("valueDateTime")),
        pick.text(holder.get("valueTime")),
        period(holder.get("valuePeriod")),
        _("måleserie") if pick.obj(holder.get("valueSampledData")) else "",
    )
    return next((one for one in found if one), "")


def shown(value: Decimal | None, unit: str, text: str) -> str:
    """A value as one reads it: `37,9 °C`, `< 5 mg/L`, `positiv`."""
    return text if value is None else with_unit(value, unit)


def _flag(holder: Json) -> str:
    """How the value was judged by its sender: the code (H, L, A …) or the words."""
    codings = pick.codings(holder.get("interpretation"))
    judged = [code for code in (pick.text(one.get("code")) for one in codings) if code not in ("", "N")]
    return listed(judged or (() if codings else pick.concepts(holder.get("interpretation"))))


def _one(holder: Json) -> str:
    said = shown(*_value(holder))
    judged = _flag(holder)
    return f"{said} ({judged})" if said and judged else said


def _summary(resource: Json) -> str:
    parts = pick.objs(resource.get("component"))
    pressure = _pressure(parts)
    said = pressure or _one(resource)
    if not said:
        said = listed(" ".join(filter(None, (_code(part).text, _one(part)))) for part in parts if _one(part))
    return said or pick.concept(resource.get("dataAbsentReason")) or first_words(pick.notes(resource))


def _pressure(parts: tuple[Json, ...]) -> str:
    """`142/88 mmHg`, where both parts are there as numbers of the same unit."""
    both = [
        next((_value(one) for one in parts if pick.has_code(one.get("code"), code)), None) for code in (_OVER, _UNDER)
    ]
    if both[0] is None or both[1] is None:
        return ""
    (over, unit, _t), (under, other, _u) = both[0], both[1]
    return f"{number_text(over)}/{number_text(under)} {unit}".rstrip() if over and under and unit == other else ""


def facts(resource: Json) -> Facts:
    """Its row: what was measured, and the value."""
    status = pick.status(resource.get("status"))
    return Facts(
        title=_code(resource).text,
        summary=first_words(_summary(resource)),
        when=_when(resource),
        status=status,
        state=state_of(status),
        authors=pick.objs(resource.get("performer")),
    )


def _normal(holder: Json) -> str:
    ranges = pick.objs(holder.get("referenceRange"))
    return listed((pick.text(one.get("text")) or range_text(one) for one in ranges), "; ")


def told(resource: Json, names: Names) -> Told:
    """Its page: every part with its own value, what is normal, how it was done."""
    parts = pick.objs(resource.get("component"))
    pressure = _pressure(parts)
    return Told(
        paragraphs(("", pick.notes(resource))),
        fields(
            (later("Verdi"), pressure or _one(resource)),
            *((_code(part).text, _one(part) or pick.concept(part.get("dataAbsentReason"))) for part in parts),
            (later("Mangler fordi"), pick.concept(resource.get("dataAbsentReason"))),
            (later("Vurdering"), listed(pick.concepts(resource.get("interpretation")))),
            (later("Referanse"), _normal(resource)),
            (later("Metode"), pick.concept(resource.get("method"))),
            (later("Sted på kroppen"), pick.concept(resource.get("bodySite"))),
            (later("Utstyr"), people(resource.get("device"), names)),
            (later("Utført av"), people(resource.get("performer"), names)),
            (later("Tatt i"), period(resource.get("effectivePeriod"))),
            (later("Delresultater"), people(resource.get("hasMember"), names)),
            (later("Status"), words.status(pick.status(resource.get("status")))),
        ),
    )


def write(found: Recognised, patient: Ref, by: Signer, at: datetime, note: str) -> Json:
    """A measurement that the writer of a note confirmed, as an Observation derived from that note (its full URL)."""
    row = vitals.BY_KEY[found.kind]
    made: Json = {"resourceType": "Observation"}
    if by.contained:
        made["contained"] = list(by.contained)
    made |= {
        "status": "final",
        "category": [{"coding": [{"system": _CATEGORIES, "code": row.category}]}],
        "code": _coded(row.loinc, row.display, row.name),
        "subject": {"reference": patient.relative},
        "effectiveDateTime": at.astimezone(OSLO).isoformat(timespec="seconds"),
        "performer": [by.reference],
    }
    values = [_quantity(Decimal(value), row) for value in found.values]
    if len(row.parts) == 1:
        made["valueQuantity"] = values[0]
    made["derivedFrom"] = [{"reference": note}]
    if len(row.parts) > 1:
        made["component"] = [
            {"code": _coded(part.loinc, part.display, part.name), "valueQuantity": value}
            for part, value in zip(row.parts, values, strict=True)
        ]
    return made


_CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"


def _coded(loinc: str, display: str, name: str) -> Json:
    return {"coding": [{"system": vitals.LOINC, "code": loinc, "display": display}], "text": name}


def _quantity(value: Decimal, row: vitals.Vital) -> Json:
    return {"value": value, "unit": row.unit, "system": vitals.UCUM, "code": row.ucum}
