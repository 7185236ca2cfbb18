"""When I last opened a person's record, and when I last looked at it: what came since is new.

Easy to get wrong: the mark is set on leaving, not on opening, or nothing would ever be seen as new.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from akson_tui.model.ref import PersonId
from akson_tui.store import persons
from akson_tui.store.coding import instant, micros
from akson_tui.store.sql import select

if TYPE_CHECKING:
    from akson_tui.store.files import Files


def looked(files: Files, person: PersonId, at: datetime) -> None:
    """The record was left at `at`. Tells `worklist`, whose rows count what is new."""
    with files.tx("precious") as precious:
        precious.execute(
            "INSERT INTO mark (person, looked, opened) VALUES (?1, ?2, 0)"
            " ON CONFLICT (person) DO UPDATE SET looked = max(looked, ?2)",
            (person, micros(at)),
        )
        files.tell("worklist")


def opened(files: Files, person: PersonId, at: datetime) -> None:
    """The record was opened at `at`: the person is a recent one now."""
    with files.tx("precious") as precious:
        precious.execute(
            "INSERT INTO mark (person, looked, opened) VALUES (?1, 0, ?2)"
            " ON CONFLICT (person) DO UPDATE SET opened = max(opened, ?2)",
            (person, micros(at)),
        )


def looked_at(files: Files, person: PersonId) -> datetime | None:
    """None where it was never looked at."""
    names = json.dumps(persons.same_person(files, person))
    for (at,) in select(
        files.precious, "SELECT max(looked) FROM mark WHERE person IN (SELECT value FROM json_each(?))", (names,)
    ):
        return instant(at) if at else None
    return None


def recently_opened(files: Files, limit: int) -> list[tuple[PersonId, datetime]]:
    """Who was opened last, newest first, by the names they were opened under."""
    found = select(
        files.precious, "SELECT person, opened FROM mark WHERE opened != 0 ORDER BY opened DESC LIMIT ?", (limit,)
    )
    return [(str(person), instant(at)) for person, at in found]
