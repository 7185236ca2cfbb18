"""Practitioner, PractitionerRole, Organization and whatever else an author may be: a name, a role, a service.

The easy mistake is to show a PractitionerRole by its own id: it has no name, its practitioner has.
"""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, as a resource says it: a Reference, what it must contain for that, the organisation (None unknown)."""

    reference: Json
    contained: tuple[Json, ...]
    organisation: Json | None


def signer(author: Clinician, source: str) -> Signer:
    """The clinician's role in `source`; where it holds none, contained resources say who by name and HPR number."""
    organisation: Json = {"display": author.organisation_name} if author.organisation_name else {}
    if author.organisation is not None and author.organisation.source == source:
        organisation = {"reference": author.organisation.relative, **organisation}
    if author.role is not None and author.role.source == source:
        return Signer({"reference": author.role.relative, "display": author.name}, (), organisation or None)
    role: Json = {"resourceType": "PractitionerRole", "id": "role"}
    contained_: tuple[Json, ...] = ()
    if author.practitioner is not None and author.practitioner.source == source:
        role["practitioner"] = {"reference": author.practitioner.relative, "display": author.name}
    else:
        person: Json = {"resourceType": "Practitioner", "id": "practitioner"}
        if author.hpr:
            person["identifier"] = [{"system": HPR, "value": author.hpr}]
        person["name"] = [{"text": author.name}]
        role["practitioner"] = {"reference": "#practitioner", "display": author.name}
        contained_ = (person,)
    if organisation:
        role["organization"] = organisation
    if author.profession:
        role["code"] = [{"coding": [{"system": f"urn:oid:{PERSONNEL}", "code": author.profession}]}]
    return Signer({"reference": "#role", "display": author.name}, (*contained_, role), organisation or None)
