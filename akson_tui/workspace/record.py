"""The record desk: open a person's record, and read what is held of it.

`open` is the only way to an `Opened`, and it logs before it returns: no clinical row is read without one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from akson_tui.model.access import Ground, Opened
from akson_tui.model.entry import Detail, TimelineFilter, TimelinePage
from akson_tui.model.held import FetchStatus
from akson_tui.model.people import Clinician
from akson_tui.model.ref import PersonId, Ref
from akson_tui.model.want import Want, WantKind
from akson_tui.store import audit, marks, patients, timeline
from akson_tui.store.files import Files
from akson_tui.store.timeline import Facets
from akson_tui.workspace import logged, reading
from akson_tui.workspace.room import Room
from akson_tui.workspace.troubles import NotOpened
from akson_tui.workspace.views import Banner, Overview

STALE = timedelta(minutes=2)
"""A record fetched longer ago than this is fetched again when it is opened."""


class Record:
    """Reading one person's record."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def open(self, person: PersonId, ground: Ground) -> Opened:
        """Open and log; ask the line for what is missing or older than two minutes. Raises NotOpened.

        A record that was only fetched ahead is not whole: its older entries are asked for too.
        """
        who = await self._room.clinician()
        opened = await self._room.store.run(_open, person, ground, who, self._room.user)
        held = await self.fetched(opened)
        # `at` is by the journal's clock, which this machine's may be ahead of.
        off = timedelta(seconds=(await self._room.source(opened.patients[0].source)).clock_off)
        age = None if held.summary.at is None else self._room.clock() - off - held.summary.at
        if age is None or age > STALE or held.entries.status is not FetchStatus.COMPLETE:
            self.refresh(opened)
        return opened

    def refresh(self, opened: Opened, fresh: bool = False) -> None:
        """Ask the line for this person; the store tells when something came."""
        self._room.line.fetch(Want(WantKind.PERSON, opened.person, fresh))

    async def banner(self, opened: Opened) -> Banner:
        """Name, numbers, and what is critical."""
        return await self._room.store.run(reading.banner, opened)

    async def overview(self, opened: Opened) -> Overview:
        """Problems, medicines, last measurements, plan, next appointments, latest entries."""
        return await self._room.store.run(reading.overview, opened, self._room.clock())

    async def page(
        self, opened: Opened, narrowed: TimelineFilter, snapshot: int | None, offset: int, limit: int
    ) -> TimelinePage:
        """Rows of the timeline; `snapshot` None takes what is there now."""
        return await self._room.store.run(timeline.page, opened, narrowed, snapshot, offset, limit)

    async def position(self, opened: Opened, narrowed: TimelineFilter, snapshot: int | None, ref: Ref) -> int | None:
        """The row at which `ref` stands, None where it does not."""
        return await self._room.store.run(timeline.position, opened, narrowed, snapshot, ref)

    async def arrived(self, opened: Opened, narrowed: TimelineFilter, snapshot: int) -> int:
        """How many rows came since `snapshot` and wait to be shown."""
        return await self._room.store.run(timeline.arrived, opened, narrowed, snapshot)

    async def facets(self, opened: Opened) -> Facets:
        """What the timeline can be narrowed by."""
        return await self._room.store.run(timeline.facets, opened)

    async def fetched(self, opened: Opened) -> reading.Freshness:
        """How fresh the summary and the entries are."""
        return await self._room.store.run(reading.freshness, opened)

    async def detail(self, opened: Opened, ref: Ref) -> Detail | None:
        """One entry opened; None where it is not held any more."""
        return await self._room.store.run(reading.detail, opened, ref)

    async def copied(self, opened: Opened, act: str) -> None:
        """Log that a copy leaves the journal (`act` is "printed" or "exported"); to be called before it does."""
        who = await self._room.clinician()
        row = logged.event(
            who, self._room.user, self._room.clock(), opened.person, opened.patients[0], act, opened.ground.value
        )
        await self._room.store.run(audit.log, row)

    async def leave(self, opened: Opened) -> None:
        """Left: what was held until now is no longer new to this user."""
        await self._room.store.run(marks.looked, opened.person, self._room.clock())


def _open(files: Files, person: PersonId, ground: Ground, who: Clinician | None, user: str) -> Opened:
    records = patients.records_of(files, person)
    if not records:
        raise NotOpened
    at = files.clock()
    logged_event = logged.event(who, user, at, person, records[0].ref, "opened", ground.value)
    opened = Opened(person, tuple(record.ref for record in records), ground, at, 0)
    number = audit.log(files, logged_event)
    patients.opened(files, person, at)
    return replace(opened, logged=number)
