"""Astrid's medicines, and who went through them."""

from __future__ import annotations

from akson_tui.clinical.medicines import Use, grouped, reconciled, source_of
from tests.workspace.conftest import NOW, Office
from tests.workspace.test_measurements import put


async def test_astrids_medicines_in_the_bag_outside_it_and_as_needed(office: Office) -> None:
    taken = await office.workspace.medication.all(await office.astrid())
    groups = grouped(taken.all.rows, NOW)
    assert sum(len(rows) for rows in groups.values()) == 14
    assert len(groups[Use.MULTIDOSE]) > 5 and len(groups[Use.AS_NEEDED]) == 3
    assert all(medicine.told_by for medicine in taken.all.rows)
    assert taken.lists == ()


async def test_a_list_tells_when_they_were_gone_through(office: Office) -> None:
    opened = await office.astrid()
    first = (await office.workspace.medication.all(opened)).all.rows[0]
    gone = {"resourceType": "List", "id": "l", "status": "current", "date": "2026-11-12", "title": "Legens liste"}
    await put(office, opened, gone | {"entry": [{"item": {"reference": first.ref.relative}}]})
    lists = (await office.workspace.medication.all(opened)).lists
    newest = reconciled(lists)
    assert newest is not None and newest.title == "Legens liste"
    assert source_of(first, lists) == newest


async def test_errors_are_left_out_and_the_withheld_counted(office: Office) -> None:
    opened = await office.astrid()
    secret = {"security": [{"system": "urn:oid:2.16.578.1.12.4.1.1.9603", "code": "NORS"}]}
    made = {"resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": {"text": "X"}}
    await put(office, opened, made | {"id": "w", "meta": secret}, made | {"id": "e", "status": "entered-in-error"})
    taken = (await office.workspace.medication.all(opened)).all
    assert (len(taken.rows), taken.withheld) == (14, 1)


async def test_a_prescriber_named_by_reference_only_has_the_name_of_the_directory(office: Office) -> None:
    opened = await office.astrid()
    made = {
        "resourceType": "MedicationRequest",
        "id": "r",
        "status": "active",
        "medicationCodeableConcept": {"text": "X"},
        "requester": {"reference": "Practitioner/kari-nilsen"},
    }
    await put(office, opened, made)
    taken = (await office.workspace.medication.all(opened)).all.rows
    assert next(one.told_by for one in taken if one.ref.id == "r") == "Kari Nilsen"
