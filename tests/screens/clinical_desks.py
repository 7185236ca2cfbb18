"""Desks of measurements and medicines in memory, and a workspace that has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from akson_tui.model.access import Opened
from akson_tui.model.act import ActState
from akson_tui.model.entry import EntryState
from akson_tui.model.health import Band, Code, Component, Measurement, Medicine, MedicineList
from akson_tui.model.held import Fetched, Shelf
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.workspace.measurements import Measured, MeasurementTable, Series
from akson_tui.workspace.medication import Medicines
from tests.screens.people import FETCHED, NOW, SOURCE, FakeWorkspace

ATC = "http://www.whocc.no/atc"


def value(
    id_: str,
    name: str,
    said: str,
    unit: str,
    hours: float,
    *,
    flag: str = "",
    band: Band | None = None,
    state: EntryState = EntryState.CURRENT,
) -> Measured:
    """One value; `142/88` is a pair."""
    numbers = [Decimal(number) for number in said.split("/")] if said else []
    at = When.at(NOW - timedelta(hours=hours))
    ref = Ref(SOURCE, "Observation", id_, "1")
    if len(numbers) == 2:
        parts = tuple(
            Component(Code(part), number, unit) for part, number in zip(("over", "under"), numbers, strict=True)
        )
        measured = Measurement(ref, Code(name), at, None, "", components=parts, by="Kari Nilsen, sykepleier")
        return Measured(measured, flag, (band or Band(), Band(None, Decimal(89))), state)
    number = numbers[0] if numbers else None
    absent = "" if numbers else "not-performed"
    measured = Measurement(ref, Code(name), at, number, unit, absent=absent, by="Per Dahl, helsefagarbeider")
    return Measured(measured, flag, (band or Band(),), state)


def series(kind: str, name: str, unit: str, *said: str, laboratory: bool = False, band: Band | None = None) -> Series:
    """A kind measured every other day, newest first."""
    values = tuple(
        value(f"{name}-{at}", name, each, unit, 3.5 + 48 * at, band=band, flag="L" if each == "86" else "")
        for at, each in enumerate(said)
    )
    return Series(kind or name, kind, Code(name), laboratory, values, frozenset((name,)))


SATURATION = Band(Decimal(88), source="NEWS2, skala 2")


def measured_series() -> list[Series]:
    """Astrid's."""
    return [
        series("bp", "Blodtrykk", "mm[Hg]", *(f"{142 - at % 9}/{88 - at % 5}" for at in range(40))),
        series("pulse", "Puls", "/min", "91", "88", "84", "79", "104"),
        series("spo2", "Oksygenmetning", "%", "89", "90", "86", "91", "90", "88", "89", "92", band=SATURATION),
        series("temperature", "Temperatur", "Cel", "37.90"),
        series("weight", "Vekt", "kg", "52.9", "53.4", "53.1"),
        series("", "Smerte ved bevegelse av venstre skulder", "", ""),
        series("", "Hemoglobin", "g/dL", "11.4", "11.9", laboratory=True, band=Band(Decimal("11.7"), Decimal("15.3"))),
    ]


class FakeMeasurements:
    def __init__(self, ws: ClinicalWorkspace) -> None:
        self.ws = ws
        self.series = measured_series()
        self.fetched: Fetched = FETCHED
        self.withheld = 0
        self.scale = 2

    async def table(self, opened: Opened) -> MeasurementTable:
        rows = [replace(one, values=one.values[:6]) for one in self.series]
        for act in self.ws.acts.values():
            if act.person == opened.person and act.kind == "note" and act.label.startswith("BT 142/88"):
                state = EntryState.CURRENT if act.state is ActState.SENT else EntryState.WAITING
                waiting = value("x", "Blodtrykk", "142/88", "mm[Hg]", 0, state=state)
                named = replace(waiting, measurement=replace(waiting.measurement, ref=Ref(SOURCE, "Act", act.id)))
                rows[0] = replace(rows[0], values=(named, *rows[0].values[:5]))
        return self.ws.wear(MeasurementTable(Shelf(tuple(rows), self.fetched, self.withheld), self.scale))

    async def history(self, opened: Opened, one: Series, scale: int = 1) -> Series:
        self.ws.calls.append(("measurements.history", one.key, str(scale)))
        found = next((each for each in self.series if each.kind and each.kind == one.kind), None)
        return self.ws.wear(found) if found is not None else one


def medicine(
    id_: str,
    name: str,
    dosage: str,
    *,
    why: str = "",
    since: str = "2024-03-12",
    until: str = "",
    atc: str = "",
    status: str = "active",
    told_by: str = "Ingrid Aanensen, fastlege",
    **more: Any,
) -> Medicine:
    """One medicine."""
    made = {"multidose": False, "requested": False} | more
    return Medicine(
        ref=Ref(SOURCE, "MedicationRequest" if made["requested"] else "MedicationStatement", id_, "1"),
        name=Code(name, ATC if atc else "", atc),
        dosage=dosage,
        reason=why,
        active=status == "active",
        status=status,
        since=When.parse(since) if since else None,
        until=When.parse(until) if until else None,
        told_by=told_by,
        **made,
    )


def taken() -> list[Medicine]:
    """Astrid's."""
    return [
        medicine("m1", "Metoprolol depottablett 50 mg", "1 tablett kl. 8", why="Rytmekontroll", multidose=True),
        medicine(
            "m2", "Furosemid tablett 40 mg", "1 tablett kl. 8", why="Vanndrivende", atc="C03CA01", multidose=True,
            since="2026-11-12",
        ),
        medicine(
            "m3", "Furosemid tablett 20 mg", "1 tablett kl. 8", atc="C03CA01", multidose=True, status="completed",
            since="2025-01-01", until="2026-11-11",
        ),
        medicine(
            "m4", "Alendronsyre tablett 70 mg",
            "1 tablett hver søndag kl. 7, fastende, sittende eller stående i en halv time etterpå", why="Beinskjørhet",
        ),
        medicine(
            "m5", "Salbutamol inhalasjonsvæske 1 mg/ml", "2,5 ml på forstøver inntil 4 ganger daglig, ved behov",
            why="Tung pust", as_needed=True, requested=True, since="2023-04-07",
        ),
        medicine("m6", "Prednisolon tablett 20 mg", "1 tablett kl. 8", status="stopped", since="2026-10-01",
                 until="2026-10-08", ended_for="Kur ferdig", told_by="Per Dahl, lege"),
        medicine("m7", "Warfarin tablett 2,5 mg", "", status="on-hold", why="Venter på INR"),
        medicine("m8", "Atorvastatin tablett 20 mg", "1 tablett kl. 20", since="2026-12-01"),
    ]  # fmt: skip


class FakeMedication:
    def __init__(self, ws: ClinicalWorkspace) -> None:
        self.ws = ws
        self.medicines = taken()
        self.lists: list[MedicineList] = []
        self.fetched: Fetched = FETCHED
        self.withheld = 0

    async def all(self, opened: Opened) -> Medicines:
        return self.ws.wear(Medicines(Shelf(tuple(self.medicines), self.fetched, self.withheld), tuple(self.lists)))


class ClinicalWorkspace(FakeWorkspace):
    """`FakeWorkspace` with the desks of views 3 and 4."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.measurements = FakeMeasurements(self)
        self.medication = FakeMedication(self)
