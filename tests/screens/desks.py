"""The reading desks in memory: worklist, find, record. They answer as the real ones do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from akson_tui.model.access import Ground, Opened
from akson_tui.model.act import ActState
from akson_tui.model.entry import (
    Attachment,
    Detail,
    Entry,
    EntryKind,
    EntryState,
    Paragraph,
    TimelineFilter,
    TimelinePage,
    TimelineRow,
)
from akson_tui.model.health import Alert, Allergy, Problem
from akson_tui.model.held import Fetched, FetchStatus, Shelf
from akson_tui.model.people import Patient
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.model.work import Round
from akson_tui.workspace import troubles
from akson_tui.workspace.views import (
    Banner,
    FindAnswer,
    Hit,
    Overview,
    RegisterHits,
)
from tests.screens.nouns import (
    FETCHED,
    NOW,
    SOURCE,
    measurements,
    medicines,
    plan,
    problems,
    visits,
)

if TYPE_CHECKING:
    from tests.screens.people import FakeWorkspace


@dataclass(frozen=True)
class Change:
    """As `store.changes.Change`."""

    topic: str
    ids: frozenset[str] = frozenset()
    ours: bool = True

    def touches(self, id_: str) -> bool:
        return not self.ids or id_ in self.ids


@dataclass(frozen=True)
class Freshness:
    """As `workspace.reading.Freshness`."""

    summary: Fetched
    entries: Fetched


@dataclass(frozen=True)
class Facets:
    """As `store.timeline.Facets`."""

    services: tuple[str, ...]
    authors: tuple[str, ...]
    kinds: tuple[EntryKind, ...]


@dataclass(frozen=True)
class Query:
    """As `clinical.query.Query`, as far as a screen looks."""

    kind: str
    text: str
    doubt: str = ""


@dataclass
class Journal:
    """What the fake holds of one person."""

    patient: Patient
    entries: list[Entry]
    allergies: Shelf[Allergy] = field(default_factory=lambda: Shelf((), FETCHED))
    alerts: Shelf[Alert] = field(default_factory=lambda: Shelf((), FETCHED))
    fetched: Fetched = FETCHED


class FakeWorklist:
    def __init__(self, ws: FakeWorkspace) -> None:
        self.ws = ws

    async def today(self) -> Round:
        waiting = sum(act.state in (ActState.WAITING, ActState.SENDING) for act in self.ws.acts.values())
        refused = sum(act.state is ActState.REFUSED for act in self.ws.acts.values())
        rows = tuple(self.ws.round_rows) if self.ws.who else ()
        return self.ws.wear(Round(rows, self.ws.round_fetched, len(self.ws.kept), waiting, refused))

    def refresh(self, fresh: bool = False) -> None:
        self.ws.calls.append(("worklist.refresh", str(fresh)))


class FakeFind:
    """`register` may be replaced by a test."""

    def __init__(self, ws: FakeWorkspace) -> None:
        self.ws = ws
        self.register_hits: list[str] = []
        self.register_trouble = ""

    def parse(self, text: str) -> Query:
        digits = text.replace(" ", "")
        if not text.strip():
            return Query("empty", text)
        if digits.isdigit() and len(digits) == 11:
            return Query("national-id", text, "" if digits.endswith("45") else "check-digits")
        return Query("name", text)

    async def local(self, text: str) -> FindAnswer:
        words = text.casefold().split()
        found = [
            Hit(person, journal.patient, True, None)
            for person, journal in self.ws.journals.items()
            if words and self._fits(journal.patient, words)
        ]
        return FindAnswer(self.parse(text), self.ws.wear(tuple(found)))

    @staticmethod
    def _fits(who: Patient, words: list[str]) -> bool:
        parts = [*who.name.text.casefold().split(), who.national_id]
        return all(any(part.startswith(word) for part in parts) for word in words)

    async def register(self, text: str) -> RegisterHits:
        self.ws.calls.append(("find.register", text))
        hits = tuple(Hit(person, self.ws.journals[person].patient, False, None) for person in self.register_hits)
        return RegisterHits(self.parse(text), self.ws.wear(hits), False, self.register_trouble)

    async def register_more(self) -> RegisterHits | None:
        return None


class FakeRecord:
    def __init__(self, ws: FakeWorkspace) -> None:
        self.ws = ws
        self.hidden: dict[str, set[str]] = {}

    async def open(self, person: str, ground: Ground) -> Opened:
        self.ws.calls.append(("record.open", person, ground.value))
        if person not in self.ws.journals:
            raise troubles.NotOpened
        return Opened(person, (self.ws.journals[person].patient.ref,), ground, NOW, len(self.ws.calls))

    def refresh(self, opened: Opened, fresh: bool = False) -> None:
        self.ws.calls.append(("record.refresh", opened.person, str(fresh)))

    async def banner(self, opened: Opened) -> Banner:
        journal = self.ws.journals[opened.person]
        return self.ws.wear(Banner(journal.patient, (), journal.allergies, journal.alerts, journal.fetched))

    async def overview(self, opened: Opened) -> Overview:
        journal = self.ws.journals[opened.person]
        rows = tuple(TimelineRow(entry, new=at < 3) for at, entry in enumerate(journal.entries[:12]))
        if journal.fetched.status is not FetchStatus.COMPLETE:
            none: Shelf[Problem] = Shelf((), journal.fetched)
            return Overview(none, Shelf((), journal.fetched), Shelf((), journal.fetched), Shelf((), journal.fetched),
                            Shelf((), journal.fetched), rows, len(journal.entries), journal.fetched)  # fmt: skip
        return self.ws.wear(
            Overview(
                Shelf(problems(), FETCHED, withheld=1),
                Shelf(medicines(), FETCHED),
                Shelf(measurements(), FETCHED),
                Shelf((plan(),), FETCHED),
                Shelf(visits(), FETCHED),
                rows,
                len(journal.entries),
                journal.fetched,
            )
        )

    async def page(
        self, opened: Opened, narrowed: TimelineFilter, snapshot: int | None, offset: int, limit: int
    ) -> TimelinePage:
        seen = self._seen(opened, narrowed, snapshot)
        rows = tuple(TimelineRow(entry, new=at < 3) for at, entry in enumerate(seen))[offset : offset + limit]
        total = len(self.ws.journals[opened.person].entries) if snapshot is None else snapshot
        return TimelinePage(self.ws.wear(rows), offset, len(seen), total)

    def _seen(self, opened: Opened, narrowed: TimelineFilter, snapshot: int | None) -> list[Entry]:
        journal = self.ws.journals[opened.person]
        held = journal.entries if snapshot is None else journal.entries[len(journal.entries) - snapshot :]
        waiting = [
            Entry(
                Ref(act.source, "Act", act.id),
                act.patient,
                EntryKind.NOTE,
                When.at(act.signed),
                "Journalnotat",
                act.label,
                state=EntryState.REFUSED if act.state is ActState.REFUSED else EntryState.WAITING,
                author="Kari Nilsen",
            )
            for act in self.ws.acts.values()
            if act.person == opened.person and act.state is not ActState.SENT
        ]
        words = narrowed.text.casefold()
        return [
            entry
            for entry in [*waiting, *held]
            if (not narrowed.kinds or entry.kind in narrowed.kinds)
            and (not narrowed.author or entry.author == narrowed.author)
            and (not words or words in f"{entry.title} {entry.summary}".casefold())
        ]

    async def position(self, opened: Opened, narrowed: TimelineFilter, snapshot: int | None, ref: Ref) -> int | None:
        refs = [entry.ref.bare() for entry in self._seen(opened, narrowed, snapshot)]
        return refs.index(ref.bare()) if ref.bare() in refs else None

    async def arrived(self, opened: Opened, narrowed: TimelineFilter, snapshot: int) -> int:
        return len(self.ws.journals[opened.person].entries) - snapshot

    async def facets(self, opened: Opened) -> Facets:
        return Facets(
            self.ws.wear(("Hjemmesykepleie",)),
            self.ws.wear(("Kari Nilsen", "Per Dahl")),
            (EntryKind.NOTE, EntryKind.CONTACT, EntryKind.MEASUREMENT, EntryKind.MEDICATION),
        )

    async def detail(self, opened: Opened, ref: Ref) -> Detail | None:
        for entry in self._seen(opened, TimelineFilter(), None):
            if entry.ref.bare() == ref.bare():
                text = " ".join([entry.summary or entry.title] * 6)
                return self.ws.wear(
                    Detail(
                        entry,
                        (Paragraph("Vurdering", text), Paragraph("", "Følges opp i morgen.\nRing datter.")),
                        (("Status", "final"), ("Metode", "Manuelt")),
                        (Attachment("Bilde av sår", "image/jpeg", 284_000),),
                        replaced_by=(Ref(SOURCE, "DocumentReference", "e0"),)
                        if entry.state is EntryState.SUPERSEDED
                        else (),
                    )
                )
        return None

    async def fetched(self, opened: Opened) -> Any:
        journal = self.ws.journals[opened.person]
        return Freshness(journal.fetched, journal.fetched)

    async def leave(self, opened: Opened) -> None:
        self.ws.calls.append(("record.leave", opened.person))
