"""The day's round: what belongs to it, and what a bad answer does to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from akson_tui.model.held import FetchStatus
from akson_tui.store import fetches, worklist
from tests.sync.conftest import House
from tests.sync.people import ASTRID, NOW, patient, visit

TODAY = NOW.date()


async def ids(house: House) -> list[str]:
    return [row.appointment.ref.id for row in await house.store.run(worklist.round, "demo", TODAY)]


async def trouble(house: House) -> tuple[FetchStatus, str]:
    state = await house.store.run(fetches.state, f"worklist:demo:{TODAY}")
    return state.status, state.trouble


async def test_the_day_is_oslos(house: House) -> None:
    house.journal.put(visit("just-after-midnight", "astrid", datetime(2026, 3, 1, 23, 10, tzinfo=UTC)))
    house.journal.put(visit("just-before-midnight", "astrid", datetime(2026, 3, 2, 22, 50, tzinfo=UTC)))
    house.journal.put(visit("tomorrow-in-oslo", "astrid", datetime(2026, 3, 2, 23, 10, tzinfo=UTC)))
    house.journal.put(visit("yesterday-in-oslo", "astrid", datetime(2026, 3, 1, 22, 50, tzinfo=UTC)))
    await house.fetch("worklist")
    assert await ids(house) == ["just-after-midnight", "just-before-midnight"]


async def test_more_than_a_page_comes_whole(house: House) -> None:
    house.journal.page = 10
    for number in range(35):
        house.journal.put(visit(f"v{number:02}", "astrid", NOW + timedelta(minutes=number)))
    await house.fetch("worklist")
    assert await ids(house) == [f"v{number:02}" for number in range(35)]


async def test_somebody_elses_appointments_are_dropped_and_told(house: House) -> None:
    house.journal.put(visit("mine", "astrid"))
    house.journal.put(visit("theirs", "astrid", NOW, "Practitioner/per"))
    house.journal.twist = lambda type_, found: house.journal.all(type_)
    await house.fetch("worklist")
    assert await ids(house) == ["mine"] and await trouble(house) == (FetchStatus.PARTIAL, "wrong-patient")


async def test_patients_who_were_not_asked_for_are_dropped(house: House) -> None:
    house.journal.put(visit("mine", "astrid"))
    house.journal.put(patient("odd", "Solheim", "Odd", "15835512345"))
    house.journal.twist = lambda type_, found: house.journal.all(type_) if type_ == "Patient" else found
    await house.fetch("worklist")
    from akson_tui.clinical.query import parse
    from akson_tui.store import patients

    assert not await house.store.run(patients.search, parse("solheim", TODAY), 10)
    assert (await trouble(house))[1] == "wrong-patient"


async def test_a_visit_that_was_taken_off_goes_from_the_list(house: House) -> None:
    house.journal.put(visit("stays", "astrid"))
    house.journal.put(visit("goes", "astrid"))
    await house.fetch("worklist")
    house.journal.delete("Appointment", "goes")
    await house.fetch("worklist")
    assert await ids(house) == ["stays"]


async def test_an_appointment_without_a_patient_stands_in_the_list(house: House) -> None:
    meeting = visit("meeting", "astrid")
    del meeting["participant"][0]
    house.journal.put(meeting)
    await house.fetch("worklist")
    assert await ids(house) == ["meeting"] and (await trouble(house))[0] is FetchStatus.COMPLETE


async def test_a_patient_whose_record_fails_is_shown_by_the_appointments_word(house: House) -> None:
    named = visit("mine", "astrid")
    named["participant"][0]["actor"]["display"] = "Astrid B."
    house.journal.put(named)
    house.journal.faults = lambda _method, path: 500 if path.startswith("Patient") else ""
    await house.fetch("worklist")
    (row,) = await house.store.run(worklist.round, "demo", TODAY)
    assert (row.name, row.person) == ("Astrid B.", "") and row.appointment.patient == ASTRID
    assert await trouble(house) == (FetchStatus.PARTIAL, "server")
