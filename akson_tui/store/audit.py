"""The log of who opened, read out and signed what (pjl § 22): rows are added, never changed.

Easy to get wrong: it is also the door. Clinical rows are read only with an `Opened` whose row stands here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from akson_tui.model.access import AccessEvent, Opened
from akson_tui.store.coding import instant, micros, ref_or_none, ref_text, storable
from akson_tui.store.sql import select, value
from akson_tui.store.troubles import NotOpened

if TYPE_CHECKING:
    from akson_tui.store.files import Files


def log(files: Files, event: AccessEvent) -> int:
    """Add one row, on disk before this returns; its number goes into `Opened.logged`."""
    with files.tx("precious") as precious:
        number = value(precious, 
            "INSERT INTO audit (at, who, hpr, role, organisation, person, patient, act, ground)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                micros(event.at), storable(event.who), storable(event.hpr), storable(event.role),
                storable(event.organisation), event.person,
                ref_text(event.patient.bare() if event.patient is not None else None), event.act, event.ground,
            ),
        )  # fmt: skip
    return int(number)


def require(files: Files, opened: Opened) -> None:
    """Raise NotOpened where the log does not hold this opening of this person."""
    for (person,) in select(files.precious, "SELECT person FROM audit WHERE id = ?", (opened.logged,)):
        if person == opened.person:
            return
    raise NotOpened("not logged")


def rows(files: Files, limit: int = 200, person: str = "") -> list[AccessEvent]:
    """The latest rows, newest first, of one person or of all."""
    found = select(
        files.precious,
        "SELECT at, who, hpr, role, organisation, person, patient, act, ground FROM audit"
        " WHERE ?1 = '' OR person = ?1 ORDER BY id DESC LIMIT ?2",
        (person, limit),
    )
    return [
        AccessEvent(instant(at), who, hpr, role, organisation, about, ref_or_none(patient), act, ground)
        for at, who, hpr, role, organisation, about, patient, act, ground in found
    ]
