"""How fresh each list is, how far back it reaches, and what is known of each source.

Easy to get wrong: of a person's entries (`person:<id>:entries`), the state is also what the timeline claims. Put the
rows first, then the state that covers them; and never claim (`at` not None, `horizon` None) before the list is whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from akson_tui.model.held import NEVER, Fetched, FetchStatus
from akson_tui.model.line import SourceState
from akson_tui.store import claims, persons
from akson_tui.store.coding import decode, encode, micros
from akson_tui.store.sql import select

if TYPE_CHECKING:
    from akson_tui.store.files import Files

ENTRIES = "entries"
SUMMARY = "summary"


def person_key(person: str, part: str = "") -> str:
    """`person:<PersonId>` or, of one part, `person:<PersonId>:<part>`."""
    return f"person:{person}:{part}" if part else f"person:{person}"


def worklist_key(user: str, day: str) -> str:
    """`worklist:<user>:<date>`."""
    return f"worklist:{user}:{day}"


def _settled(files: Files, key: str) -> tuple[str, int, str]:
    """The key under the person's present name, with the row and the part; (key, 0, '') for other keys."""
    kind, _, rest = key.partition(":")
    if kind != "person":
        return key, 0, ""
    person, _, part = rest.partition(":")
    pid = persons.pid_of(files, person)
    return person_key(persons.name_of(files, pid) if pid else person, part), pid, part


def state(files: Files, key: str) -> Fetched:
    """What is known under a key; `NEVER` where nothing is."""
    for (noun,) in select(files.cache, "SELECT noun FROM fetch WHERE key = ?", (_settled(files, key)[0],)):
        return decode(Fetched, noun)
    return NEVER


def set_state(files: Files, key: str, fetched: Fetched) -> None:
    """Keep it; tells `fetch` (with the person's names, or 'worklist') where one of theirs changed; other keys go too.

    Of a person's entries it moves the claim: `at` None claims nothing; `horizon` None then means whole.
    """
    settled, pid, part = _settled(files, key)
    noun = encode(fetched)
    with files.tx("cache") as cache:
        if select(cache, "SELECT 1 FROM fetch WHERE key = ? AND noun = ?", (settled, noun)):
            return
        cache.execute("INSERT OR REPLACE INTO fetch (key, noun) VALUES (?, ?)", (settled, noun))
        if pid and part == ENTRIES:
            claims.set_claim(files, pid, _claim(fetched))
        if pid:
            files.tell("fetch", *persons.names_of(files, pid))
        elif settled.startswith("person:"):
            files.tell("fetch", settled.split(":")[1])
        elif settled.startswith("worklist:"):
            files.tell("fetch", "worklist")


def _claim(fetched: Fetched) -> int:
    if fetched.at is None or fetched.status is FetchStatus.NEVER:
        return claims.NOTHING
    return claims.WHOLE if fetched.horizon is None else micros(fetched.horizon)


def joined(files: Files, loser: str, heir: str) -> None:
    """Two persons turned out to be one: what is known of both holds no more than for the worse of them."""
    prefix = person_key(loser)
    found = select(
        files.cache,
        "SELECT key, noun FROM fetch WHERE key = ?1 OR substr(key, 1, length(?1) + 1) = ?1 || ':'",
        (prefix,),
    )
    for key, noun in found:
        part = key[len(prefix) + 1 :]
        one, other = decode(Fetched, noun), state(files, person_key(heir, part))
        files.cache.execute("DELETE FROM fetch WHERE key = ?", (key,))
        set_state(files, person_key(heir, part), _both(one, other))


def _both(one: Fetched, other: Fetched) -> Fetched:
    if one.at is None or other.at is None:
        known = other if one.at is None else one
        return known if known.at is None else Fetched(FetchStatus.PARTIAL, known.at, known.horizon, known.trouble)
    horizons = [each.horizon for each in (one, other) if each.horizon is not None]
    whole = one.status is other.status is FetchStatus.COMPLETE
    return Fetched(
        FetchStatus.COMPLETE if whole else FetchStatus.PARTIAL,
        min(one.at, other.at),
        max(horizons) if horizons else None,
        one.trouble or other.trouble,
    )


def source(files: Files, id_: str) -> SourceState:
    for (noun,) in select(files.cache, "SELECT noun FROM source WHERE id = ?", (id_,)):
        return decode(SourceState, noun)
    return SourceState(id_)


def set_source(files: Files, known: SourceState) -> None:
    """Keep it; tells `line`, where it changed."""
    noun = encode(known)
    with files.tx("cache") as cache:
        if select(cache, "SELECT 1 FROM source WHERE id = ? AND noun = ?", (known.source, noun)):
            return
        cache.execute("INSERT OR REPLACE INTO source (id, noun) VALUES (?, ?)", (known.source, noun))
        files.tell("line", known.source)


def sources(files: Files) -> list[SourceState]:
    """All that were ever heard of, by id."""
    return [decode(SourceState, noun) for (noun,) in select(files.cache, "SELECT noun FROM source ORDER BY id")]
