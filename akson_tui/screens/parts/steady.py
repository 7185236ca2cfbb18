"""A patient's view that is read as a whole: rows, and on Enter a panel below them that tells more of the marked one.

The easy mistake is to take what came because it is newer: the row that Enter opens would be another one. What comes
while one looks is announced, and F5 shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from akson_tui.i18n import n_
from akson_tui.model.held import NEVER, Fetched, FetchStatus
from akson_tui.model.ref import Ref
from akson_tui.screens import text
from akson_tui.screens.case import Case
from akson_tui.screens.parts import held
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.parts.stops import Block, Stops
from akson_tui.screens.patient_place import PatientPlace
from akson_tui.screens.place import Movable

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp

T = TypeVar("T")
RESTED = 0.5
"""Seconds that the mark rests on another row before the panel follows."""
PANEL_AT_MOST = 16


class SteadyView(PatientPlace, Generic[T]):
    """`shown` is what stands on the screen; `fetched` how fresh what is held is, shown or not."""

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.rows = Stops()
        self.rows.moved = self._moved
        self.rows.chosen = lambda: self.akson.run_act(self, self.open_marked())
        self.panel = Paper(id="panel")
        self.panel.display = False
        self.shown: T | None = None
        self.fetched: Fetched = NEVER
        self._opened: object = None
        """The key of the row that the panel tells of."""
        self._arrived = 0
        self._asked = False
        self._rest: Timer | None = None

    # -- what a view says of itself -----------------------------------------------------------------------------------

    async def read(self, app: AksonApp) -> tuple[T, Fetched]:
        """Read all of it anew."""
        raise NotImplementedError

    def changed(self, before: T, after: T) -> int:
        """How many rows or values `after` would move or add; 0 where it can take the place of `before` unseen."""
        raise NotImplementedError

    def blocks(self, width: int) -> Sequence[Block]:
        """The rows."""
        raise NotImplementedError

    def none(self) -> Content:
        """What stands there where there are no rows."""
        raise NotImplementedError

    async def look(self, key: object) -> None:
        """Read what the panel tells of a row."""

    def told(self, key: object, width: int, height: int) -> Sequence[Content]:
        """The panel's lines, at most `height`."""
        raise NotImplementedError

    def entry(self, key: object) -> Ref | None:
        """The entry in the timeline that a row comes from."""
        raise NotImplementedError

    # -- what is shown ------------------------------------------------------------------------------------------------

    def view(self) -> ComposeResult:
        yield self.rows
        yield self.panel

    def attention(self) -> Widget:
        return self.rows

    @property
    def moves(self) -> Movable:
        return self.rows

    async def prepare(self, app: AksonApp) -> None:
        self.shown, self.fetched = await self.read(app)

    def put(self) -> None:
        super().put()
        width = self.app.size.width
        self.rows.empty = [self.none()]
        self.rows.show_blocks(self.blocks(width))
        self.draw_panel()

    def draw_panel(self) -> None:
        """Put what the panel tells on the screen."""
        self.panel.display = self._opened is not None
        if self._opened is not None:
            height = max(min(self.app.size.height // 2 - 1, PANEL_AT_MOST), 3)
            lines = [text.EMPTY, *self.told(self._opened, self.app.size.width, height - 1)]
            self.panel.styles.height = len(lines)
            self.panel.show(lines)

    def news(self) -> Content:
        """3 nye, F5 viser; empty where nothing waits."""
        if not self._arrived:
            return text.EMPTY
        said = n_("{n} ny, F5 viser", "{n} nye, F5 viser", self._arrived).format(n=self._arrived)
        return text.line(said, "new")

    def aged(self) -> list[Content]:
        """How old it is and how far back it reaches."""
        return [held.age(self.fetched, self.akson.workspace.now()), held.reach(self.fetched)]

    # -- staying up to date -------------------------------------------------------------------------------------------

    async def reread(self) -> None:
        await super().reread()
        fresh, self.fetched = await self.read(self.akson)
        assert self.shown is not None
        answered = self._asked and self.fetched.status is not FetchStatus.FETCHING
        self._arrived = 0 if answered else self.changed(self.shown, fresh)
        if answered:
            self._asked = False
        if not self._arrived:
            await self._take(fresh)
        self.put()

    async def fetch(self) -> None:
        """Show what has come, and ask for what may have changed since: that is shown when it comes."""
        await self.case.reread()
        fresh, self.fetched = await self.read(self.akson)
        self._arrived = 0
        await self._take(fresh)
        self.put()
        self._asked = True
        self.akson.workspace.record.refresh(self.case.opened, fresh=True)

    async def _take(self, fresh: T) -> None:
        self.shown = fresh
        if self._opened is not None:
            await self.look(self._opened)

    # -- the marked row -----------------------------------------------------------------------------------------------

    async def open_marked(self) -> None:
        """Tell more of the marked row; where that is told already, show it in the timeline."""
        key = self.rows.marked
        if key is None:
            return
        if self._opened != key:
            await self._open(key)
            return
        ref = self.entry(key)
        if ref is not None:
            await self.akson.view("timeline", self.case, ref)

    async def _open(self, key: object) -> None:
        await self.look(key)
        self._opened = key
        self.draw_panel()

    def _moved(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if self._opened is not None:
            self._rest = self.set_timer(RESTED, self._rested)

    async def _rested(self) -> None:
        self._rest = None
        key = self.rows.marked
        if self._opened is not None and key is not None:
            await self._open(key)

    async def back(self) -> None:
        """Close the panel first, then leave."""
        if self._opened is None:
            await self.akson.go_back()
            return
        self._opened = None
        self.draw_panel()
