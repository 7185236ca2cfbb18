"""`akson-tui timeline`: a patient's entries, newest first; with --follow, what comes after.

Easy to get wrong: asking the journal by the clock. --follow prints what comes into the store, from a workstation or a
`sync` beside this; only --every, if a person says so, fetches again and again.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import re
import stat
import sys
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from akson_tui.cli import DONE, USAGE, copies, forms, lines, out, person
from akson_tui.cli.ending import Ended
from akson_tui.cli.running import Work, head, on_the_desks
from akson_tui.i18n import _
from akson_tui.model.entry import EVERYTHING, EntryKind, TimelineFilter, TimelineRow
from akson_tui.model.want import Want, WantKind
from akson_tui.model.when import OSLO, When, WhenUnreadable
from akson_tui.screens.timeline.detail import Opened as Entry

if TYPE_CHECKING:
    from akson_tui.model.access import Opened
    from akson_tui.store.changes import Change
    from akson_tui.wiring import Errand

PAGE = 500
FOLLOWED = 200
"""Newest entries that --follow compares: more do not come at once."""
_BACK = re.compile(r"(\d{1,4})([dtu])", re.ASCII)
_SPANS = {"d": "days", "t": "hours", "u": "weeks"}
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)


def run(options: argparse.Namespace) -> int:
    """Print; returns the exit code."""

    def prepared() -> Work:
        copy = copies.wanted(options)
        if options.follow and copy:
            raise Ended(USAGE, _("--follow kan ikke brukes med --output eller --lp."))
        if options.every and not options.follow:
            raise Ended(USAGE, _("--every trenger --follow."))
        if options.since:
            since(options.since, datetime.now(UTC))  # a mistake is told before anything is asked for
        return partial(_timeline, options, person.handle_of(options))

    return on_the_desks(options, prepared)


def since(text: str, now: datetime) -> datetime:
    """`--since`: a day, a FHIR time, or 7d, 12t, 3u before `now`. Raises Ended."""
    if back := _BACK.fullmatch(text):
        return now - timedelta(**{_SPANS[back[2]]: int(back[1])})
    if day := _DAY.fullmatch(text):
        text = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    if text in ("i dag", "idag", "today"):
        text = now.astimezone(OSLO).date().isoformat()
    try:
        return When.parse(text).earliest
    except WhenUnreadable:
        raise Ended(USAGE, _("--since må være som 2026-11-24, 24.11.2026, 7d, 12t eller 3u.")) from None


async def _timeline(options: argparse.Namespace, handle: str, errand: Errand) -> int:
    workspace = errand.workspace
    from_on = since(options.since, workspace.now()) if options.since else None
    narrowed = TimelineFilter(kinds=frozenset(EntryKind(kind) for kind in options.kind), since=from_on)
    back_to = from_on or (person.NEWEST if options.limit and not options.kind else person.WHOLE)
    who = await person.opened(errand, handle, options.fresh, back_to)
    top = await head(errand, handle=who.handle)
    rows, total = await _rows(errand, who.opened, narrowed, options.limit)
    if options.follow:
        return await _follow(options, errand, who.opened, narrowed, top, rows)
    fetched = (await workspace.record.fetched(who.opened)).entries
    if options.json:
        entries = [await _form(options, errand, who.opened, row) for row in rows]
        out.form({**top, "total": total, "entries": entries, "fetched": forms.fetched(fetched)})
        return DONE
    text = await _text(options, errand, who.opened, rows)
    fresh = lines.fresh(fetched, workspace.now())
    if copies.wanted(options):
        await copies.take(errand, options, who.opened, [*text, "", fresh])
        return DONE
    out.rows(text)
    out.remark(f"{workspace.environment.name}: {fresh}")
    return DONE


async def _rows(errand: Errand, opened: Opened, narrowed: TimelineFilter, limit: int) -> tuple[list[TimelineRow], int]:
    """The newest `limit` rows (0: all), as of one moment, and how many there are."""
    rows: list[TimelineRow] = []
    snapshot: int | None = None
    while True:
        size = min(PAGE, limit - len(rows)) if limit else PAGE
        page = await errand.workspace.record.page(opened, narrowed, snapshot, len(rows), size)
        snapshot = page.snapshot
        rows += page.rows
        if len(rows) >= (limit or page.total) or not page.rows:
            return rows, page.total


async def _form(options: argparse.Namespace, errand: Errand, opened: Opened, row: TimelineRow) -> forms.Form:
    form = forms.entry(row)
    if options.text:
        detail = await errand.workspace.record.detail(opened, row.entry.ref)
        form["text"] = None if detail is None else forms.detail(detail)
    return form


async def _text(options: argparse.Namespace, errand: Errand, opened: Opened, rows: Iterable[TimelineRow]) -> list[str]:
    wide = copies.width(options)
    if not options.text:
        found = lines.timeline(list(rows))
        return [part for line in found for part in lines.wrapped(line, wide)] if options.output or options.lp else found
    text: list[str] = []
    for row in rows:
        detail = await errand.workspace.record.detail(opened, row.entry.ref)
        if detail is not None:
            text += [*lines.entry(Entry(detail), wide), ""]
    return text


async def _follow(
    options: argparse.Namespace,
    errand: Errand,
    opened: Opened,
    narrowed: TimelineFilter,
    top: forms.Form,
    rows: list[TimelineRow],
) -> int:
    """The oldest of `rows` first, then each that comes, until interrupted or nobody reads."""

    async def put(new: Iterable[TimelineRow]) -> None:
        for row in new:
            if options.json:
                out.form({**top, "entry": await _form(options, errand, opened, row)})
            else:
                out.rows(await _text(options, errand, opened, [row]))
        sys.stdout.flush()

    seen = {_mark(row) for row in (await errand.workspace.record.page(opened, EVERYTHING, None, 0, FOLLOWED)).rows}
    await put(reversed(rows))
    async with _news(errand, opened.person, options.every) as changed:
        while True:
            await changed.wait()
            changed.clear()
            if _nobody_reads():
                return DONE
            page = await errand.workspace.record.page(opened, narrowed, None, 0, FOLLOWED)
            new = [row for row in page.rows if _mark(row) not in seen]
            seen |= {_mark(row) for row in new}
            await put(reversed(new))
            errand.unforeseen()


def _mark(row: TimelineRow) -> tuple[object, ...]:
    """What is new when it changes: which version of which entry, and what became of it."""
    return (row.entry.ref, row.entry.state)


@contextlib.asynccontextmanager
async def _news(errand: Errand, person_id: str, every: int) -> AsyncIterator[asyncio.Event]:
    """An event that is set when the person's entries changed, or when nobody reads stdout any more."""
    changed = asyncio.Event()

    def heard(change: Change) -> None:
        if change.topic in ("person", "outbox") and (
            not change.ids or change.topic == "outbox" or person_id in change.ids
        ):
            changed.set()

    stop = errand.workspace.changes(heard)
    fetching = asyncio.ensure_future(_fetch_every(errand, person_id, every)) if every else None
    loop, reader = asyncio.get_running_loop(), sys.stdout.fileno()
    watched = stat.S_ISFIFO(os.fstat(reader).st_mode)
    if watched:
        loop.add_reader(reader, changed.set)  # the writing end of a pipe is readable only when nobody reads it
    try:
        yield changed
    finally:
        stop()
        if watched:
            loop.remove_reader(reader)
        if fetching is not None:
            fetching.cancel()


async def _fetch_every(errand: Errand, person_id: str, seconds: int) -> None:
    while True:
        await asyncio.sleep(seconds)
        await errand.fetch(Want(WantKind.PERSON, person_id))


def _nobody_reads() -> bool:
    import select

    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _fd, event in poll.poll(0))
