"""Encounter and EpisodeOfCare: a contact, and the stretch of care that contacts belong to.

The easy mistake is to name a contact by its class alone: "ambulatory" tells nobody what it was about.
"""

from __future__ import annotations

from akson_tui.fhir import pick, words
from akson_tui.fhir.common import Json, type_of
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, people, period, state_of
from akson_tui.i18n import _, later

_CLASSES = {
    "HH": later("Hjemmebesøk"),
    "AMB": later("Konsultasjon"),
    "IMP": later("Innleggelse"),
    "ACUTE": later("Innleggelse"),
    "NONAC": later("Innleggelse"),
    "SS": later("Korttidsopphold"),
    "EMER": later("Akutt kontakt"),
    "FLD": later("Utrykning"),
    "VR": later("Telefon eller video"),
}


def _title(resource: Json) -> str:
    """What kind of contact: the service, else its type, else its class."""
    klass = pick.obj(resource.get("class"))
    code = pick.text(klass.get("code"))
    by_class = _(_CLASSES[code]) if code in _CLASSES else pick.concept(klass)
    said = by_class or pick.concept(resource.get("type")) or pick.concept(resource.get("serviceType"))
    return said or (_("Forløp") if type_of(resource) == "EpisodeOfCare" else _("Kontakt"))


def _reason(resource: Json) -> str:
    pointers = [pick.text(one.get("display")) for one in pick.objs(resource.get("reasonReference"))]
    return listed([*pick.concepts(resource.get("reasonCode")), *pointers]) or _diagnosis(resource)


def _diagnosis(resource: Json) -> str:
    return listed(pick.text(pick.at(one, "condition", "display")) for one in pick.objs(resource.get("diagnosis")))


def _individuals(resource: Json) -> tuple[Json, ...]:
    taking = tuple(pick.obj(one.get("individual")) for one in pick.objs(resource.get("participant")))
    return tuple(one for one in taking if one) + pick.objs(resource.get("careManager"))


def facts(resource: Json) -> Facts:
    """Its row: the kind of contact, and why."""
    status = pick.status(resource.get("status"))
    type_ = pick.concept(resource.get("type"))
    title = _title(resource)
    telling = words.status(status) if status in ("cancelled", "planned", "in-progress", "noshow") else ""
    return Facts(
        title=title,
        summary=listed([_reason(resource) or (type_ if type_ != title else ""), telling], ". "),
        when=pick.first_when(resource, "period"),
        status=status,
        state=state_of(status),
        authors=_individuals(resource),
        services=pick.objs(resource.get("serviceProvider")) + pick.objs(resource.get("managingOrganization")),
        service=pick.concept(resource.get("serviceType")),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    places = (names(pick.obj(one.get("location"))) for one in pick.objs(resource.get("location")))
    stay = pick.obj(resource.get("hospitalization"))
    return Told(
        paragraphs(("", _reason(resource))),
        fields(
            (later("Type"), listed(pick.concepts(resource.get("type")))),
            (later("Tid"), period(resource.get("period"))),
            (later("Tjeneste"), pick.concept(resource.get("serviceType"))),
            (later("Virksomhet"), people(resource.get("serviceProvider"), names)),
            (later("Ansvarlig"), people(resource.get("managingOrganization"), names)),
            (later("Deltakere"), listed(names(one) for one in _individuals(resource))),
            (later("Sted"), listed(places)),
            (later("Diagnoser"), _diagnosis(resource)),
            (later("Hastegrad"), pick.concept(resource.get("priority"))),
            (later("Innlagt fra"), pick.concept(stay.get("admitSource"))),
            (later("Utskrevet til"), pick.concept(stay.get("dischargeDisposition"))),
            (later("Status"), words.status(pick.status(resource.get("status")))),
        ),
    )
