"""Which patient records are one human being: joined by national id or the server's links, never by name and birth date.

Easy to get wrong: a join can be undone (a wrong number was put right), and then the entries must part again. So groups
are worked out anew from identifiers and links each time that a record changes; who was joined keeps both names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from akson_tui.model.ref import PersonId, Ref, ref_to_text
from akson_tui.store import claims
from akson_tui.store.sql import insert, select

if TYPE_CHECKING:
    from akson_tui.store.files import Files


def pid_of(files: Files, person: PersonId) -> int:
    """The row behind any name that the person ever had; 0 for a name that the cache does not know."""
    for (pid,) in select(files.cache, "SELECT pid FROM person_name WHERE name = ?", (person,)):
        return int(pid)
    return 0


def name_of(files: Files, pid: int) -> PersonId:
    for (name,) in select(files.cache, "SELECT name FROM person WHERE pid = ?", (pid,)):
        return str(name)
    return ""


def names_of(files: Files, pid: int) -> tuple[PersonId, ...]:
    """All names of the person: what others keep may stand under any of them."""
    return tuple(str(name) for (name,) in select(files.cache, "SELECT name FROM person_name WHERE pid = ?", (pid,)))


def same_person(files: Files, person: PersonId) -> tuple[PersonId, ...]:
    """`person` and the other names of the same human being."""
    pid = pid_of(files, person)
    return names_of(files, pid) if pid else (person,)


def patient_row(files: Files, ref: Ref) -> tuple[int, int]:
    """(prid, pid) of a patient record, made where it is not known. Within a transaction on the cache."""
    for prid, pid in select(
        files.cache, "SELECT prid, pid FROM patient WHERE source = ? AND id = ?", (ref.source, ref.id)
    ):
        return int(prid), int(pid)
    pid = _remembered(files, ref) or _new_person(files, files.ids())
    prid = insert(
        files.cache,
        "INSERT INTO patient (source, id, pid, noun, raw, fetched, born_earliest, born_latest, sort_name)"
        " VALUES (?, ?, ?, '', x'', 0, 0, 0, '')",
        (ref.source, ref.id, pid),
    )
    return prid, pid


def _remembered(files: Files, ref: Ref) -> int:
    """The person that log, drafts or outbox know this record by: a cache that was begun anew keeps their names."""
    text = ref_to_text(ref.bare())
    for (name,) in select(
        files.precious,
        "SELECT person FROM (SELECT 1 AS rank, person FROM (SELECT person FROM audit WHERE patient = ?1"
        " ORDER BY id DESC LIMIT 1) UNION ALL SELECT 2, person FROM draft WHERE patient = ?1"
        " UNION ALL SELECT 3, person FROM act WHERE patient = ?1) ORDER BY rank LIMIT 1",
        (text,),
    ):
        return pid_of(files, name) or _new_person(files, name)
    return 0


def _new_person(files: Files, name: PersonId) -> int:
    pid = insert(
        files.cache,
        "INSERT INTO person (name, claim, epoch) VALUES (?, ?, ?)",
        (name, claims.NOTHING, claims.FIRST),
    )
    files.cache.execute("INSERT INTO person_name (name, pid) VALUES (?, ?)", (name, pid))
    return pid


@dataclass(frozen=True, slots=True)
class Regrouped:
    """`touched`: pids whose records or names changed; `joined`: (name of who was absorbed, name of who remains)."""

    touched: frozenset[int]
    joined: tuple[tuple[PersonId, PersonId], ...]


def regroup(files: Files, prid: int) -> Regrouped:
    """Work out anew who is who around a record that changed. Within a transaction on the cache."""
    pids = {member: pid for member, pid in _around(files, prid)}
    groups = _groups(files, sorted(pids))
    touched: set[int] = set()
    taken: set[int] = set()
    heirs: dict[int, int] = {}
    for group in groups:
        free = sorted({pids[member] for member in group} - taken)
        keep = free[0] if free else _new_person(files, files.ids())
        taken.add(keep)
        for member in group:
            if pids[member] != keep:
                touched |= {keep, pids[member]}
                heirs.setdefault(pids[member], keep)
                _move(files, member, keep)
    joined = []
    for loser, heir in heirs.items():
        if loser not in taken:
            joined.append((name_of(files, loser), name_of(files, heir)))
            _inherit(files, loser, heir)
            touched.discard(loser)
    return Regrouped(frozenset(touched), tuple(joined))


def _neighbours(files: Files, prid: int) -> set[int]:
    """Records that share a number in use with this one, or that either links to."""
    found = select(
        files.cache,
        "SELECT other.prid FROM patient_identifier mine JOIN patient_identifier other"
        " ON other.value = mine.value AND other.system = mine.system AND other.joins = 1"
        " WHERE mine.prid = ?1 AND mine.joins = 1"
        " UNION SELECT target.prid FROM patient_link link JOIN patient target"
        " ON target.source = link.source AND target.id = link.id WHERE link.prid = ?1"
        " UNION SELECT link.prid FROM patient me JOIN patient_link link"
        " ON link.source = me.source AND link.id = me.id WHERE me.prid = ?1",
        (prid,),
    )
    return {int(one) for (one,) in found} - {prid}


def _around(files: Files, prid: int) -> set[tuple[int, int]]:
    """(prid, pid) of all that belong, or belonged, together with this record, near and far."""
    seen: dict[int, int] = {}
    waiting = [prid]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        for (pid,) in select(files.cache, "SELECT pid FROM patient WHERE prid = ?", (one,)):
            seen[one] = int(pid)
            siblings = select(files.cache, "SELECT prid FROM patient WHERE pid = ?", (pid,))
            waiting.extend(int(sibling) for (sibling,) in siblings)
        waiting.extend(_neighbours(files, one))
    return set(seen.items())


def _groups(files: Files, prids: list[int]) -> list[list[int]]:
    """`prids` in groups of one person each; a record that is a mere name stays with those it was put to."""
    if len(prids) == 1:
        return [prids]
    root = {prid: prid for prid in prids}

    def find(prid: int) -> int:
        while root[prid] != prid:
            prid = root[prid]
        return prid

    def join(one: int, other: int) -> None:
        low, high = sorted((find(one), find(other)))
        root[high] = low

    for prid in prids:
        for other in _neighbours(files, prid):
            if other in root:
                join(prid, other)
        for (sibling,) in select(
            files.cache,
            "SELECT min(other.prid) FROM patient me JOIN patient other ON other.pid = me.pid AND other.prid != me.prid"
            " WHERE me.prid = ? AND me.noun = ''",
            (prid,),
        ):
            if sibling in root:
                join(prid, sibling)
    groups: dict[int, list[int]] = {}
    for prid in prids:
        groups.setdefault(find(prid), []).append(prid)
    return [groups[low] for low in sorted(groups)]


def _move(files: Files, prid: int, pid: int) -> None:
    """Put a record and its entries under another person; lists that are open there see them from the next reading."""
    cache = files.cache
    claim = claims.get(files, pid)
    now = files.sequence()
    cache.execute("UPDATE patient SET pid = ? WHERE prid = ?", (pid, prid))
    cache.execute(
        "UPDATE placing SET pid = ?1, since = CASE WHEN sort >= ?2 THEN ?3"
        " ELSE (SELECT epoch FROM person WHERE pid = ?1) END"
        " WHERE gone = 0 AND rid IN (SELECT rid FROM resource WHERE prid = ?4)",
        (pid, claim, now, prid),
    )


def _inherit(files: Files, loser: int, heir: int) -> None:
    """Nobody is left under `loser`: its names lead to `heir`."""
    cache = files.cache
    cache.execute("UPDATE person_name SET pid = ? WHERE pid = ?", (heir, loser))
    cache.execute("UPDATE placing SET pid = ? WHERE pid = ?", (heir, loser))
    cache.execute("DELETE FROM person WHERE pid = ?", (loser,))
