"""The measurements desk: one row for each kind with its newest values, and all values of one kind for its curve.

The easy mistake is to leave out what was signed a moment ago: measurements that wait in the outbox are laid over what
was fetched, until the journal gives them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from akson_tui.clinical import age as ages
from akson_tui.clinical import bands as banding
from akson_tui.clinical import vitals
from akson_tui.clinical.bands import BandRow
from akson_tui.clinical.search_text import fold
from akson_tui.fhir import observation
from akson_tui.fhir.common import FhirUnreadable, load, withheld
from akson_tui.model.access import Opened
from akson_tui.model.act import Act, ActState
from akson_tui.model.entry import EntryState
from akson_tui.model.health import NO_BAND, Band, Code, Measurement
from akson_tui.model.held import Shelf
from akson_tui.model.ref import Ref
from akson_tui.model.when import OSLO
from akson_tui.store import outbox, patients, persons, records, series
from akson_tui.store.files import Files
from akson_tui.store.records import Body
from akson_tui.workspace import bands, reading
from akson_tui.workspace.room import Room

NEWEST = 6
"""Values of each kind that a table has."""
TITLES = 80
"""Names of measurements that a table looks through."""
WHOLE = 500
"""Values of one name that a curve is made of."""
NEWS2 = "1104051000000101"
_SCALE_2 = "1104321000000108"
_NOT_COUNTED = frozenset({"entered-in-error", "cancelled"})
_WAITING = {
    ActState.WAITING: EntryState.WAITING,
    ActState.SENDING: EntryState.WAITING,
    ActState.REFUSED: EntryState.REFUSED,
    ActState.SENT: EntryState.CURRENT,
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One value: `bands` what it and each of its parts is held against, `flag` how it stands to them (H, L, HL …)."""

    measurement: Measurement
    flag: str = ""
    bands: tuple[Band, ...] = ()
    state: EntryState = EntryState.CURRENT


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of measurement: `kind` is our name for it, '' for those of which we have no row; newest value first.

    `titles` are the names under which its values stand in the timeline.
    """

    key: str
    kind: str
    code: Code
    laboratory: bool
    values: tuple[Measured, ...]
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MeasurementTable:
    """A row for each kind; `scale` is the scale of NEWS2 that this person's SpO2 was scored by last."""

    series: Shelf[Series]
    scale: int = 1


class Measurements:
    """Reading what was measured. What is measured now is signed as a note (`notes`)."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._bands: tuple[BandRow, ...] | None = None

    async def table(self, opened: Opened) -> MeasurementTable:
        """The newest values of each kind."""
        return await self._room.store.run(_table, opened, self._rows(), self._room.clock())

    async def history(self, opened: Opened, one: Series, scale: int = 1) -> Series:
        """The same series with all its values, as far as they are fetched; `scale` is the table's."""
        return await self._room.store.run(_history, opened, one, scale, self._rows(), self._room.clock())

    def _rows(self) -> tuple[BandRow, ...]:
        if self._bands is None:
            self._bands = bands.load(self._room.settings.places.config)
        return self._bands


def key_of(code: Code) -> tuple[str, str]:
    """What makes two measurements the same kind, and our own name for that kind ('' where we have none)."""
    row = vitals.by_loinc(code.code)
    if isinstance(row, vitals.Vital):
        return row.key, row.key
    return (f"{code.system}|{code.code}" if code.code else fold(code.text)), ""


@dataclass(frozen=True, slots=True)
class _Found:
    measurement: Measurement
    title: str
    state: EntryState = EntryState.CURRENT


def _table(files: Files, opened: Opened, rows: tuple[BandRow, ...], now: datetime) -> MeasurementTable:
    fetched = reading.freshness(files, opened).entries
    titles = series.titles(files, opened, "Observation", TITLES)
    found, unreadable = _read(files, opened, titles, NEWEST)
    found += _waiting(files, opened)
    scale = _scale(found)
    by_kind: dict[str, list[_Found]] = {}
    for one in found:
        by_kind.setdefault(key_of(one.measurement.code)[0], []).append(one)
    age = _age(files, opened, now)
    made = [_series(key, held, rows, age, scale, NEWEST) for key, held in by_kind.items()]
    made.sort(key=_place)
    hidden = series.withheld(files, opened, "Observation")
    return MeasurementTable(Shelf(tuple(made), fetched, hidden, unreadable), scale)


def _history(files: Files, opened: Opened, one: Series, scale: int, rows: tuple[BandRow, ...], now: datetime) -> Series:
    found, _unreadable = _read(files, opened, sorted(one.titles), WHOLE)
    found += _waiting(files, opened)
    held = [each for each in found if key_of(each.measurement.code)[0] == one.key]
    if not held:
        return replace(one, values=())
    return _series(one.key, held, rows, _age(files, opened, now), scale, WHOLE)


def _read(files: Files, opened: Opened, titles: Iterable[str], each: int) -> tuple[list[_Found], int]:
    """Values that count, and how many bodies could not be read."""
    found: list[_Found] = []
    unreadable = 0
    for title in titles:
        for body in series.newest(files, opened, "Observation", title, each):
            one = _measurement(body)
            if one is None:
                unreadable += 1
            elif one.status not in _NOT_COUNTED:
                found.append(_Found(one, title))
    return found, unreadable


def _measurement(body: Body) -> Measurement | None:
    try:
        resource = load(body.raw)
    except FhirUnreadable:
        return None
    return None if withheld(resource) else observation.read(resource, body.ref.source)


def _waiting(files: Files, opened: Opened) -> list[_Found]:
    """Measurements in acts of ours that the journal has not given back yet; each is named by its act."""
    names = persons.same_person(files, opened.person)
    found = []
    for act in outbox.acts(files):
        if act.person in names:
            found += _of_act(files, opened, act)
    return found


def _of_act(files: Files, opened: Opened, act: Act) -> list[_Found]:
    found = []
    for part in act.parts:
        held = part.done is not None and records.body(files, opened, part.done) is not None
        if part.type == "Observation" and not held:
            one = observation.read(load(part.body), act.source)
            named = replace(one, ref=Ref(act.source, "Act", act.id))
            found.append(_Found(named, one.code.text, _WAITING[act.state]))
    return found


def _scale(found: Iterable[_Found]) -> int:
    """The scale that the newest NEWS2 was scored by; 1 where none tells."""
    scored = [one.measurement for one in found if one.measurement.code.code == NEWS2]
    newest = max(scored, key=_instant, default=None)
    return 2 if newest is not None and any(part.code.code == _SCALE_2 for part in newest.components) else 1


def _series(
    key: str, found: Sequence[_Found], rows: tuple[BandRow, ...], age: int | None, scale: int, most: int
) -> Series:
    newest = sorted(found, key=lambda one: _instant(one.measurement), reverse=True)
    values = tuple(_judged(one, rows, age, scale) for one in newest[:most])
    first = newest[0].measurement
    kind = key_of(first.code)[1]
    laboratory = first.category == "laboratory" and not kind
    return Series(key, kind, first.code, laboratory, values, frozenset(one.title for one in found if one.title))


def _judged(one: _Found, rows: tuple[BandRow, ...], age: int | None, scale: int) -> Measured:
    """With its sender's range, else with that of the file."""
    measured = one.measurement
    state = one.state
    if state is EntryState.CURRENT and measured.status in ("preliminary", "registered"):
        state = EntryState.PRELIMINARY
    if measured.components and measured.value is None:
        held = [
            part.band if part.band != NO_BAND else banding.find(rows, part.code.code, age, scale)
            for part in measured.components
        ]
        flags = [
            banding.judge(part.value, band, part.judged) for part, band in zip(measured.components, held, strict=True)
        ]
        flag = measured.judged if measured.judged not in ("", "N") else "".join(dict.fromkeys(filter(None, flags)))
        return Measured(measured, flag, tuple(held), state)
    band = measured.band if measured.band != NO_BAND else banding.find(rows, measured.code.code, age, scale)
    return Measured(measured, banding.judge(measured.value, band, measured.judged), (band,), state)


_ORDER = {row.key: place for place, row in enumerate(vitals.ROWS)}


def _place(one: Series) -> tuple[bool, int, str]:
    """Those that a nurse measures first, in the order of a line of a note; what a laboratory answered last."""
    return one.laboratory, _ORDER.get(one.kind, len(_ORDER)), fold(one.code.text)


def _instant(measured: Measurement) -> float:
    return measured.when.earliest.timestamp() if measured.when is not None else float("-inf")


def _age(files: Files, opened: Opened, now: datetime) -> int | None:
    held = patients.records_of(files, opened.person)
    born = held[0].born if held else None
    found = ages.age(born, now.astimezone(OSLO).date()) if born is not None else None
    return found.years if found is not None else None
