"""Every command of the place one came from, found by its words.

The easy mistake is a palette with commands of its own: it only runs those that the place has.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from akson_tui.i18n import _, later
from akson_tui.screens import text
from akson_tui.screens.command import Command, shown
from akson_tui.screens.parts.field import Field
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.parts.rows import Fixed, Rows
from akson_tui.screens.place import Movable, Place


class Palette(Place):
    """`place` is whose commands these are."""

    called = "palette"
    TITLE_TEXT = later("Kommandoer")
    MOVABLE = False
    ALONE = True
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("palette.run", ("enter",), later("Gjør det"), "run_selected", later("gjør det"), palette=False),
        Command("palette.down", ("down",), later("Ned"), "move_down", palette=False),
        Command("palette.up", ("up",), later("Opp"), "move_up", palette=False),
        Command("palette.page_down", ("pagedown",), later("En side ned"), "move_page_down", palette=False),
        Command("palette.page_up", ("pageup",), later("En side opp"), "move_page_up", palette=False),
    )

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place
        self._all = _once(place.commands_now() if place.MOVABLE else (*place.commands_now(), *place.commands()))
        self._found = self._all
        self.field = Field(_("Kommando"), _("skriv noe av det du vil gjøre"))
        self.gap = Paper()
        self.rows = Rows(Fixed(self._found, self._row))
        self.rows.can_focus = False
        self.rows.empty = [text.line(_("Ingen kommando passer."))]

    def body(self) -> ComposeResult:
        yield self.field
        yield self.gap
        yield self.rows

    def attention(self) -> Widget:
        return self.field.input

    @property
    def moves(self) -> Movable:
        return self.rows

    def put(self) -> None:
        self.rows.redraw()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow to commands that have all the words."""
        event.stop()
        sought = event.value.casefold().split()
        self._found = tuple(c for c in self._all if all(word in _(c.title).casefold() for word in sought))
        self.rows.source = Fixed(self._found, self._row)
        self.rows.cursor = self.rows.top = 0
        self.rows.redraw()

    def _row(self, index: int, width: int) -> Content:
        command = self._found[index]
        mark = text.line(">" if index == self.rows.cursor else "", "chosen")
        keys = text.line(", ".join(shown(key) for key in command.keys), "key")
        return text.cells((mark, 1), (text.line(_(command.title)), width - 22), (keys, 18))

    def move_down(self) -> None:
        super().move_down()
        self.rows.redraw()

    def move_up(self) -> None:
        super().move_up()
        self.rows.redraw()

    async def run_selected(self) -> None:
        """Leave, and do it where one was."""
        at = self.rows.selected
        if at is None:
            return
        command = self._found[at]
        await self.akson.go_back()
        self.akson.do(self._place, command)


def _once(commands: tuple[Command, ...]) -> tuple[Command, ...]:
    found: dict[str, Command] = {}
    for command in commands:
        if command.palette:
            found.setdefault(command.name, command)
    return tuple(found.values())
