"""Home: today's round, what is new in it, and what of mine waits.

The easy mistake is to take a new list as it comes: rows that arrive while one reads are announced, never pushed in.
"""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget

from akson_tui.i18n import _, later, n_
from akson_tui.model.access import Ground
from akson_tui.model.held import NEVER, FetchStatus
from akson_tui.model.people import Clinician
from akson_tui.model.ref import PersonId
from akson_tui.model.work import Round, RoundRow
from akson_tui.screens import places, text, words
from akson_tui.screens.command import Command
from akson_tui.screens.live import Told
from akson_tui.screens.parts import held
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.parts.rows import Fixed, Rows
from akson_tui.screens.place import Movable, Place
from akson_tui.screens.worklist import steady

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp

STALE = timedelta(minutes=2)
"""A list that was fetched longer ago is asked for again when one comes back to it."""
WIDE = 100
"""Columns from which the birth date stands beside the age."""
TOPICS = frozenset({"worklist", "drafts", "outbox", "patients", "person", "fetch"})


class Worklist(Place):
    """Today's list."""

    called = "worklist"
    TITLE_TEXT = later("Dagens liste")
    BACK = None
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("worklist.open", ("enter",), later("Åpne pasienten"), "open_selected", later("åpne")),
        Command("worklist.next", ("n",), later("Neste pasient på lista"), "next_patient", later("neste")),
        Command("worklist.note", ("w",), later("Skriv notat om pasienten"), "write_note", later("notat")),
        Command("worklist.fetch", ("f5",), later("Hent lista på nytt og vis det nye"), "fetch"),
    )

    def __init__(self) -> None:
        super().__init__()
        self.head = Paper(id="head")
        self.rows = Rows(Fixed())
        self.rows.chosen = self._clicked
        self._round = Round((), NEVER, 0, 0, 0)
        self._shown: tuple[RoundRow, ...] = ()
        self._waiting = 0
        self._asked = False
        self._who: Clinician | None = None
        self._last: PersonId = ""

    # -- what is shown ------------------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        self.head.styles.height = 3
        yield self.head
        yield self.rows

    def attention(self) -> Widget:
        return self.rows

    @property
    def moves(self) -> Movable:
        return self.rows

    async def prepare(self, app: AksonApp) -> None:
        self._who = await app.workspace.clinician()
        self._round = await app.workspace.worklist.today()
        self._shown = self._round.rows
        app.workspace.worklist.refresh()

    def put(self) -> None:
        self.rows.source = Fixed(self._shown, self._row)
        self.rows.empty = self._empty()
        self._draw_head()
        self.rows.redraw()

    def on_resize(self, event: Resize) -> None:
        """Another width has room for other words in the head; the rows see to themselves."""
        self._draw_head()

    def wants(self, change: Told) -> bool:
        return change.topic in TOPICS

    async def reread(self) -> None:
        self._who = await self.akson.workspace.clinician()
        self._round = await self.akson.workspace.worklist.today()
        if self._asked and self._round.fetched.status is not FetchStatus.FETCHING:
            self._asked = False
            self._take_all()
        else:
            self._shown, self._waiting = steady.keep(self._shown, self._round.rows)
        self.put()

    def _draw_head(self) -> None:
        workspace, width = self.akson.workspace, self.app.size.width
        now = workspace.now()
        title = text.line(_("Dagens liste {day}").format(day=words.long_date(now)), "heading")
        who = text.line(self._who.name if self._who else _("Ingen bruker er oppgitt (--as)"))
        place = text.line(self._who.organisation_name) if self._who else text.EMPTY
        name = text.line(workspace.environment.name, "heading")
        told = text.join([text.line(each, "warning") for each in workspace.environment.told])
        counts = text.join([*self._counts(), told])
        age = held.age(self._round.fetched, now) if self._who else text.EMPTY
        if self._waiting:
            some = n_("{n} endring på lista, F5 viser", "{n} endringer på lista, F5 viser", self._waiting)
            age = text.join([text.line(some.format(n=self._waiting), "new"), age])
        lines = [text.cut(text.join([name, title, who, place]), width), text.ends(counts, age, width)]
        self.head.show(lines)

    def _counts(self) -> list[Content]:
        waits = self._round
        if waits.drafts:
            one = n_("{n} utkast venter (g d)", "{n} utkast venter (g d)", waits.drafts).format(n=waits.drafts)
            drafts = text.line(one, "own")
        else:
            drafts = text.line(_("Ingen utkast"))
        if not waits.waiting and not waits.refused:
            return [drafts, text.line(_("Utboksen er tom"))]
        box = [text.line(_("{n} venter").format(n=waits.waiting))] if waits.waiting else []
        if waits.refused:
            box.append(text.line(_("{n} avvist").format(n=waits.refused), "critical"))
        return [drafts, text.line(_("Utboks (g u): ")) + text.join(box, ", ")]

    def _empty(self) -> list[Content]:
        if self._who is None and not self.akson.workspace.user:
            return [
                text.line(_("Ingen bruker er oppgitt, så her er det ingen liste.")),
                text.line(_("Start med --as og HPR-nummer for å få din egen. Søk (/) og lesing virker som vanlig.")),
            ]
        fetched = self._round.fetched
        if fetched.status is FetchStatus.COMPLETE:
            return [text.line(_("Ingen avtaler i dag."))]
        if fetched.status is FetchStatus.FETCHING or (fetched.status is FetchStatus.NEVER and not fetched.trouble):
            return [text.line(_("Lista hentes …"))]
        return [
            text.line(_("Lista er ikke hentet: {trouble}").format(trouble=words.trouble(fetched.trouble)), "warning")
        ]

    def _row(self, index: int, width: int) -> Content:
        row = self._shown[index]
        now = self.akson.workspace.now()
        new = text.EMPTY
        if row.new:
            new = text.line(n_("{n} ny", "{n} nye", row.new).format(n=row.new), "new")
        visit = row.appointment
        reason = text.line(visit.reason or visit.place, "struck" if visit.cancelled else "")
        if visit.cancelled:
            reason = text.line(_("AVLYST "), "warning") + reason
        name = text.line(row.name or visit.patient_name or _("(pasienten er ikke oppgitt)"))
        columns = [(text.line(words.hour(visit.start) or "–"), 5), (name, 24), (text.line(words.age(row.born, now)), 6)]
        if width >= WIDE:
            columns.append((text.line(words.day(row.born)), 10))
        taken = sum(wide + 1 for _column, wide in columns)
        return text.cells(*columns, (reason, width - taken - 7), (new, 6))

    # -- what is done -------------------------------------------------------------------------------------------------

    def next_after(self, person: PersonId) -> PersonId:
        after = person or self._last
        people = [row.person for row in self._shown if row.person and not row.appointment.cancelled]
        start = people.index(after) + 1 if after in people else 0
        return next((each for each in people[start:] if each != after), "")

    def back_in_sight(self) -> None:
        super().back_in_sight()
        fetched = self._round.fetched
        if fetched.at is None or self.akson.workspace.now() - fetched.at > STALE:
            self.akson.workspace.worklist.refresh()

    def opened(self, person: PersonId) -> None:
        self._last = person
        at = next((at for at, row in enumerate(self._shown) if row.person == person), None)
        if at is not None:
            self.rows.at(at)

    def next_patient(self) -> Awaitable[None]:
        """The one after the patient opened last, or the first."""
        return self.akson.next_patient()

    async def open_selected(self) -> None:
        """Open the selected row's patient."""
        person = self._person()
        if person:
            await self.akson.open_patient(person, Ground.ON_MY_LIST)

    async def write_note(self) -> None:
        """Open the selected row's patient and begin a note."""
        person = self._person()
        if person:
            case = await self.akson.open_patient(person, Ground.ON_MY_LIST)
            await self.akson.show(places.kind("templates")(case))  # type: ignore[call-arg]

    def _person(self) -> PersonId:
        at = self.rows.selected
        if at is None:
            return ""
        person = self._shown[at].person
        if not person:
            self.tell(_("Pasienten er ikke hentet hit"))
        return person

    def fetch(self) -> None:
        """Show what has come, and ask for what may have changed since: that is shown when it comes."""
        self._take_all()
        self.put()
        self._asked = True
        self.akson.workspace.worklist.refresh(fresh=True)

    def _take_all(self) -> None:
        """The list as it is now, the selected row still selected."""
        at = self.rows.selected
        chosen = self._shown[at].appointment.ref.bare() if at is not None else None
        self._shown, self._waiting = self._round.rows, 0
        refs = [row.appointment.ref.bare() for row in self._shown]
        if chosen in refs:
            self.rows.cursor = refs.index(chosen)
            self.rows.top = max(0, min(self.rows.top, self.rows.cursor), self.rows.cursor - self.rows.page + 1)

    def _clicked(self) -> None:
        self.akson.run_act(self, self.open_selected())
