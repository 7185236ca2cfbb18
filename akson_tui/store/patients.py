"""Patient records and the people behind them; searching among those that are held.

Easy to get wrong: what a person is called in another store or after a join. Ask by any name ever given; told and given
back is the present one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from akson_tui.clinical.national_id import check
from akson_tui.clinical.search_text import fold, words
from akson_tui.model.people import NATIONAL, Patient
from akson_tui.model.ref import PersonId, Ref
from akson_tui.model.when import When
from akson_tui.store import fetches, marks, persons, worklist
from akson_tui.store.coding import decode, encode, micros, storable
from akson_tui.store.sql import select
from akson_tui.store.worker import bulk

if TYPE_CHECKING:
    from akson_tui.clinical.query import Query
    from akson_tui.store.files import Files

_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class PatientHit:
    """A person found: the best of their records, whether on today's round, when last opened."""

    person: PersonId
    patient: Patient
    own: bool
    recent: datetime | None


@bulk
def put(files: Files, rows: Sequence[tuple[Patient, bytes]], fetched: datetime) -> int:
    """Keep patient records with their bytes; returns how many changed. Tells `patients`, and `person` after a join."""
    at = micros(fetched)
    return files.in_pieces("cache", rows, lambda row: _put(files, row[0], row[1], at))


def _put(files: Files, patient: Patient, raw: bytes, fetched: int) -> bool:
    cache = files.cache
    prid, _ = persons.patient_row(files, patient.ref)
    noun = encode(patient)
    for held_noun, held_raw in select(cache, "SELECT noun, raw FROM patient WHERE prid = ?", (prid,)):
        if held_noun == noun and held_raw == raw:
            cache.execute("UPDATE patient SET fetched = ? WHERE prid = ?", (fetched, prid))
            return False
    born = (micros(patient.born.earliest), micros(patient.born.latest)) if patient.born is not None else (0, 0)
    name = fold(storable(f"{patient.name.family} {patient.name.text}"))
    cache.execute(
        "UPDATE patient SET noun = ?, raw = ?, fetched = ?, born_earliest = ?, born_latest = ?, sort_name = ?"
        " WHERE prid = ?",
        (noun, raw, fetched, *born, name, prid),
    )
    _index(files, prid, patient)
    regrouped = persons.regroup(files, prid)
    for absorbed, remains in regrouped.joined:
        fetches.joined(files, absorbed, remains)
    for (now,) in select(cache, "SELECT pid FROM patient WHERE prid = ?", (prid,)):
        files.tell("patients", *persons.names_of(files, now))
    for one in regrouped.touched:
        files.tell("patients", *persons.names_of(files, one))
        files.tell("person", *persons.names_of(files, one))
    return True


def _index(files: Files, prid: int, patient: Patient) -> None:
    cache = files.cache
    cache.execute("DELETE FROM patient_identifier WHERE prid = ?", (prid,))
    for identifier in patient.identifiers:
        if identifier.value:
            # A filler ("ukjent", 00000000000) or a slip must not make one person of two.
            joins = identifier.system in NATIONAL and not identifier.ended and check(identifier.value).ok
            cache.execute(
                "INSERT INTO patient_identifier (value, system, prid, joins) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET joins = max(joins, excluded.joins)",
                (storable(identifier.value), storable(identifier.system), prid, int(joins)),
            )
    cache.execute("DELETE FROM patient_link WHERE prid = ?", (prid,))
    for link in patient.links:
        cache.execute(
            "INSERT OR IGNORE INTO patient_link (prid, source, id) VALUES (?, ?, ?)", (prid, link.source, link.id)
        )
    cache.execute("DELETE FROM patient_word WHERE prid = ?", (prid,))
    names = " ".join(
        part for name in (patient.name, *patient.other_names) for part in (name.text, name.family, *name.given)
    )
    for word in set(words(fold(storable(names)))):
        cache.execute("INSERT INTO patient_word (word, prid) VALUES (?, ?)", (word, prid))


def person_of(files: Files, ref: Ref) -> PersonId:
    """The person behind a patient record; a record that was never heard of gets a new one."""
    for (name,) in select(
        files.cache,
        "SELECT person.name FROM patient JOIN person ON person.pid = patient.pid"
        " WHERE patient.source = ? AND patient.id = ?",
        (ref.source, ref.id),
    ):
        return str(name)
    with files.tx("cache"):
        return persons.name_of(files, persons.patient_row(files, ref)[1])


def records_of(files: Files, person: PersonId) -> tuple[Patient, ...]:
    """All patient records of a person that are held, the first heard of first; () where none is."""
    found = select(
        files.cache,
        "SELECT noun FROM patient WHERE pid = ? AND noun != '' ORDER BY prid",
        (persons.pid_of(files, person),),
    )
    return tuple(decode(Patient, noun) for (noun,) in found)


def refs_of(files: Files, person: PersonId) -> tuple[Ref, ...]:
    """The patient records behind a person, held or only heard of: what to fetch, and `Opened.patients`."""
    found = select(
        files.cache, "SELECT source, id FROM patient WHERE pid = ? ORDER BY prid", (persons.pid_of(files, person),)
    )
    return tuple(Ref(source, "Patient", id_) for source, id_ in found)


def raw(files: Files, ref: Ref) -> bytes | None:
    """A patient record's bytes as they came."""
    for (found,) in select(
        files.cache, "SELECT raw FROM patient WHERE source = ? AND id = ? AND noun != ''", (ref.source, ref.id)
    ):
        return bytes(found)
    return None


def search(files: Files, query: Query, limit: int = 50) -> list[PatientHit]:
    """People who fit, each once: on today's round first, then the recently opened, then by name. Empty: `recent`."""
    if query.kind == "empty":
        return recent(files, limit)
    if query.kind == "national-id":
        pids = _by_number(files, query.number)
    else:
        pids = _by_name(files, tuple(query.folded_words)) if query.folded_words else {}
        born = [born for born in (query.born, query.born_also) if born is not None]
        if born:
            dated = _by_birth(files, born)
            pids = {pid: name for pid, name in pids.items() if pid in dated} if query.folded_words else dated
    when = _opened(files)
    own = worklist.pids_today(files)
    ranked = sorted(pids.items(), key=lambda item: (item[0] not in own, -_stamp(when.get(item[0])), item[1], item[0]))
    return [hit for pid, _ in ranked[:limit] if (hit := _hit(files, pid, own, when)) is not None]


def recent(files: Files, limit: int = 20) -> list[PatientHit]:
    """Who was opened last, newest first."""
    when = _opened(files)
    own = worklist.pids_today(files)
    pids = sorted(when, key=lambda pid: -_stamp(when[pid]))
    hits = (_hit(files, pid, own, when) for pid in pids)
    return [hit for hit in hits if hit is not None][:limit]


def opened(files: Files, person: PersonId, at: datetime) -> None:
    """The person's record was opened: they are a recent one now."""
    marks.opened(files, person, at)


def hit(files: Files, person: PersonId) -> PatientHit | None:
    """One person as `search` gives them; None where no record of theirs is held."""
    return _hit(files, persons.pid_of(files, person), worklist.pids_today(files), _opened(files))


def name_of(files: Files, person: PersonId) -> str:
    """What the person is called, for lists of one's own drafts and acts; '' where no record is held."""
    records = records_of(files, person)
    return records[0].name.text if records else ""


def _stamp(at: datetime | None) -> int:
    return 0 if at is None else micros(at)


def _opened(files: Files) -> dict[int, datetime]:
    when: dict[int, datetime] = {}
    for person, at in marks.recently_opened(files, 500):
        pid = persons.pid_of(files, person)
        if pid:
            when[pid] = max(at, when.get(pid, at))
    return when


def _hit(files: Files, pid: int, own: set[int], when: dict[int, datetime]) -> PatientHit | None:
    for name, noun in select(
        files.cache,
        "SELECT person.name, patient.noun FROM person JOIN patient ON patient.pid = person.pid"
        " WHERE person.pid = ? AND patient.noun != '' ORDER BY patient.prid LIMIT 1",
        (pid,),
    ):
        return PatientHit(str(name), decode(Patient, noun), pid in own, when.get(pid))
    return None


def _by_number(files: Files, number: str) -> dict[int, str]:
    found = select(
        files.cache,
        "SELECT patient.pid, min(patient.sort_name) FROM patient_identifier"
        " JOIN patient ON patient.prid = patient_identifier.prid"
        " WHERE patient_identifier.value = ? GROUP BY patient.pid",
        (number,),
    )
    return {int(pid): str(name) for pid, name in found}


def _by_birth(files: Files, born: list[When]) -> dict[int, str]:
    """Whose birth date, as precise as it is known, may be one of these, as precise as they were said."""
    found: dict[int, str] = {}
    for when in born:
        for pid, name in select(
            files.cache,
            "SELECT pid, min(sort_name) FROM patient WHERE born_earliest < ? AND born_latest > ? AND noun != ''"
            " AND born_latest != born_earliest GROUP BY pid",
            (micros(when.latest), micros(when.earliest)),
        ):
            found[int(pid)] = str(name)
    return found


def _by_name(files: Files, wanted: tuple[str, ...]) -> dict[int, str]:
    """Records with, for each word that was typed, a word of the name that begins with it, in any order."""
    fits: set[int] | None = None
    for word in wanted:
        found = select(
            files.cache,
            "SELECT prid FROM patient_word WHERE word >= ? AND word < ?",
            (storable(word), storable(word) + _LAST),
        )
        these = {int(prid) for (prid,) in found}
        fits = these if fits is None else fits & these
        if not fits:
            return {}
    people: dict[int, str] = {}
    for prid in fits or ():
        for pid, name in select(files.cache, "SELECT pid, sort_name FROM patient WHERE prid = ?", (prid,)):
            people[int(pid)] = min(str(name), people.get(int(pid), str(name)))
    return people
