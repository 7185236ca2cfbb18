"""A list with headings and with rows of several lines: the mark stands on the first line of a row, never in between.

The easy mistake is to leave a row's last line or a list's first heading out of sight: what belongs to the marked row is
shown with it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass

from textual.content import Content

from akson_tui.screens import text
from akson_tui.screens.parts.rows import Fixed, Rows


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines; `key` names a row that can be marked, None a heading."""

    lines: tuple[Content, ...]
    key: object = None


class Stops(Rows):
    """`show_blocks` gives it its lines; `marked` is the key of the marked row."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(Fixed(), id=id)
        self.first: object = None
        """The key of the row that is marked when the list is first shown; None for the first one."""
        self._keys: list[object] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    @property
    def marked(self) -> object:
        """The key of the marked row, None where there are no rows."""
        at = self._index(self.cursor)
        return self._keys[at] if at is not None else None

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show `blocks`; the row that was marked stays so, and on its line of the screen as far as it can."""
        mark = self.first if self.marked is None else self.marked
        offset = self.cursor - self.top
        lines: list[Content] = []
        self._keys, self._starts, self._ends = [], [], []
        for block in blocks:
            if block.key is not None:
                self._keys.append(block.key)
                self._starts.append(len(lines))
                self._ends.append(len(lines) + len(block.lines) - 1)
            lines += block.lines
        shown = tuple(lines)
        self.source = Fixed(shown, lambda index, width: text.cut(shown[index], width))
        held = mark in self._keys
        self.cursor = self._starts[self._keys.index(mark)] if held else self._starts[0] if self._starts else 0
        self.top = max(0, min(self.cursor - offset, len(shown) - self.page)) if held and self.size else 0
        if self.size:
            self.top = self._top_for(self.cursor)
        self.redraw()

    def step(self, by: int) -> Awaitable[None] | None:
        """One row on or back; a list without rows scrolls by a line."""
        at = self._index(self.cursor)
        if at is None:
            return None
        return self.at(self._starts[max(0, min(at + by, len(self._starts) - 1))])

    def leaf(self, by: int) -> Awaitable[None] | None:
        """A page on or back, and always at least one row."""
        before = self.cursor
        waiting = super().leaf(by)
        return self.step(by) if waiting is None and self.cursor == before else waiting

    def at(self, cursor: int, top: int | None = None) -> Awaitable[None] | None:
        """See `Rows.at`: the mark comes to the row that line `cursor` belongs to, or the next one."""
        at = self._index(cursor)
        if at is None:
            return None
        line = self._starts[at]
        if top is not None and not top <= line < top + self.page:
            top = None
        return super().at(line, top)

    def _index(self, line: int) -> int | None:
        """Which row a line belongs to; a heading belongs to the row below it, what stands behind all to the last."""
        if not self._starts:
            return None
        at = bisect_right(self._starts, line) - 1
        if at >= 0 and line <= self._ends[at]:
            return at
        return min(bisect_left(self._starts, line), len(self._starts) - 1)

    def _top_for(self, cursor: int) -> int:
        at = self._index(cursor)
        if at == 0 and self._ends[0] < self.page:
            return 0  # with the headings above the first row
        top = super()._top_for(cursor)
        last = self._ends[at] if at is not None else cursor
        if at is not None and at == len(self._starts) - 1:
            last = self.source.count - 1  # with what stands below the last row
        return max(top, min(last - self.page + 1, cursor))
