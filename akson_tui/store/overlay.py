"""Our own acts laid over what was fetched, until the journal gives them back.

Easy to get wrong: an act that was sent must not leave the list before what it became stands in it, nor be there twice.
So it is given until the same list gives what it became.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from akson_tui.model.act import ActKind, ActState
from akson_tui.model.entry import Entry, EntryKind, EntryState, TimelineFilter
from akson_tui.model.ref import Ref, ref_from_text, ref_to_text
from akson_tui.model.when import When
from akson_tui.store.coding import decode, instant, micros, micros_or, ref_or_none
from akson_tui.store.sql import select

if TYPE_CHECKING:
    from akson_tui.store.files import Files

KEPT = timedelta(days=7)
"""How long a sent act stays listed."""


@dataclass(frozen=True, slots=True)
class Laid:
    """An act as a row of the timeline; `done` what its first part became."""

    id: str
    sort: int
    tie: str
    entry: Entry
    done: Ref | None


@dataclass(slots=True)
class Pending:
    """What waiting acts do to older entries, by `tie`: mark them as wrong, replace them, add to them (as which act)."""

    in_error: set[str] = field(default_factory=set)
    replacing: dict[str, list[Ref]] = field(default_factory=dict)
    appending: dict[str, list[Ref]] = field(default_factory=dict)


_STATES = {
    ActState.WAITING: EntryState.WAITING,
    ActState.SENDING: EntryState.WAITING,
    ActState.REFUSED: EntryState.REFUSED,
    ActState.SENT: EntryState.CURRENT,
}


def acts(files: Files, names: Sequence[str], last: int, wanted: TimelineFilter, parts: Sequence[str]) -> list[Laid]:
    """The acts about a person up to number `last` that fit a filter (`parts`: its folded words), newest first.

    Marking another entry as wrong is no row of its own: it shows on that entry (`pending`).
    """
    found = select(
        files.precious,
        "SELECT act.id, act.source, act.patient, act.label, act.signed, act.state, act.shown, act.search, part.done"
        " FROM act JOIN part ON part.act = act.number AND part.place = 0"
        " WHERE act.person IN (SELECT value FROM json_each(?)) AND act.number <= ? AND act.kind != ?",
        (json.dumps(list(names)), last, ActKind.WRONG_PATIENT),
    )
    laid = []
    for id_, source, patient, label, signed, state, shown, search, done in found:
        ref = Ref(source, "Act", id_)
        entry = decode(Entry, shown) if shown else _plain(ref, ref_from_text(patient), label, signed)
        entry = replace(entry, ref=ref, type="Act", state=_STATES[ActState(state)])
        if _fits(entry, signed, search, wanted, parts):
            laid.append(Laid(id_, signed, ref_to_text(ref), entry, ref_or_none(done)))
    return sorted(laid, key=lambda act: (act.sort, act.tie), reverse=True)


def _plain(ref: Ref, patient: Ref, label: str, signed: int) -> Entry:
    return Entry(ref, patient, EntryKind.NOTE, When.at(instant(signed)), "", label)


def _fits(entry: Entry, signed: int, search: str, wanted: TimelineFilter, parts: Iterable[str]) -> bool:
    return (
        (not wanted.kinds or entry.kind in wanted.kinds)
        and wanted.service in ("", entry.service)
        and wanted.author in ("", entry.author)
        and micros_or(wanted.since, signed) <= signed < micros_or(wanted.until, signed + 1)
        and wanted.unread_since is None
        and all(part in search for part in parts)
    )


def pending(files: Files, names: Sequence[str]) -> Pending:
    """What acts that were neither refused nor sent will make of entries that are held. A plan stays what it is."""
    found = select(
        files.precious,
        "SELECT act.source, act.id, act.kind, act.shown, coalesce(part.target, '') FROM act"
        " LEFT JOIN part ON part.act = act.number AND part.method = 'PUT'"
        " WHERE act.person IN (SELECT value FROM json_each(?)) AND act.state IN (?, ?) AND act.kind != ?"
        " ORDER BY act.number",
        (json.dumps(list(names)), ActState.WAITING, ActState.SENDING, ActKind.PLAN),
    )
    seen = Pending()
    for source, id_, kind, shown, target in found:
        changed = ref_or_none(target)
        entry = decode(Entry, shown) if shown else None
        if changed is not None and kind == ActKind.WRONG_PATIENT:
            seen.in_error.add(ref_to_text(changed.bare()))
        elif changed is not None:
            seen.replacing.setdefault(ref_to_text(changed.bare()), []).append(Ref(source, "Act", id_))
        elif entry is not None and entry.appends is not None:
            seen.appending.setdefault(ref_to_text(entry.appends.bare()), []).append(Ref(source, "Act", id_))
    return seen


def done_of(files: Files, act_id: str) -> Ref | None:
    """What the first part of an act became; None before it did, or where the act is gone."""
    for (done,) in select(
        files.precious,
        "SELECT part.done FROM act JOIN part ON part.act = act.number AND part.place = 0 WHERE act.id = ?",
        (act_id,),
    ):
        return ref_or_none(done)
    return None


def kept_since(files: Files) -> int:
    """Acts sent before this are no longer listed."""
    return micros(files.clock() - KEPT)
