"""View 4: what a person takes now, in the multidose bag, outside it and as needed apart; what has ended on demand.

The easy mistake is a list that looks whole: what is withheld or not fetched, and when somebody went through it last,
stand in the heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from akson_tui.clinical import medicines
from akson_tui.clinical.medicines import IN_USE
from akson_tui.i18n import _, later, n_
from akson_tui.model.held import Fetched
from akson_tui.model.ref import Ref
from akson_tui.screens import text, words
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command
from akson_tui.screens.medication import lines
from akson_tui.screens.parts import held
from akson_tui.screens.parts.steady import SteadyView
from akson_tui.screens.parts.stops import Block
from akson_tui.screens.patient_place import VIEWS
from akson_tui.workspace.medication import Medicines

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp


class Medication(SteadyView[Medicines]):
    """The list; `ended` is whether what has ended stands in it too."""

    called = "medication"
    TITLE_TEXT = later("Medisiner")
    OWN: ClassVar[tuple[Command, ...]] = (
        Command(
            "medication.open", ("enter",), later("Vis mer; en gang til: i tidslinjen"), "open_marked", later("mer")
        ),
        Command("medication.ended", ("v",), later("Vis eller skjul det som er avsluttet"), "turn_ended"),
        *VIEWS,
    )

    def __init__(self, case: Case, select: Ref | None = None) -> None:
        super().__init__(case)
        self.rows.first = select
        self.ended = False

    async def read(self, app: AksonApp) -> tuple[Medicines, Fetched]:
        found = await app.workspace.medication.all(self.case.opened)
        return found, found.all.fetched

    def changed(self, before: Medicines, after: Medicines) -> int:
        """Medicines that came, went, or are used otherwise now."""
        if not before.all.rows:
            return 0
        now = self.akson.workspace.now()
        was, are = (
            [(use, each.ref.bare()) for use, held in medicines.grouped(one.all.rows, now).items() for each in held]
            for one in (before, after)
        )
        return 0 if was == are else max(len(set(was) ^ set(are)), 1)

    def _page(self) -> lines.Page:
        assert self.shown is not None
        journals = {ref.source: ref.source for ref in self.case.opened.patients}
        return lines.Page(self.shown, self.akson.workspace.now(), self.ended, journals)

    def blocks(self, width: int) -> Sequence[Block]:
        return lines.blocks(self._page(), width)

    def none(self) -> Content:
        assert self.shown is not None
        return text.join([text.line(_("Medisiner:")), held.empty(self.shown.all, _("ingen registrert"))], " ")

    def headed(self) -> Content:
        assert self.shown is not None
        parts = [text.line(_(self.TITLE_TEXT), "heading"), self.news()]
        if self.shown.all.rows:
            groups = medicines.grouped(self.shown.all.rows, self.akson.workspace.now())
            count = sum(len(groups.get(use, ())) for use in IN_USE)
            parts.append(text.line(n_("{n} i bruk", "{n} i bruk", count).format(n=count)))
            parts.append(held.hidden(self.shown.all))
        return text.join([*parts, self._reconciled(), *self.aged()])

    def _reconciled(self) -> Content:
        """When somebody went through them last, as far as a source tells."""
        assert self.shown is not None
        last = medicines.reconciled(self.shown.lists)
        if last is None:
            return text.line(_("sist samstemt: ikke oppgitt")) if self.shown.all.rows else text.EMPTY
        at = words.day(last.at)
        said = _("sist samstemt {at} av {who}") if last.by else _("sist samstemt {at}")
        return text.line(said.format(at=at, who=last.by))

    # -- one medicine -------------------------------------------------------------------------------------------------

    def told(self, key: object, width: int, height: int) -> Sequence[Content]:
        return lines.panel(self._page(), key, width, height) if isinstance(key, Ref) else []

    def entry(self, key: object) -> Ref | None:
        return key if isinstance(key, Ref) else None

    def turn_ended(self) -> None:
        """Show what has ended, or only what is in use."""
        self.ended = not self.ended
        self.put()
