"""Astrid and the others, and a workspace in memory that screens are tested against: same desks, same words, no disk.

`FakeWorkspace(dress=...)` gives every text that came from a record to `dress`, so that hostile strings can stand in
each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from akson_tui.model.act import Act
from akson_tui.model.health import Alert
from akson_tui.model.held import Shelf
from akson_tui.model.line import LineStatus, SourceState
from akson_tui.model.note import Draft
from akson_tui.model.people import Clinician
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.model.work import Appointment, RoundRow
from akson_tui.workspace.views import (
    Environment,
)
from tests.screens.desks import Change, FakeFind, FakeRecord, FakeWorklist, Journal
from tests.screens.nouns import (
    FETCHED,
    KARI,
    NOW,
    PEOPLE,
    SOURCE,
    Dress,
    dressed,
    entries,
    nuts,
    patient,
    penicillin,
    plainly,
    settings,
)
from tests.screens.writing import FakeNotes, FakeOutbox

__all__ = ["FETCHED", "NOW", "SOURCE", "FakeWorkspace", "nuts", "patient", "penicillin", "settings"]


class FakeWorkspace:
    """The desks in memory. `journals`, `drafts`, `acts`, `states` may be changed by tests, who then call `tell`."""

    def __init__(self, size: int = 600, dress: Dress = plainly, user: str = "demo") -> None:
        self.dress = dress
        self.user = user
        self.environment = Environment("DEMO")
        self.who: Clinician | None = KARI if user else None
        self.journals: dict[str, Journal] = {}
        for index, row in enumerate(PEOPLE):
            who = patient(index)
            self.journals[row[0]] = Journal(who, entries(size if index == 0 else 12, who.ref))
        astrid = self.journals["astrid-bakken"]
        astrid.allergies = Shelf((penicillin(), nuts()), FETCHED)
        astrid.alerts = Shelf((Alert(Ref(SOURCE, "Flag", "f1"), "Fallfare", True),), FETCHED)
        self.round_rows = [self._round_row(index) for index in range(len(PEOPLE))]
        self.round_fetched = FETCHED
        self.kept: dict[str, Draft] = {}
        self.acts: dict[str, Act] = {}
        self.states: tuple[SourceState, ...] = (SourceState(SOURCE, LineStatus.UP, NOW, known=True),)
        self.calls: list[tuple[str, ...]] = []
        self.listeners: list[Callable[[Change], None]] = []
        self.keep_fails: Exception | None = None
        self.taken = True
        self.ids = 0
        self.find = FakeFind(self)
        self.worklist = FakeWorklist(self)
        self.record = FakeRecord(self)
        self.notes = FakeNotes(self)
        self.outbox = FakeOutbox(self)

    def _round_row(self, index: int) -> RoundRow:
        id_, name, born, _, _, reason = PEOPLE[index]
        start = When.at(datetime(2026, 11, 24, 7, 0, tzinfo=UTC) + timedelta(minutes=25 * index))
        visit = Appointment(
            Ref(SOURCE, "Appointment", f"a{index}"), start, None, "booked", reason, Ref(SOURCE, "Patient", id_), name
        )
        return RoundRow(visit, id_, name, When.parse(born), (3, 0, None, 1)[index % 4])

    def now(self) -> datetime:
        return NOW

    async def clinician(self) -> Clinician | None:
        return self.wear(self.who)

    async def lines(self) -> tuple[SourceState, ...]:
        return self.states

    def changes(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        self.listeners.append(callback)
        return lambda: self.listeners.remove(callback)

    def tell(self, topic: str, *ids: str) -> None:
        """Say that something changed."""
        for listener in list(self.listeners):
            listener(Change(topic, frozenset(ids)))

    def wear(self, value: Any) -> Any:
        return dressed(value, self.dress)

    def name_of(self, person: str) -> str:
        return self.journals[person].patient.name.text
