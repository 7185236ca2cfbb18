"""The only door inward: what came from a server is checked here, before anything of it is kept.

The easy mistake: believing that an answer is about whom one asked for. Every entry must name the patient that was asked
for, by reference or by one of that person's own numbers; all else is dropped, and told.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from akson_tui import fhir
from akson_tui.fhir import patient as fhir_patient
from akson_tui.fhir.common import FhirUnreadable, Json, Labels, load, patient_of, ref_of, type_of, updated
from akson_tui.model.people import NATIONAL, Patient
from akson_tui.model.ref import Ref
from akson_tui.model.trouble import Trouble
from akson_tui.model.work import Appointment
from akson_tui.store import patients as store_patients
from akson_tui.store import records, worklist
from akson_tui.store.files import Store
from akson_tui.store.records import StoredResource
from akson_tui.sync.page import Page, Piece

BREATH = 0.006
"""Seconds of work between two looks at the event loop: a key must not wait for a page of entries."""

DIRECTORY = frozenset(
    ("Practitioner", "PractitionerRole", "Organization", "Location", "HealthcareService", "Medication", "Device")
)
"""Types that are about no patient and may come along with entries (author, place, medicine)."""


@dataclass(frozen=True, slots=True)
class About:
    """Whom an answer must be about: patient records of one person in one source, and that person's numbers."""

    source: str
    patient: Ref
    """The record that was asked for: an entry that gives a number only belongs to it."""
    records: frozenset[Ref]
    numbers: frozenset[tuple[str, str]]
    number: tuple[str, str] = ("", "")
    """The national number in use of the record that was asked for (system, value); '' '' where it has none."""

    @staticmethod
    def of(asked: Ref, records: Iterable[Patient]) -> About:
        """About the person behind `records`, of whom `asked` was asked for."""
        mine = [record for record in records if record.ref.source == asked.source]
        inner = [i for record in mine if record.ref.bare() == asked.bare() for i in record.identifiers if not i.ended]
        best = min((i for i in inner if i.system in NATIONAL), key=lambda i: NATIONAL.index(i.system), default=None)
        return About(
            asked.source,
            asked.bare(),
            frozenset({asked.bare(), *(record.ref.bare() for record in mine)}),
            frozenset((i.system, i.value) for record in mine for i in record.identifiers if i.value),
            ("", "") if best is None else (best.system, best.value),
        )

    def owner(self, resource: Json) -> Ref | None:
        """The record of this person that `resource` is about; None where it is about somebody else, or nobody."""
        about = patient_of(resource, self.source)
        if about.ref is not None:
            return about.ref.bare() if about.ref.bare() in self.records else None
        number = about.identifier
        if number is None:
            return None
        if (number.system, number.value) in self.numbers:
            return self.patient
        # a number may come without its system; then only a national number is told apart from a local one
        known = {value for system, value in self.numbers if system in NATIONAL}
        return self.patient if not number.system and number.value in known else None


@dataclass(slots=True)
class Sorted:
    """What became of a page. `dates` are the clinical times of the entries that matched, in the order sent."""

    rows: list[StoredResource] = field(default_factory=list)
    bodies: list[Json] = field(default_factory=list)
    """The resources of `rows`, in the same order."""
    directory: list[StoredResource] = field(default_factory=list)
    seen: dict[Ref, str] = field(default_factory=dict)
    """Every resource that the page held of this person: bare name → version."""
    dates: list[datetime | None] = field(default_factory=list)
    updated: list[datetime] = field(default_factory=list)
    everyone: set[Ref] = field(default_factory=set)
    """Every resource of the page, whoever it is about: to tell a page from the one before, and for nothing else."""
    strangers: set[str] = field(default_factory=set)
    """Whom else the page was about: more than one, and the server does not heed whom it is asked for."""
    wrong: int = 0
    unreadable: int = 0

    def trouble(self, heeds: bool = True) -> str:
        """A `Trouble` where something was not kept, '' where all was.

        Others' rows are none where the server is known not to heed whom it is asked for (not `heeds`).
        """
        if self.wrong and heeds:
            return Trouble.WRONG_PATIENT.value
        return Trouble.NOT_FHIR.value if self.unreadable else ""


async def sort_out(page: Page, about: About, types: Collection[str], held: Mapping[Ref, str], labels: Labels) -> Sorted:
    """Check a page of a search and make the rows to be stored. `held` versions are not made again."""
    result = Sorted()
    begun = time.perf_counter()
    for piece in page.pieces:
        if piece.raw and piece.mode != "outcome":
            _take(piece, about, types, held, labels, result)
        if time.perf_counter() - begun > BREATH:
            await asyncio.sleep(0)
            begun = time.perf_counter()
    return result


def _take(
    piece: Piece, about: About, types: Collection[str], held: Mapping[Ref, str], labels: Labels, result: Sorted
) -> None:
    try:
        resource = load(piece.raw)
    except FhirUnreadable:
        result.unreadable += 1
        return
    type_ = type_of(resource)
    if type_ in DIRECTORY and type_ not in types:
        row = directory_row(resource, piece.raw, about.source)
        if row is not None:
            result.directory.append(row)
        return
    if type_ == "OperationOutcome":
        return
    ref = ref_of(resource, about.source)
    if type_ not in types or not ref.id:
        result.unreadable += 1
        return
    result.everyone.add(ref.bare())
    owner = about.owner(resource)
    if owner is None:
        result.wrong += 1
        result.strangers.add(_stranger(resource, about.source))
        return
    result.seen[ref.bare()] = ref.version
    changed = updated(resource)
    if changed is not None:
        result.updated.append(changed)
    row = row_of(ref, owner, piece.raw, resource, labels)
    result.dates.append(row.entry.when.earliest if row.entry is not None and row.entry.when is not None else None)
    if ref.version and held.get(ref.bare()) == ref.version:
        return
    result.rows.append(row)
    result.bodies.append(resource)


def _stranger(resource: Json, source: str) -> str:
    said = patient_of(resource, source)
    return said.ref.relative if said.ref is not None else said.identifier.value if said.identifier is not None else ""


def row_of(ref: Ref, owner: Ref, raw: bytes, resource: Json, labels: Labels) -> StoredResource:
    """A row to be stored. Of what is withheld no word goes into the search."""
    entry = fhir.entry(resource, ref.source, labels, patient=owner)
    hidden = entry is not None and entry.withheld
    search = "" if hidden or entry is None else fhir.search_body(resource)
    return StoredResource(ref, owner, raw, entry, search, updated(resource))


def directory_row(resource: Json, raw: bytes, source: str) -> StoredResource | None:
    """A row about no patient (a clinician, a unit, a medicine); None where it has no legal name."""
    ref = ref_of(resource, source)
    if ref.type not in DIRECTORY or not ref.id:
        return None
    return StoredResource(ref, None, raw, None, "", updated(resource))


def patients(
    page: Page, source: str, asked: Ref | None = None, number: str = ""
) -> tuple[list[tuple[Patient, bytes]], bool]:
    """The patient records in a page. `asked` keeps that one only, `number` those that have this national id.

    Also returns True where something was dropped.
    """
    kept: list[tuple[Patient, bytes]] = []
    dropped = False
    for piece in page.pieces:
        if not piece.raw or piece.mode == "outcome":
            continue
        try:
            resource = load(piece.raw)
        except FhirUnreadable:
            dropped = True
            continue
        if type_of(resource) != "Patient":
            dropped = dropped or (piece.mode == "match" and type_of(resource) != "OperationOutcome")
            continue
        read = fhir_patient.read(resource, source)
        known = {identifier.value for identifier in read.identifiers}
        if (
            not read.ref.id
            or (asked is not None and read.ref.bare() != asked.bare())
            or (number and number not in known)
        ):
            dropped = True
            continue
        kept.append((read, piece.raw))
    return kept, dropped


async def keep(store: Store, rows: Sequence[StoredResource], at: datetime) -> None:
    """Into the store: what passed the checks above. `at` is when the source was asked, by its own clock."""
    if rows:
        await store.run(records.put, rows, at)


async def keep_patients(store: Store, rows: Sequence[tuple[Patient, bytes]], at: datetime) -> None:
    """Patient records that passed `patients`."""
    if rows:
        await store.run(store_patients.put, rows, at)


async def keep_round(
    store: Store, user: str, day: date, rows: Sequence[tuple[Appointment, bytes]], at: datetime
) -> None:
    """The day's list of one user, in place of what was held."""
    await store.run(worklist.put, user, day, rows, at)
