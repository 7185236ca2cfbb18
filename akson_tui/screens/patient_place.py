"""A place where a patient is open: banner and heading at the same lines on all of them, so that they cost nothing anew.

The easy mistake is another height of the head on one of these places: each change of view would paint the whole screen.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize

from akson_tui.i18n import _, later
from akson_tui.screens import places, text
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command
from akson_tui.screens.live import Told
from akson_tui.screens.parts import banner
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.place import Place

VIEWS: tuple[Command, ...] = (
    Command("view.overview", ("1",), later("Oversikt"), "go_overview", later("oversikt")),
    Command("view.timeline", ("2",), later("Tidslinje"), "go_timeline", later("tidslinje")),
    Command("view.measurements", ("3",), later("Målinger"), "go_measurements"),
    Command("view.medication", ("4",), later("Medisiner"), "go_medication"),
    Command("view.plan", ("5",), later("Plan"), "go_plan"),
    Command("note.write", ("w",), later("Skriv notat"), "write_note", later("notat")),
    Command("patient.next", ("n",), later("Neste pasient på lista"), "next_patient", later("neste")),
    Command("patient.fetch", ("f5",), later("Hent på nytt og vis det nye"), "fetch"),
)
"""The commands of a patient's views."""

TOPICS = frozenset({"person", "patients", "outbox", "fetch"})


class PatientPlace(Place):
    """A place over an open record. Below the banner stands `heading`, one line, then what the place shows."""

    OWN: ClassVar[tuple[Command, ...]] = VIEWS
    case: Case

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        self.banner = Paper(id="banner")
        self.heading = Paper(id="heading")

    def body(self) -> ComposeResult:
        self._draw_banner()
        yield self.banner
        yield self.heading
        yield from self.view()

    def view(self) -> ComposeResult:
        """What stands below the heading."""
        yield from ()

    def put(self) -> None:
        self._draw_banner()
        self.draw_heading()

    def draw_heading(self) -> None:
        """Put the heading's line on the screen."""
        self.heading.show([text.cut(self.headed(), self.app.size.width)])

    def headed(self) -> Content:
        """What the place is, and how old what it shows is."""
        return text.line(_(self.TITLE_TEXT), "heading")

    def wants(self, change: Told) -> bool:
        return change.topic in TOPICS and (not change.ids or change.topic == "outbox" or self._person in change.ids)

    @property
    def _person(self) -> str:
        return self.case.opened.person

    async def reread(self) -> None:
        if await self.case.reread():
            self._draw_banner()

    def _draw_banner(self) -> None:
        lines = banner.lines(self.case.banner, self.akson.workspace.now(), self.app.size.width)
        self.banner.styles.height = len(lines)
        self.banner.show(lines)

    def on_resize(self, event: Resize) -> None:
        """Another width has room for other lines."""
        self.put()

    # -- what is done -------------------------------------------------------------------------------------------------

    async def go_overview(self) -> None:
        """View 1."""
        await self._go("overview")

    async def go_timeline(self) -> None:
        """View 2."""
        await self._go("timeline")

    async def go_plan(self) -> None:
        """View 5."""
        await self._go("plan")

    async def go_measurements(self) -> None:
        """View 3."""
        await self._go("measurements")

    async def go_medication(self) -> None:
        """View 4."""
        await self._go("medication")

    async def _go(self, view: str) -> None:
        if self.called != view:
            await self.akson.view(view, self.case)

    async def write_note(self) -> None:
        """The list of templates. Raises NotTaken."""
        await self.akson.show(places.kind("templates")(self.case))  # type: ignore[call-arg]

    def next_patient(self) -> Awaitable[None]:
        """The next person of today's list."""
        return self.akson.next_patient(self._person)

    async def fetch(self) -> None:
        """Show what has come, and ask for what may have changed since."""
        await self.reread()
        self.akson.workspace.record.refresh(self.case.opened, fresh=True)
