"""The kinds of note, under the heading *Nytt notat*, the free one selected.

The easy mistake is to begin a draft before a kind is chosen: Esc here leaves nothing behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from akson_tui.i18n import later
from akson_tui.model.note import Template
from akson_tui.screens import places, text
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command
from akson_tui.screens.parts.rows import Fixed, Rows
from akson_tui.screens.patient_place import PatientPlace
from akson_tui.screens.place import Movable
from akson_tui.workspace.troubles import NotTaken

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp


class Templates(PatientPlace):
    """The list."""

    called = "templates"
    TITLE_TEXT = later("Nytt notat")
    OWN: ClassVar[tuple[Command, ...]] = (
        Command(
            "templates.take", ("enter",), later("Skriv notat av dette slaget"), "take", later("skriv"), palette=False
        ),
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self._templates: tuple[Template, ...] = ()
        self.rows = Rows(Fixed())
        self.rows.chosen = lambda: self.akson.run_act(self, self.take())

    def view(self) -> ComposeResult:
        yield self.rows

    def attention(self) -> Widget:
        return self.rows

    @property
    def moves(self) -> Movable:
        return self.rows

    async def prepare(self, app: AksonApp) -> None:
        patient = self.case.opened.patients[0]
        if not await app.workspace.notes.offered(patient):
            states = await app.workspace.lines()
            raise NotTaken(any(state.known for state in states if state.source == patient.source))
        self._templates = app.workspace.notes.templates()
        self.rows.source = Fixed(self._templates, self._row)

    def put(self) -> None:
        super().put()
        self.rows.redraw()

    def _row(self, index: int, width: int) -> Content:
        return text.cut(text.line(self._templates[index].name), width)

    async def take(self) -> None:
        """Begin a draft of the selected kind. Raises NotTaken, NotKept."""
        at = self.rows.selected
        if at is not None:
            draft = await self.akson.workspace.notes.begin(self.case.opened, self._templates[at].id)
            await self.akson.instead(places.kind("editor")(self.case, draft))  # type: ignore[call-arg]
