"""Reading acts from their rows.

Easy to get wrong: an act is one row and its parts; who reads only the row takes a half-sent act for a fresh one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from akson_tui.model.act import Act, ActKind, ActState, Part
from akson_tui.model.ref import ref_from_text
from akson_tui.store.coding import instant, ref_or_none
from akson_tui.store.sql import select

if TYPE_CHECKING:
    from akson_tui.store.files import Files

_ACT = (
    "SELECT number, id, kind, source, person, patient, label, signed, draft, state, tries, due, trouble, said FROM act"
)


def by_id(files: Files, act_id: str) -> Act | None:
    for row in select(files.precious, _ACT + " WHERE id = ?", (act_id,)):
        return _act(files, row)
    return None


def by_number(files: Files, number: int) -> Act | None:
    for row in select(files.precious, _ACT + " WHERE number = ?", (number,)):
        return _act(files, row)
    return None


def listed(files: Files, sent_after: int) -> list[Act]:
    """In the order of signing: all that are not sent, and those sent since `sent_after`."""
    rows = select(files.precious, _ACT + " WHERE state != ? OR sent >= ? ORDER BY number", (ActState.SENT, sent_after))
    return [_act(files, row) for row in rows]


def _act(files: Files, row: tuple[Any, ...]) -> Act:
    number, id_, kind, source, person, patient, label, signed, draft, state, tries, due, trouble, said = row
    return Act(
        id=id_,
        kind=ActKind(kind),
        source=source,
        person=person,
        patient=ref_from_text(patient),
        label=label,
        signed=instant(signed),
        parts=_parts(files, number),
        draft=draft,
        order=number,
        state=ActState(state),
        tries=tries,
        due=instant(due) if due else None,
        trouble=trouble,
        said=said,
    )


def _parts(files: Files, number: int) -> tuple[Part, ...]:
    found = select(
        files.precious,
        "SELECT full_url, type, method, body, id_system, id_value, target, done, base FROM part"
        " WHERE act = ? ORDER BY place",
        (number,),
    )
    return tuple(
        Part(full_url, type_, method, body, (system, value), ref_or_none(target), ref_or_none(done), base)
        for full_url, type_, method, body, system, value, target, done, base in found
    )
