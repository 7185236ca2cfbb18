"""The field for words in the timeline. Enter seeks; Esc leaves the field (the timeline sees to it)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, cast

from akson_tui.i18n import _
from akson_tui.screens.place import Place
from akson_tui.terminal.driver import LightInput

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp


class Sought(LightInput):
    """`then` gets the words."""

    def __init__(self, then: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(placeholder=_("Søk i journalen: ord, eller deler av ord"), select_on_focus=True)
        self._then = then

    async def action_submit(self) -> None:
        """Enter."""
        cast("AksonApp", self.app).run_act(cast(Place, self.screen), self._then(self.value))
