"""What was measured, as a nurse reads it: newest of each kind, held against its band, with what waits to be sent."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

from akson_tui import fhir
from akson_tui.clinical.measured_set import MeasuredSet, text
from akson_tui.fhir.common import load
from akson_tui.model.access import Opened
from akson_tui.model.entry import EntryState
from akson_tui.store import records
from akson_tui.store.records import StoredResource
from akson_tui.workspace.measurements import MeasurementTable, Series
from tests.workspace.conftest import NOW, Office


async def put(office: Office, opened: Opened, *resources: dict[str, Any]) -> None:
    """As if the journal had sent them."""
    rows = []
    for resource in resources:
        raw = json.dumps(resource | {"subject": {"reference": opened.patients[0].relative}}).encode()
        read = load(raw)
        entry = fhir.entry(read, opened.patients[0].source)
        assert entry is not None
        rows.append(StoredResource(entry.ref, opened.patients[0], raw, entry, fhir.search_body(read)))
    await office.store.run(records.put, rows, NOW)


def observation(id_: str, text_: str, code: str, value: float, at: str, **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": id_,
        "status": "final",
        "code": {"text": text_, "coding": [{"system": "http://loinc.org", "code": code}]},
        "effectiveDateTime": at,
        "valueQuantity": {"value": value, "unit": "x"},
    } | more


def row(table: MeasurementTable, key: str) -> Series:
    return next(one for one in table.series.rows if key in (one.key, one.code.text))


async def test_astrids_kinds_stand_in_the_order_of_a_line_and_the_laboratory_last(office: Office) -> None:
    table = await office.workspace.measurements.table(await office.astrid())
    names = [one.kind or one.code.text for one in table.series.rows]
    assert names[:3] == ["bp", "pulse", "spo2"]
    assert [one.laboratory for one in table.series.rows] == sorted(one.laboratory for one in table.series.rows)
    assert all(1 <= len(one.values) <= 6 for one in table.series.rows)
    for one in table.series.rows:
        times = [each.measurement.when.earliest for each in one.values if each.measurement.when]
        assert times == sorted(times, reverse=True)


async def test_a_value_outside_its_band_is_flagged_by_its_sender_or_by_the_file(office: Office) -> None:
    table = await office.workspace.measurements.table(await office.astrid())
    for one in table.series.rows:
        for value in one.values:
            number, band = value.measurement.value, value.bands[0]
            if number is not None and band.low is not None and number < band.low:
                assert value.flag == "L"
    assert row(table, "Kalium").values[0].bands[0].low == Decimal("3.6")
    assert row(table, "pulse").values[0].bands[0].source == "NEWS2"


async def test_all_values_of_one_kind_are_there_for_its_curve(office: Office) -> None:
    opened = await office.astrid()
    table = await office.workspace.measurements.table(opened)
    weight = await office.workspace.measurements.history(opened, row(table, "weight"))
    assert len(weight.values) > 40
    assert weight.values[:6] == row(table, "weight").values


async def test_one_kind_under_two_names_and_two_codes_is_one_row(office: Office) -> None:
    opened = await office.astrid()
    await put(
        office,
        opened,
        observation("x1", "Oksygenmetning", "59408-5", 91, "2026-11-23T08:00:00+01:00"),
        observation("x2", "Oksygenmetning", "2708-6", 92, "2026-11-23T09:00:00+01:00"),
    )
    table = await office.workspace.measurements.table(opened)
    assert [one.measurement.value for one in row(table, "spo2").values[:2]] == [Decimal(92), Decimal(91)]
    assert row(table, "spo2").titles == {"Oksygenmetning", "SpO2"}
    history = await office.workspace.measurements.history(opened, row(table, "spo2"))
    assert len(history.values) > 40


async def test_on_scale_2_a_saturation_of_89_is_as_it_should_be(office: Office) -> None:
    opened = await office.astrid()
    at = "2026-11-23T09:00:00+01:00"
    await put(office, opened, observation("s", "SpO2", "2708-6", 89, at))
    scored = {"code": {"coding": [{"code": "1104321000000108"}]}, "valueInteger": 0}
    news2 = {"coding": [{"system": "http://snomed.info/sct", "code": "1104051000000101"}], "text": "NEWS2"}
    await put(office, opened, observation("n", "NEWS2", "", 5, at) | {"code": news2, "component": [scored]})
    table = await office.workspace.measurements.table(opened)
    assert table.scale == 2
    assert row(table, "spo2").values[0].flag == ""
    history = await office.workspace.measurements.history(opened, row(table, "spo2"), table.scale)
    assert history.values[0].flag == ""


async def test_errors_are_left_out_and_what_is_withheld_is_counted(office: Office) -> None:
    opened = await office.astrid()
    before = await office.workspace.measurements.table(opened)
    secret = {"security": [{"system": "urn:oid:2.16.578.1.12.4.1.1.9603", "code": "NORS"}]}
    at = "2026-11-23T09:00:00+01:00"
    await put(
        office,
        opened,
        observation("e", "Puls", "8867-4", 500, at, status="entered-in-error"),
        observation("w", "Puls", "8867-4", 501, at, meta=secret),
        observation("p", "Puls", "8867-4", 77, at, status="preliminary"),
    )
    table = await office.workspace.measurements.table(opened)
    assert table.series.withheld == before.series.withheld + 1
    newest = row(table, "pulse").values[0]
    assert (newest.measurement.value, newest.state) == (Decimal(77), EntryState.PRELIMINARY)


async def test_what_was_signed_stands_there_before_the_journal_has_it_and_once_when_it_has(office: Office) -> None:
    opened = await office.astrid()
    desk, notes = office.workspace.measurements, office.workspace.notes
    before = row(await desk.table(opened), "pulse").values
    await office.engine.stop()
    draft = await notes.begin(opened, "measurements")
    await notes.keep(draft.id, text(MeasuredSet({"bp": "142/88", "pulse": "91"})), 0)
    summary = await notes.summary(draft.id)
    act = await notes.sign(summary, summary.measurements)
    waiting = row(await desk.table(opened), "pulse").values
    assert (waiting[0].state, waiting[0].measurement.ref.type) == (EntryState.WAITING, "Act")
    assert waiting[1:] == before[:5]
    await office.engine.start()

    async def sent() -> bool:
        return (await office.workspace.outbox.get(act.id)).state == "sent"

    await office.until(sent)
    after = row(await desk.table(opened), "pulse").values
    assert after[0].state is EntryState.CURRENT
    assert [each.measurement.value for each in after] == [each.measurement.value for each in waiting]
    assert after[0].measurement.value == Decimal(91)


async def test_a_child_is_not_held_against_an_adults_band(office: Office) -> None:
    opened = await office.astrid()
    await put(office, opened, observation("c", "Puls", "8867-4", 130, "2026-11-23T09:00:00+01:00"))
    desk = office.workspace.measurements
    assert row(await desk.table(opened), "pulse").values[0].flag == "H"
    desk._bands = tuple(replace(each, from_age=90) for each in desk._rows())
    assert row(await desk.table(opened), "pulse").values[0].flag == ""
