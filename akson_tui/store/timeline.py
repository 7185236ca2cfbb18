"""A person's entries as one list, newest first, a page at a time, as of a snapshot that does not shift.

The rule is told in `claims.py` for what was fetched; what waits in the outbox is laid over it (`overlay.py`).
Easy to get wrong: a page must cost what its rows cost, not what the journal weighs: rows are skipped in the index.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from akson_tui.clinical.search_text import fold
from akson_tui.model.access import Opened
from akson_tui.model.entry import EVERYTHING, Entry, EntryKind, EntryState, TimelineFilter, TimelinePage, TimelineRow
from akson_tui.model.ref import Ref, ref_from_text, ref_to_text
from akson_tui.store import audit, claims, marks, news, overlay, persons, twins
from akson_tui.store.coding import decode, micros_or, storable
from akson_tui.store.sql import select, value

if TYPE_CHECKING:
    from akson_tui.store.files import Files

_ACTS = 32
"""A snapshot is `sequence << 32 | number of the last act`: each file counts for itself."""
_TRIGRAM = 3
_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Facets:
    """What the entries of a person can be narrowed to, in alphabetical order."""

    services: tuple[str, ...]
    authors: tuple[str, ...]
    kinds: tuple[EntryKind, ...]


_SEEN = " AND since <= :snapshot AND (gone = 0 OR gone > :snapshot)"
_NOT_YET = """
AND since > :snapshot AND gone = 0 AND NOT EXISTS (SELECT 1 FROM placing former
    WHERE former.rid = placing.rid AND former.pid = placing.pid
    AND former.since <= :snapshot AND former.gone > :snapshot AND former.sort >= :from AND former.sort < :until)
"""
_FROM = "FROM placing INDEXED BY placing_order WHERE pid = :pid AND sort >= :from AND sort < :until"
_FITS = """
AND (:kinds = '' OR instr(:kinds, ' ' || placing.kind || ' '))
AND (:service = '' OR placing.service = :service) AND (:author = '' OR placing.author = :author)
AND (:unread < 0 OR (placing.news > :unread AND placing.tie NOT IN (SELECT value FROM json_each(:own))))
AND (:match = '' OR placing.eid IN (SELECT rowid FROM folded_index WHERE folded_index MATCH :match))
AND (:short = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(:short) word
     WHERE coalesce(instr((SELECT text FROM folded WHERE folded.eid = placing.eid), word.value), 0) = 0))
"""
_ELDER = " AND elder.sort >= :from AND elder.sort < :until"
_ELDER_SEEN = _ELDER + " AND elder.since <= :snapshot AND (elder.gone = 0 OR elder.gone > :snapshot)"
_ELDER_NOW = _ELDER + " AND elder.gone = 0"


class _Statements:
    """What is asked of the index, with or without a filter's conditions: without them it is twice as fast.

    `several`: the person is known to several sources, so the younger of two of one thing are left out.
    """

    def __init__(self, fits: str, several: bool = False) -> None:
        elders = fits.replace("placing.", "elder.")
        seen, now = (twins.hidden(each + elders) if several else "" for each in (_ELDER_SEEN, _ELDER_NOW))
        given = _FROM + _SEEN + fits + seen
        self.page = "SELECT eid " + given + " ORDER BY sort DESC, tie DESC LIMIT :limit OFFSET :offset"
        self.total = "SELECT count(*) " + given
        self.before = "SELECT count(*) " + given + " AND (sort > :sort OR (sort = :sort AND tie > :tie))"
        self.at = "SELECT sort, tie " + given + " AND rid = :rid"
        self.newer = "SELECT count(*) " + _FROM + _NOT_YET + fits + now


_STATEMENTS = {
    (narrowed, several): _Statements(_FITS if narrowed else "", several)
    for narrowed in (False, True)
    for several in (False, True)
}
_ROWS = """
SELECT placing.eid, entry.noun, placing.tie, placing.news,
    EXISTS (SELECT 1 FROM entry newer WHERE newer.replaces = placing.tie AND newer.replaces != ''),
    (SELECT count(*) FROM entry more WHERE more.appends = placing.tie AND more.appends != '')
FROM json_each(?) wanted JOIN placing ON placing.eid = wanted.value JOIN entry ON entry.rid = placing.rid
"""


_POINTING = """
SELECT placing.tie FROM entry JOIN placing ON placing.rid = entry.rid AND placing.gone = 0
WHERE placing.pid = ? AND entry.{column} = ? AND entry.{column} != '' ORDER BY placing.sort
"""
_REPLACING = _POINTING.replace("{column}", "replaces")
_APPENDING = _POINTING.replace("{column}", "appends")


class _View:
    """One list: a person, a filter, a snapshot; made and used within one reading of both files."""

    def __init__(self, files: Files, opened: Opened, wanted: TimelineFilter, snapshot: int | None) -> None:
        self.files = files
        self.names = persons.same_person(files, opened.person)
        self.pid = persons.pid_of(files, opened.person)
        self.sequence = int(value(files.cache, "SELECT value FROM sequence"))
        self.snapshot = _now(files, self.sequence) if snapshot is None else snapshot
        self.several = twins.possible(files, self.pid)
        self.ask = _STATEMENTS[wanted != EVERYTHING, self.several]
        claim = claims.get(files, self.pid)
        parts = fold(storable(wanted.text)).split()
        self.arguments: dict[str, str | int] = {
            "pid": self.pid,
            "from": max(claim, micros_or(wanted.since, claims.WHOLE)),
            "until": micros_or(wanted.until, claims.NOTHING),
            "snapshot": self.snapshot >> _ACTS,
            "kinds": " ".join(("", *sorted(kind.value for kind in wanted.kinds), "")) if wanted.kinds else "",
            "service": storable(wanted.service),
            "author": storable(wanted.author),
            "unread": micros_or(wanted.unread_since, -1),
            "own": json.dumps(sorted(news.own(files))) if wanted.unread_since is not None else "[]",
            "match": " AND ".join(_quoted(part) for part in parts if len(part) >= _TRIGRAM),
            "short": json.dumps([part for part in parts if len(part) < _TRIGRAM], ensure_ascii=False),
        }
        if wanted.until is not None or wanted.since is not None:
            self.arguments["from"] = max(int(self.arguments["from"]), claims.WHOLE + 1)
        self.claim = claim
        laid = overlay.acts(files, self.names, self.snapshot & (1 << _ACTS) - 1, wanted, parts)
        self.laid = [
            (self.number(self.ask.before, sort=act.sort, tie=act.tie), act) for act in laid if not self._held(act.done)
        ]

    def number(self, query: str, **more: str | int) -> int:
        """A count, remembered for as long as nothing is placed: the next page does not count the whole list again."""
        arguments = {**self.arguments, **more}
        key = (query, self.sequence, *arguments.values())
        if key not in self.files.counted:
            if len(self.files.counted) >= _REMEMBERED:
                self.files.counted.clear()
            self.files.counted[key] = value(self.files.cache, query, arguments)
        return self.files.counted[key]

    def _held(self, done: Ref | None) -> bool:
        """Whether this list gives what an act became, so that the act itself is not given too."""
        if done is None:
            return False
        found = select(
            self.files.cache,
            "SELECT 1 FROM resource JOIN placing ON placing.rid = resource.rid"
            " WHERE resource.source = ? AND resource.type = ? AND resource.id = ? AND placing.since <= ?"
            " AND (placing.gone = 0 OR placing.gone > ?) AND placing.sort >= ?",
            (done.source, done.type, done.id, at := self.arguments["snapshot"], at, self.claim),
        )
        return bool(found)

    def slice(self, offset: int, limit: int) -> list[tuple[int, overlay.Laid | None]]:
        """(eid, None) or (0, act) for each row from `offset` on."""
        places = {before + order: act for order, (before, act) in enumerate(self.laid)}
        skipped = sum(place < offset for place in places)
        fetched = iter(
            select(self.files.cache, self.ask.page, {**self.arguments, "limit": limit, "offset": offset - skipped})
        )
        rows: list[tuple[int, overlay.Laid | None]] = []
        for place in range(offset, offset + limit):
            if place in places:
                rows.append((0, places[place]))
                continue
            row = next(fetched, None)
            if row is None:
                break
            rows.append((int(row[0]), None))
        return rows

    def total(self) -> int:
        return self.number(self.ask.total) + len(self.laid)

    def place_of(self, rid: int) -> int | None:
        """Where a resource stands, or the one that stands for it."""
        for one in (rid, twins.elder(self.files, self.pid, rid)) if self.several else (rid,):
            for sort, tie in select(self.files.cache, self.ask.at, {**self.arguments, "rid": one}):
                before = self.number(self.ask.before, sort=sort, tie=tie)
                return before + sum((act.sort, act.tie) > (sort, tie) for _, act in self.laid)
        return None


def _quoted(part: str) -> str:
    return '"' + part.replace('"', '""') + '"'


def _now(files: Files, sequence: int) -> int:
    number = value(files.precious, "SELECT coalesce(max(number), 0) FROM act")
    return sequence << _ACTS | int(number)


def page(
    files: Files, opened: Opened, wanted: TimelineFilter, snapshot: int | None, offset: int, limit: int
) -> TimelinePage:
    """Rows from `offset` on, newest first by the earliest instant meant, then by reference; without a time last.

    `snapshot` None reads now; hand the page's own back to go on in the same list: rows once given keep their place and
    order (with their newest text), and what comes later is added at the end or waits for a new snapshot. What removes a
    row is the user's own taking back of an act, a new horizon nearer than the old (`claims.py`), or another's joining.
    Nothing older than the horizon of `person:<id>:entries` is given. Raises NotOpened.
    """
    audit.require(files, opened)
    with files.reading():
        view = _View(files, opened, wanted, snapshot)
        rows = tuple(_rows(view, view.slice(max(offset, 0), limit)))
        return TimelinePage(rows, max(offset, 0), view.total(), view.snapshot)


def position(files: Files, opened: Opened, wanted: TimelineFilter, snapshot: int | None, ref: Ref) -> int | None:
    """Where an entry, or an act of ours (type `Act`) or what it became, stands in the list; None where it is not."""
    audit.require(files, opened)
    with files.reading():
        view = _View(files, opened, wanted, snapshot)
        for order, (before, act) in enumerate(view.laid):
            if (ref.type == "Act" and act.id == ref.id) or (act.done is not None and act.done.bare() == ref.bare()):
                return before + order
        sought = overlay.done_of(files, ref.id) if ref.type == "Act" else ref
        rid = _rid(files, sought) if sought is not None else 0
        return view.place_of(rid) if rid else None


def arrived(files: Files, opened: Opened, wanted: TimelineFilter, snapshot: int) -> int:
    """How many entries a new snapshot would add to this one's list."""
    audit.require(files, opened)
    with files.reading():
        view = _View(files, opened, wanted, snapshot)
        fresh = _View(files, opened, wanted, None)
        shown = {act.id for _, act in view.laid}
        became = [act.done for _, act in view.laid if act.done is not None]  # stands there already, as the act
        known = sum(fresh.place_of(_rid(files, done)) is not None for done in became)
        return view.number(view.ask.newer) - known + sum(act.id not in shown for _, act in fresh.laid)


def row(files: Files, opened: Opened, ref: Ref) -> TimelineRow | None:
    """One entry of the opened person as it is now, or an act of ours, or what it became; None where it is not held."""
    audit.require(files, opened)
    with files.reading():
        view = _View(files, opened, EVERYTHING, None)
        for _, act in view.laid:
            if ref.type == "Act" and act.id == ref.id:
                return next(_rows(view, [(0, act)]))
        sought = overlay.done_of(files, ref.id) if ref.type == "Act" else ref
        eid = sought and value(
            files.cache,
            "SELECT eid FROM placing WHERE rid = ? AND pid = ? AND gone = 0",
            (_rid(files, sought), view.pid),
        )
        return next(_rows(view, [(eid, None)])) if eid else None


def pointers(files: Files, opened: Opened, ref: Ref) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
    """The entries that replace this one, and those that are added to it; acts of ours that wait among them."""
    audit.require(files, opened)
    tie = ref_to_text(ref.bare())
    names = persons.same_person(files, opened.person)
    pending = overlay.pending(files, names)
    about = (persons.pid_of(files, opened.person), tie)
    replaced = [ref_from_text(other) for (other,) in select(files.cache, _REPLACING, about)]
    appended = [ref_from_text(other) for (other,) in select(files.cache, _APPENDING, about)]
    return tuple(replaced + pending.replacing.get(tie, [])), tuple(appended + pending.appending.get(tie, []))


def facets(files: Files, opened: Opened) -> Facets:
    """What the entries that are given now can be narrowed to."""
    audit.require(files, opened)
    pid = persons.pid_of(files, opened.person)
    services, authors, kinds = set(), set(), set()
    for service, author, kind in select(
        files.cache,
        "SELECT DISTINCT service, author, kind FROM placing INDEXED BY placing_order"
        " WHERE pid = ? AND sort >= ? AND gone = 0",
        (pid, claims.get(files, pid)),
    ):
        services.add(service)
        authors.add(author)
        kinds.add(EntryKind(kind))
    order = list(EntryKind)
    return Facets(tuple(sorted(services - {""})), tuple(sorted(authors - {""})), tuple(sorted(kinds, key=order.index)))


def _rid(files: Files, ref: Ref) -> int:
    for (rid,) in select(
        files.cache, "SELECT rid FROM resource WHERE source = ? AND type = ? AND id = ?", (ref.source, ref.type, ref.id)
    ):
        return int(rid)
    return 0


def _rows(view: _View, slots: list[tuple[int, overlay.Laid | None]]) -> Iterator[TimelineRow]:
    files = view.files
    looked = micros_or(marks.looked_at(files, view.names[0]), claims.NOTHING)
    own = news.own(files)
    pending = overlay.pending(files, view.names)
    wanted = json.dumps([eid for eid, act in slots if act is None])
    found = {row[0]: row[1:] for row in select(files.cache, _ROWS, (wanted,))}
    others = twins.others(files, view.pid, (eid for eid, act in slots if act is None)) if view.several else {}
    for eid, act in slots:
        if act is not None:
            entry = _became(files, act) or act.entry
            yield TimelineRow(entry, sources=(entry.ref.source,))
            continue
        noun, tie, fresh, replaced, addenda = found[eid]
        entry = decode(Entry, noun)
        if tie in pending.in_error:
            entry = replace(entry, state=EntryState.ERROR)
        yield TimelineRow(
            entry,
            fresh > looked and tie not in own,
            bool(replaced) or tie in pending.replacing,
            int(addenda) + len(pending.appending.get(tie, ())),
            (entry.ref.source, *others.get(eid, ())),
        )


def _became(files: Files, act: overlay.Laid) -> Entry | None:
    if act.done is None:
        return None
    for (noun,) in select(files.cache, "SELECT noun FROM entry WHERE rid = ?", (_rid(files, act.done),)):
        return decode(Entry, noun)
    return None
