"""MedicationStatement and MedicationRequest: what is taken, and what is prescribed; other medication types as entries.

The easy mistake is to look for the name in one place: it is a concept, a contained Medication, or a reference to one.
"""

from __future__ import annotations

from akson_tui.fhir import pick, words
from akson_tui.fhir.common import Json, Resolve, contained, ref_of, reference, said_name
from akson_tui.fhir.condition import codes
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, people, period, state_of, time
from akson_tui.fhir.timing import dosage, quantity
from akson_tui.i18n import _, later
from akson_tui.model.health import Code, Medicine
from akson_tui.model.ref import Ref
from akson_tui.model.when import When

_ACTIVE = ("", "active", "intended", "unknown")
_MULTIDOSE = "multidose"
_NOT_MULTIDOSE = ("utenom", "utenfor", "ikke", "outside", "not ")
_TELLERS = ("informationSource", "requester", "recorder")
_TIMES = (
    "effectiveDateTime",
    "effectivePeriod",
    "authoredOn",
    "whenHandedOver",
    "whenPrepared",
    "dateAsserted",
)


def read(resource: Json, source: str, resolve: Resolve, names: Names | None = None) -> Medicine:
    """The medicine. `resolve` gives the Medication that a reference points to, `names` tells who one is.

    What is on hold is not active: its status says that it is to come back. Never raises.
    """
    status = pick.status(resource.get("status"))
    return Medicine(
        ref=ref_of(resource, source),
        name=_name(resource, source, resolve),
        dosage=_dosage(resource),
        reason=_reason(resource),
        active=status in _ACTIVE,
        status=status,
        multidose=_multidose(resource),
        since=pick.first_when(resource, *_TIMES),
        requested=resource.get("resourceType") == "MedicationRequest",
        as_needed=_as_needed(resource),
        until=_until(resource),
        told_by=_told_by(resource, names or (lambda value: said_name(resource, value))),
        ended_for=listed(pick.concepts(resource.get("statusReason"))),
        follows=_bare(reference(resource.get("priorPrescription"), source)),
    )


def _until(resource: Json) -> When | None:
    """When its use ends. How long a prescription is valid tells nothing of that."""
    said = [*pick.objs(resource.get("dosage")), *pick.objs(resource.get("dosageInstruction"))]
    only = said[0] if len(said) == 1 else {}
    return pick.when(pick.at(resource, "effectivePeriod", "end")) or pick.when(
        pick.at(only, "timing", "repeat", "boundsPeriod", "end")
    )


def _bare(ref: Ref | None) -> Ref | None:
    return ref.bare() if ref is not None else None


def _as_needed(resource: Json) -> bool:
    """Whether every dosage is as needed; one that is taken at fixed times too is not."""
    said = [*pick.objs(resource.get("dosage")), *pick.objs(resource.get("dosageInstruction"))]
    return bool(said) and all(
        pick.true(one.get("asNeededBoolean"))
        or bool(pick.obj(one.get("asNeededCodeableConcept")))
        or "behov" in pick.text(one.get("text")).casefold()
        for one in said
    )


def _told_by(resource: Json, names: Names) -> str:
    """Who told of it, or prescribed it: the first that has a name."""
    said = (one for element in _TELLERS for one in pick.objs(resource.get(element)))
    return next(filter(None, map(names, said)), "")


def _name(resource: Json, source: str, resolve: Resolve | None) -> Code:
    said = pick.code(resource.get("medicationCodeableConcept"))
    pointer = resource.get("medicationReference")
    if said.text or not pick.obj(pointer):
        return said
    inner = contained(resource, pointer)
    ref = reference(pointer, source)
    if inner is None and ref is not None and resolve is not None:
        inner = resolve(ref)
    code = pick.code(inner.get("code")) if inner is not None else Code("")
    return code if code.text else Code(pick.text(pick.obj(pointer).get("display")), code.system, code.code)


def _dosage(resource: Json) -> str:
    return listed((dosage(resource.get("dosage")), dosage(resource.get("dosageInstruction"))), "; ")


def _reason(resource: Json) -> str:
    pointers = [pick.text(one.get("display")) for one in pick.objs(resource.get("reasonReference"))]
    return listed([*pick.concepts(resource.get("reasonCode")), *pointers])


def _multidose(resource: Json) -> bool:
    """Whether it lies in the multidose bag. No profile settles how this is sent: each place that may say it is read."""
    said = [*pick.concepts(resource.get("category"))]
    said += [pick.text(coding.get("code")) for coding in pick.codings(resource.get("category"))]
    for extension in pick.objs(resource.get("extension")):
        if _MULTIDOSE in pick.text(extension.get("url")).casefold():
            value = pick.extension_value(extension)
            said.append(_MULTIDOSE if value is True else pick.concept(value))
    return any(
        _MULTIDOSE in one.casefold() and not any(word in one.casefold() for word in _NOT_MULTIDOSE) for one in said
    )


def facts(resource: Json) -> Facts:
    """Its row: the medicine and its dosage."""
    status = pick.status(resource.get("status"))
    telling = "" if status in ("", "active", "completed", "unknown") else words.status(status)
    authors = tuple(
        one
        for element in ("requester", "recorder", "informationSource", "performer")
        for one in (pick.obj(inner.get("actor")) or inner for inner in pick.objs(resource.get(element)))
    )
    return Facts(
        title=_name(resource, "", None).text,
        summary=listed((_dosage(resource), telling), ". "),
        when=pick.first_when(resource, *_TIMES),
        status=status,
        state=state_of(status),
        authors=authors,
        replaces=pick.obj(resource.get("priorPrescription")) or None,
        names=pick.objs(resource.get("medicationReference")),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    dispense = pick.obj(resource.get("dispenseRequest"))
    substitute = pick.at(resource, "substitution", "allowedBoolean")
    kind = resource.get("resourceType")
    return Told(
        paragraphs(("", pick.notes(resource))),
        fields(
            (later("Legemiddel"), _name(resource, "", None).text or people(resource.get("medicationReference"), names)),
            (later("Kode"), codes(resource.get("medicationCodeableConcept"))),
            (later("Dosering"), _dosage(resource)),
            (later("Brukes mot"), _reason(resource)),
            (later("I bruk"), period(resource.get("effectivePeriod")) or time(resource.get("effectiveDateTime"))),
            (later("Multidose"), _("ja") if _multidose(resource) else ""),
            (later("Gruppe"), listed(pick.concepts(resource.get("category")))),
            (later("Forskrevet"), time(resource.get("authoredOn")) if kind == "MedicationRequest" else ""),
            (later("Forskrevet av"), people(resource.get("requester"), names)),
            (later("Ifølge"), people(resource.get("informationSource"), names)),
            (later("Utlevert"), time(resource.get("whenHandedOver"))),
            (later("Utleveres"), quantity(dispense.get("quantity"))),
            (later("Gyldig"), period(dispense.get("validityPeriod"))),
            (later("Bytte tillatt"), _("nei") if substitute is False else ""),
            (later("Årsak til status"), listed(pick.concepts(resource.get("statusReason")))),
            (later("Status"), words.status(pick.status(resource.get("status")))),
        ),
    )
