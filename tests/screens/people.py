"""Astrid and the others, and a workspace in memory that screens are tested against: same desks, same words, no disk.

`FakeWorkspace(dress=...)` gives every text that came from a record to `dress`, so that hostile strings can stand in
each of them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from akson_tui.config.settings import Places, Settings, Site, SourceSettings
from akson_tui.model.access import Ground, Opened
from akson_tui.model.act import Act, ActKind, ActState
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
from akson_tui.model.health import Alert, Allergy, Certainty, Code, Component, Measurement, Medicine, Problem
from akson_tui.model.held import Fetched, FetchStatus, Shelf
from akson_tui.model.line import LineStatus, SourceState
from akson_tui.model.note import Draft, DraftKind, Recognised, SignSummary, Template
from akson_tui.model.people import FNR, Clinician, HumanName, Identifier, Patient, Protection, Sex
from akson_tui.model.plan import Activity, CarePlan
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.model.work import Appointment, Round, RoundRow
from akson_tui.workspace import troubles
from akson_tui.workspace.views import (
    ActRow,
    Banner,
    DraftRow,
    Environment,
    FindAnswer,
    Hit,
    Overview,
    RegisterHits,
)

NOW = datetime(2026, 11, 24, 11, 3, tzinfo=UTC)
"""Tuesday, 12.03 in Oslo."""
SOURCE = "journal"
FETCHED = Fetched(FetchStatus.COMPLETE, NOW)

KARI = Clinician(
    name="Kari Nilsen",
    hpr="9144900",
    profession="SP",
    practitioner=Ref(SOURCE, "Practitioner", "kari-nilsen"),
    role=Ref(SOURCE, "PractitionerRole", "kari-nilsen"),
    organisation=Ref(SOURCE, "Organization", "hjemmesykepleien"),
    organisation_name="Kristiansand hjemmesykepleie",
)

_PEOPLE = (
    ("astrid-bakken", "Astrid Bakken", "1942-04-12", Sex.FEMALE, "12044212345", "Morgenstell og medisiner"),
    ("arne-lunde", "Arne Lunde", "1938-01-30", Sex.MALE, "30013812345", "Sårstell, venstre legg"),
    ("bjorg-osteraas", "Bjørg Østerås", "1951-09-03", Sex.FEMALE, "03095112345", "Insulin"),
    ("einar-dahl", "Einar Dahl", "1945-06-17", Sex.MALE, "17064512345", "Medisiner, multidose"),
    ("fatima-said", "Fatima Said", "1960-02-02", Sex.FEMALE, "02026012345", "Dusj"),
    ("gunnar-vik", "Gunnar Vik", "1934-12-24", Sex.MALE, "24123412345", "Kateterstell"),
    ("helga-moe", "Helga Moe", "1947-08-08", Sex.FEMALE, "08084712345", "Støttestrømper"),
    ("inger-aas", "Inger Ås", "1940-03-21", Sex.FEMALE, "21034012345", "Blodtrykk og vekt"),
    ("johan-berg", "Johan Berg", "1955-11-11", Sex.MALE, "11115512345", "Injeksjon"),
    ("kirsten-lie", "Kirsten Lie", "1943-07-01", Sex.FEMALE, "01074312345", "Stell"),
    ("leif-hagen", "Leif Hagen", "1949-05-05", Sex.MALE, "05054912345", "Medisiner"),
    ("marit-sunde", "Marit Sunde", "1952-10-10", Sex.FEMALE, "10105212345", "Tilsyn"),
    ("nils-eidet", "Nils Eidet", "1939-02-14", Sex.MALE, "14023912345", "Middag og medisiner"),
    ("oddny-ruud", "Oddny Ruud", "1946-04-30", Sex.FEMALE, "30044612345", "Øyedråper"),
    ("petter-solem", "Petter Solem", "1958-09-19", Sex.MALE, "19095812345", "Sårstell"),
)

Dress = Callable[[str], str]


def plainly(text: str) -> str:
    """No dress at all."""
    return text


def dressed(value: object, dress: Dress) -> object:
    """`value` with every text in it given to `dress`: nouns, tuples and strings, but no codes, ids or enumerations."""
    if isinstance(value, str) and type(value) is str:
        return dress(value)
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(dressed(each, dress) for each in value)
    if isinstance(value, (Ref, When, Draft, Act, Opened)):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kept = {"person", "patient_id", "trouble", "digest", "system", "code", "status", "absent", "source"}
        changed = {
            each.name: dressed(getattr(value, each.name), dress)
            for each in dataclasses.fields(value)
            if each.init and not (each.name in kept and isinstance(getattr(value, each.name), str))
        }
        return replace(value, **changed)
    return value


def settings(home: Path, **changed: object) -> Settings:
    """Settings of the demo, below `home`."""
    places = Places(
        home / "config.toml", home / "sites", home / "templates", home / "data", home / "run", home / "themes"
    )
    site = Site("demo", "DEMO", (SourceSettings(SOURCE, "http://127.0.0.1:8181/fhir"),))
    return replace(Settings(places, site, user="demo"), **changed)


def patient(index: int) -> Patient:
    """One of the fifteen of today's round."""
    id_, name, born, sex, number, _ = _PEOPLE[index]
    given, family = name.split(" ", 1)
    return Patient(
        ref=Ref(SOURCE, "Patient", id_, "1"),
        name=HumanName(name, family, (given,)),
        born=When.parse(born),
        sex=sex,
        identifiers=(Identifier(FNR, number),),
        address="Strandgata 4",
        city="Kristiansand",
        phones=("90 00 00 01",),
        language="Arabisk" if id_ == "fatima-said" else "",
        interpreter=id_ == "fatima-said",
        protection=Protection.STRICT if id_ == "fatima-said" else Protection.NONE,
    )


def entries(count: int, patient_ref: Ref) -> list[Entry]:
    """A journal of `count` entries, newest first, of several kinds."""
    kinds = (
        (EntryKind.NOTE, "Journalnotat", "Tung pust i natt, roet seg etter inhalasjon. Satt oppe i senga til kl. 4."),
        (EntryKind.MEASUREMENT, "Blodtrykk", "142/88 mmHg"),
        (EntryKind.CONTACT, "Hjemmebesøk", "Morgenstell"),
        (EntryKind.MEASUREMENT, "Oksygenmetning", "89 %"),
        (EntryKind.MEDICATION, "Paracetamol 500 mg", "1 tablett inntil 4 ganger daglig"),
        (EntryKind.NOTE, "Sykepleienotat", "Leggsår renset og bandasjert, mindre væske enn i forrige uke"),
        (EntryKind.OTHER, "NutritionOrder", ""),
    )
    made: list[Entry] = []
    for number in range(count):
        kind, title, summary = kinds[number % len(kinds)]
        at = NOW - timedelta(hours=5 * number + 2)
        made.append(
            Entry(
                ref=Ref(SOURCE, "DocumentReference" if kind is EntryKind.NOTE else "Observation", f"e{number}", "1"),
                patient=patient_ref,
                kind=kind,
                when=When.at(at),
                title=title,
                summary=summary,
                service="Hjemmesykepleie",
                author="Kari Nilsen" if number % 2 else "Per Dahl",
                role="sykepleier",
                state=EntryState.SUPERSEDED if number % 29 == 11 else EntryState.CURRENT,
                withheld=number % 31 == 17,
                type="DocumentReference" if kind is EntryKind.NOTE else "Observation",
            )
        )
    return made


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


class FakeWorkspace:
    """The desks in memory. `journals`, `drafts`, `acts`, `states` may be changed by tests, who then call `tell`."""

    def __init__(self, size: int = 600, dress: Dress = plainly, user: str = "demo") -> None:
        self.dress = dress
        self.user = user
        self.environment = Environment("DEMO")
        self.who: Clinician | None = KARI if user else None
        self.journals: dict[str, Journal] = {}
        for index, row in enumerate(_PEOPLE):
            who = patient(index)
            self.journals[row[0]] = Journal(who, entries(size if index == 0 else 12, who.ref))
        astrid = self.journals["astrid-bakken"]
        astrid.allergies = Shelf((penicillin(), nuts()), FETCHED)
        astrid.alerts = Shelf((Alert(Ref(SOURCE, "Flag", "f1"), "Fallfare", True),), FETCHED)
        self.round_rows = [self._round_row(index) for index in range(len(_PEOPLE))]
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
        id_, name, born, _, _, reason = _PEOPLE[index]
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


TEMPLATES = (
    Template("free", "Fritt notat", "B02-2", "Journalnotat"),
    Template("home_visit", "Hjemmebesøk", "B02-2", "Journalnotat", ("Observasjoner", "Tiltak", "Vurdering")),
)


class FakeNotes:
    def __init__(self, ws: FakeWorkspace) -> None:
        self.ws = ws
        self.saves: list[str] = []

    def templates(self) -> tuple[Template, ...]:
        return self.ws.wear(TEMPLATES)

    def template(self, id_: str) -> Template:
        return next((each for each in self.templates() if each.id == id_), self.templates()[0])

    async def offered(self, patient: Ref) -> bool:
        return self.ws.taken

    def _must(self) -> None:
        if not self.ws.taken:
            raise troubles.NotTaken(known=True)

    async def begin(self, opened: Opened, template: str) -> Draft:
        self._must()
        text = next((each for each in TEMPLATES if each.id == template), TEMPLATES[0]).text
        return self._new(opened.person, DraftKind.NEW, template, text, None)

    def _new(self, person: str, kind: DraftKind, template: str, text: str, target: Ref | None) -> Draft:
        self.ws.ids += 1
        draft = Draft(
            f"urn:uuid:{self.ws.ids:032}", person, self.ws.journals[person].patient.ref, kind, template, text, 0,
            NOW, NOW, target,
        )  # fmt: skip
        self.ws.kept[draft.id] = draft
        return draft

    async def addendum(self, opened: Opened, target: Ref) -> Draft:
        self._must()
        if target.type != "DocumentReference":
            raise troubles.TargetNotHeld
        return self._new(opened.person, DraftKind.ADDENDUM, "free", "", target)

    async def correct(self, opened: Opened, target: Ref) -> Draft:
        self._must()
        if target.type != "DocumentReference":
            raise troubles.TargetNotHeld
        found = await self.ws.record.detail(opened, target)
        assert found is not None
        return self._new(opened.person, DraftKind.CORRECTION, "free", found.paragraphs[0].body, target)

    async def keep(self, draft: str, text: str, cursor: int) -> datetime:
        if self.ws.keep_fails is not None:
            raise self.ws.keep_fails
        self.ws.kept[draft] = replace(await self.get(draft), text=text, cursor=cursor, saved=NOW)
        self.saves.append(text)
        return NOW

    async def get(self, draft: str) -> Draft:
        if draft not in self.ws.kept:
            raise troubles.Gone
        return self.ws.kept[draft]

    async def all(self) -> tuple[DraftRow, ...]:
        return tuple(DraftRow(draft, self.ws.dress(self.ws.name_of(draft.person))) for draft in self.ws.kept.values())

    async def discard(self, draft: str) -> None:
        self.ws.kept.pop(draft, None)

    def name_author(self, name: str, hpr: str) -> None:
        self.ws.who = Clinician(name, hpr)

    async def summary(self, draft: str) -> SignSummary:
        self._must()
        held = await self.get(draft)
        if not held.text.strip():
            raise troubles.EmptyNote
        if self.ws.who is None:
            raise troubles.NoAuthor
        at = held.text.find("BT ")
        measured = (
            (
                Recognised(at, at + 9, "bp", ("142", "88"), "mm[Hg]"),
                Recognised(at + 10, at + 16, "spo2", ("9",), "%", True),
            )
            if at >= 0
            else ()
        )
        who = self.ws.journals[held.person].patient
        return self.ws.wear(
            SignSummary(held, "Fritt notat", who.name.text, who.national_id, self.ws.who, held.text, measured, True,
                        self.ws.who.organisation_name, sha256(held.text.encode("utf-8", "replace")).hexdigest())
        )  # fmt: skip

    async def sign(self, summary: SignSummary, measurements: tuple[Recognised, ...]) -> Act:
        draft = summary.draft
        self.ws.calls.append(("notes.sign", draft.id, *(each.kind for each in measurements)))
        del self.ws.kept[draft.id]
        label = " ".join(draft.text.split())[:60]
        act = Act(draft.id, ActKind.NOTE, SOURCE, draft.person, draft.patient, label, NOW, (), b"draft")
        self.ws.acts[act.id] = act
        return act

    async def wrong_patient(self, opened: Opened, ref: Ref, reason: str, right_person: str) -> Draft:
        self.ws.calls.append(("notes.wrong_patient", opened.person, ref.id, reason, right_person))
        if self.ws.who is None:
            raise troubles.NoAuthor
        return self._new(right_person, DraftKind.NEW, "free", "Teksten fra feil pasient", None)


class FakeOutbox:
    def __init__(self, ws: FakeWorkspace) -> None:
        self.ws = ws

    async def all(self) -> tuple[ActRow, ...]:
        rows = []
        for act in self.ws.acts.values():
            worn = replace(act, label=self.ws.dress(act.label), said=self.ws.dress(act.said) if act.said else "")
            rows.append(ActRow(worn, self.ws.dress(self.ws.name_of(act.person))))
        return tuple(rows)

    async def get(self, act: str) -> Act:
        if act not in self.ws.acts:
            raise troubles.Gone
        return self.ws.acts[act]

    async def retry(self, act: str) -> None:
        self.ws.calls.append(("outbox.retry", act))

    async def take_back(self, act: str) -> Draft:
        held = await self.get(act)
        if held.state not in (ActState.WAITING, ActState.REFUSED):
            raise troubles.TooLate
        del self.ws.acts[act]
        draft = Draft(act, held.person, held.patient, DraftKind.NEW, "free", held.label, 0, NOW, NOW)
        self.ws.kept[act] = draft
        return draft

    async def remove(self, act: str) -> None:
        held = await self.get(act)
        if held.state not in (ActState.REFUSED, ActState.SENT):
            raise troubles.TooLate
        del self.ws.acts[act]


def penicillin() -> Allergy:
    return Allergy(
        Ref(SOURCE, "AllergyIntolerance", "al1"), Code("Penicillin"), "anafylaksi", True, Certainty.CONFIRMED, True
    )


def nuts() -> Allergy:
    return Allergy(Ref(SOURCE, "AllergyIntolerance", "al2"), Code("Nøtter"), "utslett", False, Certainty.PRESUMED, True)


def problems() -> tuple[Problem, ...]:
    names = (
        "Kronisk obstruktiv lungesykdom", "Hjertesvikt", "Atrieflimmer", "Hypertensjon", "Osteoporose", "Leggsår",
        "Artrose i kne", "Katarakt", "Nedsatt hørsel", "Depresjon, tidligere", "Urininkontinens", "Falltendens",
    )  # fmt: skip
    return tuple(
        Problem(
            Ref(SOURCE, "Condition", f"c{at}"), Code(name), at != 9, Certainty.CONFIRMED, When.parse(str(2008 + at))
        )
        for at, name in enumerate(names)
    )


def medicines() -> tuple[Medicine, ...]:
    names = (
        ("Spiriva Respimat 2,5 mikrog", "2 inh. kl. 8"), ("Ventoline 0,1 mg", "1–2 inh. ved behov"),
        ("Metoprolol depot 50 mg", "1 x 1"), ("Eliquis 5 mg", "1 x 2"), ("Furix 40 mg", "1 x 1"),
        ("Ramipril 5 mg", "1 x 1"), ("Kalcipos-D", "1 x 1"), ("Alendronat 70 mg", "1 x 1 mandag"),
        ("Paracet 500 mg", "2 x 3"), ("Laktulose", "15 ml x 1"), ("Prednisolon 5 mg", "ved forverring"),
        ("Imovane 5 mg", "½ ved behov"), ("Atorvastatin 20 mg", "1 x 1"), ("Folsyre 1 mg", "1 x 1"),
    )  # fmt: skip
    return tuple(
        Medicine(
            Ref(SOURCE, "MedicationStatement", f"m{at}"), Code(name), dose, "", True, "active", at % 3 == 0, None, False
        )
        for at, (name, dose) in enumerate(names)
    )


def measurements() -> tuple[Measurement, ...]:
    at = When.at(NOW - timedelta(hours=4))
    ref = Ref(SOURCE, "Observation", "o1")
    pressure = (
        Component(Code("Systolisk"), Decimal("142"), "mm[Hg]"),
        Component(Code("Diastolisk"), Decimal("88"), "mm[Hg]"),
    )
    return (
        Measurement(ref, Code("Blodtrykk"), at, None, "", components=pressure),
        Measurement(ref, Code("Puls"), at, Decimal("91"), "/min"),
        Measurement(ref, Code("Oksygenmetning"), at, Decimal("89"), "%"),
        Measurement(ref, Code("Temperatur"), at, Decimal("37.90"), "Cel"),
        Measurement(ref, Code("Vekt"), When.parse("2026-11"), Decimal("71.2"), "kg"),
        Measurement(ref, Code("Respirasjon"), at, None, "", absent="not-performed"),
    )  # fmt: skip


def plan() -> CarePlan:
    acts = (
        "Medisiner morgen",
        "Medisiner kveld",
        "Dusj",
        "Sårstell",
        "Vekt",
        "Inhalasjon",
        "Tilsyn natt",
        "Støttestrømper",
    )
    return CarePlan(
        Ref(SOURCE, "CarePlan", "p1"), "Tiltaksplan hjemmesykepleie", "active", When.parse("2026-02-01"), None,
        tuple(Activity(f"{acts[at % 8]} {at + 1}", "in-progress", "daglig kl. 8", "Sone øst") for at in range(20)),
    )  # fmt: skip


def visits() -> tuple[Appointment, ...]:
    return tuple(
        Appointment(Ref(SOURCE, "Appointment", f"n{at}"), When.at(NOW + timedelta(days=at, hours=1)), None, "booked",
                    ("Kveldsstell", "Fastlege", "Fotterapeut")[at], None)
        for at in range(3)
    )  # fmt: skip


TODAY = date(2026, 11, 24)
