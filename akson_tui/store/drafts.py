"""Notes under writing. What `keep` has returned for is on disk, whatever happens next.

Easy to get wrong: nothing may stand before a draft. `keep` goes in the urgent lane and touches `precious` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from akson_tui.model.note import Draft
from akson_tui.model.ref import ref_to_text
from akson_tui.store.coding import decode, encode, micros
from akson_tui.store.sql import select
from akson_tui.store.worker import urgent

if TYPE_CHECKING:
    from akson_tui.store.files import Files


@urgent
def keep(files: Files, draft: Draft) -> None:
    """Keep this state of the draft, made or in place of the last. Tells `drafts` when it is new. Raises DiskFull."""
    with files.tx("precious") as precious:
        new = not select(precious, "SELECT 1 FROM draft WHERE id = ?", (draft.id,))
        precious.execute(
            "INSERT INTO draft (id, person, patient, saved, noun) VALUES (?1, ?2, ?3, ?4, ?5)"
            " ON CONFLICT (id) DO UPDATE SET person = ?2, patient = ?3, saved = ?4, noun = ?5",
            (draft.id, draft.person, ref_to_text(draft.patient.bare()), micros(draft.saved), encode(draft)),
        )
        if new:
            files.tell("drafts", draft.id)


def get(files: Files, draft_id: str) -> Draft | None:
    for (noun,) in select(files.precious, "SELECT noun FROM draft WHERE id = ?", (draft_id,)):
        return decode(Draft, noun)
    return None


def all(files: Files) -> list[Draft]:
    """Every draft, the last saved first."""
    found = select(files.precious, "SELECT noun FROM draft ORDER BY saved DESC, id")
    return [decode(Draft, noun) for (noun,) in found]


def count(files: Files) -> int:
    for (number,) in select(files.precious, "SELECT count(*) FROM draft"):
        return int(number)
    return 0


@urgent
def drop(files: Files, draft_id: str) -> bool:
    """Throw a draft away; False where there is none."""
    with files.tx("precious") as precious:
        found = select(precious, "DELETE FROM draft WHERE id = ? RETURNING id", (draft_id,))
        if found:
            files.tell("drafts", draft_id)
    return bool(found)
