"""One person in two journals: each answers for itself, and one that is silent does not silence the other."""

from __future__ import annotations

import pytest

from akson_tui.clinical.query import parse
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.line import LineStatus
from akson_tui.model.ref import Ref
from akson_tui.store import fetches, patients, records, worklist
from tests.sync.conftest import House, Street
from tests.sync.fake_journal import FakeJournal
from tests.sync.people import NOW, measurement, patient, practitioner, visit

TODAY = NOW.date()
THERE = Ref("sykehus", "Patient", "4711")


@pytest.fixture
def hospital() -> FakeJournal:
    """Knows Astrid by another id."""
    made = FakeJournal()
    made.put(patient("4711"))
    made.put(measurement(2, "Patient/4711"), id="there")
    made.put(practitioner())
    return made


async def entries(house: House) -> Fetched:
    return await house.store.run(fetches.state, f"person:{await house.person()}:entries")


async def there(house: House) -> set[str]:
    return {ref.id for ref in await house.store.run(records.versions_of_person, THERE)}


async def test_her_other_record_is_found_by_her_number_in_the_body(street: Street, hospital: FakeJournal) -> None:
    house = await street.house({"sykehus": hospital})
    await house.engine.search(parse("bakken", TODAY))
    await house.fetch("person", await house.person())
    assert await there(house) == {"there"}
    assert {record.ref.source for record in await house.store.run(patients.records_of, await house.person())} == {
        "hjem",
        "sykehus",
    }
    assert not [path for _method, path, _body in hospital.log if "14834298520" in path]


async def test_a_journal_that_answers_with_somebody_else_is_not_hers(street: Street, hospital: FakeJournal) -> None:
    hospital.put(patient("4711", "Solheim", "Odd", "15835512345"))
    hospital._fits = lambda _key, _name, _value: True  # type: ignore[method-assign]
    house = await street.house({"sykehus": hospital})
    await house.fetch("person", await house.person())
    assert await there(house) == set() and (await entries(house)).trouble == "wrong-patient"


async def test_a_journal_that_is_silent_does_not_silence_the_other(street: Street, hospital: FakeJournal) -> None:
    house = await street.house({"sykehus": hospital})
    await house.fetch("person", await house.person())
    hospital.down = True
    street.journal.put(measurement(0), id="new")
    house.time.go(600)
    await house.fetch("person", await house.person())
    state = await entries(house)
    assert (state.status, state.trouble) == (FetchStatus.PARTIAL, "no-line")
    assert Ref("hjem", "Observation", "new") in await house.store.run(
        records.versions_of_person, Ref("hjem", "Patient", "astrid")
    )
    lines = {one.source: one.status for one in await house.store.run(fetches.sources)}
    assert lines == {"hjem": LineStatus.UP, "sykehus": LineStatus.DOWN}
    hospital.down = False
    house.time.next()
    await house.quiet()
    assert (await entries(house)).status is FetchStatus.COMPLETE


async def test_the_round_is_put_together_and_keeps_what_a_silent_journal_gave(
    street: Street, hospital: FakeJournal
) -> None:
    street.journal.put(visit("at-home", "astrid"))
    hospital.put(visit("at-hospital", "4711"))
    house = await street.house({"sykehus": hospital})
    await house.fetch("worklist")

    async def ids() -> set[str]:
        return {row.appointment.ref.id for row in await house.store.run(worklist.round, "demo", TODAY)}

    assert await ids() == {"at-home", "at-hospital"}
    hospital.down = True
    street.journal.put(visit("new", "astrid"))
    await house.fetch("worklist")
    assert await ids() == {"at-home", "at-hospital", "new"}


async def test_hits_of_both_registers_come_with_what_went_wrong(street: Street, hospital: FakeJournal) -> None:
    house = await street.house({"sykehus": hospital})
    found = await house.engine.search(parse("bakken", TODAY))
    assert {ref.source for ref in found.found} == {"hjem", "sykehus"}
    hospital.down = True
    found = await house.engine.search(parse("bakken", TODAY))
    assert ([ref.source for ref in found.found], found.trouble) == (["hjem"], "no-line")
