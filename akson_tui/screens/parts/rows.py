"""A list of any length: only what is visible is built, and the terminal's own cursor is the mark of the selected row.

The easy mistake is to repaint a row because it was selected: a step within the page moves the cursor and paints
nothing. Where the list must scroll it jumps half a page, so that the steps after it are free again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize

from akson_tui.screens import text
from akson_tui.screens.parts.paper import Paper


class Source(Protocol):
    """What a list shows."""

    @property
    def count(self) -> int:
        """How many rows there are."""

    def line(self, index: int, width: int, top: bool) -> Content:
        """Row `index` in `width` columns; `top` where it stands first on the page."""

    def load(self, first: int, last: int) -> Awaitable[None] | None:
        """See to it that rows `first` … `last` (excluded) can be asked for; None where they can already."""


class Fixed:
    """A source whose rows all lie in memory: `draw` makes a line of an item."""

    def __init__(self, items: tuple[object, ...] = (), draw: Callable[[int, int], Content] | None = None) -> None:
        self.items = items
        self._draw = draw

    @property
    def count(self) -> int:
        return len(self.items)

    def line(self, index: int, width: int, top: bool) -> Content:
        return self._draw(index, width) if self._draw is not None else text.EMPTY

    def load(self, first: int, last: int) -> Awaitable[None] | None:
        return None


class Rows(Paper):
    """The list. `cursor` is the selected row, `top` the first one that is visible; `moved` is told of either.

    `empty` is shown where there are no rows.
    """

    DEFAULT_CSS = "Rows { height: 1fr; }"

    def __init__(self, source: Source, *, id: str | None = None) -> None:
        super().__init__(id=id, focusable=True)
        self.source = source
        self.cursor = 0
        self.top = 0
        self.empty: list[Content] = []
        self.moved: Callable[[], None] | None = None
        self.chosen: Callable[[], None] | None = None

    @property
    def page(self) -> int:
        """Rows that fit."""
        return max(self.size.height, 1)

    @property
    def selected(self) -> int | None:
        """The selected row, None where there are none."""
        return self.cursor if self.cursor < self.source.count else None

    def redraw(self) -> None:
        """Build the visible rows anew from the source; those that look the same are not painted."""
        count = self.source.count
        self.cursor = max(0, min(self.cursor, count - 1))
        self.top = max(0, min(self.top, count - 1))
        if not self.size:
            return
        last = min(self.top + self.page, count)
        width = self.size.width
        self.show([self.source.line(row, width, row == self.top) for row in range(self.top, last)] or self.empty)
        self.point(0, self.cursor - self.top if count else 0)

    def at(self, cursor: int, top: int | None = None) -> Awaitable[None] | None:
        """Select row `cursor`, with row `top` first on the page or wherever it needs the least painting.

        What is returned must be awaited before the move is seen; None where it is seen at once.
        """
        count = self.source.count
        cursor = max(0, min(cursor, count - 1))
        target = self._top_for(cursor) if top is None else max(0, min(top, max(count - self.page, 0), cursor))
        waiting = self.source.load(target, min(target + self.page, count))
        if waiting is None:
            self._settle(cursor, target)
            return None
        return self._after(waiting, cursor, target)

    def step(self, by: int) -> Awaitable[None] | None:
        """One row on or back."""
        return self.at(self.cursor + by)

    def leaf(self, by: int) -> Awaitable[None] | None:
        """A page on or back; one row stays in sight, and the mark stays where it stands."""
        count, move = self.source.count, by * max(self.page - 1, 1)
        top = max(0, min(self.top + move, count - self.page))
        if top == self.top:
            return self.at(count - 1 if by > 0 else 0)
        return self.at(top + self.cursor - self.top, top)

    def home(self) -> Awaitable[None] | None:
        """To the first row."""
        return self.at(0)

    def end(self) -> Awaitable[None] | None:
        """To the last row."""
        return self.at(self.source.count - 1)

    def _top_for(self, cursor: int) -> int:
        if self.top <= cursor < self.top + self.page:
            return self.top
        last = max(self.source.count - self.page, 0)
        near = abs(cursor - self.top) <= self.page + self.page // 2
        if cursor < self.top:
            top = cursor - self.page // 2 if near else cursor
        else:
            top = cursor - self.page // 2 if near else cursor - self.page + 1
        return max(0, min(top, last))

    async def _after(self, waiting: Awaitable[None], cursor: int, top: int) -> None:
        await waiting
        self._settle(cursor, top)

    def _settle(self, cursor: int, top: int) -> None:
        changed = (cursor, top) != (self.cursor, self.top)
        scrolled = top != self.top
        self.cursor, self.top = cursor, top
        if scrolled:
            self.redraw()
        else:
            self.point(0, cursor - top)
        if changed and self.moved is not None:
            self.moved()

    def on_resize(self, event: Resize) -> None:
        """Another size: the selected row stays in sight."""
        if self.source.count:
            top = max(0, min(self.top, self.source.count - self.page))
            if not top <= self.cursor < top + self.page:
                top = max(0, self.cursor - self.page // 2)
            self.top = top
            waiting = self.source.load(top, min(top + self.page, self.source.count))
            if waiting is not None:
                self.run_worker(self._reload(waiting), exit_on_error=True)
                return
        self.redraw()

    async def _reload(self, waiting: Awaitable[None]) -> None:
        await waiting
        self.redraw()

    def on_click(self, event: Click) -> None:
        """With a mouse: a click selects, a click on the selected row opens."""
        row = self.top + event.y
        if row >= self.source.count:
            return
        if row == self.cursor and self.chosen is not None:
            self.chosen()
        else:
            self.at(row)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel moves the mark: the list has no other place to be."""
        self._turn(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """See `on_mouse_scroll_down`."""
        self._turn(-3)

    def _turn(self, by: int) -> None:
        waiting = self.step(by)
        if waiting is not None:
            self.run_worker(_wait(waiting), exit_on_error=True)


async def _wait(waiting: Awaitable[None]) -> None:
    await waiting
