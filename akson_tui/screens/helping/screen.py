"""The keys of the place one came from, made from its commands.

The easy mistake is a list written by hand: it would be wrong after the next change.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from akson_tui.i18n import _, later
from akson_tui.screens import text
from akson_tui.screens.command import Command, shown
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.parts.rows import Fixed, Rows
from akson_tui.screens.place import Movable, Place


class Help(Place):
    """`place` is what the keys are of."""

    called = "help"
    TITLE_TEXT = later("Taster")
    ALONE = True
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("help.close", ("?", "f1", "enter"), later("Lukk"), "back", later("lukk"), palette=False),
    )

    def __init__(self, place: Place) -> None:
        super().__init__()
        title = _("Taster: {place}").format(place=_(place.TITLE_TEXT))
        self.head = Paper([text.line(title, "heading")])
        self._commands = tuple(command for command in place.commands_now() if command.keys)
        self.rows = Rows(Fixed(self._commands, self._row))

    def body(self) -> ComposeResult:
        self.head.styles.height = 2
        yield self.head
        yield self.rows

    def attention(self) -> Widget:
        return self.rows

    @property
    def moves(self) -> Movable:
        return self.rows

    def put(self) -> None:
        self.rows.redraw()

    def _row(self, index: int, width: int) -> Content:
        command = self._commands[index]
        keys = text.line(", ".join(shown(key) for key in command.keys), "key")
        return text.cells((keys, 18), (text.line(_(command.title)), width - 19))
