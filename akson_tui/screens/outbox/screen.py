"""What was signed and waits, is being sent, was sent this week, or was refused and why; and what can be done about it.

The easy mistake is to call refused what only waits: a trouble that may pass by itself is told as a reason to wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from akson_tui.i18n import _, later
from akson_tui.model.access import Ground
from akson_tui.model.act import Act, ActKind, ActState
from akson_tui.screens import text, words
from akson_tui.screens.command import Command
from akson_tui.screens.live import Told
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.parts.rows import Fixed, Rows
from akson_tui.screens.parts.scroll import Scroll
from akson_tui.screens.place import Movable, Place
from akson_tui.workspace.views import ActRow

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp

INKS = {ActState.REFUSED: "critical", ActState.SENT: "quiet", ActState.WAITING: "own", ActState.SENDING: "own"}


class Outbox(Place):
    """The list, and below it all that is known of the selected act."""

    called = "outbox"
    TITLE_TEXT = later("Utboks")
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("outbox.patient", ("enter",), later("Åpne pasienten"), "open_selected", later("åpne")),
        Command("outbox.retry", ("r",), later("Send på nytt nå"), "retry", later("send")),
        Command("outbox.edit", ("e",), later("Ta tilbake til utkast og rediger"), "take_back", later("rediger")),
        Command("outbox.remove", (), later("Fjern fra utboksen"), "ask_to_remove"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.head = Paper([text.line(_(self.TITLE_TEXT), "heading")])
        self.rows = Rows(Fixed())
        self.rows.chosen = lambda: self.akson.run_act(self, self.open_selected())
        self.rows.moved = self._moved
        self.rows.empty = [text.line(_("Utboksen er tom."))]
        self.more = Scroll(self._write, focusable=False)
        self._acts: tuple[ActRow, ...] = ()

    def body(self) -> ComposeResult:
        self.head.styles.height = 2
        self.more.styles.height = 4
        yield self.head
        yield self.rows
        yield self.more

    def attention(self) -> Widget:
        return self.rows

    @property
    def moves(self) -> Movable:
        return self.rows

    async def prepare(self, app: AksonApp) -> None:
        self._acts = await app.workspace.outbox.all()

    def put(self) -> None:
        self.rows.source = Fixed(self._acts, self._row)
        self.rows.redraw()
        self.more.redraw()

    def wants(self, change: Told) -> bool:
        return change.topic == "outbox"

    async def reread(self) -> None:
        """States change in their place; the selected act stays selected."""
        chosen = self._selected()
        self._acts = await self.akson.workspace.outbox.all()
        if chosen is not None:
            ids = [row.act.id for row in self._acts]
            self.rows.cursor = ids.index(chosen.act.id) if chosen.act.id in ids else self.rows.cursor
        self.put()

    def _selected(self) -> ActRow | None:
        at = self.rows.selected
        return self._acts[at] if at is not None else None

    def _row(self, index: int, width: int) -> Content:
        row = self._acts[index]
        act = row.act
        return text.cells(
            (text.line(_(words.ACT_STATES[act.state]), INKS[act.state]), 6),
            (text.line(words.moment(act.signed, self.akson.workspace.now())), 16),
            (text.line(row.patient_name), 22),
            (text.line(_(words.ACTS[act.kind])), 12),
            (text.line(act.label), max(width - 60, 10)),
        )

    def _moved(self) -> None:
        if any(row.act.state is not ActState.SENT for row in self._acts):
            self.more.redraw()

    def _write(self, width: int, height: int) -> list[Content]:
        chosen = self._selected()
        if chosen is None:
            return []
        act = chosen.act
        lines = [text.EMPTY, *text.wrap(self._why(act), width)]
        if act.said:
            lines += text.wrap(text.line(_("Journalen sier: ")) + text.line(act.said), width)
        return lines[:height]

    def _why(self, act: Act) -> Content:
        now = self.akson.workspace.now()
        trouble = words.trouble(act.trouble)
        if act.state is ActState.REFUSED:
            said = _("Avvist: {trouble}. Rediger og send igjen, eller fjern den.").format(
                trouble=trouble or _("uten grunn")
            )
            return text.line(said, "critical")
        if act.state is ActState.SENT:
            return text.line(_("Sendt; journalen har den."))
        if act.trouble and act.due is not None:
            said = _("Venter: {trouble}. Prøves igjen {at}.").format(trouble=trouble, at=words.moment(act.due, now))
            return text.line(said, "warning")
        if act.trouble:
            return text.line(_("Venter: {trouble}.").format(trouble=trouble), "warning")
        return text.line(_("Sendes så snart journalen svarer."))

    # -- what is done -------------------------------------------------------------------------------------------------

    async def open_selected(self) -> None:
        """The record of the person whom the act is about."""
        chosen = self._selected()
        if chosen is not None:
            await self.akson.open_patient(chosen.act.person, Ground.MY_DRAFT, "timeline")

    async def retry(self) -> None:
        """Send now. Raises Gone."""
        chosen = self._selected()
        if chosen is not None:
            await self.akson.workspace.outbox.retry(chosen.act.id)
            await self.reread()

    async def take_back(self) -> None:
        """Until it was sent it can be a draft again. Raises TooLate, Gone."""
        chosen = self._selected()
        if chosen is None:
            return
        if chosen.act.kind is ActKind.WRONG_PATIENT:
            self.tell(_("Dette er ikke en tekst som kan redigeres"))
            return
        if chosen.act.kind is ActKind.PLAN:
            self.tell(_("Dette rettes i planen (5), ikke her"))
            return
        draft = await self.akson.workspace.outbox.take_back(chosen.act.id)
        await self.akson.open_draft(draft, Ground.MY_DRAFT)

    async def ask_to_remove(self) -> None:
        """Asks first: what was refused and is removed is gone."""
        chosen = self._selected()
        if chosen is None:
            return

        async def then(answer: int) -> None:
            if answer == 1:
                await self.akson.workspace.outbox.remove(chosen.act.id)
                await self.reread()

        title = _("Fjerne «{label}» fra utboksen?").format(label=chosen.act.label)
        await self.akson.choose(title, [_("Nei, behold"), _("Ja, fjern")], then)
