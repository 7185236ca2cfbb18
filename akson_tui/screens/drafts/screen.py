"""My drafts, the latest first, each with the first words of its text. Enter goes on writing.

The easy mistake is to throw away at a key: throwing away is asked for by its words, and asked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from akson_tui.i18n import _, later
from akson_tui.model.access import Ground
from akson_tui.screens import text, words
from akson_tui.screens.command import Command
from akson_tui.screens.live import Told
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.parts.rows import Fixed, Rows
from akson_tui.screens.place import Movable, Place
from akson_tui.workspace.views import DraftRow

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp


class Drafts(Place):
    """The list."""

    called = "drafts"
    TITLE_TEXT = later("Utkast")
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("drafts.open", ("enter",), later("Skriv videre"), "open_selected", later("skriv videre")),
        Command("drafts.discard", (), later("Kast utkastet"), "ask_to_discard"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.head = Paper([text.line(_(self.TITLE_TEXT), "heading")])
        self.rows = Rows(Fixed())
        self.rows.chosen = lambda: self.akson.run_act(self, self.open_selected())
        self.rows.empty = [text.line(_("Ingen utkast."))]
        self._drafts: tuple[DraftRow, ...] = ()

    def body(self) -> ComposeResult:
        self.head.styles.height = 2
        yield self.head
        yield self.rows

    def attention(self) -> Widget:
        return self.rows

    @property
    def moves(self) -> Movable:
        return self.rows

    async def prepare(self, app: AksonApp) -> None:
        self._drafts = await app.workspace.notes.all()

    def put(self) -> None:
        self.rows.source = Fixed(self._drafts, self._row)
        self.rows.redraw()

    def wants(self, change: Told) -> bool:
        return change.topic == "drafts"

    async def reread(self) -> None:
        """Another workstation may write too: the selected draft stays selected."""
        at = self.rows.selected
        chosen = self._drafts[at].draft.id if at is not None else ""
        self._drafts = await self.akson.workspace.notes.all()
        self.rows.cursor = next((at for at, row in enumerate(self._drafts) if row.draft.id == chosen), self.rows.cursor)
        self.put()

    def _row(self, index: int, width: int) -> Content:
        row = self._drafts[index]
        now = self.akson.workspace.now()
        first = " ".join(row.draft.text.split()) or _("(uten tekst)")
        return text.cells(
            (text.line(words.moment(row.draft.saved, now)), 16),
            (text.line(row.patient_name), 24),
            (text.line(_(words.DRAFTS[row.draft.kind])), 7),
            (text.line(first), max(width - 50, 10)),
        )

    async def open_selected(self) -> None:
        """Go on writing."""
        at = self.rows.selected
        if at is not None:
            await self.akson.open_draft(self._drafts[at].draft, Ground.MY_DRAFT)

    async def ask_to_discard(self) -> None:
        """Asks first: what is thrown away is gone."""
        at = self.rows.selected
        if at is None:
            return
        chosen = self._drafts[at]

        async def then(answer: int) -> None:
            if answer == 1:
                await self.akson.workspace.notes.discard(chosen.draft.id)
                await self.reread()

        title = _("Kaste utkastet om {name}?").format(name=chosen.patient_name)
        await self.akson.choose(title, [_("Nei, behold det"), _("Ja, kast det")], then)
