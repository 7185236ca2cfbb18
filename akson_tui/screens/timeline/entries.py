"""The journal's entries as a list's source: pages of it, as of one moment, and never more than a few pages.

The easy mistake is to mix moments: all pages are read as of the same snapshot, so that no row is skipped or doubled.
"""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from akson_tui.i18n import _
from akson_tui.model.access import Opened
from akson_tui.model.entry import EntryState, TimelineFilter, TimelineRow
from akson_tui.model.ref import Ref
from akson_tui.screens import text, words
from akson_tui.screens.parts.entry_line import entry_words, kind_word

if TYPE_CHECKING:
    from akson_tui.workspace.record import Record

PAGE = 80
KEPT = 6
"""Pages that are kept, the last ones used."""
ACT = "Act"
"""The type of an entry that still waits in the outbox."""

WIDE = 110
"""Columns from which author, role and service stand beside the text; below, the text of the entry has the room."""


class Entries:
    """Entries of one record, narrowed, as of one moment."""

    def __init__(self, desk: Record, opened: Opened, narrowed: TimelineFilter, snapshot: int | None = None) -> None:
        self._desk = desk
        self._opened = opened
        self.narrowed = narrowed
        self.snapshot = snapshot
        self._pages: dict[int, tuple[TimelineRow, ...]] = {}
        self._total = 0

    @property
    def count(self) -> int:
        """How many there are."""
        return self._total

    def row(self, index: int) -> TimelineRow | None:
        """The row, None where it is not loaded."""
        page = self._pages.get(index // PAGE, ())
        at = index % PAGE
        return page[at] if at < len(page) else None

    def load(self, first: int, last: int) -> Awaitable[None] | None:
        """See `rows.Source`."""
        missing = [page for page in range(first // PAGE, max(last - 1, first) // PAGE + 1) if page not in self._pages]
        for page in range(first // PAGE, max(last - 1, first) // PAGE + 1):
            if page in self._pages:
                self._pages[page] = self._pages.pop(page)
        return self._read(missing) if missing else None

    async def first(self, at: int = 0, height: int = PAGE) -> None:
        """Read the page around row `at`; the moment is fixed by it."""
        await self._read([at // PAGE])
        beside = self.load(max(at - height, 0), min(at + height, max(self._total, 1)))
        if beside is not None:
            await beside

    def first_until(self, now: datetime, within: int) -> int:
        """The newest entry that is not ahead of us, among the first `within`: appointments to come stand above it."""
        for at in range(min(within, self._total)):
            row = self.row(at)
            if row is not None and (row.entry.when is None or row.entry.when.earliest <= now):
                return at
        return 0

    async def position(self, ref: Ref) -> int | None:
        """Where `ref` stands."""
        return await self._desk.position(self._opened, self.narrowed, self.snapshot, ref)

    async def arrived(self) -> int:
        """How many came since."""
        if self.snapshot is None:
            return 0
        return await self._desk.arrived(self._opened, self.narrowed, self.snapshot)

    async def _read(self, pages: list[int]) -> None:
        for number in pages:
            page = await self._desk.page(self._opened, self.narrowed, self.snapshot, number * PAGE, PAGE)
            self._pages[number] = page.rows
            self._total = page.total
            self.snapshot = page.snapshot
        while len(self._pages) > KEPT:
            del self._pages[next(iter(self._pages))]

    def line(self, index: int, width: int, top: bool) -> Content:
        """Date where it differs from the row above, time, kind, text, who."""
        row = self.row(index)
        if row is None:
            return text.EMPTY
        entry = row.entry
        day = words.day(entry.when) or _("uten dato")
        above = None if top else self.row(index - 1)
        if above is not None and (words.day(above.entry.when) or _("uten dato")) == day:
            day = ""
        wide = width >= WIDE
        named = (entry.author, entry.role, entry.service) if wide else (entry.author or entry.service,)
        who = ", ".join(part for part in named if part)
        people = 44 if wide else 15 if width >= 76 else 0
        columns = [
            (text.line(day), 10),
            (text.line(words.hour(entry.when)), 5),
            (text.line(kind_word(row), "new" if row.new else ""), 8),
            (_starred(row, not wide), max(width - 26 - (people + 1 if people else 0), 10)),
        ]
        if people:
            columns.append((text.line("" if entry.withheld else who), people))
        return text.cells(*columns)


def _starred(row: TimelineRow, brief: bool) -> Content:
    """New since I last looked: with a star too, for terminals without bold."""
    said = entry_words(row, brief)
    return text.line("* ", "new") + said if row.new else said


def stands_still(before: Entries, after: Entries, first: int, last: int) -> bool:
    """Whether rows `first` … `last` are the same entries in the same places; a sent act may have become its note."""
    for index in range(first, min(last, before.count)):
        one, other = before.row(index), after.row(index)
        if one is None or other is None:
            if one is not other:
                return False
        elif one.entry.ref.bare() != other.entry.ref.bare() and not _became(one, other):
            return False
    return True


def _became(one: TimelineRow, other: TimelineRow) -> bool:
    was_waiting = one.entry.ref.type == ACT and one.entry.state in (EntryState.WAITING, EntryState.REFUSED)
    return was_waiting and one.entry.kind is other.entry.kind
