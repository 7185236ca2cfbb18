"""People, entries, acts and open files for the store's tests. All synthetic."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from akson_tui.clinical.national_id import check
from akson_tui.model.access import AccessEvent, Ground, Opened
from akson_tui.model.act import Act, ActKind, Part
from akson_tui.model.entry import Entry, EntryKind
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.note import Draft, DraftKind
from akson_tui.model.people import FNR, HumanName, Identifier, Patient
from akson_tui.model.ref import PersonId, Ref
from akson_tui.model.when import When
from akson_tui.store import audit, fetches, patients, records, salvage
from akson_tui.store.changes import Change
from akson_tui.store.files import Files
from akson_tui.store.lease import Seat
from akson_tui.store.place import Place, prepare
from akson_tui.store.records import StoredResource

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
KEY = bytes(range(32))
ASTRID = Ref("journal", "Patient", "astrid-bakken")
ODD = Ref("journal", "Patient", "odd-arne-solheim")


class Clock:
    """A clock that is set by hand."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def later(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


def names() -> Callable[[], str]:
    """Ids that come out the same in each run, different for each caller."""
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):08x}"


class Told(list[Change]):
    """What the files told."""

    def take(self, topic: str) -> set[str]:
        """The ids told under a topic since the last time; clears all."""
        ids = {id_ for change in self if change.topic == topic for id_ in change.ids or {"*"}}
        self.clear()
        return ids


def place(directory: Path) -> Place:
    return Place(directory / "data", directory / "run")


def files(directory: Path, told: Told | None = None, clock: Clock | None = None) -> Files:
    """Open files without a thread or a loop."""
    where = place(directory)
    prepare(where)
    both = salvage.open_both(where, KEY)
    telling = told if told is not None else Told()
    return Files(
        both.cache,
        both.precious,
        clock or Clock(),
        names(),
        Seat(where.directory, alone=False),
        telling.extend,
        lambda: None,
        lambda process: None,
    )


def close(opened: Files) -> None:
    opened.seat.drop()
    opened.cache.close()
    opened.precious.close()


def number(count: int) -> str:
    """A national number (FH) whose check digits hold, another one for each `count`."""
    found = (f"8{count * 100 + last:010d}" for last in range(100))
    return next(one for one in found if check(one).ok)


def patient(
    ref: Ref = ASTRID,
    name: str = "Astrid Bakken",
    born: str = "1942-05-17",
    number: str = "",
    links: Iterable[Ref] = (),
) -> Patient:
    given, _, family = name.rpartition(" ")
    return Patient(
        ref,
        HumanName(name, family, tuple(given.split())),
        born=When.parse(born) if born else None,
        identifiers=(Identifier(FNR, number),) if number else (),
        links=tuple(links),
    )


def entry(
    id_: str,
    when: datetime | str | None = NOON,
    *,
    about: Ref = ASTRID,
    version: str = "1",
    kind: EntryKind = EntryKind.NOTE,
    title: str = "Journalnotat",
    type_: str = "DocumentReference",
    updated: datetime | None = None,
    search: str = "",
    **more: object,
) -> StoredResource:
    """One resource with its entry. `when` may be FHIR text; `more` are fields of `Entry`."""
    ref = Ref(about.source, type_, id_, version)
    time = When.parse(when) if isinstance(when, str) else When.at(when) if when is not None else None
    shown = Entry(ref, about, kind, time, title, updated=updated, type=type_, **more)  # type: ignore[arg-type]
    return StoredResource(ref, about, f'{{"id":"{id_}","v":"{version}"}}'.encode(), shown, search, updated)


def known(opened: Files, *people: Patient) -> tuple[PersonId, ...]:
    """Put patients; their PersonIds."""
    patients.put(opened, [(one, b'{"resourceType":"Patient"}') for one in people], NOON)
    return tuple(patients.person_of(opened, one.ref) for one in people)


def look_into(opened: Files, person: PersonId, ref: Ref = ASTRID) -> Opened:
    """Open a record, with its line in the log."""
    event = AccessEvent(NOON, "Kari Nilsen", "", "SP", "", person, ref, "opened", Ground.ON_MY_LIST)
    logged = audit.log(opened, event)
    return Opened(person, (ref,), Ground.ON_MY_LIST, NOON, logged)


def claim(opened: Files, person: PersonId, horizon: datetime | None = None) -> None:
    """The list of entries is whole, or reaches back to `horizon`."""
    status = FetchStatus.COMPLETE if horizon is None else FetchStatus.PARTIAL
    fetches.set_state(opened, fetches.person_key(person, fetches.ENTRIES), Fetched(status, NOON, horizon))


def put(opened: Files, *rows: StoredResource, at: datetime = NOON) -> int:
    return records.put(opened, rows, at)


def draft(
    id_: str = "urn:uuid:1", text: str = "Puster lettere i dag.", person: PersonId = "p", **more: object
) -> Draft:
    made = Draft(id_, person, ASTRID, DraftKind.NEW, "free", text, len(text), NOON, NOON)
    return replace(made, **more)  # type: ignore[arg-type]


def act(
    id_: str = "urn:uuid:1",
    person: PersonId = "p",
    *,
    about: Ref = ASTRID,
    kind: ActKind = ActKind.NOTE,
    signed: datetime = NOON,
    target: Ref | None = None,
    mentions: str = "",
    label: str = "Puster lettere i dag.",
) -> Act:
    """A note with its Provenance, and where `target` is given, the change of the old one."""
    note = Part(
        f"urn:uuid:note-{id_}",
        "DocumentReference",
        "POST",
        f'{{"resourceType":"DocumentReference","refers":"{mentions}"}}'.encode(),
        ("urn:ietf:rfc:3986", id_),
    )
    parts = [note, Part(f"urn:uuid:prov-{id_}", "Provenance", "POST", b'{"resourceType":"Provenance"}')]
    if target is not None:
        parts.append(Part(f"urn:uuid:old-{id_}", target.type, "PUT", b'{"status":"superseded"}', target=target))
    return Act(id_, kind, about.source, person, about, label, signed, tuple(parts), draft=b"draft")
