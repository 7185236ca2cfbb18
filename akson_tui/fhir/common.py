"""What every resource has: an id, references, a patient, a grade of secrecy. Only `load` raises; all else is lenient.

The easy mistake is to take a reference's text for an id: it may be absolute, versioned, contained, a urn:uuid, or
absent beside an identifier. Ids go into URLs and keys, so nothing but the letters that FHIR allows comes through here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from akson_tui.fhir import pick
from akson_tui.fhir.syntax import FhirUnreadable, Json, load
from akson_tui.model.people import NATIONAL, Identifier
from akson_tui.model.ref import Ref

__all__ = [
    "FhirUnreadable",
    "Json",
    "Label",
    "Labels",
    "PatientOf",
    "Resolve",
    "contained",
    "identifier",
    "load",
    "patient_of",
    "ref_of",
    "reference",
    "said_name",
    "type_of",
    "updated",
    "withheld",
    "withheld_from_patient",
]

_ID = re.compile(r"(?!\.+$)[A-Za-z0-9._~-]{1,128}", re.ASCII)
_TYPE = re.compile(r"[A-Z][A-Za-z]{1,63}", re.ASCII)
_REFERENCE = re.compile(r"(?:.*/)?([A-Za-z]+)/([^/#?|]+)(?:/_history/([^/#?|]+))?", re.ASCII)
_LONGEST_REFERENCE = 2048

_SECRECY = "2.16.578.1.12.4.1.1.9603"
_PATIENT_ELEMENTS = ("subject", "patient", "for", "beneficiary", "individual")


@dataclass(frozen=True, slots=True)
class Label:
    """Whoever a reference points to, in words as sent; parts that are not known are ''."""

    name: str = ""
    role: str = ""
    service: str = ""


Labels = Callable[[Ref], "Label | str | None"]
"""Tells who or what a reference points to; a text alone is a name; None or '' where that is not held."""

Resolve = Callable[[Ref], "Json | None"]
"""Gives the resource that a reference points to, None where it is not held."""


@dataclass(frozen=True, slots=True)
class PatientOf:
    """Whom a resource is about: by reference, by identifier (`subject.identifier`), by both, or not said."""

    ref: Ref | None = None
    identifier: Identifier | None = None


def type_of(resource: Json) -> str:
    """Its resourceType, '' where that is none."""
    name = pick.text(resource.get("resourceType"))
    return name if _TYPE.fullmatch(name) else ""


def safe_id(value: object) -> str:
    """An id or version that may stand in a path and in a key; '' for anything else."""
    found = pick.text(value)
    return found if _ID.fullmatch(found) else ""


def ref_of(resource: Json, source: str) -> Ref:
    """Its own name, version included; the id is '' where it has none that is legal (then it cannot be kept)."""
    version = safe_id(pick.at(resource, "meta", "versionId"))
    return Ref(source, type_of(resource), safe_id(resource.get("id")), version)


def reference(value: object, source: str, names: Mapping[str, Ref] | None = None) -> Ref | None:
    """What a FHIR Reference (or its text) points to, in `source`; None for contained, by identifier only, unreadable.

    `names` tells what the full URLs of a Bundle mean (`bundle.names`), for references by urn:uuid.
    """
    said = value if isinstance(value, str) else pick.text(pick.obj(value).get("reference"))
    said = said.strip()
    if names and said in names:
        return names[said]
    found = _parts(said) if len(said) <= _LONGEST_REFERENCE else None
    return Ref(source, *found) if found else None


@lru_cache(maxsize=4096)
def _parts(said: str) -> tuple[str, str, str] | None:
    """Type, id and version that the text of a reference ends in. Kept: a journal names few people many times."""
    if not said or said.startswith(("#", "urn:")):
        return None
    found = _REFERENCE.fullmatch(said)
    if found is None or not _TYPE.fullmatch(found[1]) or not safe_id(found[2]):
        return None
    return found[1], found[2], safe_id(found[3])


def contained(resource: Json, value: object) -> Json | None:
    """The contained resource that a Reference within `resource` points to (`#id`), None where it is no such one."""
    said = pick.text(pick.obj(value).get("reference"))
    if len(said) < 2 or not said.startswith("#"):
        return None
    for inner in pick.objs(resource.get("contained")):
        if pick.text(inner.get("id")) == said[1:]:
            return inner
    return None


def identifier(value: object) -> Identifier | None:
    """A FHIR Identifier, None where it has no value."""
    found = pick.obj(value)
    number = pick.text(found.get("value"))
    if not number:
        return None
    return Identifier(pick.text(found.get("system")), number.strip(), pick.text(found.get("use")) == "old")


def patient_of(resource: Json, source: str, names: Mapping[str, Ref] | None = None) -> PatientOf:
    """Whom `resource` is about, by whichever element its type has for it."""
    if type_of(resource) == "Patient":
        return PatientOf(ref_of(resource, source).bare())
    said: list[Json] = []
    for name in _PATIENT_ELEMENTS:
        said.extend(pick.objs(resource.get(name)))
    said.extend(pick.obj(one.get("actor")) for one in pick.objs(resource.get("participant")))
    said.extend(pick.objs(resource.get("target")))  # Provenance, where it names the patient
    for one in said:
        found = _patient(resource, one, source, names)
        if found is not None:
            return found
    return PatientOf()


def _patient(resource: Json, said: Json, source: str, names: Mapping[str, Ref] | None) -> PatientOf | None:
    ref = reference(said, source, names)
    if ref is not None and ref.type != "Patient":
        return None
    by = identifier(said.get("identifier"))
    inner = contained(resource, said)
    if inner is not None:
        if type_of(inner) != "Patient":
            return None
        known = [found for found in map(identifier, pick.objs(inner.get("identifier"))) if found]
        known.sort(key=lambda found: NATIONAL.index(found.system) if found.system in NATIONAL else len(NATIONAL))
        by = by or next(iter(known), None)
    if ref is None and (by is None or pick.text(said.get("type")) not in ("", "Patient")):
        return None
    if ref is None and inner is None and by is not None and by.system not in NATIONAL and "type" not in said:
        # An actor named by identifier only may be a clinician or a place: only a person's number tells a patient.
        return PatientOf(None, by) if said is pick.obj(resource.get("subject")) else None
    return PatientOf(ref.bare() if ref else None, by)


def _labels(resource: Json) -> tuple[Json, ...]:
    return pick.objs(pick.at(resource, "meta", "security")) + pick.codings(resource.get("securityLabel"))


def _secret(resource: Json, *prefixes: str) -> bool:
    for label in _labels(resource):
        system, code = pick.text(label.get("system")), pick.text(label.get("code")).upper()
        if code.startswith(prefixes) and (not system or system.endswith(_SECRECY)):
            return True
    return False


def withheld(resource: Json) -> bool:
    """Whether the patient withholds it from staff (Volven 9603 NORS…)."""
    return _secret(resource, "NORS")


def withheld_from_patient(resource: Json) -> bool:
    """Whether it is withheld from the patient's own view, for good (NORN_…) or for a time (NORU)."""
    return _secret(resource, "NORN", "NORU")


def updated(resource: Json) -> datetime | None:
    """meta.lastUpdated as an instant in UTC."""
    found = pick.when(pick.at(resource, "meta", "lastUpdated"))
    return found.earliest if found else None


def said_name(resource: Json, value: object) -> str:
    """What a Reference itself says of whom it points to: its display, or the name of the contained resource."""
    said = pick.text(pick.obj(value).get("display"))
    inner = None if said else contained(resource, value)
    if inner is None:
        return said
    person = contained(resource, inner.get("practitioner"))
    return any_name(inner) or (any_name(person) if person is not None else "")


def any_name(resource: Json) -> str:
    """The name of a person, place, organisation or medicine in words, '' where it says none.

    A role has no name of its own: it is named by who has it, as far as it says.
    """
    if type_of(resource) == "PractitionerRole":
        return pick.text(pick.at(resource, "practitioner", "display"))
    for name in pick.objs(resource.get("name")):
        if said := human_name(name):
            return said
    return pick.text(resource.get("name")) or pick.concept(resource.get("code")) or pick.concept(resource.get("type"))


def human_name(name: Json) -> str:
    """A HumanName as it is shown: given names (and middle names) first; else the text that was sent."""
    middle = [pick.text(pick.extension_value(one)) for one in pick.extensions(name, "no-basis-middlename")]
    parts = (*pick.texts(name.get("given")), *filter(None, middle), pick.text(name.get("family")))
    return " ".join(" ".join(part.split()) for part in parts if part) or pick.text(name.get("text"))
