"""Which acts have to wait for which: a refused one holds up those that build on it, and no others.

Easy to get wrong: an addendum to a note that is itself still waiting names it by urn. It must never go without it, so
the note cannot be taken back from under it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from akson_tui.model.act import Act, ActKind, ActState
from akson_tui.model.ref import ref_to_text
from akson_tui.store.sql import select

if TYPE_CHECKING:
    from akson_tui.store.files import Files

_CHANGES = (ActKind.CORRECTION, ActKind.WRONG_PATIENT)


def write_down(files: Files, number: int, act: Act) -> None:
    """Note which earlier acts that are not sent yet `act` (signed as `number`) builds on."""
    bodies = b"\n".join(part.body for part in act.parts)
    targets = {ref_to_text(part.target.bare()) for part in act.parts if part.target is not None}
    earlier = select(
        files.precious,
        "SELECT number, kind, source, person FROM act WHERE number < ? AND state != ?",
        (number, ActState.SENT),
    )
    for other, kind, source, person in earlier:
        if source != act.source:
            continue
        urns, their_targets = _names(files, other)
        refers = any(urn in bodies for urn in urns)
        changes = person == act.person and act.kind in _CHANGES and ActKind(kind) in _CHANGES
        if refers or changes or targets & their_targets:
            files.precious.execute(
                "INSERT INTO act_need (act, needs, refers) VALUES (?, ?, ?)", (number, other, int(refers))
            )


def _names(files: Files, number: int) -> tuple[set[bytes], set[str]]:
    """What other acts' bodies may call this one's parts, and what it changes."""
    urns: set[bytes] = set()
    targets: set[str] = set()
    for full_url, value, target in select(
        files.precious, "SELECT full_url, id_value, target FROM part WHERE act = ?", (number,)
    ):
        urns |= {name.encode("utf-8", "replace") for name in (full_url, value) if name}
        if target:
            targets.add(target.rpartition("|")[0] + "|")
    return urns, targets


def blocked(files: Files, number: int) -> bool:
    """Whether something that the act builds on is not sent. (Order alone keeps it behind what only waits.)"""
    return bool(
        select(
            files.precious,
            "SELECT 1 FROM act_need JOIN act ON act.number = act_need.needs WHERE act_need.act = ? AND act.state != ?",
            (number, ActState.SENT),
        )
    )


def relied_on(files: Files, number: int) -> bool:
    """Whether a later act names this one in its bodies."""
    return bool(select(files.precious, "SELECT 1 FROM act_need WHERE needs = ? AND refers = 1", (number,)))


def forget(files: Files, number: int) -> None:
    files.precious.execute("DELETE FROM act_need WHERE act = ?1 OR needs = ?1", (number,))
