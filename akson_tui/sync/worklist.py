"""The day's round: the user's appointments of today in Oslo, and the patients they name.

The easy mistake: a list that is empty because nobody answered. Without an answer the old list stays, and says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from akson_tui.fhir import appointment as fhir_appointment
from akson_tui.fhir.common import FhirUnreadable, load, type_of
from akson_tui.journal.rest import since
from akson_tui.journal.troubles import JournalTrouble, NotFound
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.people import Patient
from akson_tui.model.ref import PersonId, Ref
from akson_tui.model.trouble import Trouble
from akson_tui.model.when import OSLO
from akson_tui.model.work import Appointment
from akson_tui.store import fetches, patients, worklist
from akson_tui.store.files import Files, Store
from akson_tui.sync import intake
from akson_tui.sync.names import Names
from akson_tui.sync.page import Page
from akson_tui.sync.source import Level, Search, Source
from akson_tui.sync.user import User, resolve

PAGES = 20
AT_ONCE = 50
Row = tuple[Appointment, bytes]


class Worklist:
    """Fetches the day's list of one user from every source that knows them."""

    def __init__(self, store: Store, sources: Sequence[tuple[Source, Names]], user: str) -> None:
        self._store = store
        self._sources = sources
        self._user = user
        self._known: dict[str, User] = {}

    async def fetch(self, day: date, level: Level) -> tuple[list[PersonId], JournalTrouble | None]:
        """Fetch and keep. Returns the people on the list, by time, and the trouble with a line, if any."""
        key = f"worklist:{self._user}:{day.isoformat()}"
        await self._store.run(_fetching, key)
        rows: list[Row] = []
        noted = ""
        line: JournalTrouble | None = None
        at: datetime | None = None
        for source, names in self._sources:
            try:
                await source.ready()
                user = await self._user_in(source, names, level)
                if user is None:
                    continue
                asked_at = source.line.now()
                found, odd = await _appointments(source, user, day, level)
                noted = noted or odd or await self._patients(source, found, level)
                rows += found
                at = asked_at
            except JournalTrouble as trouble:
                line = trouble
                rows += await self._store.run(_held, self._user, day, source.id)
        if line is None and at is None:
            line = NotFound()  # every source answered, and none knows this clinician
        if line is not None:
            noted = line.trouble.value
        rows.sort(key=lambda row: (row[0].start.earliest.timestamp() if row[0].start else 0.0, row[0].ref))
        if at is not None:
            await intake.keep_round(self._store, self._user, day, rows, at)
        await self._store.run(_settled, key, at, noted)
        return await self._people(rows), line

    async def _user_in(self, source: Source, names: Names, level: Level) -> User | None:
        known = self._known.get(source.id)
        if known is None:
            known = await resolve(source, names, self._user, level)
            if known is None:
                return None
            if not self._known:
                await self._store.run(worklist.set_user, self._user, known.clinician)
            self._known[source.id] = known
        return known

    async def _patients(self, source: Source, rows: Sequence[Row], level: Level) -> str:
        ids = sorted({row[0].patient.id for row in rows if row[0].patient is not None})
        wanted = [
            Search("Patient", (("_id", ",".join(ids[at : at + AT_ONCE])), ("_count", str(AT_ONCE))))
            for at in range(0, len(ids), AT_ONCE)
        ]
        noted = ""
        kept: list[tuple[Patient, bytes]] = []
        for result in await source.searches(level, wanted) if wanted else []:
            if isinstance(result, JournalTrouble):
                noted = noted or result.trouble.value
                continue
            found, odd = intake.patients(result, source.id)
            mine = [one for one in found if one[0].ref.id in ids]
            if odd or len(mine) < len(found):
                noted = noted or Trouble.WRONG_PATIENT.value
            kept += mine
        await intake.keep_patients(self._store, kept, source.line.now())
        return noted

    async def _people(self, rows: Sequence[Row]) -> list[PersonId]:
        refs = [row[0].patient for row in rows if row[0].patient is not None and not row[0].cancelled]
        return await self._store.run(_persons, refs)


async def _appointments(source: Source, user: User, day: date, level: Level) -> tuple[list[Row], str]:
    """The day's appointments in which the user takes part, and a trouble where something was not kept."""
    begin = datetime(day.year, day.month, day.day, tzinfo=OSLO)
    end = (begin.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=OSLO)
    params = [
        ("actor", ",".join(sorted(ref.relative for ref in user.actors))),
        ("date", f"ge{since(begin.astimezone(UTC))}"),
        ("date", f"lt{since(end.astimezone(UTC))}"),
        ("_count", "200"),
    ]
    page = await source.search(level, "Appointment", params)
    rows: dict[Ref, Row] = {}
    odd = ""
    for _ in range(PAGES):
        odd = _take(page, source.id, user, day, rows) or odd
        if not page.next:
            return list(rows.values()), odd
        page = await source.page(level, page.next)
    return list(rows.values()), Trouble.TOO_LARGE.value


def _take(page: Page, source: str, user: User, day: date, rows: dict[Ref, Row]) -> str:
    odd = Trouble.TOO_LARGE.value if page.left else ""
    for piece in page.pieces:
        if not piece.raw or piece.mode != "match":
            continue
        try:
            resource = load(piece.raw)
        except FhirUnreadable:
            odd = odd or Trouble.NOT_FHIR.value
            continue
        if type_of(resource) != "Appointment":
            continue
        read = fhir_appointment.read(resource, source)
        if not read.ref.id or read.start is None or read.start.local.date() != day:
            continue
        if not user.actors.intersection(read.participants):
            odd = odd or Trouble.WRONG_PATIENT.value
            continue
        rows[read.ref.bare()] = (read, piece.raw)
    return odd


def _fetching(files: Files, key: str) -> None:
    fetches.set_state(files, key, replace(fetches.state(files, key), status=FetchStatus.FETCHING, trouble=""))


def _held(files: Files, user: str, day: date, source: str) -> list[Row]:
    """What is on the list from a source that does not answer: it stays."""
    return [(row.appointment, b"") for row in worklist.round(files, user, day) if row.appointment.ref.source == source]


def _settled(files: Files, key: str, at: datetime | None, trouble: str) -> None:
    before = fetches.state(files, key)
    if at is None:
        status = FetchStatus.PARTIAL if before.at else FetchStatus.FAILED
    else:
        status = FetchStatus.PARTIAL if trouble else FetchStatus.COMPLETE
    fetches.set_state(files, key, Fetched(status, at or before.at, None, trouble))


def _persons(files: Files, refs: Sequence[Ref]) -> list[PersonId]:
    return list(dict.fromkeys(patients.person_of(files, ref) for ref in refs))
