"""Forgetting what was fetched: of one person or of all. Drafts, outbox and log stand in the other file, and stay.

Easy to get wrong: a list that looks whole with somebody missing. What is known of how fresh a list is goes first, the
rows after it; and who has a draft or an act that waits keeps their record, or it could no longer be signed or named.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from akson_tui.model.act import ActState
from akson_tui.model.ref import PersonId, Ref, ref_from_text
from akson_tui.store import claims, drafts, handles, patients, persons
from akson_tui.store.sql import select
from akson_tui.store.worker import bulk

if TYPE_CHECKING:
    from akson_tui.store.files import Files


@bulk
def person(files: Files, person: PersonId) -> bool:
    """Forget one person's journal; True where their record itself stays because of a draft or an act.

    Tells `person`, `patients`, `fetch`, `worklist`: a day's list that they stand on is forgotten with them.
    """
    pid = persons.pid_of(files, person)
    handles.forget(files, person)
    if not pid:
        return False
    refs = patients.refs_of(files, person)
    names = persons.names_of(files, pid)
    files.cache.pragma("secure_delete", True)
    with files.tx("cache") as cache:
        for name in names:
            cache.execute("DELETE FROM fetch WHERE substr(key, 1, length(?1)) = ?1", (f"person:{name}:",))
        for ref in refs:
            _forget_lists(files, ref)
        claims.set_claim(files, pid, claims.NOTHING)
        _tell(files, names)
    prids = [prid for (prid,) in select(files.cache, "SELECT prid FROM patient WHERE pid = ?", (pid,))]
    _resources(files, "prid IN (SELECT value FROM json_each(?1))", json.dumps(prids))
    _scrub(files)
    return _people(files, [(pid, names, refs)])


@bulk
def everyone(files: Files) -> int:
    """Forget all that was fetched, lists, people and handles; returns how many records stay for drafts and acts."""
    handles.forget(files)
    files.cache.pragma("secure_delete", True)
    people = [
        (int(pid), persons.names_of(files, pid), _refs(files, pid))
        for (pid,) in select(files.cache, "SELECT pid FROM person")
    ]
    with files.tx("cache") as cache:
        cache.execute("DELETE FROM fetch")
        cache.execute("DELETE FROM round")
        for pid, _names, _records in people:
            claims.set_claim(files, pid, claims.NOTHING)
        files.tell("fetch", "worklist")
        _tell(files, [name for _pid, names, _records in people for name in names])
    _resources(files, "?1 = ?1", "")
    _scrub(files)
    stay = sum(_people(files, [one]) for one in people)
    _moved_aside(files)
    return stay


def _tell(files: Files, names: Sequence[PersonId]) -> None:
    files.tell("worklist")
    if names:
        files.tell("person", *names)
        files.tell("patients", *names)
        files.tell("fetch", *names)


def _refs(files: Files, pid: int) -> tuple[Ref, ...]:
    return patients.refs_of(files, persons.name_of(files, pid))


def _forget_lists(files: Files, patient: Ref) -> None:
    """The days' lists on which a record stands, and what is known of how fresh they are."""
    lists = select(
        files.cache,
        "SELECT DISTINCT user, day FROM round WHERE patient_source = ? AND patient_id = ?",
        (patient.source, patient.id),
    )
    for user, day in lists:
        files.cache.execute("DELETE FROM round WHERE user = ? AND day = ?", (user, day))
        files.cache.execute("DELETE FROM fetch WHERE key = ?", (f"worklist:{user}:{day}",))
        files.tell("fetch", "worklist")


def _resources(files: Files, which: str, argument: str) -> None:
    """Rows of resources, but those that a draft corrects or adds to, which cannot be signed without them."""
    needed = {draft.target.bare() for draft in drafts.all(files) if draft.target is not None}
    found = select(files.cache, f"SELECT rid, source, type, id FROM resource WHERE {which}", (argument,))  # noqa: S608
    rids = [int(rid) for rid, source, type_, id_ in found if Ref(source, type_, id_) not in needed]
    files.in_pieces("cache", rids, lambda rid: _resource(files, rid))


def _resource(files: Files, rid: int) -> bool:
    cache = files.cache
    for (eid,) in select(cache, "SELECT eid FROM placing WHERE rid = ?", (rid,)):
        if select(cache, "DELETE FROM folded WHERE eid = ? RETURNING eid", (eid,)):
            cache.execute("DELETE FROM folded_index WHERE rowid = ?", (eid,))
    for table in ("placing", "entry", "body", "twin_key", "resource"):
        cache.execute(f"DELETE FROM {table} WHERE rid = ?", (rid,))  # noqa: S608
    return True


def _people(files: Files, people: Sequence[tuple[int, Sequence[PersonId], Sequence[Ref]]]) -> bool:
    """Rows of people and their records, but of those whom a draft or an act is about; True where one stays."""
    wanted = "SELECT patient FROM draft UNION SELECT patient FROM act WHERE state != ?"
    about = {ref_from_text(text).bare() for (text,) in select(files.precious, wanted, (ActState.SENT,))}
    stays = False
    for pid, _names, refs in people:
        if about.intersection(refs):
            stays = True
            continue
        with files.tx("cache") as cache:
            for table in ("patient_identifier", "patient_link", "patient_word"):
                cache.execute(
                    f"DELETE FROM {table} WHERE prid IN (SELECT prid FROM patient WHERE pid = ?)",  # noqa: S608
                    (pid,),
                )
            for table in ("patient", "person_name", "person"):
                cache.execute(f"DELETE FROM {table} WHERE pid = ?", (pid,))  # noqa: S608
    return stays


def _scrub(files: Files) -> None:
    """Deleted words stay in the index of full text until its parts are merged."""
    with files.tx("cache") as cache:
        cache.execute("INSERT INTO folded_index (folded_index) VALUES ('optimize')")


def _moved_aside(files: Files) -> None:
    """A damaged cache that was kept for who might save it goes too."""
    path = Path(files.cache.db_filename("main"))
    for left in path.parent.glob(f"{path.name}.damaged*"):
        left.unlink(missing_ok=True)
