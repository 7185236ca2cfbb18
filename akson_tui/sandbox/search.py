"""Runs a search and makes the Bundle: pages as of one moment, so that they stand still while others write.

Nothing that was searched for in a POST stands in a link, since it may be a national id: there a random word stands for
it. A page is filled from the rows as they come; how many there are is counted, but never held.
"""

# ruff: noqa: S608 (the SQL is put together from constants; every value stands behind a question mark)

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl

from akson_tui.sandbox import pages
from akson_tui.sandbox.conditions import Value, select
from akson_tui.sandbox.outcome import Issue, Trouble, outcome_bytes
from akson_tui.sandbox.pages import Page
from akson_tui.sandbox.params import Parameter
from akson_tui.sandbox.query import Include, Pairs, Query, read
from akson_tui.sandbox.servers import FULL, Server
from akson_tui.sandbox.store import Session, Version

MAX_INCLUDED = 1000
KEPT_SEARCHES = 500
SEARCH = "_search"


class Searches:
    """Searches that were posted, by a random word that may stand in a link; the oldest are forgotten."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._kept: OrderedDict[str, tuple[str, Pairs]] = OrderedDict()
        self._lock = Lock()

    def keep(self, type_: str, pairs: Pairs) -> str:
        """Remembers what was asked; the word for it."""
        word = self._new_id()
        with self._lock:
            self._kept[word] = (type_, pairs)
            while len(self._kept) > KEPT_SEARCHES:
                self._kept.popitem(last=False)
        return word

    def find(self, type_: str, word: str) -> Pairs:
        """What was asked. Raises Trouble 410 where it was forgotten."""
        with self._lock:
            found = self._kept.get(word)
        if found is None or found[0] != type_:
            raise Trouble(410, "this search is not known any more: ask again")
        return found[1]


def matches(session: Session, query: Query, snapshot: int, base: str) -> Iterator[int]:
    """Sequence numbers of all that is found, in order."""
    found = select(session, query.type, query.criteria, snapshot, base, "version.seq", query.within)
    order, values = _order(session, query)
    rows = session.db.execute(found.text + " ORDER BY " + order, [*found.values, *values])
    return (seq for (seq,) in rows)


def _order(session: Session, query: Query) -> tuple[str, list[Value]]:
    keys: list[str] = []
    values: list[Value] = []
    for parameter, down in query.sort:
        key, bound = _sort_key(session, parameter, down)
        # What has no such element stands last, in both directions.
        keys.append(f"{key}{' DESC' if down else ''} NULLS LAST")
        values += bound
    # Time and sequence number rise together, and only the first has an index with the type.
    keys += ["version.seq DESC" if query.sort[0][1] else "version.seq"] if query.sort else ["updated", "version.seq"]
    return ", ".join(keys), values


# By kind: where the value to sort by stands.
SORTED = {
    "date": ("moment", "low"),
    "string": ("word", "value"),
    "token": ("token", "value"),
    "uri": ("token", "value"),
    "number": ("amount", "low"),
    "quantity": ("amount", "low"),
    "reference": ("link", "target"),
}


def _sort_key(session: Session, parameter: Parameter, down: bool) -> tuple[str, list[Value]]:
    if parameter.name in ("_id", "_lastUpdated"):
        return ("version.id" if parameter.name == "_id" else "version.updated"), []
    table, column = SORTED[parameter.kind]
    pid = session.pid(parameter.type, parameter.name)
    first = "max" if down else "min"
    return f"(SELECT {first}({column}) FROM {table} WHERE seq = version.seq AND pid = ?)", [pid]


def find_one(session: Session, type_: str, criteria: str, base: str) -> Version | None:
    """The only current resource that meets the criteria (`[TYPE?]name=value&…`) of a condition, or None.

    Raises Trouble 412 where there are several, 400 where the criteria ask nothing or something that is not known."""
    query = read(type_, parse_qsl(criteria.removeprefix(type_).removeprefix("?")), strict=True)
    if not query.criteria:
        raise Trouble(400, "the condition names no search parameter")
    found = list(islice(matches(session, query, session.now_seq, base), 2))
    if len(found) > 1:
        raise Trouble(412, "the condition is met by more than one resource")
    return next(session.by_seq(found), None)


def _bundle(
    session: Session, query: Query, base: str, page: Page, next_link: Callable[[Page], str], self_link: str
) -> bytes:
    # Everything is gone through for its number alone, but no more than a page of it is held.
    rows = matches(session, query, page.snapshot, base)
    passed = sum(1 for _ in islice(rows, page.offset))
    held = list(islice(rows, 0 if query.only_count else query.count))
    entries: list[bytes] = []
    links = [{"relation": "self", "url": self_link}]
    counting = query.total or query.only_count
    shown = pages.fitting(session.by_seq(held))
    behind = len(held) - len(shown)
    behind += sum(1 for _ in rows) if counting else sum(1 for _ in islice(rows, 1))
    entries += [pages.entry(base, one, query.subset.of(one.type, one.body), "match") for one in shown]
    entries += [
        pages.entry(base, one, query.subset_of_others.of(one.type, one.body), "include")
        for one in _included(session, query.includes, shown, page.snapshot)
    ]
    if behind and shown:
        links.append({"relation": "next", "url": next_link(Page(page.snapshot, page.offset + len(shown)))})
    if query.ignored:
        told = [Issue(f"not supported, ignored: {name}", "not-supported", "", "warning") for name in query.ignored]
        entries.append(b'{"resource":' + outcome_bytes(told) + b',"search":{"mode":"outcome"}}')
    head: dict[str, Any] = {"meta": {"lastUpdated": pages.time_of(session, page.snapshot)}}
    if counting:
        head["total"] = passed + len(shown) + behind
    head["link"] = links
    return pages.bundle("searchset", head, entries)


def _included(session: Session, includes: Iterable[Include], shown: list[Version], snapshot: int) -> list[Version]:
    """What is sent along: of the matches, and for `:iterate` of what was sent along too."""
    known = {version.seq: version for version in shown}
    found: dict[int, Version] = {}
    fresh = shown
    wanted = list(includes)
    while fresh and wanted and len(found) < MAX_INCLUDED:
        seqs = dict.fromkeys(
            seq for include in wanted for version in fresh for seq in _along(session, include, version, snapshot)
        )
        room = MAX_INCLUDED - len(found)
        new = [seq for seq in seqs if seq not in known and seq not in found][:room]
        fresh = list(session.by_seq(new))
        found.update({version.seq: version for version in fresh})
        wanted = [include for include in wanted if include.iterate]
    return list(found.values())


def _along(session: Session, include: Include, version: Version, snapshot: int) -> Iterator[int]:
    for parameter in include.parameters:
        if not include.back and parameter.type != version.type:
            continue
        pid = session.pid(parameter.type, parameter.name)
        sql, values = (_BACK, (pid, f"{version.type}/{version.id}")) if include.back else (_FORTH, (version.seq, pid))
        for seq, type_ in session.db.execute(sql, (*values, snapshot, snapshot)):
            if include.target in ("", version.type if include.back else type_):
                yield seq


_HOLDS = " AND version.seq <= ? AND version.until > ? AND version.deleted = 0"
_BACK = (
    "SELECT version.seq, version.type FROM link CROSS JOIN version ON version.seq = link.seq"
    " WHERE pid = ? AND target = ?" + _HOLDS
)
_FORTH = (
    "SELECT version.seq, version.type FROM link CROSS JOIN version"
    " ON version.type = substr(target, 1, instr(target, '/') - 1)"
    " AND version.id = substr(target, instr(target, '/') + 1)"
    " WHERE link.seq = ? AND pid = ?" + _HOLDS
)


def answer(
    session: Session,
    type_: str,
    pairs: Pairs,
    base: str,
    searches: Searches,
    posted: bool = False,
    strict: bool = False,
    server: Server = FULL,
    within: str = "",
) -> bytes:
    """The Bundle that answers a search by GET, by POST (`posted`), or one of its later pages; `within` the compartment
    of the patient of this id. Raises Trouble 400, 404 for a type that has no place there, 410."""
    given = dict(pairs)
    page = pages.page_of(session, given.get(pages.PAGE))
    word = given.get(SEARCH)
    asked = searches.find(type_, word) if word else [pair for pair in pairs if pair[0] != pages.PAGE]
    query = read(type_, asked, strict, server)
    query.within = within
    here = f"{base}/Patient/{within}/{type_}" if within else f"{base}/{type_}"
    hidden = posted or word is not None

    def next_link(place: Page) -> str:
        return pages.link(here, [(SEARCH, word or searches.keep(type_, asked))] if hidden else asked, place)

    self_link = here if hidden else pages.link(here, pairs)
    return _bundle(session, query, base, page, next_link, self_link)
