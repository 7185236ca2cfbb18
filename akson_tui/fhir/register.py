"""The register: one row for each resource type, and what all of them have in common when they are shown.

The easy mistake is to forget secrecy: of a withheld resource nothing but its kind and its date leaves this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from akson_tui.fhir import (
    allergy_intolerance,
    appointment,
    care_plan,
    communication,
    composition,
    condition,
    diagnostic_report,
    document_reference,
    encounter,
    flag,
    goal,
    medication,
    medicine_list,
    observation,
    practitioner,
    procedure,
    service_request,
    task,
    unknown,
)
from akson_tui.fhir.common import (
    Json,
    Label,
    Labels,
    contained,
    identifier,
    patient_of,
    ref_of,
    reference,
    type_of,
    updated,
    withheld,
    withheld_from_patient,
)
from akson_tui.fhir.shape import Facts, Names, Told
from akson_tui.model.entry import Detail, Entry, EntryKind
from akson_tui.model.people import HPR
from akson_tui.model.ref import Ref

MAX_SEARCHED = 200_000
"""Characters of one entry that full-text search looks in."""


class Shape(Protocol):
    """What a type's module has."""

    def facts(self, resource: Json) -> Facts:
        """Its row in the timeline."""

    def told(self, resource: Json, names: Names) -> Told:
        """Its page."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One resource type.

    `entry_kind` None: no entry of a journal (people, places, signatures). `search_param` finds those of a patient, ''
    where there is none; `date_param` is the search parameter of the clinical time, `sort_param` the newest first.
    `small`: a patient has few of them, and the overview needs them all.
    """

    type: str
    entry_kind: EntryKind | None
    search_param: str = "patient"
    date_param: str = "date"
    small: bool = False
    shape: Shape = unknown

    @property
    def sort_param(self) -> str:
        """`_sort` for newest first."""
        return f"-{self.date_param}" if self.date_param else "-_lastUpdated"


_ROWS = (
    Kind("AllergyIntolerance", EntryKind.ALLERGY, small=True, shape=allergy_intolerance),
    Kind("Flag", EntryKind.ALERT, small=True, shape=flag),
    Kind("Condition", EntryKind.PROBLEM, date_param="recorded-date", small=True, shape=condition),
    Kind("MedicationStatement", EntryKind.MEDICATION, date_param="effective", small=True, shape=medication),
    Kind("MedicationRequest", EntryKind.MEDICATION, date_param="authoredon", small=True, shape=medication),
    Kind("List", EntryKind.OTHER, small=True, shape=medicine_list),
    Kind("CarePlan", EntryKind.PLAN, small=True, shape=care_plan),
    Kind("CareTeam", EntryKind.PLAN, small=True, shape=care_plan),
    Kind("Goal", EntryKind.GOAL, date_param="start-date", small=True, shape=goal),
    Kind("DocumentReference", EntryKind.NOTE, shape=document_reference),
    Kind("Observation", EntryKind.MEASUREMENT, shape=observation),
    Kind("Encounter", EntryKind.CONTACT, shape=encounter),
    Kind("Appointment", EntryKind.APPOINTMENT, shape=appointment),
    Kind("Task", EntryKind.TASK, date_param="authored-on", shape=task),
    Kind("Communication", EntryKind.MESSAGE, date_param="sent", shape=communication),
    Kind("Composition", EntryKind.NOTE, shape=composition),
    Kind("Procedure", EntryKind.PROCEDURE, shape=procedure),
    Kind("Immunization", EntryKind.IMMUNIZATION, shape=procedure),
    Kind("DiagnosticReport", EntryKind.REPORT, shape=diagnostic_report),
    Kind("ServiceRequest", EntryKind.REFERRAL, date_param="authored", shape=service_request),
    Kind("EpisodeOfCare", EntryKind.CONTACT, shape=encounter),
    Kind("MedicationDispense", EntryKind.MEDICATION, date_param="whenhandedover", shape=medication),
    Kind("MedicationAdministration", EntryKind.MEDICATION, date_param="effective-time", shape=medication),
    Kind("Provenance", None, date_param="recorded"),
    Kind("RelatedPerson", None, date_param=""),
    *(
        Kind(name, None, search_param="", date_param="")
        for name in (
            *("AuditEvent", "Binary", "Bundle", "CapabilityStatement", "Device", "Endpoint", "Group"),
            *("HealthcareService", "Location", "Medication", "OperationOutcome", "Organization", "Parameters"),
            *("Patient", "Person", "Practitioner", "PractitionerRole", "Subscription", "Substance"),
        )
    ),
)

REGISTER: Mapping[str, Kind] = MappingProxyType({row.type: row for row in _ROWS})


def kind(type_: str) -> Kind:
    """The row of a resource type; a type that nobody named gets the unknown row."""
    return REGISTER.get(type_) or Kind(type_, EntryKind.OTHER, date_param="")


def entry(
    resource: Json,
    source: str,
    label: Labels | None = None,
    patient: Ref | None = None,
    names: Mapping[str, Ref] | None = None,
) -> Entry | None:
    """The resource as a row of the timeline; None for what is no entry, has no id, or is about nobody.

    `label` tells who an author is; `patient` whose it is where the caller knows better than the resource (named by
    identifier only); `names` what urn:uuid references mean. A withheld one carries kind and date only.
    """
    row = kind(type_of(resource))
    ref = ref_of(resource, source)
    if row.entry_kind is None or not ref.id or not ref.type:
        return None
    about = patient_of(resource, source, names)
    if patient is None and about.ref is None and about.identifier is None:
        return None
    return _entry(resource, row, row.entry_kind, patient or about.ref or Ref(source, "Patient", ""), label, names)


def _entry(
    resource: Json, row: Kind, shown_as: EntryKind, patient: Ref, label: Labels | None, names: Mapping[str, Ref] | None
) -> Entry:
    ref = ref_of(resource, patient.source)
    told = row.shape.facts(resource)
    when, at = told.when, updated(resource)
    if withheld(resource):
        return Entry(ref, patient, shown_as, when, "", withheld=True, updated=at, type=ref.type)
    who = _who(told, resource, ref.source, label)
    title = told.title or next(filter(None, (_label(resource, one, ref.source, label).name for one in told.names)), "")
    replaces, appends = (reference(one, ref.source, names) if one else None for one in (told.replaces, told.appends))
    return Entry(
        ref=ref,
        patient=patient,
        kind=shown_as,
        when=when,
        title=title or ref.type,
        summary=told.summary,
        service=who.service,
        author=who.name,
        role=who.role,
        state=told.state,
        status=told.status,
        replaces=replaces.bare() if replaces else None,
        appends=appends.bare() if appends else None,
        withheld_from_patient=withheld_from_patient(resource),
        updated=at,
        type=ref.type,
    )


_UNITS = ("Organization", "HealthcareService", "CareTeam", "Location")


def _who(told: Facts, resource: Json, source: str, label: Labels | None) -> Label:
    """The first author that is a person, and the service: as the source says it, else where the author works."""
    person, units = Label(), []
    for one in told.authors:
        found = _label(resource, one, source, label)
        if _pointed_type(resource, one) in _UNITS:
            units.append(found.name)
        elif found.name and not person.name:
            person = found
    service = next(filter(None, (_label(resource, one, source, label).name for one in told.services)), "")
    return Label(person.name, person.role, service or person.service or next(filter(None, units), "") or told.service)


def _pointed_type(resource: Json, value: Json) -> str:
    inner = contained(resource, value)
    ref = reference(value, "")
    said = value.get("type")
    return type_of(inner) if inner is not None else ref.type if ref else said if isinstance(said, str) else ""


def _label(resource: Json, value: object, source: str, label: Labels | None) -> Label:
    """What is known of whom a Reference points to: contained, told by `label`, or said in its display."""
    if not isinstance(value, dict):
        return Label()
    inner = contained(resource, value)
    if inner is not None:
        found = practitioner.label(inner, source, within=resource)
    else:
        ref = reference(value, source)
        told = label(ref.bare()) if label is not None and ref is not None else None
        found = told if isinstance(told, Label) else Label(told or "")
    said = _said(value)
    return Label(found.name or said.name, found.role or said.role, found.service)


def _said(value: Json) -> Label:
    """A display, which some sources write as `name, role`; else the number in HPR of one named by that only."""
    display = value.get("display")
    if isinstance(display, str) and display.strip():
        name, comma, role = display.partition(", ")
        return Label(name, role) if comma and role[:1].islower() and role else Label(display)
    by = identifier(value.get("identifier"))
    return Label(f"HPR {by.value}") if by is not None and by.system == HPR else Label()


def authors(resource: Json, source: str) -> tuple[Ref, ...]:
    """Whoever and whatever must be held so that `entry` can name them: authors, units, a referred medicine."""
    row = kind(type_of(resource))
    if row.entry_kind is None or withheld(resource):
        return ()
    told = row.shape.facts(resource)
    refs = (reference(one, source) for one in (*told.authors, *told.services, *told.names))
    found = (ref.bare() for ref in refs if ref is not None and ref.type != "Patient")
    return tuple(dict.fromkeys(found))


def detail(resource: Json, source: str, label: Labels | None = None, patient: Ref | None = None) -> Detail:
    """The entry opened: texts, fields, attachments. A withheld one has none of them. Never raises."""
    row = kind(type_of(resource))
    about = patient or patient_of(resource, source).ref or Ref(source, "Patient", "")
    shown = _entry(resource, row, row.entry_kind or EntryKind.OTHER, about, label, None)
    if shown.withheld:
        return Detail(shown)
    told = row.shape.told(resource, lambda value: _label(resource, value, source, label).name)
    return Detail(shown, told.paragraphs, told.fields, told.attachments, told.unreadable)


def search_body(resource: Json) -> str:
    """The text that full-text search looks in: title, texts, values, names of attachments; '' for what is withheld."""
    if withheld(resource):
        return ""
    row = kind(type_of(resource))
    facts = row.shape.facts(resource)
    told = row.shape.told(resource, lambda value: _label(resource, value, "", None).name)
    parts = [facts.title, facts.summary if not told.paragraphs else ""]
    parts += [part for paragraph in told.paragraphs for part in (paragraph.heading, paragraph.body)]
    parts += [value for _label_, value in told.fields]
    parts += [one.title for one in told.attachments]
    return "\n".join(dict.fromkeys(part for part in parts if part))[:MAX_SEARCHED]


def name_of(resource: Json) -> str:
    """The name of a person, role, unit, place or medicine that others point to."""
    return practitioner.read_name(resource)
