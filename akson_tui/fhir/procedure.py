"""Procedure and Immunization: what was done, and what was given.

The easy mistake is to show one that was not done as done: `not-done` is told in its row.
"""

from __future__ import annotations

from akson_tui.fhir import pick, words
from akson_tui.fhir.attachment import first_words
from akson_tui.fhir.common import Json
from akson_tui.fhir.condition import codes
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, people, period, state_of, time
from akson_tui.fhir.timing import quantity
from akson_tui.i18n import later

_TIMES = ("performedDateTime", "performedPeriod", "occurrenceDateTime", "recorded")


def _code(resource: Json) -> object:
    return resource.get("code") or resource.get("vaccineCode")


def _performers(resource: Json) -> tuple[Json, ...]:
    actors = tuple(pick.obj(one.get("actor")) for one in pick.objs(resource.get("performer")))
    return tuple(one for one in actors if one)


def _reason(resource: Json) -> str:
    pointers = [pick.text(one.get("display")) for one in pick.objs(resource.get("reasonReference"))]
    return listed([*pick.concepts(resource.get("reasonCode")), *pointers])


def _dose(resource: Json) -> str:
    """Which dose of a series: `2`, or the words that were sent."""
    applied = pick.objs(resource.get("protocolApplied"))
    return listed(
        pick.text(one.get("doseNumberPositiveInt")) or pick.text(one.get("doseNumberString")) for one in applied
    )


def facts(resource: Json) -> Facts:
    """Its row: what was done or given."""
    status = pick.status(resource.get("status"))
    telling = "" if status in ("", "completed") else words.status(status)
    if telling and (why := listed(pick.concepts(resource.get("statusReason")))):
        telling = f"{telling}: {why}"
    note = first_words(pick.notes(resource))
    employers = tuple(pick.obj(one.get("onBehalfOf")) for one in pick.objs(resource.get("performer")))
    return Facts(
        title=pick.concept(_code(resource)) or pick.concept(resource.get("category")),
        summary=listed([_reason(resource), pick.concept(resource.get("outcome")), telling, note], ". "),
        when=pick.first_when(resource, *_TIMES),
        status=status,
        state=state_of(status),
        authors=_performers(resource) + pick.objs(resource.get("recorder")) + pick.objs(resource.get("asserter")),
        services=tuple(one for one in employers if one),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    done = time(resource.get("performedDateTime")) or period(resource.get("performedPeriod"))
    done = done or time(resource.get("occurrenceDateTime"))
    said = pick.text(resource.get("performedString")) or pick.text(resource.get("occurrenceString"))
    return Told(
        paragraphs(("", pick.notes(resource))),
        fields(
            (later("Kode"), codes(_code(resource))),
            (later("Gruppe"), pick.concept(resource.get("category"))),
            (later("Utført"), done or said),
            (later("Utført av"), listed(names(one) for one in _performers(resource))),
            (later("Grunn"), _reason(resource)),
            (later("Ikke gjort fordi"), listed(pick.concepts(resource.get("statusReason")))),
            (later("Sted på kroppen"), listed(pick.concepts(resource.get("bodySite") or resource.get("site")))),
            (later("Resultat"), pick.concept(resource.get("outcome"))),
            (later("Komplikasjon"), listed(pick.concepts(resource.get("complication")))),
            (later("Oppfølging"), listed(pick.concepts(resource.get("followUp")))),
            (later("Dose"), listed([_dose(resource), quantity(resource.get("doseQuantity"))])),
            (later("Batch"), pick.text(resource.get("lotNumber"))),
            (later("Produsent"), people(resource.get("manufacturer"), names)),
            (later("Sted"), people(resource.get("location"), names)),
            (later("Status"), words.status(pick.status(resource.get("status")))),
        ),
    )
