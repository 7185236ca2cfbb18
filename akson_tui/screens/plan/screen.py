"""View 5: the care plans as one works from them. A tick is two keys, and stands there at once.

The easy mistake is to move rows when something was ticked: each stays where it is, and only its own line changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widget import Widget

from akson_tui.i18n import _, later, n_
from akson_tui.model.plan import Outcome, Step
from akson_tui.screens import places, text
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command
from akson_tui.screens.parts import held
from akson_tui.screens.parts.rows import Fixed, Rows
from akson_tui.screens.parts.scroll import Scroll
from akson_tui.screens.patient_place import VIEWS, PatientPlace
from akson_tui.screens.place import Movable
from akson_tui.screens.plan import lines
from akson_tui.screens.plan.form import Asked
from akson_tui.screens.plan.lines import Line

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp
    from akson_tui.workspace.plan import PlanView

REASONS = (
    later("Pasienten ønsket det ikke"),
    later("Pasienten var ikke hjemme"),
    later("Ikke nødvendig i dag"),
    later("Utsatt til neste besøk"),
    later("Pårørende har gjort det"),
)
"""Why something was not done, by the digit after `x`."""
TICK = "x"


class Plan(PatientPlace):
    """The list of plans; Enter shows all that is known of the selected activity below it."""

    called = "plan"
    TITLE_TEXT = later("Plan")
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("plan.done", ("x x",), later("Kryss av: gjort"), "done", later("gjort")),
        Command("plan.partly", ("x d",), later("Kryss av: delvis gjort"), "partly"),
        Command("plan.not_1", ("x 1",), later("Ikke gjort: pasienten ønsket det ikke"), "not_1"),
        Command("plan.not_2", ("x 2",), later("Ikke gjort: pasienten var ikke hjemme"), "not_2"),
        Command("plan.not_3", ("x 3",), later("Ikke gjort: ikke nødvendig i dag"), "not_3"),
        Command("plan.not_4", ("x 4",), later("Ikke gjort: utsatt til neste besøk"), "not_4"),
        Command("plan.not_5", ("x 5",), later("Ikke gjort: pårørende har gjort det"), "not_5"),
        Command("plan.not", ("x i",), later("Ikke gjort: skriv grunnen"), "not_done"),
        Command("plan.noted", ("x m",), later("Gjort, med merknad eller måling"), "noted"),
        Command("plan.undo", ("u",), later("Angre min siste avkryssing"), "undo"),
        Command("plan.add", ("a",), later("Nytt tiltak i planen"), "add"),
        Command("plan.change", ("c",), later("Endre tiltaket"), "change"),
        Command("plan.end", ("e",), later("Avslutt tiltaket"), "end"),
        Command("plan.open", ("enter",), later("Vis alt om tiltaket"), "open_selected"),
        *VIEWS,
    )

    def __init__(self, case: Case) -> None:
        super().__init__(case)
        self.rows = Rows(Fixed())
        self.rows.moved = self._moved
        self.rows.chosen = self.open_selected
        self.more = Scroll(self._write, id="text", focusable=False)
        self._read: PlanView | None = None
        self._lines: tuple[Line, ...] = ()

    def view(self) -> ComposeResult:
        self.more.display = False
        self.more.styles.height = 8
        self.more.styles.padding = (1, 0, 0, 0)
        yield self.rows
        yield self.more

    def attention(self) -> Widget:
        return self.rows

    @property
    def moves(self) -> Movable:
        return self.rows

    async def prepare(self, app: AksonApp) -> None:
        self._take(await app.workspace.plan.read(self.case.opened))
        first = next((at for at, line in enumerate(self._lines) if line.step is not None), 0)
        self.rows.cursor = first

    def _take(self, read: PlanView) -> None:
        self._read = read
        self._lines = lines.of(read.sheets.rows)
        self.rows.source = Fixed(self._lines, self._row)

    def put(self) -> None:
        assert self._read is not None
        none = held.empty(self._read.sheets, _("ingen plan"))
        self.rows.empty = [text.join([text.line(_("Planer:")), none], " ")]
        self.rows.redraw()
        self.more.redraw()
        super().put()

    async def reread(self) -> None:
        """States change in their place; the selected activity stays selected."""
        await super().reread()
        await self._read_again()

    async def _read_again(self) -> None:
        chosen = self.selected
        self._take(await self.akson.workspace.plan.read(self.case.opened))
        if chosen is not None:
            keys = [(line.step.plan, line.step.key) if line.step is not None else None for line in self._lines]
            name = (chosen.plan, chosen.key)
            self.rows.cursor = keys.index(name) if name in keys else self.rows.cursor
        self.put()

    def headed(self) -> Content:
        assert self._read is not None
        sheets = self._read.sheets
        parts = [text.line(_(self.TITLE_TEXT), "heading")]
        if self._read.refused:
            n = self._read.refused
            said = n_("{n} endring avvist: se utboksen (g u)", "{n} endringer avvist: se utboksen (g u)", n)
            parts.append(text.line(said.format(n=n), "critical"))
        parts += [held.age(sheets.fetched, self.akson.workspace.now()), held.hidden(sheets)]
        left = len(self._lines) - self.rows.top - self.rows.page
        if left > 0:
            parts.append(text.line(n_("{n} linje til", "{n} linjer til", left).format(n=left)))
        return text.join(parts)

    def _row(self, index: int, width: int) -> Content:
        return lines.row(self._lines[index], width, self.akson.workspace.now())

    @property
    def selected(self) -> Step | None:
        """The selected activity, None where the mark stands on something else."""
        at = self.rows.selected
        return self._lines[at].step if at is not None else None

    def _moved(self) -> None:
        if self.more.display:
            self.more.home()
            self.more.redraw()

    def _write(self, width: int, height: int) -> list[Content]:
        step = self.selected
        return lines.details(step, width, self.akson.workspace.now()) if step is not None else []

    def on_key(self, event: Key) -> None:
        super().on_key(event)
        if self.akson.keys.waiting == TICK:
            self.tell(_("x gjort  d delvis  m merknad  1–5 i ikke gjort"))

    def open_selected(self) -> None:
        """All that is known of the activity; again: away with it."""
        self.more.display = not self.more.display
        if self.more.display:
            self.call_after_refresh(self.more.redraw)

    async def back(self) -> None:
        """What is shown below goes first."""
        if self.more.display:
            self.more.display = False
        else:
            await self.akson.go_back()

    # -- ticking off --------------------------------------------------------------------------------------------------

    def _step(self) -> Step | None:
        """The selected activity where something can be done about it; else it is told why not."""
        step = self.selected
        if step is None:
            self.tell(_("Velg et tiltak først"))
        elif step.ended:
            self.tell(_("Tiltaket er avsluttet"))
            return None
        return step

    async def _tick(self, outcome: Outcome, reason: str = "", note: str = "") -> None:
        step = self._step()
        if step is not None:
            await self.akson.workspace.plan.tick(self.case.opened, step, outcome, reason, note)
            await self._read_again()

    async def done(self) -> None:
        """Done now."""
        await self._tick(Outcome.DONE)

    async def partly(self) -> None:
        """Done in part."""
        await self._tick(Outcome.PARTLY)

    async def not_1(self) -> None:
        """Not done, for the first of `REASONS`."""
        await self._tick(Outcome.NOT_DONE, _(REASONS[0]))

    async def not_2(self) -> None:
        """Not done, for the second."""
        await self._tick(Outcome.NOT_DONE, _(REASONS[1]))

    async def not_3(self) -> None:
        """Not done, for the third."""
        await self._tick(Outcome.NOT_DONE, _(REASONS[2]))

    async def not_4(self) -> None:
        """Not done, for the fourth."""
        await self._tick(Outcome.NOT_DONE, _(REASONS[3]))

    async def not_5(self) -> None:
        """Not done, for the fifth."""
        await self._tick(Outcome.NOT_DONE, _(REASONS[4]))

    async def not_done(self) -> None:
        """Not done, for a reason in one's own words."""

        async def then(values: list[str]) -> None:
            await self.akson.go_back()
            await self._tick(Outcome.NOT_DONE, *values)

        await self._ask(_("Ikke gjort"), (Asked(_("Grunn")), Asked(_("Merknad"), _("kan stå tom"), needed=False)), then)

    async def noted(self) -> None:
        """Done, with something to say about it."""

        async def then(values: list[str]) -> None:
            await self.akson.go_back()
            await self._tick(Outcome.DONE, "", values[0])

        await self._ask(_("Gjort"), (Asked(_("Merknad"), _("også målinger: BT 142/88 p 91")),), then)

    async def undo(self) -> None:
        """Take back this user's last tick of the activity."""
        step = self.selected
        if step is None or not step.ticks:
            self.tell(_("Ingen avkryssing å angre"))
            return
        await self.akson.workspace.plan.undo(self.case.opened, step, _("Ført ved en feil"))
        await self._read_again()

    # -- the plan itself ----------------------------------------------------------------------------------------------

    async def add(self) -> None:
        """A new activity in the plan that the mark stands in."""
        at = self.rows.selected
        if at is None:
            self.tell(_("Det er ingen plan å føre tiltaket i"))
            return
        sheet = self._lines[at].sheet

        async def then(values: list[str]) -> None:
            await self.akson.workspace.plan.add(self.case.opened, sheet, *values)
            await self.akson.go_back()
            await self._read_again()

        asked = (
            Asked(_("Tiltak")),
            Asked(_("Når"), _("daglig kl. 8, hver mandag, ved behov"), needed=False),
            Asked(_("Grunn"), _("hvorfor, kan stå tom"), needed=False),
        )
        form = places.kind("plan-form")(self.case, _("Nytt tiltak"), sheet.title, asked, then)  # type: ignore[call-arg]
        await self.akson.show(form)

    async def change(self) -> None:
        """Other words or another time for the activity."""
        step = self._step()
        if step is None:
            return

        async def then(values: list[str]) -> None:
            await self.akson.workspace.plan.change(self.case.opened, step, *values)
            await self.akson.go_back()
            await self._read_again()

        asked = (
            Asked(_("Tiltak"), value=step.text),
            Asked(_("Når"), value=step.timing, needed=False),
            Asked(_("Grunn"), _("hvorfor endres det?")),
        )
        await self._ask(_("Endre tiltaket"), asked, then)

    async def end(self) -> None:
        """The activity is over: reached, or not to be done any more; with a reason."""
        step = self._step()
        if step is None:
            return

        async def chosen(answer: int) -> None:
            async def then(values: list[str]) -> None:
                await self.akson.workspace.plan.end(self.case.opened, step, answer == 0, values[0])
                await self.akson.go_back()
                await self._read_again()

            await self._ask(_("Avslutt tiltaket"), (Asked(_("Grunn"), _("hvorfor avsluttes det?")),), then)

        choices = [_("Fullført: målet er nådd"), _("Skal ikke gjøres mer")]
        await self.akson.choose(_("Avslutt «{what}»").format(what=step.text), choices, chosen)

    async def _ask(self, title: str, asked: tuple[Asked, ...], then: object) -> None:
        step = self._step()
        if step is not None:
            form = places.kind("plan-form")(self.case, title, step.text, asked, then)  # type: ignore[call-arg]
            await self.akson.show(form)
