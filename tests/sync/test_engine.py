"""The engine as the workspace meets it: what a user asks for comes, what cannot come is told, and else it is silent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from akson_tui.clinical.query import parse
from akson_tui.model.held import FetchStatus
from akson_tui.model.line import LineStatus
from akson_tui.model.ref import Ref
from akson_tui.store import fetches, patients, records, worklist
from akson_tui.store.troubles import CacheDamaged
from akson_tui.sync.worklist import Worklist
from tests.sync.conftest import House, Street, Want
from tests.sync.people import ASTRID, NOW, ODD, SOURCE, document, measurement, patient, visit

TODAY = NOW.date()


async def test_the_round_of_today_comes_with_its_patients(house: House) -> None:
    house.journal.put(patient("odd", "Solheim", "Odd Arne", "15835512345"))
    house.journal.put(visit("second", "odd", NOW + timedelta(hours=1)))
    house.journal.put(visit("first", "astrid"))
    house.journal.put(visit("tomorrow", "astrid", NOW + timedelta(days=1)))
    house.journal.put(visit("by-role", "astrid", NOW + timedelta(hours=2), "PractitionerRole/kari-home"))
    house.journal.put(visit("somebody-elses", "odd", NOW, "Practitioner/per"))
    await house.fetch("worklist")
    rows = await house.store.run(worklist.round, "demo", TODAY)
    assert [row.appointment.ref.id for row in rows] == ["first", "second", "by-role"]
    assert [row.name for row in rows] == ["Astrid Bakken", "Odd Arne Solheim", "Astrid Bakken"]
    state = await house.store.run(fetches.state, f"worklist:demo:{TODAY}")
    assert state.status is FetchStatus.COMPLETE and state.at is not None


async def test_the_user_is_known_after_the_round_came(house: House) -> None:
    await house.fetch("worklist")
    user = await house.store.run(worklist.user)
    assert user is not None
    assert (user.name, user.hpr, user.organisation_name) == ("Kari Nilsen", "565900000", "Hjemmetjenesten")
    assert not user.signed_in


async def test_the_rounds_records_are_fetched_ahead_without_being_opened(house: House) -> None:
    house.journal.put(visit("first", "astrid"))
    house.journal.put(measurement(1))
    await house.fetch("worklist")
    person = await house.person()
    entries = await house.store.run(fetches.state, f"person:{person}:entries")
    assert entries.status is FetchStatus.COMPLETE
    assert len(await house.store.run(records.versions_of_person, ASTRID)) == 3  # allergy, measurement, visit


async def test_what_was_fetched_ahead_a_moment_ago_is_not_fetched_again(house: House) -> None:
    house.journal.put(visit("first", "astrid"))
    await house.fetch("worklist")
    before = len(house.journal.log)
    await house.fetch("worklist")
    assert len(house.journal.log) - before <= 4  # role or not, appointments, patients; no record


async def test_f5_on_the_round_looks_for_what_is_new_in_its_records(house: House) -> None:
    house.journal.put(visit("first", "astrid"))
    await house.fetch("worklist")
    house.journal.put(measurement(0), id="new")
    await house.fetch("worklist")
    assert Ref(SOURCE, "Observation", "new") not in await house.store.run(records.versions_of_person, ASTRID)
    await house.fetch("worklist", fresh=True)
    assert Ref(SOURCE, "Observation", "new") in await house.store.run(records.versions_of_person, ASTRID)


async def test_where_the_cache_was_damaged_it_is_fetched_anew(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.journal.put(visit("first", "astrid"))
    real, failed = Worklist.fetch, []

    async def once(self: Worklist, *args: Any) -> Any:
        if not failed:
            failed.append(True)
            raise CacheDamaged
        return await real(self, *args)

    monkeypatch.setattr(Worklist, "fetch", once)
    await house.fetch("worklist")
    assert len(await house.store.run(worklist.round, "demo", TODAY)) == 1


async def test_an_error_that_nobody_foresaw_ends_one_job_and_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Worklist, "fetch", lambda *_args: 1 / 0)
        house.engine.fetch(Want("worklist"))
        while house.engine.jobs:
            await house.store.run(lambda _files: None)
    assert [type(error) for error in house.errors] == [ZeroDivisionError]
    house.errors.clear()
    await house.fetch("worklist")
    assert (await house.store.run(fetches.state, f"worklist:demo:{TODAY}")).status is FetchStatus.COMPLETE


async def test_nothing_is_sent_while_nobody_wants_anything(house: House) -> None:
    await house.fetch("worklist")
    before = len(house.journal.log)
    house.time.go(86400)
    await house.quiet()
    assert len(house.journal.log) == before and not house.time.sleeping


async def test_without_a_user_there_is_no_round_and_no_question(street: Street) -> None:
    street.user = ""
    house = await street.house()
    await house.fetch("worklist")
    assert house.journal.log == []


async def test_a_user_whom_the_journal_does_not_know_is_told(street: Street) -> None:
    street.user = "nobody"
    house = await street.house()
    await house.fetch("worklist")
    state = await house.store.run(fetches.state, f"worklist:nobody:{TODAY}")
    assert (state.status, state.trouble) == (FetchStatus.FAILED, "not-found")


async def test_starting_offline_keeps_what_was_there_and_says_so(street: Street) -> None:
    street.journal.put(visit("first", "astrid"))
    first = await street.house()
    await first.fetch("worklist")
    await first.engine.stop()
    street.journal.down = True
    second = await street.house()
    await second.fetch("worklist")
    rows = await second.store.run(worklist.round, "demo", TODAY)
    assert [row.name for row in rows] == ["Astrid Bakken"]
    state = await second.store.run(fetches.state, f"worklist:demo:{TODAY}")
    assert (state.status, state.trouble) == (FetchStatus.PARTIAL, "no-line")
    line = await second.store.run(fetches.source, SOURCE)
    assert line.status is LineStatus.DOWN and line.known and "DocumentReference" in line.creates


async def test_when_the_line_is_back_what_failed_is_fetched(house: House) -> None:
    house.journal.put(visit("first", "astrid"))
    house.journal.down = True
    await house.fetch("worklist")
    house.journal.down = False
    assert house.time.next()
    await house.quiet()
    state = await house.store.run(fetches.state, f"worklist:demo:{TODAY}")
    assert state.status is FetchStatus.COMPLETE
    assert (await house.store.run(fetches.source, SOURCE)).status is LineStatus.UP
    assert not house.time.sleeping


async def test_while_the_line_is_down_it_is_tried_more_and_more_seldom(house: House) -> None:
    house.journal.down = True
    await house.fetch("worklist")
    waits = []
    for _ in range(8):
        before = house.time.now
        assert house.time.next()
        waits.append((house.time.now - before).total_seconds())
        await house.quiet()
    assert [round(wait / step, 0) for wait, step in zip(waits, (1, 2, 5, 10, 30, 60, 60, 60), strict=True)] == [1] * 8


async def test_a_search_that_gets_through_brings_the_failed_fetch_too(house: House) -> None:
    house.journal.put(visit("first", "astrid"))
    house.journal.down = True
    await house.fetch("worklist")
    house.journal.down = False
    await house.engine.search(parse("bakken", TODAY))
    await house.quiet()
    state = await house.store.run(fetches.state, f"worklist:demo:{TODAY}")
    assert state.status is FetchStatus.COMPLETE


async def test_a_register_hit_can_be_opened_at_once(house: House) -> None:
    found = await house.engine.search(parse("astrid bakken", TODAY))
    assert [ref.bare() for ref in found.found] == [ASTRID] and not found.trouble
    person = await house.person()
    assert (await house.store.run(patients.records_of, person))[0].name.text == "Astrid Bakken"


async def test_no_name_birth_date_or_number_stands_in_an_address(house: House) -> None:
    for text in ("bakken", "14.03.1942", "14834298520", "bakken 1942"):
        await house.engine.search(parse(text, TODAY))
    searches = [entry for entry in house.journal.log if "Patient" in entry[1]]
    assert len(searches) == 4
    assert all(method == "POST" and path == "Patient/_search" for method, path, _body in searches)


async def test_a_record_that_is_opened_while_it_is_fetched_ahead_is_fetched_whole(house: House) -> None:
    house.journal.put(visit("first", "astrid"))
    house.journal.page = 20
    for days in range(300):
        house.journal.put(measurement(days))
        house.journal.put(document(days))
    house.engine.fetch(Want("worklist"))
    while house.engine.ahead is None:
        await house.store.run(lambda _files: None)
    person = await house.person()
    house.engine.fetch(Want("person", person))
    await house.quiet(20000)
    entries = await house.store.run(fetches.state, f"person:{person}:entries")
    assert entries.status is FetchStatus.COMPLETE and entries.horizon is None
    assert len(await house.store.run(records.versions_of_person, ASTRID)) == 602


async def test_stopping_in_the_middle_leaves_nothing_running(street: Street) -> None:
    for days in range(100):
        street.journal.put(measurement(days))
    house = await street.house()
    house.engine.fetch(Want("worklist"))
    house.engine.fetch(Want("person", await house.person(ODD)))
    await house.engine.stop()
    before = len(street.journal.log)
    for _ in range(20):
        await house.store.run(lambda _files: None)
    assert len(street.journal.log) == before and not house.errors
