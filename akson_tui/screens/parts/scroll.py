"""Text longer than its place: read page by page, the terminal's cursor at the first line that was not seen before.

The easy mistake is to wrap the text at each page: it is wrapped once for a width, by the place that made it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.events import Resize

from akson_tui.screens.parts.paper import Paper


class Scroll(Paper):
    """`write(width, height)` makes the lines; called again for another size."""

    DEFAULT_CSS = "Scroll { height: 1fr; }"

    def __init__(
        self, write: Callable[[int, int], Sequence[Content]], *, id: str | None = None, focusable: bool = True
    ) -> None:
        super().__init__(id=id, focusable=focusable)
        self._write = write
        self._text: list[Content] = []
        self.top = 0
        self.moved: Callable[[], None] | None = None

    @property
    def rest(self) -> int:
        """Lines that stand below what is visible."""
        return max(len(self._text) - self.top - self.size.height, 0)

    def redraw(self) -> None:
        """Write the text anew and show it from where one was."""
        if self.size:
            self._text = list(self._write(self.size.width, self.size.height))
            self._move(self.top)

    def step(self, by: int) -> None:
        """Some lines on or back: a third of a page, since each line that is painted costs."""
        self._move(self.top + by * max(self.size.height // 3, 1))

    def leaf(self, by: int) -> None:
        """A page on or back."""
        self._move(self.top + by * max(self.size.height - 1, 1))

    def home(self) -> None:
        """To the first line."""
        self._move(0)

    def end(self) -> None:
        """To the last page."""
        self._move(len(self._text))

    def _move(self, top: int) -> None:
        self.top = max(0, min(top, len(self._text) - self.size.height))
        self.show(self._text[self.top : self.top + self.size.height])
        if self.moved is not None:
            self.moved()

    def on_resize(self, event: Resize) -> None:
        """Another width wraps otherwise."""
        self.redraw()
