"""From stored bytes to the nouns that a screen shows: banner, overview, one entry. Runs in the store's thread.

Withheld things are counted, never read; what cannot be read is counted too, so that no list looks whole when it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from akson_tui import fhir
from akson_tui.fhir import allergy_intolerance, appointment, care_plan, condition, flag, medication, observation
from akson_tui.fhir.common import FhirUnreadable, Json, load, withheld
from akson_tui.model.access import Opened
from akson_tui.model.entry import EVERYTHING, Detail
from akson_tui.model.health import Allergy, Certainty, Measurement
from akson_tui.model.held import Fetched, Shelf
from akson_tui.model.ref import Ref
from akson_tui.model.work import Appointment
from akson_tui.store import fetches, patients, records, timeline
from akson_tui.store.files import Files
from akson_tui.store.records import Body
from akson_tui.workspace.views import Banner, Overview

T = TypeVar("T")
Reader = Callable[[Json, str], T]

LATEST = 12
"""Entries that an overview may list."""
KINDS_MEASURED = 60
"""How many kinds of measurement an overview reads the latest of."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """Two ages: of the small lists (allergies, problems, medicines, plan), and of the entries with their horizon."""

    summary: Fetched
    entries: Fetched


def freshness(files: Files, opened: Opened) -> Freshness:
    """How fresh what is held of this person is."""
    key = f"person:{opened.person}"
    return Freshness(fetches.state(files, f"{key}:summary"), fetches.state(files, f"{key}:entries"))


def banner(files: Files, opened: Opened) -> Banner:
    """Who this is, and what is critical."""
    fetched = freshness(files, opened).summary
    held = patients.records_of(files, opened.person)
    bodies = _by_type(records.bodies(files, opened, ("AllergyIntolerance", "Flag")))
    allergies = shelf(bodies.get("AllergyIntolerance", ()), allergy_intolerance.read, fetched, _allergy_counts)
    alerts = shelf(bodies.get("Flag", ()), flag.read, fetched, lambda alert: alert.active)
    rows = tuple(sorted(allergies.rows, key=lambda allergy: (not allergy.critical, allergy.substance.text)))
    return Banner(
        held[0], tuple(held[1:]), Shelf(rows, fetched, allergies.withheld, allergies.unreadable), alerts, fetched
    )


def _allergy_counts(allergy: Allergy) -> bool:
    return allergy.active and allergy.certainty is not Certainty.ERROR


def overview(files: Files, opened: Opened, now: datetime) -> Overview:
    """One look: what this person has, takes, was measured, is to get."""
    fresh = freshness(files, opened)
    types = ("Condition", "MedicationStatement", "MedicationRequest", "CarePlan", "Appointment")
    bodies = _by_type(records.bodies(files, opened, types))
    resolve = resolver(files, opened)
    problems = shelf(
        bodies.get("Condition", ()), condition.read, fresh.summary, lambda p: p.certainty is not Certainty.ERROR
    )
    medicines = shelf(
        [*bodies.get("MedicationStatement", ()), *bodies.get("MedicationRequest", ())],
        lambda resource, source: medication.read(resource, source, resolve),
        fresh.summary,
        lambda medicine: medicine.status != "entered-in-error",
    )
    plans = shelf(
        bodies.get("CarePlan", ()),
        lambda resource, source: care_plan.read(resource, source, resolve),
        fresh.summary,
        lambda plan: plan.status not in ("entered-in-error", "revoked", "completed"),
    )
    visits = shelf(bodies.get("Appointment", ()), appointment.read, fresh.summary, lambda visit: _ahead(visit, now))
    soonest = tuple(sorted(visits.rows, key=lambda visit: visit.start.earliest if visit.start else now))
    latest = timeline.page(files, opened, EVERYTHING, None, 0, LATEST)
    return Overview(
        problems=Shelf(
            tuple(sorted(problems.rows, key=lambda p: not p.active)),
            problems.fetched,
            problems.withheld,
            problems.unreadable,
        ),
        medicines=Shelf(
            tuple(sorted(medicines.rows, key=lambda m: (not m.active, m.requested, m.name.text))),
            medicines.fetched,
            medicines.withheld,
            medicines.unreadable,
        ),
        measurements=_measurements(files, opened, fresh.entries),
        plans=plans,
        appointments=Shelf(soonest, visits.fetched, visits.withheld, visits.unreadable),
        latest=latest.rows,
        total=latest.total,
        fetched=fresh.entries,
    )


def _ahead(visit: Appointment, now: datetime) -> bool:
    if visit.cancelled or visit.start is None:
        return False
    return visit.start.latest >= now or visit.start.local.date() == now.astimezone(visit.start.local.tzinfo).date()


def _measurements(files: Files, opened: Opened, fetched: Fetched) -> Shelf[Measurement]:
    """The latest of each kind."""
    bodies = records.latest_of_each(files, opened, "Observation", KINDS_MEASURED)
    return shelf(bodies, observation.read, fetched, lambda measured: measured.status != "entered-in-error")


def detail(files: Files, opened: Opened, ref: Ref) -> Detail | None:
    """One entry with its text; a withheld one without."""
    row = timeline.row(files, opened, ref)
    if row is None:
        return None
    replaced, appended = timeline.pointers(files, opened, ref)
    if row.entry.withheld:
        return Detail(row.entry, replaced_by=replaced, appended_by=appended)
    body = records.body(files, opened, ref)
    if body is None:
        return Detail(row.entry, unreadable=True)
    try:
        read = fhir.detail(load(body.raw), ref.source, lambda other: label(files, other))
    except FhirUnreadable:
        return Detail(row.entry, unreadable=True, replaced_by=replaced, appended_by=appended)
    return Detail(row.entry, read.paragraphs, read.fields, read.attachments, read.unreadable, replaced, appended)


def label(files: Files, ref: Ref) -> str:
    """A name for a person or unit that an entry points to; '' where it is not held."""
    raw = records.directory(files, (ref,)).get(ref)
    if raw is None:
        return ""
    try:
        return fhir.name_of(load(raw))
    except FhirUnreadable:
        return ""


def resolver(files: Files, opened: Opened) -> Callable[[Ref], Json | None]:
    """Gives what a reference points to, where it is held about this person and not withheld."""

    def resolve(ref: Ref) -> Json | None:
        body = records.body(files, opened, ref)
        try:
            resource = load(body.raw) if body is not None else None
        except FhirUnreadable:
            return None
        return None if resource is None or withheld(resource) else resource

    return resolve


def _by_type(bodies: Iterable[Body]) -> dict[str, list[Body]]:
    sorted_: dict[str, list[Body]] = {}
    for body in bodies:
        sorted_.setdefault(body.ref.type, []).append(body)
    return sorted_


def shelf(bodies: Iterable[Body], read: Reader[T], fetched: Fetched, counts: Callable[[T], bool]) -> Shelf[T]:
    """The nouns of those that count, and how many are withheld or unreadable."""
    rows: list[T] = []
    hidden = unreadable = 0
    for body in bodies:
        try:
            resource = load(body.raw)
        except FhirUnreadable:
            unreadable += 1
            continue
        if withheld(resource):
            hidden += 1
        elif counts(noun := read(resource, body.ref.source)):
            rows.append(noun)
    return Shelf(tuple(rows), fetched, hidden, unreadable)
