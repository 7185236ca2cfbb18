"""View 1: one look at a person. Problems, medicines, measurements, plan, appointments, the latest entries.

The easy mistake is a box around each: it costs the line more than what stands in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from akson_tui.i18n import _, later
from akson_tui.screens import text
from akson_tui.screens.case import Case
from akson_tui.screens.parts import held
from akson_tui.screens.parts.scroll import Scroll
from akson_tui.screens.patient import sections
from akson_tui.screens.patient_place import PatientPlace
from akson_tui.screens.place import Movable
from akson_tui.workspace.views import Overview

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp


class Patient(PatientPlace):
    """The overview."""

    called = "overview"
    TITLE_TEXT = later("Oversikt")

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.page = Scroll(self._write)
        self.page.moved = self.draw_heading
        self._overview: Overview | None = None

    def view(self) -> ComposeResult:
        yield self.page

    def attention(self) -> Widget:
        return self.page

    @property
    def moves(self) -> Movable:
        return self.page

    async def prepare(self, app: AksonApp) -> None:
        self._overview = await app.workspace.record.overview(self.case.opened)

    def put(self) -> None:
        self.page.redraw()
        super().put()

    async def reread(self) -> None:
        await super().reread()
        self._overview = await self.akson.workspace.record.overview(self.case.opened)
        self.put()

    def headed(self) -> Content:
        assert self._overview is not None
        now = self.akson.workspace.now()
        parts = [text.line(_(self.TITLE_TEXT), "heading"), held.age(self._overview.fetched, now)]
        parts.append(held.reach(self._overview.fetched))
        if self.page.rest:
            parts.append(text.line(_("{n} linjer til (PgDn)").format(n=self.page.rest)))
        return text.join(parts)

    def _write(self, width: int, height: int) -> Sequence[Content]:
        assert self._overview is not None
        return sections.page(self._overview, self.akson.workspace.now(), width)
