"""The resources that were read: their bytes as they came, and the entry that each is in the timeline.

Easy to get wrong: answers come late and out of order. An older version never takes the place of a newer one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from akson_tui.clinical.search_text import fold
from akson_tui.model.access import Opened
from akson_tui.model.entry import Entry
from akson_tui.model.ref import Ref, ref_from_text, ref_to_text
from akson_tui.store import audit, claims, persons, twins
from akson_tui.store.coding import encode, instant, micros, micros_or, ref_text, storable
from akson_tui.store.sql import first, insert, select, value
from akson_tui.store.worker import bulk

if TYPE_CHECKING:
    from akson_tui.store.files import Files


@dataclass(frozen=True, slots=True)
class Body:
    """A resource's bytes as they came, and when."""

    ref: Ref
    patient: Ref | None
    raw: bytes
    fetched: datetime


@dataclass(frozen=True, slots=True)
class StoredResource:
    """One resource to be put. `entry` None: not in the timeline; `search`: what full text finds it by, unfolded."""

    ref: Ref
    patient: Ref | None
    raw: bytes
    entry: Entry | None = None
    search: str = ""
    updated: datetime | None = None
    keys: tuple[bytes, ...] = ()
    """What it is called wherever it is kept (`twins.key`)."""


@dataclass(frozen=True, slots=True)
class _Held:
    rid: int
    version: str
    updated: int


@bulk
def put(files: Files, rows: Sequence[StoredResource], fetched: datetime) -> int:
    """Keep what came; returns how many were new or newer. Tells `person`.

    What is held in a newer version is left as it is; the same version again only counts as fetched now.
    """
    at = micros(fetched)
    return files.in_pieces("cache", rows, lambda row: _put(files, row, at))


def _put(files: Files, row: StoredResource, fetched: int) -> bool:
    held = _held(files, row.ref)
    updated = micros_or(row.updated, 0)
    if held is not None:
        if _older(row.ref.version, updated, held):
            return False
        if _same(files, row, updated, held):
            files.cache.execute("UPDATE resource SET fetched = ? WHERE rid = ?", (fetched, held.rid))
            return False
    prid, pid = persons.patient_row(files, row.patient) if row.patient is not None else (0, 0)
    ref = row.ref
    values = (ref.version, updated, fetched, prid)
    if held is None:
        rid = insert(
            files.cache,
            "INSERT INTO resource (source, type, id, version, updated, fetched, prid) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (ref.source, ref.type, ref.id, *values),
        )
        files.cache.execute("INSERT INTO body (rid, raw) VALUES (?, ?)", (rid, row.raw))
    else:
        rid = held.rid
        files.cache.execute(
            "UPDATE resource SET version = ?, updated = ?, fetched = ?, prid = ? WHERE rid = ?",
            (*values, rid),
        )
        files.cache.execute("INSERT OR REPLACE INTO body (rid, raw) VALUES (?, ?)", (rid, row.raw))
    _place(files, rid, pid, row, held is not None, fetched)
    if pid:
        files.tell("person", *persons.names_of(files, pid))
    return True


def _held(files: Files, ref: Ref) -> _Held | None:
    for rid, version, updated in select(
        files.cache,
        "SELECT rid, version, updated FROM resource WHERE source = ? AND type = ? AND id = ?",
        (ref.source, ref.type, ref.id),
    ):
        return _Held(int(rid), str(version), int(updated))
    return None


def _older(version: str, updated: int, held: _Held) -> bool:
    """By the source's own clock, and where that says nothing, by version numbers, where they are numbers."""
    if updated and held.updated and updated != held.updated:
        return updated < held.updated
    return version.isdecimal() and held.version.isdecimal() and int(version) < int(held.version)


def _same(files: Files, row: StoredResource, updated: int, held: _Held) -> bool:
    if row.ref.version != held.version or updated != held.updated:
        return False
    for (raw,) in select(files.cache, "SELECT raw FROM body WHERE rid = ?", (held.rid,)):
        return bool(raw == row.raw)
    return False


def _place(files: Files, rid: int, pid: int, row: StoredResource, again: bool, fetched: int) -> None:
    """Show the new text wherever the entry is shown, and let new lists see it where it stands now (claims.py)."""
    cache = files.cache
    entry = row.entry
    if entry is None or not pid:
        if again:
            _retire(files, rid, 0, 0)
        return
    if again:
        cache.execute("DELETE FROM entry WHERE rid = ?", (rid,))
    cache.execute(
        "INSERT INTO entry (rid, noun, replaces, appends) VALUES (?, ?, ?, ?)",
        (rid, encode(entry), _bare(entry.replaces), _bare(entry.appends)),
    )
    sort = claims.WHOLE if entry.when is None else micros(entry.when.earliest)
    since = claims.since(files, pid, sort)
    if again:
        since = _retire(files, rid, pid, since)
    late = since == files.sequence()
    news = fetched if late else min(fetched, micros_or(entry.updated, sort))
    eid = insert(
        cache,
        "INSERT INTO placing (rid, pid, sort, tie, since, gone, kind, service, author, news, type, title)"
        " VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
        (
            rid, pid, sort, ref_to_text(row.ref.bare()), since, entry.kind.value,
            storable(entry.service), storable(entry.author), news, row.ref.type, storable(entry.title),
        ),
    )  # fmt: skip
    twins.keep(files, eid, rid, row.ref.source, row.keys)
    text = "" if entry.withheld else fold(storable("\n".join((entry.title, entry.summary, row.search))))
    if text:
        cache.execute("INSERT INTO folded (eid, text) VALUES (?, ?)", (eid, text))
        cache.execute("INSERT INTO folded_index (rowid, text) VALUES (?, ?)", (eid, text))


def _bare(ref: Ref | None) -> str:
    return ref_text(ref.bare() if ref is not None else None)


def _retire(files: Files, rid: int, pid: int, since: int) -> int:
    """End the entry's present placing because one of `pid` that would be seen from `since` on takes over.

    Returns from when it may: where the present one may be on a screen, from now on.
    """
    cache = files.cache
    files.sequence()
    present = select(cache, "SELECT eid, pid, sort FROM placing WHERE rid = ? AND gone = 0", (rid,))
    for eid, owner, sort in present:
        gone = claims.since(files, owner, sort)
        if owner == pid:
            gone = since = max(gone, since)
        cache.execute("UPDATE placing SET gone = ? WHERE eid = ?", (gone, eid))
    since = max(since, value(cache, "SELECT coalesce(max(gone), 0) FROM placing WHERE rid = ? AND pid = ?", (rid, pid)))
    unseen = select(cache, "SELECT eid FROM placing WHERE rid = ? AND gone != 0 AND gone <= since", (rid,))
    for (eid,) in unseen:
        cache.execute("DELETE FROM folded WHERE eid = ?", (eid,))
        cache.execute("DELETE FROM folded_index WHERE rowid = ?", (eid,))
        cache.execute("DELETE FROM placing WHERE eid = ?", (eid,))
        twins.forget(files, eid)
    return since


@bulk
def drop(files: Files, refs: Iterable[Ref]) -> int:
    """Forget resources that the source no longer has; returns how many were held.

    Their bytes go now; the row stays where a list shows it, and goes when the store is closed (`salvage.sweep`).
    """
    return files.in_pieces("cache", list(refs), lambda ref: _drop(files, ref))


def _drop(files: Files, ref: Ref) -> bool:
    held = _held(files, ref)
    if held is None or not select(files.cache, "SELECT 1 FROM body WHERE rid = ?", (held.rid,)):
        return False
    pid = value(files.cache, "SELECT pid FROM held_body WHERE rid = ?", (held.rid,))
    if pid is not None:
        files.tell("person", *persons.names_of(files, pid))
    _retire(files, held.rid, 0, 0)
    files.cache.execute("DELETE FROM body WHERE rid = ?", (held.rid,))
    files.cache.execute("UPDATE resource SET version = '', updated = 0 WHERE rid = ?", (held.rid,))
    return True


_BODY = "SELECT source, type, id, version, patient_source, patient_id, raw, fetched FROM held_body"


def _body(row: tuple[object, ...]) -> Body:
    source, type_, id_, version, patient_source, patient_id, raw, fetched = row
    patient = Ref(str(patient_source), "Patient", str(patient_id)) if patient_id is not None else None
    assert isinstance(raw, bytes) and isinstance(fetched, int)
    return Body(Ref(str(source), str(type_), str(id_), str(version)), patient, raw, instant(fetched))


def body(files: Files, opened: Opened, ref: Ref) -> Body | None:
    """The bytes of a resource about the opened person; of an act of ours (type `Act`), of its first part.

    None where it is not held, or is about somebody else.
    """
    audit.require(files, opened)
    if ref.type == "Act":
        return _act_body(files, opened, ref)
    found = first(
        files.cache,
        _BODY + " WHERE pid = ? AND source = ? AND type = ? AND id = ?",
        (persons.pid_of(files, opened.person), ref.source, ref.type, ref.id),
    )
    return None if found is None else _body(found)


def _act_body(files: Files, opened: Opened, ref: Ref) -> Body | None:
    found = first(
        files.precious,
        "SELECT act.person, act.patient, part.type, part.body, act.signed FROM act"
        " JOIN part ON part.act = act.number AND part.place = 0 WHERE act.id = ?",
        (ref.id,),
    )
    if found is None or found[0] not in persons.same_person(files, opened.person):
        return None
    _, patient, type_, raw, signed = found
    return Body(replace(ref, type=type_), ref_from_text(patient), raw, instant(signed))


def bodies(files: Files, opened: Opened, types: Iterable[str], newest: int = 0) -> list[Body]:
    """All resources of these FHIR types about the opened person; with `newest`, that many of the latest entries."""
    audit.require(files, opened)
    pid = persons.pid_of(files, opened.person)
    wanted = json.dumps(sorted(types))
    if not newest:
        of_types = " WHERE pid = ? AND type IN (SELECT value FROM json_each(?))"
        of_types += (twins.YOUNGER if twins.possible(files, pid) else "") + " ORDER BY rid"
        return [_body(row) for row in select(files.cache, _BODY + of_types, (pid, wanted))]
    found = select(
        files.cache,
        "SELECT rid FROM placing WHERE pid = ? AND gone = 0 AND type IN (SELECT value FROM json_each(?))"
        " ORDER BY sort DESC, tie DESC LIMIT ?",
        (pid, wanted, newest),
    )
    return by_rid(files, [rid for (rid,) in found])


def by_rid(files: Files, rids: Iterable[int]) -> list[Body]:
    """The bytes of these rows, in their order. For the store's own modules, which have required an opened record."""
    found = (first(files.cache, _BODY + " WHERE rid = ?", (rid,)) for rid in rids)
    return [_body(row) for row in found if row is not None]


def latest_of_each(files: Files, opened: Opened, type_: str, limit: int = 200) -> list[Body]:
    """Of each title among the entries of one FHIR type, the resource with the latest time; newest first.

    Its cost goes with the number of titles, not with that of entries: for the last value of each measurement.
    """
    audit.require(files, opened)
    pid = persons.pid_of(files, opened.person)
    found = select(
        files.cache,
        "WITH RECURSIVE titles (title) AS ("
        "SELECT (SELECT min(title) FROM placing WHERE pid = ?1 AND type = ?2)"
        " UNION ALL SELECT (SELECT min(title) FROM placing WHERE pid = ?1 AND type = ?2 AND title > titles.title)"
        " FROM titles WHERE titles.title IS NOT NULL LIMIT ?3)"
        " SELECT placing.rid FROM titles JOIN placing ON placing.eid ="
        " (SELECT eid FROM placing WHERE pid = ?1 AND type = ?2 AND title = titles.title AND gone = 0"
        " ORDER BY sort DESC LIMIT 1) WHERE titles.title IS NOT NULL ORDER BY placing.sort DESC, placing.tie DESC",
        (pid, type_, limit),
    )
    return by_rid(files, [rid for (rid,) in found])


def versions_of_person(files: Files, patient: Ref) -> dict[Ref, str]:
    """What is held of one patient record, by bare reference: the versions. For sync, which shows nothing."""
    found = select(
        files.cache,
        "SELECT resource.source, resource.type, resource.id, resource.version FROM resource"
        " JOIN patient ON patient.prid = resource.prid JOIN body ON body.rid = resource.rid"
        " WHERE patient.source = ? AND patient.id = ?",
        (patient.source, patient.id),
    )
    return {Ref(source, type_, id_): str(version) for source, type_, id_, version in found}


def raw(files: Files, ref: Ref) -> bytes | None:
    """The bytes of any resource that is held. For sync and signing only: what is shown goes through `body`."""
    for (found,) in select(
        files.cache,
        "SELECT body.raw FROM resource JOIN body ON body.rid = resource.rid"
        " WHERE resource.source = ? AND resource.type = ? AND resource.id = ?",
        (ref.source, ref.type, ref.id),
    ):
        return bytes(found)
    return None


def directory(files: Files, refs: Iterable[Ref]) -> dict[Ref, bytes]:
    """The bytes, by bare reference, of those that are held and are about no patient (Practitioner, Organization …)."""
    found: dict[Ref, bytes] = {}
    for ref in refs:
        for (text,) in select(
            files.cache,
            "SELECT body.raw FROM resource JOIN body ON body.rid = resource.rid"
            " WHERE resource.source = ? AND resource.type = ? AND resource.id = ? AND resource.prid = 0",
            (ref.source, ref.type, ref.id),
        ):
            found[ref.bare()] = bytes(text)
    return found
