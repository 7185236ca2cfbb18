"""One thing in two journals: told by a name that both give it, shown once, with both named.

Easy to get wrong: hiding what is not the same. A name counts only where it names one thing in each of the two sources
(laboratories give one number to a whole sample), and only between entries of one type of one person. The elder of two,
the one heard of first, is the one that is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING

from akson_tui.store.sql import select, value

if TYPE_CHECKING:
    from akson_tui.store.files import Files

_DIGEST = 16
_SAME = """
JOIN twin_key other ON other.key = mine.key AND other.source != mine.source
    AND NOT EXISTS (SELECT 1 FROM twin_key again JOIN body ON body.rid = again.rid
        WHERE again.key = mine.key AND again.source = mine.source AND again.rid != mine.rid)
    AND NOT EXISTS (SELECT 1 FROM twin_key again JOIN body ON body.rid = again.rid
        WHERE again.key = other.key AND again.source = other.source AND again.rid != other.rid)
"""
_HIDDEN = """
AND NOT EXISTS (SELECT 1 FROM twin_key mine{same} AND other.rid < mine.rid
    JOIN placing elder ON elder.eid = other.eid AND elder.pid = placing.pid
    WHERE mine.eid = placing.eid {visible})
"""
YOUNGER = """
AND NOT EXISTS (SELECT 1 FROM twin_key mine{same} AND other.rid < mine.rid
    JOIN placing own ON own.eid = mine.eid AND own.gone = 0
    JOIN placing elder ON elder.eid = other.eid AND elder.gone = 0 AND elder.pid = own.pid
    WHERE mine.rid = held_body.rid)
""".replace("{same}", _SAME)
"""The condition that a row of `held_body` is not the younger of two that are held now."""
_OTHERS = """
SELECT DISTINCT mine.eid, other.source FROM json_each(?) wanted JOIN twin_key mine ON mine.eid = wanted.value{same}
JOIN placing ON placing.eid = other.eid AND placing.gone = 0 AND placing.pid = ? ORDER BY other.source
""".replace("{same}", _SAME)
_ELDER = """
SELECT min(other.rid) FROM twin_key mine{same} AND other.rid < mine.rid
JOIN placing ON placing.eid = other.eid AND placing.gone = 0 AND placing.pid = ? WHERE mine.rid = ?
""".replace("{same}", _SAME)


def key(*parts: str) -> bytes:
    """A name as it is kept: type, system, value; or type and what a Provenance says."""
    return sha256(json.dumps(parts).encode()).digest()[:_DIGEST]


def hidden(visible: str) -> str:
    """The condition that a `placing` is not the younger of two; `visible` says of a placing called `elder` that the
    same list gives it."""
    return _HIDDEN.replace("{same}", _SAME).replace("{visible}", visible)


def keep(files: Files, eid: int, rid: int, source: str, keys: Iterable[bytes]) -> None:
    """What a placing is called elsewhere too. Within a transaction on the cache."""
    for each in keys:
        files.cache.execute(
            "INSERT OR IGNORE INTO twin_key (key, source, eid, rid) VALUES (?, ?, ?, ?)", (each, source, eid, rid)
        )


def forget(files: Files, eid: int) -> None:
    """A placing has gone. Within a transaction on the cache."""
    files.cache.execute("DELETE FROM twin_key WHERE eid = ?", (eid,))


def possible(files: Files, pid: int) -> bool:
    """Whether a person has records in more than one source: else nothing of theirs can be there twice."""
    return bool(value(files.cache, "SELECT count(DISTINCT source) > 1 FROM patient WHERE pid = ?", (pid,)))


def others(files: Files, pid: int, eids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """In which other sources the same thing is held, of those placings that have any."""
    found: dict[int, list[str]] = {}
    for eid, source in select(files.cache, _OTHERS, (json.dumps(list(eids)), pid)):
        found.setdefault(int(eid), []).append(str(source))
    return {eid: tuple(sources) for eid, sources in found.items()}


def elder(files: Files, pid: int, rid: int) -> int:
    """The resource that stands for this one in lists; `rid` itself where it has no elder."""
    return int(value(files.cache, _ELDER, (pid, rid)) or rid)
