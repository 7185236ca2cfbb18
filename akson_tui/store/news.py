"""What of a person's entries is new since I last looked.

Easy to get wrong: old pages that come in the background are not new, and what I signed myself is not either.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from akson_tui.store import claims, marks, persons
from akson_tui.store.coding import micros
from akson_tui.store.sql import select

if TYPE_CHECKING:
    from akson_tui.store.files import Files


def own(files: Files) -> frozenset[str]:
    """What our acts became in the journal, as `tie` names it (the reference without a version)."""
    found = select(files.precious, "SELECT done FROM part WHERE done != ''")
    return frozenset(done.rpartition("|")[0] + "|" for (done,) in found)


def count(files: Files, pid: int) -> int | None:
    """How many entries are new; None where I never looked, or nothing is fetched."""
    looked = marks.looked_at(files, persons.name_of(files, pid))
    claim = claims.get(files, pid)
    if looked is None or claim == claims.NOTHING:
        return None
    for (number,) in select(
        files.cache,
        "SELECT count(*) FROM placing WHERE pid = ? AND news > ? AND gone = 0 AND sort >= ?"
        " AND tie NOT IN (SELECT value FROM json_each(?))",
        (pid, micros(looked), claim, json.dumps(sorted(own(files)))),
    ):
        return int(number)
    return None
