"""Practitioner, PractitionerRole, Organization and whatever else an author may be: a name, a role, a service.

The easy mistake is to show a PractitionerRole by its own id: it has no name, its practitioner has.
"""

from __future__ import annotations

from akson_tui.fhir import pick
from akson_tui.fhir.common import Json, Label, Resolve, any_name, contained, ref_of, reference, said_name
from akson_tui.model.people import HPR, Clinician
from akson_tui.model.ref import Ref

PERSONNEL = "2.16.578.1.12.4.1.1.9060"


def read_name(resource: Json) -> str:
    """The name of a person, organisation, place or service; of a role the name of who has it, as far as it says."""
    return any_name(resource) or said_name(resource, resource.get("practitioner"))


def label(resource: Json, source: str = "", resolve: Resolve | None = None, within: Json | None = None) -> Label:
    """Name, role and service of whatever an author's reference points to.

    `resolve` gives the practitioner and organisation that a role points to; `within` is the resource that contains it.
    """
    if resource.get("resourceType") != "PractitionerRole":
        return Label(read_name(resource), _qualification(resource))
    holder = resource if within is None else within
    person = _pointed(resource.get("practitioner"), holder, source, resolve)
    role = pick.concept(resource.get("code")) or (_qualification(person) if person else "")
    service = ""
    for element in ("organization", "healthcareService"):
        place = pick.obj(resource.get(element))
        inner = _pointed(place, holder, source, resolve)
        service = service or pick.text(place.get("display")) or (any_name(inner) if inner else "")
    said = pick.text(pick.obj(resource.get("practitioner")).get("display"))
    return Label(said or (any_name(person) if person else ""), role, service)


def _pointed(value: object, holder: Json, source: str, resolve: Resolve | None) -> Json | None:
    inner = contained(holder, value)
    ref = reference(value, source) if inner is None else None
    return resolve(ref) if ref is not None and resolve is not None else inner


def _qualification(resource: Json) -> str:
    """What a Practitioner is by profession, in words (Volven 9060 first)."""
    known = pick.objs(resource.get("qualification"))
    for one in known:
        if any(pick.text(coding.get("system")).endswith(PERSONNEL) for coding in pick.codings(one.get("code"))):
            return pick.concept(one.get("code"))
    return pick.concept(known[0].get("code")) if known else ""


def profession(resource: Json) -> str:
    """The Volven 9060 code of a PractitionerRole or Practitioner, '' where none is told."""
    said = [resource.get("code"), *(one.get("code") for one in pick.objs(resource.get("qualification")))]
    for value in said:
        for coding in pick.codings(value):
            if pick.text(coding.get("system")).endswith(PERSONNEL):
                return pick.text(coding.get("code"))
    return ""


def hpr(resource: Json) -> str:
    """The HPR number of a Practitioner, '' where none is told."""
    for one in pick.objs(resource.get("identifier")):
        if pick.text(one.get("system")) == HPR and pick.text(one.get("use")) != "old":
            return pick.text(one.get("value")).strip()
    return ""


def read_clinician(practitioner: Json, role: Json | None, source: str, resolve: Resolve | None = None) -> Clinician:
    """The user, from the Practitioner and the PractitionerRole in which they work; not signed in."""
    organisation: Ref | None = None
    service = ""
    if role is not None:
        organisation = reference(role.get("organization"), source)
        service = label(role, source, resolve).service
    return Clinician(
        name=read_name(practitioner),
        hpr=hpr(practitioner),
        profession=(profession(role) if role else "") or profession(practitioner),
        practitioner=ref_of(practitioner, source).bare(),
        role=ref_of(role, source).bare() if role is not None else None,
        organisation=organisation.bare() if organisation else None,
        organisation_name=service,
    )
