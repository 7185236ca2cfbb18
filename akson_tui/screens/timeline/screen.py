"""View 2: all entries of all years in one list, newest first, grouped by day; the selected one's text beside or below.

The easy mistake is to show the text at each step: it follows when the mark has rested half a second.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.timer import Timer
from textual.widget import Widget

from akson_tui.i18n import _, later, n_
from akson_tui.model.entry import EVERYTHING, TimelineFilter, TimelineRow
from akson_tui.model.held import FetchStatus
from akson_tui.model.ref import Ref
from akson_tui.screens import places, text
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command
from akson_tui.screens.parts import held
from akson_tui.screens.parts.field import Field
from akson_tui.screens.parts.rows import Rows
from akson_tui.screens.parts.scroll import Scroll
from akson_tui.screens.patient_place import VIEWS, PatientPlace
from akson_tui.screens.place import Movable
from akson_tui.screens.timeline import acts, detail
from akson_tui.screens.timeline.entries import Entries, stands_still
from akson_tui.screens.timeline.narrowing import in_words

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp
    from akson_tui.workspace.reading import Freshness

WIDE = 100
"""Columns from which the text stands beside the list."""
RESTED = 0.5


class Timeline(PatientPlace):
    """The list. `reading` is whether the keys of moving about move the text."""

    called = "timeline"
    TITLE_TEXT = later("Tidslinje")
    OWN: ClassVar[tuple[Command, ...]] = (*acts.TIMELINE, *VIEWS)

    def __init__(self, case: Case, select: Ref | None = None) -> None:
        super().__init__(case)
        self._select = select or case.selected
        self.entries = Entries(case.workspace.record, case.opened, case.narrowed)
        self.rows = Rows(self.entries)
        self.rows.moved = self._moved
        self.rows.chosen = lambda: self.akson.run_act(self, self.open_selected())
        self.text = Scroll(self._write, id="text")
        self.text.moved = self._text_moved
        self.split = Widget(self.rows, self.text)
        self.split.styles.height = "1fr"
        self.sought = Field(_("Søk i journalen"), _("ord eller deler av ord"))
        self.sought.display = False
        self.reading = False
        self._open = False
        self._opened: detail.Opened | None = None
        self._fresh: Freshness | None = None
        self._arrived = 0
        self._asked = False
        """Whether F5 was pressed and its answer is still to come: then it is shown when it comes."""
        self._rest: Timer | None = None

    # -- what is shown ------------------------------------------------------------------------------------------------

    def view(self) -> ComposeResult:
        self._divide()
        yield self.sought
        yield self.split

    def attention(self) -> Widget:
        return self.rows

    def commands_now(self) -> tuple[Command, ...]:
        return acts.SEEKING if self.sought.display else self.commands()

    @property
    def moves(self) -> Movable:
        return self.text if self.reading else self.rows

    async def prepare(self, app: AksonApp) -> None:
        desk = app.workspace.record
        self._fresh = await desk.fetched(self.case.opened)
        await self.entries.first(height=app.size.height)
        at = await self.entries.position(self._select) if self._select is not None else None
        if at is None:
            self.rows.cursor = self.entries.first_until(app.workspace.now(), max(app.size.height - 6, 1))
        elif at:
            await self.entries.first(at, app.size.height)
            self.rows.cursor = at
            page = max(app.size.height - 5, 1)
            self.rows.top = 0 if at < page else max(0, at - page // 2)
        if self._wide(app):
            await self._read_text()

    def put(self) -> None:
        self.rows.empty = [self._none()]
        self.rows.redraw()
        self.text.redraw()
        super().put()

    def on_resize(self, event: Resize) -> None:
        self._divide()
        super().on_resize(event)

    def _wide(self, app: AksonApp | None = None) -> bool:
        return (app or self.akson).size.width >= WIDE

    def _divide(self) -> None:
        """Beside each other where there is room, else the text below the list when it was opened."""
        wide = self._wide()
        self.split.styles.layout = "horizontal" if wide else "vertical"
        self.text.display = wide or self._open
        self.rows.display = wide or not self.reading
        self.rows.styles.width = "1fr"
        self.text.styles.width = "1fr"
        self.text.styles.padding = (0, 0, 0, 2) if wide else (1, 0, 0, 0)
        self.rows.styles.height = "100%" if wide else "2fr"
        self.text.styles.height = "100%" if wide else "3fr"

    def headed(self) -> Content:
        assert self._fresh is not None
        parts = [text.line(_(self.TITLE_TEXT), "heading")]
        if self._arrived:
            said = n_("{n} ny, F5 viser", "{n} nye, F5 viser", self._arrived).format(n=self._arrived)
            parts.append(text.line(said, "new"))
        count = self.entries.count
        parts.append(text.line(n_("{n} oppføring", "{n} oppføringer", count).format(n=count)))
        narrowed = in_words(self.entries.narrowed)
        if narrowed:
            parts.append(text.line(_("filter: {what}").format(what=narrowed), "warning"))
        parts += [held.age(self._fresh.entries, self.akson.workspace.now()), held.reach(self._fresh.entries)]
        if self.text.display and self.text.rest:
            more = n_("{n} tekstlinje til (Enter)", "{n} tekstlinjer til (Enter)", self.text.rest)
            parts.append(text.line(more.format(n=self.text.rest)))
        return text.join(parts)

    def _none(self) -> Content:
        assert self._fresh is not None
        if self.entries.narrowed != EVERYTHING:
            return text.line(_("Ingen oppføringer passer til filteret."))
        return text.join([text.line(_("Oppføringer:")), held.empty(held.shelf(self._fresh.entries), _("ingen"))], " ")

    # -- staying up to date -------------------------------------------------------------------------------------------

    async def reread(self) -> None:
        await super().reread()
        self._fresh = await self.akson.workspace.record.fetched(self.case.opened)
        if self._asked and self._fresh.entries.status is not FetchStatus.FETCHING:
            self._asked = False
            await self._show_new()
            return
        fresh = Entries(self.akson.workspace.record, self.case.opened, self.entries.narrowed)
        first, last = self.rows.top, self.rows.top + self.rows.page
        await fresh.first(first, self.rows.page)
        if stands_still(self.entries, fresh, first, last):
            self._take(fresh)
        else:
            await self._stay(first)
        self.put()

    async def _stay(self, first: int) -> None:
        """Bring the rows up to date as of the moment at which they were read, and count what waits to be shown."""
        chosen = self.selected_row
        same = Entries(self.akson.workspace.record, self.case.opened, self.entries.narrowed, self.entries.snapshot)
        await same.first(first, self.rows.page)
        self._take(same)
        self._arrived = await same.arrived()
        at = await same.position(chosen.entry.ref) if chosen is not None else None
        if at is not None and at != self.rows.cursor:
            # Rows above were taken away (an act taken back): the mark stays with its entry.
            self.rows.top = max(0, self.rows.top + at - self.rows.cursor)
            self.rows.cursor = at

    def _take(self, entries: Entries) -> None:
        self.entries = self.rows.source = entries
        self._arrived = 0

    async def fetch(self) -> None:
        """Show what has come, with the selected entry still selected; and ask for what may have changed since."""
        await self.case.reread()
        await self._show_new()
        self._asked = True
        self.akson.workspace.record.refresh(self.case.opened, fresh=True)

    async def _show_new(self) -> None:
        chosen = self.selected_row
        await self.narrow(self.entries.narrowed, chosen.entry.ref if chosen is not None else None)

    async def narrow(self, narrowed: TimelineFilter, select: Ref | None = None) -> None:
        """Show what fits `narrowed`, from the newest on or with `select` selected."""
        fresh = Entries(self.akson.workspace.record, self.case.opened, narrowed)
        await fresh.first(height=self.rows.page)
        at = (await fresh.position(select) if select is not None else None) or 0
        if at:
            await fresh.first(at, self.rows.page)
        self._take(fresh)
        self.case.narrowed = narrowed
        self._fresh = await self.akson.workspace.record.fetched(self.case.opened)
        self.rows.cursor = at
        self.rows.top = 0 if at < self.rows.page else max(0, at - self.rows.page // 2)
        if self.text.display:
            await self._read_text()
        self.put()

    # -- the selected entry -------------------------------------------------------------------------------------------

    @property
    def selected_row(self) -> TimelineRow | None:
        """The selected entry, None where there is none."""
        at = self.rows.selected
        return self.entries.row(at) if at is not None else None

    def _text_moved(self) -> None:
        if self.is_attached and self._fresh is not None:
            self.draw_heading()

    def _moved(self) -> None:
        row = self.selected_row
        self.case.selected = row.entry.ref if row is not None else None
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if self.text.display:
            self._rest = self.set_timer(RESTED, self._rested)

    async def _rested(self) -> None:
        self._rest = None
        await self._show_text()

    async def _show_text(self) -> None:
        await self._read_text()
        self.text.home()
        self.text.redraw()

    async def _read_text(self) -> None:
        row = self.selected_row
        self._opened = await acts.opened(self.case, row.entry.ref) if row is not None else None

    def _write(self, width: int, height: int) -> list[Content]:
        if self._opened is None:
            return []
        return detail.lines(self._opened, width)

    async def open_selected(self) -> None:
        """The entry's text; where it is shown already, read it with the keys of moving about."""
        row = self.selected_row
        if row is None:
            return
        if not self.text.display or not self._shows(row):
            self._open = True
            self._divide()
            await self._show_text()
        elif not self.reading:
            self._read(True)

    def _shows(self, row: TimelineRow) -> bool:
        return self._opened is not None and self._opened.detail.entry.ref.bare() == row.entry.ref.bare()

    def _read(self, reading: bool) -> None:
        self.reading = reading
        self._divide()
        self.set_focus(self.text if reading else self.rows, scroll_visible=False)

    async def back(self) -> None:
        """Out of the field, the text, the list, in this order."""
        if self.sought.display:
            self._end_seeking()
        elif self.reading:
            self._read(False)
        elif self._open and not self._wide():
            self._open = False
            self._divide()
            self.draw_heading()
        else:
            await self.akson.go_back()

    # -- narrowing ----------------------------------------------------------------------------------------------------

    async def choose_filter(self) -> None:
        """By kind, service, author, period."""
        facets = await self.akson.workspace.record.facets(self.case.opened)
        await self.akson.show(places.kind("filter")(facets, self.entries.narrowed, self.narrow))  # type: ignore[call-arg]

    async def seek(self) -> None:
        """A field for words, in the heading's place."""
        self.sought.value = self.entries.narrowed.text
        self.heading.display = False
        self.sought.display = True
        self.set_focus(self.sought.input, scroll_visible=False)

    async def seek_now(self) -> None:
        """Enter in the field: show what has the words."""
        self._end_seeking()
        await self.narrow(replace(self.entries.narrowed, text=self.sought.value.strip()))

    def _end_seeking(self) -> None:
        self.sought.display = False
        self.heading.display = True
        self.set_focus(self.rows, scroll_visible=False)

    async def show_all(self) -> None:
        """Take every filter away; the selected entry stays selected."""
        row = self.selected_row
        await self.narrow(EVERYTHING, row.entry.ref if row is not None else None)

    # -- writing: see `acts` ------------------------------------------------------------------------------------------

    async def add(self) -> None:
        """A dated addition to the selected note."""
        await acts.add(self)

    async def correct(self) -> None:
        """A new version of the selected note."""
        await acts.correct(self)

    async def wrong_patient(self) -> None:
        """The selected note was written about somebody else."""
        await acts.wrong_patient(self)
