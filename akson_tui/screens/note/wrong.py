"""A note that was written about somebody else: why, then about whom; one act marks it, and its text is a draft again.

The easy mistake is to do anything before the right person is chosen: until then Esc leaves all as it was.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from akson_tui.i18n import _, later
from akson_tui.model.access import Ground
from akson_tui.model.entry import Entry
from akson_tui.screens import places, text, words
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command
from akson_tui.screens.parts.field import Field
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.patient_place import PatientPlace
from akson_tui.workspace.views import Hit


class WrongPatient(PatientPlace):
    """Asks for the reason; the search asks for the person."""

    called = "wrong-patient"
    TITLE_TEXT = later("Feil pasient")
    MOVABLE = False
    OWN: ClassVar[tuple[Command, ...]] = (
        Command(
            "wrong.go_on", ("enter",), later("Videre: velg riktig pasient"), "go_on", later("videre"), palette=False
        ),
    )

    def __init__(self, case: Case, entry: Entry) -> None:
        super().__init__(case)
        self._entry = entry
        self.told = Paper()
        self.reason = Field(_("Grunn"), _("hvorfor er notatet ført på feil pasient?"))

    def view(self) -> ComposeResult:
        self.told.styles.height = 3
        yield self.told
        yield self.reason

    def attention(self) -> Widget:
        return self.reason.input

    def put(self) -> None:
        super().put()
        width = self.app.size.width
        what = f"{words.when(self._entry.when)} {self._entry.title}: {self._entry.summary}"
        lines: list[Content] = [
            text.cut(text.line(what), width),
            *text.lines(_("Notatet merkes som feilført med grunnen. Teksten blir et utkast på riktig pasient."), width),
        ]
        self.told.show(lines)

    async def go_on(self) -> None:
        """The reason stands: now the person."""
        if not self.reason.value.strip():
            self.tell(_("Skriv grunnen først"))
            return
        await self.akson.show(places.kind("find")(_("Riktig pasient"), self._found))  # type: ignore[call-arg]

    async def _found(self, hit: Hit) -> None:
        if hit.person == self.case.opened.person:
            self.akson.stack[-1].tell(_("Notatet står på denne pasienten allerede"))
            return
        desk = self.akson.workspace.notes
        draft = await desk.wrong_patient(self.case.opened, self._entry.ref, self.reason.value.strip(), hit.person)
        await self.akson.open_draft(draft, Ground.ON_MY_LIST if hit.own else Ground.SEARCHED_FOR)
