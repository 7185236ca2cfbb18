"""Runs a search and makes the Bundle: pages as of one moment, so that they stand still while others write.

A page is named by the sequence number at which the search began and how many matches went before; nothing that was
searched for in a POST stands in a link, since it may be a national id.
"""

# ruff: noqa: S608 (the SQL is put together from constants; every value stands behind a question mark)

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable
from threading import Lock
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from akson_tui.sandbox import instants
from akson_tui.sandbox.conditions import Value, select
from akson_tui.sandbox.outcome import Issue, Trouble, outcome_bytes
from akson_tui.sandbox.params import Parameter
from akson_tui.sandbox.query import Pairs, Query, read
from akson_tui.sandbox.servers import FULL, Server
from akson_tui.sandbox.store import Session, Version

# A page ends before it grows beyond this, whatever _count says.
MAX_PAGE_BYTES = 8_000_000
MAX_INCLUDED = 1000
KEPT_SEARCHES = 500


class Page(NamedTuple):
    """Where a page begins."""

    snapshot: int
    offset: int


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


def matches(session: Session, query: Query, snapshot: int, base: str) -> list[int]:
    """Sequence numbers of all that is found, in order."""
    found = select(session, query.type, query.criteria, snapshot, base, "version.seq")
    order, values = _order(session, query)
    rows = session.db.execute(found.text + " ORDER BY " + order, [*found.values, *values])
    return [seq for (seq,) in rows]


def _order(session: Session, query: Query) -> tuple[str, list[Value]]:
    keys: list[str] = []
    values: list[Value] = []
    for parameter, down in query.sort:
        key, bound = _sort_key(session, parameter, down)
        # What has no such element stands last, in both directions.
        keys.append(f"{key}{' DESC' if down else ''} NULLS LAST")
        values += bound
    keys.append("version.seq DESC" if query.sort and query.sort[0][1] else "version.seq")
    return ", ".join(keys), values


def _sort_key(session: Session, parameter: Parameter, down: bool) -> tuple[str, list[Value]]:
    if parameter.name in ("_id", "_lastUpdated"):
        return ("version.id" if parameter.name == "_id" else "version.updated"), []
    table, column = ("moment", "low") if parameter.kind == "date" else ("word", "value")
    pid = session.pid(parameter.type, parameter.name)
    first = "max" if down else "min"
    return f"(SELECT {first}({column}) FROM {table} WHERE seq = version.seq AND pid = ?)", [pid]


def find_one(session: Session, type_: str, criteria: str, base: str) -> Version | None:
    """The only current resource that meets the criteria (`[TYPE?]name=value&…`) of a condition, or None.

    Raises Trouble 412 where there are several, 400 where the criteria ask nothing or something that is not known."""
    query = read(type_, parse_qsl(criteria.removeprefix(type_).removeprefix("?")), strict=True)
    if not query.criteria:
        raise Trouble(400, "the condition names no search parameter")
    found = matches(session, query, session.now_seq, base)
    if len(found) > 1:
        raise Trouble(412, "the condition is met by more than one resource")
    return next(iter(session.by_seq(found)), None)


def bundle(
    session: Session, query: Query, base: str, page: Page | None, next_link: Callable[[Page], str], self_link: str
) -> bytes:
    """The searchset Bundle of a page; the first where `page` is None."""
    snapshot, offset = page or Page(session.now_seq, 0)
    if snapshot > session.now_seq:
        raise Trouble(400, "_page is not one of this server's")
    found = matches(session, query, snapshot, base)
    entries: list[bytes] = []
    links = [{"relation": "self", "url": self_link}]
    if not query.only_count:
        shown: list[Version] = []
        size = 0
        for version in session.by_seq(found[offset : offset + query.count]):
            size += len(version.body)
            if shown and size > MAX_PAGE_BYTES:
                break
            shown.append(version)
        entries += [_entry(base, version, "match") for version in shown]
        entries += [_entry(base, version, "include") for version in _included(session, query, shown, snapshot)]
        after = offset + len(shown)
        if after < len(found):
            links.append({"relation": "next", "url": next_link(Page(snapshot, after))})
    if query.ignored:
        told = [Issue(f"not supported, ignored: {name}", "not-supported", "", "warning") for name in query.ignored]
        entries.append(b'{"resource":' + outcome_bytes(told) + b',"search":{"mode":"outcome"}}')
    head: dict[str, object] = {"resourceType": "Bundle", "type": "searchset"}
    head["meta"] = {"lastUpdated": instants.text(_time_of(session, snapshot))}
    if query.total or query.only_count:
        head["total"] = len(found)
    head["link"] = links
    return _joined(head, entries)


def _time_of(session: Session, snapshot: int) -> int:
    row = session.db.execute("SELECT updated FROM version WHERE seq = ?", (snapshot,)).fetchone()
    return int(row[0]) if row else 0


def history_bundle(versions: list[Version], base: str) -> bytes:
    """A history Bundle of these versions."""
    entries = []
    for version in versions:
        entry = {
            "fullUrl": f"{base}/{version.type}/{version.id}",
            "request": {"method": version.method, "url": f"{version.type}/{version.id}"},
            "response": {
                "status": "204" if version.deleted else "201" if version.number == 1 else "200",
                "etag": version.etag,
                "lastModified": instants.text(version.updated),
            },
        }
        if version.method == "POST":
            entry["request"] = {"method": "POST", "url": version.type}
        made = json.dumps(entry, separators=(",", ":")).encode()
        entries.append(made[:-1] + b',"resource":' + version.body + b"}" if version.body else made)
    return _joined({"resourceType": "Bundle", "type": "history", "total": len(versions)}, entries)


def _entry(base: str, version: Version, mode: str) -> bytes:
    url = f'{{"fullUrl":"{base}/{version.type}/{version.id}","resource":'.encode()
    return url + version.body + b',"search":{"mode":"' + mode.encode() + b'"}}'


def _joined(head: dict[str, object], entries: list[bytes]) -> bytes:
    made = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return made[:-1] + b',"entry":[' + b",\n".join(entries) + b"]}" if entries else made


def _included(session: Session, query: Query, shown: Iterable[Version], snapshot: int) -> list[Version]:
    seqs: dict[int, None] = {}
    listed = list(shown)
    for include in query.includes:
        pid = session.pid(include.parameter.type, include.parameter.name)
        for version in listed:
            sql, values = (
                (_BACK, (pid, f"{version.type}/{version.id}")) if include.back else (_FORTH, (version.seq, pid))
            )
            for seq, type_ in session.db.execute(sql, (*values, snapshot, snapshot)):
                if include.target in ("", version.type if include.back else type_):
                    seqs[seq] = None
    for version in listed:
        seqs.pop(version.seq, None)
    return session.by_seq(list(seqs)[:MAX_INCLUDED])


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


def page_of(text: str | None) -> Page | None:
    """`_page` as this server wrote it. Raises Trouble 400 where it is something else."""
    if text is None:
        return None
    snapshot, _, offset = text.partition(".")
    if not (snapshot.isascii() and snapshot.isdigit() and offset.isascii() and offset.isdigit()) or len(text) > 30:
        raise Trouble(400, "_page is not one of this server's")
    return Page(int(snapshot), int(offset))


def answer(
    session: Session,
    type_: str,
    pairs: Pairs,
    base: str,
    searches: Searches,
    posted: bool = False,
    strict: bool = False,
    server: Server = FULL,
) -> bytes:
    """The Bundle that answers a search by GET, by POST (`posted`), or one of its later pages."""
    given = dict(pairs)
    page = page_of(given.get("_page"))
    word = given.get("_search")
    asked = searches.find(type_, word) if word else [pair for pair in pairs if pair[0] != "_page"]
    query = read(type_, asked, strict, server)
    here = f"{base}/{type_}"
    hidden = posted or word is not None

    def next_link(place: Page) -> str:
        named = [("_search", word or searches.keep(type_, asked))] if hidden else list(asked)
        return f"{here}?{urlencode([*named, ('_page', f'{place.snapshot}.{place.offset}')])}"

    self_link = here if hidden or not pairs else f"{here}?{urlencode(list(pairs))}"
    return bundle(session, query, base, page, next_link, self_link)
