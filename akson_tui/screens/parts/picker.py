"""A question with a list of answers: Enter takes one, Esc takes none.

The easy mistake is to wait for the answer in the act that asks; the answer is given to `then` instead.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from akson_tui.i18n import later
from akson_tui.screens import text
from akson_tui.screens.command import Command
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.parts.rows import Fixed, Rows
from akson_tui.screens.place import Movable, Place


class Picker(Place):
    """`choices` under the heading `title`; `then` gets the number of the one that was taken."""

    called = "choice"
    TITLE_TEXT = later("Valg")
    ALONE = True
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("choice.take", ("enter",), later("Velg"), "take", later("velg"), palette=False),
    )

    def __init__(self, title: str, choices: Sequence[str], then: Callable[[int], Awaitable[None]], at: int = 0) -> None:
        super().__init__()
        self.head = Paper([text.line(title, "heading")])
        self.rows = Rows(Fixed(tuple(choices), self._row))
        self.rows.cursor = at
        self.rows.chosen = lambda: self.akson.run_act(self, self.take())
        self._choices = tuple(choices)
        self._then = then

    def body(self) -> ComposeResult:
        self.head.styles.height = 2
        yield self.head
        yield self.rows

    def attention(self) -> Widget:
        return self.rows

    @property
    def moves(self) -> Movable:
        return self.rows

    async def take(self) -> None:
        """The selected choice is the answer."""
        at = self.rows.selected
        if at is not None:
            await self.akson.go_back()
            await self._then(at)

    def _row(self, index: int, width: int) -> Content:
        return text.cut(text.line(self._choices[index]), width)
