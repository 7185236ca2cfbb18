"""*Se over før sending*: exactly what will be sent, about whom, as whom, who can read it; F9 again signs.

The easy mistake is to sign what is not on the screen: what is signed is the summary that was shown, with the
measurements that stand ticked in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget

from akson_tui.i18n import _, later
from akson_tui.model.note import DraftKind, Recognised, SignSummary
from akson_tui.model.ref import Ref
from akson_tui.screens import text, words
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command
from akson_tui.screens.note.author import AuthorFields
from akson_tui.screens.note.measured import said_of
from akson_tui.screens.parts.rows import Fixed, Rows
from akson_tui.screens.patient_place import PatientPlace
from akson_tui.screens.place import Movable
from akson_tui.workspace.troubles import NoAuthor

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp


HEADING = later("Se over før sending")
"""Words that stand on no other screen: scripts wait for them."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line; `act` is what Enter does on it."""

    draw: Callable[[], Content]
    act: str = ""
    measured: Recognised | None = None


class Sign(PatientPlace):
    """One draft looked over. `sure` are the kinds of measurement that the writer was asked about and confirmed already;
    `back` the view that is shown when it is signed.
    """

    called = "sign"
    TITLE_TEXT = later("Før signering")
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("sign.sign", ("f9",), later("Signer og send"), "sign", later("signer")),
        Command("sign.to_sign", ("tab",), later("Til «Signer og send»"), "to_sign", palette=False),
        Command("sign.take", ("enter",), later("Signer, eller ta måling med eller bort"), "take", palette=False),
        Command("sign.turn", ("space",), later("Ta måling med eller bort"), "turn", palette=False),
    )

    def __init__(self, case: Case, draft: str, sure: frozenset[str] = frozenset(), back: str = "timeline") -> None:
        super().__init__(case)
        self._draft = draft
        self._sure = sure
        self._back = back
        self._summary: SignSummary | None = None
        self._taken: set[Recognised] = set()
        self._items: tuple[Item, ...] = ()
        self.rows = Rows(Fixed())
        self.fields = AuthorFields(self._named)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def view(self) -> ComposeResult:
        yield self.fields
        yield self.rows

    def attention(self) -> Widget:
        return self.rows if self._summary is not None else self.fields.name_field.input

    @property
    def moves(self) -> Movable:
        return self.rows

    async def prepare(self, app: AksonApp) -> None:
        try:
            await self._read(app)
        except NoAuthor:
            self._summary = None

    async def _read(self, app: AksonApp) -> None:
        self._summary = await app.workspace.notes.summary(self._draft)
        taken = self._summary.measurements if self._summary.measurements_taken else ()
        self._taken = {measured for measured in taken if not measured.doubtful or measured.kind in self._sure}

    def headed(self) -> Content:
        return text.line(_(HEADING), "heading")

    def put(self) -> None:
        super().put()
        self.fields.display = self._summary is None
        self.rows.display = self._summary is not None
        self._items = tuple(self._lines(self.app.size.width)) if self._summary is not None else ()
        self.rows.source = Fixed(self._items, lambda index, width: text.cut(self._items[index].draw(), width))
        self.rows.redraw()

    def on_resize(self, event: Resize) -> None:
        self.put()

    def _lines(self, width: int) -> list[Item]:
        summary = self._summary
        assert summary is not None
        head: list[Content] = [
            *self._labelled(_("Gjelder"), f"{summary.patient_name}, {words.national_id(summary.patient_id)}", width),
            *self._labelled(_("Slag"), self._kind(summary), width),
            *self._signer(summary, width),
            *self._labelled(_("Sendes til"), self._to(summary), width),
            *self._labelled(_("Kan leses av"), _("alle med tilgang til pasientens journal, og pasienten selv"), width),
        ]
        items = [_fixed(line) for line in head]
        items += self._measurements(summary)
        items.append(Item(lambda: text.line(_("[ Signer og send ]"), "chosen"), "sign"))
        items.append(_fixed(text.EMPTY))
        items += [_fixed(line) for line in text.lines(summary.text, width)]
        return items

    def _labelled(self, label: str, said: str, width: int) -> list[Content]:
        return text.wrap(text.line(f"{label}: ", "quiet") + text.line(said), width)

    def _kind(self, summary: SignSummary) -> str:
        kind = summary.draft.kind
        if kind is DraftKind.NEW:
            return summary.title
        template = (
            _("tillegg til et tidligere notat") if kind is DraftKind.ADDENDUM else _("retting: erstatter et notat")
        )
        return f"{summary.title}, {template}"

    def _signer(self, summary: SignSummary, width: int) -> list[Content]:
        lines = self._labelled(_("Signeres av"), words.clinician(summary.author), width)
        if not summary.author.signed_in:
            lines += text.wrap(text.line(_("ikke innlogget: ingen går god for hvem dette er"), "warning"), width)
        return lines

    def _to(self, summary: SignSummary) -> str:
        name = self.akson.workspace.environment.name
        return f"{name}, {summary.service}" if summary.service else name

    def _measurements(self, summary: SignSummary) -> list[Item]:
        if not summary.measurements:
            return []
        if not summary.measurements_taken:
            return [_fixed(text.line(_("Journalen tar ikke imot målinger: de står bare i teksten."), "warning"))]
        title = text.line(_("Målinger funnet i teksten; de avkryssede sendes også som målinger:"), "quiet")
        return [_fixed(title), *(self._measured(each) for each in summary.measurements)]

    def _measured(self, measured: Recognised) -> Item:
        def draw() -> Content:
            mark = "[x]" if measured in self._taken else "[ ]"
            sure = measured.kind in self._sure
            said = _("utenfor det vanlige: bekreftet") if sure else _("utenfor det vanlige: se etter")
            doubt = text.line(said, "warning") if measured.doubtful else text.EMPTY
            return text.join([text.line(f"{mark} {said_of(measured)}"), doubt])

        return Item(draw, "turn", measured)

    # -- what is done -------------------------------------------------------------------------------------------------

    async def sign(self) -> None:
        """Freeze, put in the outbox, and show the note in the timeline. Raises NotKept, TargetNotHeld."""
        if self._summary is None:
            await self.fields.done()
            return
        taken = tuple(each for each in self._summary.measurements if each in self._taken)
        act = await self.akson.workspace.notes.sign(self._summary, taken)
        await self.akson.view(self._back, self.case, Ref(act.source, "Act", act.id))

    def to_sign(self) -> None:
        """To the line that signs, or to the next field."""
        if self._summary is None:
            self.fields.next_field()
            return
        self.rows.at(next(at for at, item in enumerate(self._items) if item.act == "sign"))

    async def take(self) -> None:
        """Enter: what the selected line does."""
        if self._summary is None:
            await self.fields.done()
            return
        item = self._selected()
        if item is not None and item.act == "sign":
            await self.sign()
        else:
            self.turn()

    def turn(self) -> None:
        """Take the selected measurement with the note or not."""
        item = self._selected()
        if item is not None and item.measured is not None:
            self._taken ^= {item.measured}
            self.rows.redraw()

    def _selected(self) -> Item | None:
        at = self.rows.selected
        return self._items[at] if at is not None else None

    async def _named(self, name: str, hpr: str) -> None:
        self.akson.workspace.notes.name_author(name, hpr)
        await self._read(self.akson)
        self.put()
        self.set_focus(self.rows, scroll_visible=False)


def _fixed(line: Content) -> Item:
    return Item(lambda: line)
