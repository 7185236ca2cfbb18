"""Locked: nothing of what stood on the screen is seen until the passphrase is given.

The easy mistake is a key that still acts below the lock: none of the commands of every place act here but leaving.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget

from akson_tui.i18n import _, later
from akson_tui.screens import text
from akson_tui.screens.command import Command
from akson_tui.screens.parts.field import Field
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.place import Place


class Lock(Place):
    """One field. Where no passphrase guards the store, Enter opens, and it is said."""

    called = "lock"
    TITLE_TEXT = later("Låst")
    MOVABLE = False
    ALONE = True
    BACK = None
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("lock.open", ("enter",), later("Lås opp"), "open_up", later("lås opp"), palette=False),
    )

    def __init__(self) -> None:
        super().__init__()
        self.head = Paper()
        self.field = Field(_("Passfrase"), password=True)

    def body(self) -> ComposeResult:
        self.head.styles.height = 2
        yield self.head
        yield self.field

    def attention(self) -> Widget:
        return self.field.input

    def put(self) -> None:
        self._say(
            _("Skriv passfrasen for å låse opp.")
            if self.akson.unlock
            else _("Lageret har ingen passfrase: Enter åpner.")
        )

    def _say(self, said: str) -> None:
        self.head.show([text.line(_(self.TITLE_TEXT), "heading"), text.line(said)])

    async def open_up(self) -> None:
        """Check, and uncover what stood there."""
        given, self.field.value = self.field.value, ""
        if self.akson.unlock is not None and not await self.akson.unlock(given):
            self._say(_("Det var ikke passfrasen. Prøv igjen."))
            return
        await self.akson.go_back()
