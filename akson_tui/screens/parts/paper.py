"""Lines of text on the screen: a widget that paints `Content` line by line and repaints only lines that changed.

The easy mistake is a widget a line: mounting, styling and laying it out costs a hundred times the painting.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widget import Widget

from akson_tui.screens import text

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp


class Paper(Widget):
    """Shows `lines` from its top on; `goal` is where in it the terminal's cursor stands while it has the focus."""

    DEFAULT_CSS = "Paper { height: 1; }"
    ALLOW_SELECT = False

    def __init__(self, lines: Sequence[Content] = (), *, id: str | None = None, focusable: bool = False) -> None:
        super().__init__(id=id)
        self._lines: list[Content] = list(lines)
        self.can_focus = focusable
        self.goal: tuple[int, int] | None = (0, 0) if focusable else None

    @property
    def lines(self) -> list[Content]:
        """What is shown, from the top of the widget on."""
        return self._lines

    def show(self, lines: Sequence[Content]) -> None:
        """Show `lines`; only those that differ are painted again."""
        before, self._lines = self._lines, list(lines)
        if not self.is_attached or not self.size:
            return
        changed = [y for y in range(max(len(before), len(lines))) if not _same(_at(before, y), _at(lines, y))]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed if y < self.size.height))

    def repaint_all(self) -> None:
        """Paint every line again (another theme)."""
        self.refresh()

    @property
    def terminal_cursor(self) -> Offset | None:
        """Where the terminal's cursor stands, on the screen."""
        if self.goal is None:
            return None
        x, y = self.goal
        region = self.content_region
        return Offset(min(region.x + x, region.right - 1), min(region.y + y, region.bottom - 1))

    def point(self, x: int, y: int) -> None:
        """Let the terminal's cursor stand at column `x` of line `y` of this widget: no line is painted for it."""
        if (x, y) != self.goal:
            self.goal = (x, y)
            cast("AksonApp", self.app).cursor_moved()

    def render_line(self, y: int) -> Strip:
        """Line `y` as painted, cut to the widget's width."""
        content = _at(self._lines, y)
        width = self.size.width
        base = self.visual_style
        ink = cast("AksonApp", self.app).ink
        segments = [Segment(text, style.rich_style) for text, style in content.render(base, end="", parse_style=ink)]
        return Strip(segments).adjust_cell_length(width, base.rich_style)


def _at(lines: Sequence[Content], y: int) -> Content:
    return lines[y] if 0 <= y < len(lines) else text.EMPTY


def _same(one: Content, other: Content) -> bool:
    return one is other or one.is_same(other)
