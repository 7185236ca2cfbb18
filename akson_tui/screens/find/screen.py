"""Search: one field for names, birth dates and national ids; own patients first, then the register's answer.

The easy mistake is to open what stands first when Enter comes: Enter waits until the answer to exactly what was typed
is there, and the selected hit stays the selected hit when the register's answer is added below.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Input

from akson_tui.i18n import _, later
from akson_tui.model.access import Ground
from akson_tui.model.people import Protection
from akson_tui.screens import text, words
from akson_tui.screens.command import Command
from akson_tui.screens.find.answers import Answers
from akson_tui.screens.parts.field import Field
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.parts.rows import Fixed, Rows
from akson_tui.screens.place import Place
from akson_tui.workspace.views import Hit

SHOWN, TALL = 9, 20
"""Hits that are shown at once, in a terminal of 24 and of 40 lines: another letter narrows better, and each costs."""
REGISTER_PAUSE = 0.4
"""Seconds of quiet after which the register is asked, once there are letters enough."""
LETTERS_ENOUGH = 3


class Find(Place):
    """Over where one was. `then` gets the person instead of opening their record; `title` says what for."""

    called = "find"
    TITLE_TEXT = later("Søk etter pasient")
    MOVABLE = False
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("find.open", ("enter",), later("Åpne pasienten som er valgt"), "open_selected", later("åpne"), False),
        Command("find.down", ("down",), later("Ned; uten tekst: sist åpnede"), "move_down", palette=False),
        Command("find.up", ("up",), later("Opp"), "move_up", palette=False),
        Command(
            "find.more", ("pagedown",), later("En side ned; på slutten: flere fra registeret"), "more", palette=False
        ),
        Command("find.page_up", ("pageup",), later("En side opp"), "page_up", palette=False),
    )

    def __init__(self, title: str = "", then: Callable[[Hit], Awaitable[None]] | None = None) -> None:
        super().__init__()
        self._then = then
        self.field = Field(title or _("Søk pasient"), _("navn, fødselsdato eller fødselsnummer"))
        self.note = Paper()
        self.rows = Rows(Fixed())
        self.rows.can_focus = False
        self.rows.chosen = lambda: self.akson.run_act(self, self.open_selected())
        self.answers = Answers(self._changed)
        self._doubt_told = ""
        self._register_soon: asyncio.TimerHandle | None = None
        self._wait: asyncio.Task[Hit | None] | None = None

    def body(self) -> ComposeResult:
        self.rows.styles.height = TALL if self.app.size.height >= 2 * TALL else SHOWN
        yield self.field
        yield self.note
        yield self.rows

    def attention(self) -> Widget:
        return self.field.input

    def put(self) -> None:
        self.answers.begin(self.akson.workspace.find)
        self._changed(False)

    def on_resize(self, event: Resize) -> None:
        """Another width has room for other words."""
        self._changed(False)

    # -- typing -------------------------------------------------------------------------------------------------------

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Another text: the store is asked at once, the register when the hand rests."""
        event.stop()
        self._doubt_told = ""
        if self._register_soon is not None:
            self._register_soon.cancel()
            self._register_soon = None
        await self.answers.ask(event.value)
        if len(event.value.strip()) >= LETTERS_ENOUGH:
            loop = asyncio.get_running_loop()
            self._register_soon = loop.call_later(REGISTER_PAUSE, self._ask_register, event.value)

    def _ask_register(self, value: str) -> None:
        self._register_soon = None
        if value == self.field.value and self.is_attached:
            self.akson.spawn(self.answers.ask_register(value))

    def _changed(self, other: bool) -> None:
        """Show what is known of the text now; of another text the first hit is selected."""
        if other:
            self.rows.cursor = self.rows.top = 0
        self.rows.source = Fixed(self.answers.hits, self._row)
        self.rows.redraw()
        self.note.show([text.cut(self._note(), self.app.size.width)])

    def _note(self) -> Content:
        answers = self.answers
        if not answers.text.strip():
            return text.line(_("Sist åpnede"), "quiet") if answers.hits else text.EMPTY
        parts = []
        if answers.doubt:
            parts.append(text.line(doubt(answers.doubt), "warning"))
        more = len(answers.hits) - self.rows.page
        if more > 0:
            parts.append(text.line(_("{n} flere: skriv mer, eller PgDn").format(n=more)))
        if answers.asking:
            parts.append(text.line(_("spør registeret …")))
        elif answers.trouble:
            parts.append(
                text.line(_("registeret: {trouble}").format(trouble=words.trouble(answers.trouble)), "warning")
            )
        elif answers.register_answered and not answers.hits:
            parts.append(text.line(_("Ingen treff her eller i registeret")))
        elif answers.register_more:
            parts.append(text.line(_("PgDn: flere fra registeret")))
        return text.join(parts)

    def _row(self, index: int, width: int) -> Content:
        hit = self.answers.hits[index]
        patient = hit.patient
        ground = _("på lista") if hit.own else _("åpnet før") if hit.recent is not None else _("register")
        place = patient.city if patient.protection is Protection.NONE else _(words.PROTECTIONS[patient.protection])
        now = self.akson.workspace.now()
        return text.cells(
            (text.line(">" if index == self.rows.cursor else "", "chosen"), 1),
            (text.line(patient.name.text or _("uten navn")), 26),
            (text.line(words.age(patient.born, now)), 6),
            (text.line(words.national_id(patient.national_id) or words.day(patient.born)), 12),
            (text.line(place), max(width - 60, 8)),
            (text.line(ground, "own" if hit.own else "quiet"), 9),
        )

    # -- what is done -------------------------------------------------------------------------------------------------

    async def move_down(self) -> None:
        """The next hit; in an empty field the patients opened last."""
        if not self.field.value.strip() and not self.answers.hits:
            await self.answers.ask("", recent=True)
        else:
            self._step(1)

    def move_up(self) -> None:
        """The hit before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        self.rows.step(by)
        self.rows.redraw()

    async def more(self) -> None:
        """A page on; at its end the next page of the register's answer."""
        if self.rows.cursor + self.rows.page >= len(self.answers.hits):
            await self.answers.more()
        self.rows.leaf(1)
        self.rows.redraw()

    def page_up(self) -> None:
        """A page back."""
        self.rows.leaf(-1)
        self.rows.redraw()

    async def open_selected(self) -> None:
        """Open the selected hit, once the answer to exactly this text is there. A doubtful number is told first."""
        self._wait = asyncio.ensure_future(self._selected(self.field.value))
        try:
            hit = await self._wait
        except asyncio.CancelledError:
            if not self._wait.cancelled():
                raise
            return
        finally:
            self._wait = None
        if hit is None:
            return
        if self._then is not None:
            await self._then(hit)
        else:
            await self.akson.open_patient(hit.person, Ground.ON_MY_LIST if hit.own else Ground.SEARCHED_FOR)

    async def _selected(self, value: str) -> Hit | None:
        if not value.strip() and not self.answers.hits:
            return None
        await self.answers.ask(value)
        if self.answers.doubt and self._doubt_told != value and not self.answers.hits:
            self._doubt_told = value
            self.tell(_("Enter en gang til søker likevel"))
            return None
        if not self.answers.hits:
            await self.answers.ask_register(value)
        at = self.rows.selected
        return self.answers.hits[at] if at is not None else None

    def back(self) -> Awaitable[None] | None:
        """Back to where the search was opened; a wait for the register is given up."""
        if self._wait is not None:
            self._wait.cancel()
        return super().back()

    async def closing(self) -> None:
        if self._register_soon is not None:
            self._register_soon.cancel()
        self.answers.end()


def doubt(key: str) -> str:
    """What is wrong with a national id."""
    return {
        "check-digits": _("Kontrollsifrene i nummeret stemmer ikke"),
        "date": _("Nummeret har ingen gyldig fødselsdato"),
    }.get(key, _("Nummeret kan være feil"))
