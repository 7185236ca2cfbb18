"""The note under writing: the banner stays where it stood, *Utkast* stands still, and the text is all that changes.

The easy mistake is to do anything on screen at a key or a save: a letter costs the line one byte.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Paste
from textual.widget import Widget
from textual.widgets import TextArea

from akson_tui.i18n import _, later
from akson_tui.model.note import Draft, DraftKind
from akson_tui.screens import places, said, text, words
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command
from akson_tui.screens.parts.keeper import Keeper
from akson_tui.screens.patient_place import VIEWS, PatientPlace
from akson_tui.screens.place import Movable
from akson_tui.terminal.driver import LightTextArea
from akson_tui.workspace.troubles import WorkspaceTrouble

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp

WRITING: tuple[Command, ...] = (
    Command("note.look", ("f9",), later("Gå gjennom notatet før det sendes"), "look_over", later("se over")),
    Command(
        "note.leave_field", ("escape",), later("Ut av teksten; en gang til: lukk"), "back", later("ut"), palette=False
    ),
)
BESIDE: tuple[Command, ...] = (
    Command("note.look", ("S", "s", "f9"), later("Gå gjennom notatet før det sendes"), "look_over", later("se over")),
    Command("note.go_on", ("enter",), later("Skriv videre"), "go_on", later("skriv videre")),
    Command("note.copy", (), later("Kopier hele teksten til utklippstavla"), "copy_text"),
    Command("note.discard", (), later("Kast utkastet"), "ask_to_discard"),
)

CLOSE = Command("back", ("escape",), later("Lukk; utkastet blir liggende"), "back", later("lukk"), palette=False)


class Page(LightTextArea):
    """The text: what is pasted is made harmless on its way in, since it is shown as it stands."""

    async def _on_paste(self, event: Paste) -> None:
        # TextArea's own handler runs after this one, with what is left here: calling it too would paste twice.
        event.text = text.editable(event.text)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character `offset`."""
        before = self.text[:offset]
        return before.count("\n"), len(before) - (before.rfind("\n") + 1)

    @property
    def offset_of_caret(self) -> int:
        """How many characters stand before the caret."""
        line, column = self.cursor_location
        return sum(len(self.document.get_line(at)) + 1 for at in range(line)) + column


class Editor(PatientPlace):
    """One draft. `writing` is whether letters go into the text; else they are commands."""

    called = "editor"
    TITLE_TEXT = later("Notat")
    MOVABLE = False
    OWN: ClassVar[tuple[Command, ...]] = (*BESIDE, *VIEWS)

    def __init__(self, case: Case, draft: Draft) -> None:
        super().__init__(case)
        self.draft = draft
        self.page = Page(text.editable(draft.text), soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        self.page.styles.height = "1fr"
        self.heading.can_focus = True
        self.heading.goal = (0, 0)
        self.writing = True
        self._told_unsaved = False
        self._kind = ""
        self._keeper = Keeper(self._current, self._save, self._tell_saving, self._spawn)
        self._keeper.begin(draft.text)

    def view(self) -> ComposeResult:
        yield self.page

    def attention(self) -> Widget:
        return self.page

    @property
    def moves(self) -> Movable | None:
        return None

    async def prepare(self, app: AksonApp) -> None:
        self._kind = app.workspace.notes.template(self.draft.template).name

    async def on_mount(self) -> None:
        self.page.move_cursor(self.page.place(min(self.draft.cursor, len(self.page.text))))
        await super().on_mount()

    def commands_now(self) -> tuple[Command, ...]:
        if self.writing:
            others = tuple(
                command for command in self.commands() if command.name not in ("note.look", "back", "note.go_on")
            )
            return (*WRITING, *others)
        return self.commands()

    def hinted(self) -> tuple[Command, ...]:
        return WRITING if self.writing else (*BESIDE, CLOSE)

    def headed(self) -> Content:
        kind = self._kind if self.draft.kind is DraftKind.NEW else _(words.DRAFTS[self.draft.kind])
        return text.join([text.line(_("Utkast"), "heading"), text.line(kind)])

    # -- saving -------------------------------------------------------------------------------------------------------

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """A key changed the text."""
        event.stop()
        self._keeper.changed()

    def _current(self) -> tuple[str, int]:
        return self.page.text, self.page.offset_of_caret

    def _save(self, value: str, caret: int) -> Awaitable[object]:
        return self.akson.workspace.notes.keep(self.draft.id, value, caret)

    def _tell_saving(self, trouble: WorkspaceTrouble | None, unsaved: bool) -> None:
        if trouble is not None:
            self.tell(said.trouble(trouble))
        else:
            self.tell(_("Ikke lagret ennå") if unsaved else _("Lagret igjen"))

    async def save(self) -> None:
        if self.page.is_attached:
            await self._keeper.flush()

    async def leaving(self) -> None:
        """What cannot be saved is told once; who leaves again, leaves it."""
        try:
            await self.save()
        except WorkspaceTrouble:
            if self._told_unsaved:
                self._keeper.end()
                return
            self._told_unsaved = True
            raise
        self._told_unsaved = False

    async def closing(self) -> None:
        self._keeper.end()

    # -- what is done -------------------------------------------------------------------------------------------------

    async def look_over(self) -> None:
        """What will be sent, as whom. Raises EmptyNote, NotTaken, NotKept, TargetNotHeld."""
        await self._keeper.flush()
        await self.akson.show(places.kind("sign")(self.case, self.draft.id))  # type: ignore[call-arg]

    def go_on(self) -> None:
        """Back into the text."""
        self._write(True)

    async def back(self) -> None:
        """Out of the text first, then out of the place; the draft stays."""
        if self.writing:
            self._write(False)
            return
        await self.akson.go_back()

    def back_in_sight(self) -> None:
        super().back_in_sight()
        self._write(True)

    def _write(self, writing: bool) -> None:
        self.writing = writing
        self.set_focus(self.page if writing else self.heading, scroll_visible=False)
        self.draw_foot()

    def copy_text(self) -> None:
        """The way out for a text that cannot be saved."""
        self.app.copy_to_clipboard(self.page.text)
        self.tell(_("Kopiert, om terminalen tillater det"))

    async def ask_to_discard(self) -> None:
        """Asks first: what is thrown away is gone."""

        async def then(answer: int) -> None:
            if answer == 1:
                self._keeper.end()
                await self.akson.workspace.notes.discard(self.draft.id)
                await self.akson.go_back()

        await self.akson.choose(_("Kaste utkastet?"), [_("Nei, behold det"), _("Ja, kast det")], then)
