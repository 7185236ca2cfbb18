"""Who signs, where nobody was named at start: name and HPR number, kept for this session.

The easy mistake is to take any text for a number: an HPR number has digits only, at most nine.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.app import ComposeResult
from textual.widget import Widget

from akson_tui.i18n import _
from akson_tui.screens import text
from akson_tui.screens.parts.field import Field
from akson_tui.screens.parts.paper import Paper

DIGITS_AT_MOST = 9


class AuthorFields(Widget):
    """Two fields; `then` gets what stands in them."""

    DEFAULT_CSS = "AuthorFields { height: auto; layout: vertical; }"

    def __init__(self, then: Callable[[str, str], Awaitable[None]]) -> None:
        super().__init__()
        self.told = Paper([text.line(_("Ingen bruker er oppgitt. Hvem signerer?"), "warning")])
        self.name_field = Field(_("Navn"), _("fornavn og etternavn"))
        self.number_field = Field(_("HPR-nummer"))
        self._then = then

    def compose(self) -> ComposeResult:
        yield self.told
        yield self.name_field
        yield self.number_field

    def next_field(self) -> None:
        """To the other field."""
        other = self.number_field if self.name_field.input.has_focus else self.name_field
        self.screen.set_focus(other.input, scroll_visible=False)

    async def done(self) -> None:
        """Enter: to the field that lacks something, else done."""
        name, number = self.name_field.value.strip(), self.number_field.value.replace(" ", "")
        if not name:
            self._say(_("Navnet mangler"), self.name_field)
        elif not number and self.name_field.input.has_focus:
            self.next_field()
        elif not (number.isascii() and number.isdigit() and len(number) <= DIGITS_AT_MOST):
            self._say(_("HPR-nummeret har bare sifre, høyst ni"), self.number_field)
        else:
            await self._then(name, number)

    def _say(self, said: str, field: Field) -> None:
        self.told.show([text.line(said, "warning")])
        self.screen.set_focus(field.input, scroll_visible=False)
