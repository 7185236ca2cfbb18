"""What one clinician can do, as small desks: the only thing that screens and commands know.

It never reaches the network: it asks a `Line`, which is *no line* until wiring attaches one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from akson_tui.config.settings import Settings
from akson_tui.model.line import SourceState
from akson_tui.model.people import Clinician
from akson_tui.store.changes import Change
from akson_tui.workspace.find import Find
from akson_tui.workspace.line import Line, NoLine
from akson_tui.workspace.measurements import Measurements
from akson_tui.workspace.medication import Medication
from akson_tui.workspace.notes import Notes
from akson_tui.workspace.outbox import Outbox
from akson_tui.workspace.people import People
from akson_tui.workspace.plan import Plan
from akson_tui.workspace.record import Record
from akson_tui.workspace.room import Room
from akson_tui.workspace.views import Environment
from akson_tui.workspace.worklist import Worklist

if TYPE_CHECKING:
    from akson_tui.store.files import Store


DEMO = "DEMO"
"""What the practice journal is called on every screen."""


class Workspace:
    """The desks of one clinician on one site."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        clock: Callable[[], datetime],
        ids: Callable[[], str],
        told: tuple[str, ...] = (),
    ) -> None:
        self._room = Room(store, settings, clock, ids)
        self._unnamed = settings.site.unnamed
        self.environment = Environment(settings.site.environment, settings.insecure, told)
        """Which journal this is; an address alone is called DEMO once it says that it is our sandbox."""
        self.find = Find(self._room)
        self.people = People(self._room)
        self.worklist = Worklist(self._room)
        self.record = Record(self._room)
        self.measurements = Measurements(self._room)
        self.medication = Medication(self._room)
        self.notes = Notes(self._room)
        self.plan = Plan(self._room)
        self.outbox = Outbox(self._room)

    def attach(self, line: Line) -> None:
        """From now on the network is `line`; what was wanted before is asked of it."""
        before, self._room.line = self._room.line, line
        if isinstance(before, NoLine):
            for want in before.wanted:
                line.fetch(want)

    def changes(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Hear of changes in the store (ids, never data); returns how to stop hearing."""
        return self._room.store.changes.subscribe(callback)

    async def clinician(self) -> Clinician | None:
        """Who is at work, None where nobody is named."""
        return await self._room.clinician()

    @property
    def user(self) -> str:
        """The user as named at start; '' for nobody."""
        return self._room.user

    def now(self) -> datetime:
        """Now (UTC), from the clock that was given."""
        return self._room.clock()

    async def lines(self) -> tuple[SourceState, ...]:
        """The state of the line to each source."""
        states = await self._room.sources()
        if self._unnamed and states and all(state.demo for state in states):
            self.environment = replace(self.environment, name=DEMO)
        return states
