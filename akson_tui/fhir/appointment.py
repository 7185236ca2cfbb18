"""Appointment: who is to be seen, when, why, where.

The easy mistake is to take every participant for a clinician: the patient, places and services take part too.
"""

from __future__ import annotations

from akson_tui.clinical.shown import span_text
from akson_tui.fhir import pick, words
from akson_tui.fhir.attachment import first_words
from akson_tui.fhir.common import Json, patient_of, ref_of, reference, said_name
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, state_of
from akson_tui.i18n import _, later
from akson_tui.model.work import Appointment

CANCELLED = ("cancelled", "noshow", "entered-in-error")
_CLINICIANS = ("Practitioner", "PractitionerRole")


def _actors(resource: Json) -> tuple[Json, ...]:
    return tuple(actor for one in pick.objs(resource.get("participant")) if (actor := pick.obj(one.get("actor"))))


def _of_type(resource: Json, *types: str) -> tuple[Json, ...]:
    found = []
    for actor in _actors(resource):
        ref = reference(actor, "")
        if (ref.type if ref else pick.text(actor.get("type"))) in types:
            found.append(actor)
    return tuple(found)


def reason(resource: Json) -> str:
    """Why: its reasons, else its description, its kind, its service."""
    return (
        listed(pick.concepts(resource.get("reasonCode")))
        or listed(pick.text(one.get("display")) for one in pick.objs(resource.get("reasonReference")))
        or pick.text(resource.get("description"))
        or pick.concept(resource.get("appointmentType"))
        or pick.concept(resource.get("serviceType"))
    )


def read(resource: Json, source: str) -> Appointment:
    """The appointment. Never raises."""
    status = pick.status(resource.get("status"))
    about = patient_of(resource, source).ref
    named = _of_type(resource, "Patient")
    places = _of_type(resource, "Location")
    taking = [reference(actor, source) for actor in _actors(resource)]
    return Appointment(
        ref=ref_of(resource, source),
        start=pick.when(resource.get("start")) or pick.first_when(resource, "requestedPeriod"),
        end=pick.when(resource.get("end")),
        status=status,
        reason=reason(resource),
        patient=about,
        patient_name=said_name(resource, named[0]) if named else "",
        place=listed(said_name(resource, place) for place in places),
        participants=tuple(ref.bare() for ref in taking if ref is not None and ref.type != "Patient"),
        cancelled=status in CANCELLED,
    )


def facts(resource: Json) -> Facts:
    """Its row: an appointment, and why."""
    status = pick.status(resource.get("status"))
    kind = pick.concept(resource.get("appointmentType"))
    telling = "" if status in ("", "booked", "fulfilled") else words.status(status)
    said = reason(resource)
    return Facts(
        title=kind if kind and kind != said else _("Avtale"),
        summary=listed([first_words(said), telling], ". "),
        when=pick.first_when(resource, "start", "requestedPeriod", "created"),
        status=status,
        state=state_of("entered-in-error" if status == "entered-in-error" else ""),
        authors=_of_type(resource, *_CLINICIANS),
        services=_of_type(resource, "HealthcareService"),
        service=pick.concept(resource.get("serviceType")),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    return Told(
        paragraphs(
            ("", pick.text(resource.get("description"))),
            ("", pick.text(resource.get("comment"))),
            (_("Til pasienten"), pick.text(resource.get("patientInstruction"))),
        ),
        fields(
            (later("Tid"), span_text(pick.when(resource.get("start")), pick.when(resource.get("end")))),
            (later("Grunn"), reason(resource)),
            (later("Type"), pick.concept(resource.get("appointmentType"))),
            (later("Tjeneste"), listed(pick.concepts(resource.get("serviceType")))),
            (later("Deltakere"), listed(names(actor) for actor in _actors(resource))),
            (later("Årsak til avlysning"), pick.concept(resource.get("cancelationReason"))),
            (later("Status"), words.status(pick.status(resource.get("status")))),
        ),
    )
