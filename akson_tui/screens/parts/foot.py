"""The bottom line, the same on every screen: which journal, the state of the line in words, and a few keys.

The easy mistake is to put the state of the line anywhere else too: it has one place.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.events import Resize

from akson_tui.screens import text
from akson_tui.screens.command import Command, hints
from akson_tui.screens.parts.paper import Paper


class Foot(Paper):
    """One line at the bottom."""

    def __init__(self) -> None:
        super().__init__()
        self._said = ""
        self._told = ""
        self._hints: list[tuple[str, str]] = []

    def draw(self, said: str, told: str, commands: Iterable[Command]) -> None:
        """`said` is the journal and its line; `told` (an answer to the last command) stands in the hints' place."""
        self._said, self._told, self._hints = said, told, hints(commands)
        self._draw()

    def _draw(self) -> None:
        width = self.size.width or self.app.size.width
        left = text.line(self._said)
        if self._told:
            right = text.line(self._told, "warning")
            if right.cell_length + 2 > width // 2:
                left = text.cut(left, max(width - right.cell_length - 2, width // 4))
            self.show([text.ends(left, text.cut(right, width - left.cell_length - 2), width)])
            return
        shown = [text.line(f"{key} {word}", "key") for key, word in self._hints]
        # The last one is help: where not all have room, it is the one that stays.
        while len(shown) > 1 and left.cell_length + text.join(shown).cell_length + 3 > width:
            del shown[-2]
        self.show([text.ends(left, text.join(shown), width)])

    def on_resize(self, event: Resize) -> None:
        """Another width has room for other hints."""
        self._draw()
