"""One person's journal: what is claimed to be there is there, whatever the server lacks, forgets or lies about."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from akson_tui.journal.capability import Ability
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.people import FNR
from akson_tui.model.ref import Ref
from akson_tui.store import fetches, patients, records
from akson_tui.sync.person import summed
from tests.sync.conftest import House, Street
from tests.sync.lacks import Lacks
from tests.sync.people import ASTRID, ASTRIDS_NUMBER, NOW, SOURCE, allergy, document, measurement, patient

SERVERS = [
    Lacks(),
    Lacks(batch=True),
    Lacks(batch=True, sort=True),
    Lacks(last_updated=True),
    Lacks(batch=True, sort=True, last_updated=True, post_search=True, summary=True, metadata=True),
]


def id_of(lacks: Lacks) -> str:
    return "lacks " + (" ".join(name for name, value in vars(lacks).items() if value) or "nothing")


async def entries(house: House) -> Fetched:
    return await house.store.run(fetches.state, f"person:{await house.person()}:entries")


async def summary(house: House) -> Fetched:
    return await house.store.run(fetches.state, f"person:{await house.person()}:summary")


async def held(house: House) -> dict[Ref, str]:
    return await house.store.run(records.versions_of_person, ASTRID)


async def names(house: House, type_: str) -> set[str]:
    return {ref.id for ref in await held(house) if ref.type == type_}


def long_journal(house: House, days: int = 400) -> None:
    for day in range(days):
        house.journal.put(measurement(day), id=f"m{day}")
        if day % 4 == 0:
            house.journal.put(document(day), id=f"n{day}")
    house.journal.now += timedelta(minutes=30)


@pytest.mark.parametrize("lacks", SERVERS, ids=id_of)
async def test_all_of_a_journal_comes(house: House, lacks: Lacks) -> None:
    house.journal.lacks = lacks
    long_journal(house)
    await house.fetch("person", await house.person())
    assert len(await held(house)) == 501
    assert (await entries(house)).status is FetchStatus.COMPLETE
    assert (await summary(house)).status is FetchStatus.COMPLETE


@pytest.mark.parametrize("lacks", SERVERS, ids=id_of)
async def test_opened_again_it_shows_what_is_new_and_what_was_changed(house: House, lacks: Lacks) -> None:
    house.journal.lacks = lacks
    long_journal(house)
    await house.fetch("person", await house.person())
    house.time.go(600)
    house.journal.now += timedelta(minutes=10)
    house.journal.put(measurement(0), id="new")
    house.journal.put(measurement(1, value=39.9), id="m1")
    house.journal.put({**allergy(), "id": "second"})
    await house.fetch("person", await house.person())
    now = await held(house)
    assert now[Ref(SOURCE, "Observation", "new")] == "1"
    assert now[Ref(SOURCE, "Observation", "m1")] == "2"
    assert Ref(SOURCE, "AllergyIntolerance", "second") in now
    assert (await entries(house)).status is FetchStatus.COMPLETE


async def test_opened_again_it_asks_for_little(house: House) -> None:
    long_journal(house)
    await house.fetch("person", await house.person())
    house.time.go(600)
    house.journal.now += timedelta(minutes=10)
    before = len(house.journal.log)
    await house.fetch("person", await house.person())
    assert len(house.journal.log) - before == 3  # the patient, the small lists, the long lists


@pytest.mark.parametrize("lacks", SERVERS, ids=id_of)
async def test_f5_notices_what_is_gone(house: House, lacks: Lacks) -> None:
    house.journal.lacks = lacks
    long_journal(house, 200)
    await house.fetch("person", await house.person())
    house.time.go(600)
    house.journal.now += timedelta(minutes=10)
    house.journal.delete("Observation", "m150")
    house.journal.delete("DocumentReference", "n4")
    await house.fetch("person", await house.person(), fresh=True)
    assert "m150" not in await names(house, "Observation")
    assert "n4" not in await names(house, "DocumentReference")
    assert len(await held(house)) == 249


async def test_the_newest_come_first_and_the_horizon_is_honest(house: House) -> None:
    """At any moment: whatever the journal has that is not older than the horizon is held."""
    long_journal(house, 800)
    house.journal.page = 50
    from tests.sync.conftest import Want

    house.engine.fetch(Want("person", await house.person()))
    horizons = []
    while house.engine.jobs:
        state = await entries(house)
        if state.at is not None and (not horizons or horizons[-1] != state.horizon):
            horizons.append(state.horizon)
            have = await held(house)
            for type_, body in [(t, b) for t in ("Observation", "DocumentReference") for b in house.journal.all(t)]:
                when = body.get("effectiveDateTime") or body["date"]
                from akson_tui.model.when import When

                if state.horizon is None or When.parse(when).earliest >= state.horizon:
                    assert Ref(SOURCE, type_, body["id"]) in have
    assert len(horizons) > 3 and horizons[-1] is None
    assert all(later < former for former, later in pairwise(horizons[:-1]) if former and later)
    assert horizons[0] is not None and horizons[0] > NOW - timedelta(days=300)


async def test_a_line_that_falls_leaves_what_came_and_says_how_far_back(house: House) -> None:
    long_journal(house, 800)
    house.journal.page = 50
    asked = 0

    def falls(method: str, path: str) -> str:
        nonlocal asked
        asked += 1
        return "drop" if asked > 9 else ""

    house.journal.faults = falls
    await house.fetch("person", await house.person())
    state = await entries(house)
    assert (state.status, state.trouble) == (FetchStatus.PARTIAL, "no-line")
    assert state.horizon is not None and state.horizon > NOW - timedelta(days=800)
    house.journal.faults = lambda method, path: ""
    house.time.next()
    await house.quiet()
    assert (await entries(house)).status is FetchStatus.COMPLETE and len(await held(house)) == 1001


async def test_after_a_restart_it_goes_on_where_it_stopped(street: Street) -> None:
    first = await street.house()
    long_journal(first, 800)
    first.journal.put(measurement(700), id="undated", effectiveDateTime=None)
    first.journal.store[("Observation", "undated")].body.pop("effectiveDateTime")
    first.journal.page = 50
    asked = 0

    def falls(method: str, path: str) -> str:
        nonlocal asked
        asked += 1
        return "drop" if asked > 12 else ""

    first.journal.faults = falls
    await first.fetch("person", await first.person())
    have = len(await held(first))
    await first.engine.stop()
    await first.store.close()
    street.journal.faults = lambda method, path: ""
    second = await street.house()
    await second.fetch("person", await second.person())
    assert (await entries(second)).status is FetchStatus.COMPLETE
    assert have < 1002 and len(await held(second)) == 1002


async def test_types_that_fail_leave_the_rest(house: House) -> None:
    house.journal.lacks = Lacks(batch=True)
    long_journal(house, 50)
    house.journal.faults = lambda method, path: 500 if path.startswith("Communication") else ""
    await house.fetch("person", await house.person())
    state = await entries(house)
    assert (state.status, state.trouble) == (FetchStatus.PARTIAL, "server")
    assert len(await names(house, "Observation")) == 50
    assert (await summary(house)).status is FetchStatus.COMPLETE


async def test_types_that_the_journal_does_not_have_are_not_asked_for(house: House) -> None:
    house.journal.lacks = Lacks(batch=True)
    await house.fetch("person", await house.person())
    asked = {path.split("/")[0] for _method, path, _body in house.journal.log}
    assert "Immunization" not in asked and "Observation" in asked


# -- liars


def about_others(_type: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every other row is about somebody else."""
    for one in found[::2]:
        for element in ("subject", "patient"):
            if element in one:
                one[element] = {"reference": "Patient/odd"}
    return found


async def test_other_peoples_rows_are_dropped_and_told(house: House) -> None:
    long_journal(house, 10)
    house.journal.twist = about_others
    await house.fetch("person", await house.person())
    state = await entries(house)
    assert (state.status, state.trouble) == (FetchStatus.PARTIAL, "wrong-patient")
    assert (await summary(house)).trouble == "wrong-patient"
    assert not await house.store.run(records.versions_of_person, Ref(SOURCE, "Patient", "odd"))
    assert await names(house, "Observation") == {f"m{day}" for day in range(1, 10, 2)}


async def test_a_journal_that_answers_with_another_patient_changes_nobody(house: House) -> None:
    await house.fetch("person", await house.person())
    body = house.journal.store[("Patient", "astrid")].body
    body["id"], body["name"] = "odd", [{"family": "Solheim"}]
    house.time.go(600)
    await house.fetch("person", await house.person())
    (record,) = await house.store.run(patients.records_of, await house.person())
    assert record.name.text == "Astrid Bakken"
    assert (await summary(house)).trouble == "wrong-patient"


async def test_entries_that_name_her_by_number_only_are_hers(house: House) -> None:
    hers = measurement(1)
    hers["subject"] = {"identifier": {"system": FNR, "value": ASTRIDS_NUMBER}}
    others = measurement(1)
    others["subject"] = {"identifier": {"system": FNR, "value": "15835512345"}}
    house.journal.put(hers, id="hers")
    house.journal.put(others, id="others")
    house.journal.twist = lambda type_, found: house.journal.all("Observation") if type_ == "Observation" else found
    await house.fetch("person", await house.person())
    assert await names(house, "Observation") == {"hers"}


async def test_a_journal_without_end_is_not_followed_for_ever(house: House) -> None:
    long_journal(house, 100)
    house.journal.page = 50
    serve = house.journal._search

    def endless(type_: str, pairs: list[tuple[str, str]]) -> Any:
        status, bundle, head = serve(type_, pairs)
        if type_ == "Observation" and bundle and not any(one["relation"] == "next" for one in bundle["link"]):
            house.journal._pages["again"] = (type_, pairs, 0)
            bundle["link"].append({"relation": "next", "url": f"http://127.0.0.1:1/fhir/{type_}?_page=again"})
        return status, bundle, head

    house.journal._search = endless  # type: ignore[method-assign]
    await house.fetch("person", await house.person())
    assert len(await names(house, "Observation")) == 100
    assert (await entries(house)).status is FetchStatus.PARTIAL
    assert len(house.journal.log) < 60


async def test_a_link_to_another_machine_is_not_followed(house: House) -> None:
    long_journal(house, 100)
    house.journal.page = 50
    serve = house.journal._search

    def elsewhere(type_: str, pairs: list[tuple[str, str]]) -> Any:
        status, bundle, head = serve(type_, pairs)
        for one in (bundle or {}).get("link", []):
            one["url"] = one["url"].replace("127.0.0.1:1/fhir", "evil.example/steal")
        return status, bundle, head

    house.journal._search = elsewhere  # type: ignore[method-assign]
    await house.fetch("person", await house.person())
    assert (await entries(house)).status is FetchStatus.PARTIAL
    assert (await entries(house)).trouble == "not-fhir"


async def test_a_server_that_does_not_heed_sort_claims_nothing_before_it_is_whole(house: House) -> None:
    house.journal.page = 50
    for day in range(200):
        house.journal.put(measurement((day * 37) % 200), id=f"m{day}")
    fits = house.journal._matches
    house.journal._matches = lambda type_, pairs: fits(  # type: ignore[method-assign]
        type_, [(name, value) for name, value in pairs if name != "_sort"]
    )
    await house.fetch("person", await house.person())
    assert not house.engine.sources[0].rest.abilities.has(Ability.SORT, "Observation")
    assert (await entries(house)).status is FetchStatus.COMPLETE and len(await names(house, "Observation")) == 200


async def test_a_server_that_does_not_heed_last_updated_is_seen_through(house: House) -> None:
    long_journal(house, 100)
    await house.fetch("person", await house.person())
    house.time.go(6000)
    house.journal.now += timedelta(minutes=130)
    fits = house.journal._matches
    house.journal._matches = lambda type_, pairs: fits(  # type: ignore[method-assign]
        type_, [(name, value) for name, value in pairs if name != "_lastUpdated"]
    )
    house.journal.put(measurement(0), id="new")
    await house.fetch("person", await house.person())
    assert "new" in await names(house, "Observation")
    assert not house.engine.sources[0].rest.abilities.has(Ability.LAST_UPDATED, "Observation")


async def test_links_to_the_same_persons_other_record_are_followed(house: House) -> None:
    house.journal.put(patient("astrid2", number="99999999999"))
    house.journal.put(patient(), link=[{"other": {"reference": "Patient/astrid2"}, "type": "seealso"}])
    house.journal.put(measurement(1, "Patient/astrid2"), id="there")
    await house.fetch("person", await house.person())
    there = await house.store.run(records.versions_of_person, Ref(SOURCE, "Patient", "astrid2"))
    assert Ref(SOURCE, "Observation", "there") in there


async def test_a_link_to_a_record_that_is_not_there_is_no_trouble(house: House) -> None:
    house.journal.put(patient(), link=[{"other": {"reference": "Patient/nowhere"}, "type": "seealso"}])
    await house.fetch("person", await house.person())
    assert (await summary(house)).status is FetchStatus.COMPLETE


async def test_a_record_that_is_not_there_any_more_is_told(house: House) -> None:
    await house.fetch("person", await house.person())
    house.journal.delete("Patient", "astrid")
    house.time.go(600)
    await house.fetch("person", await house.person())
    assert (await summary(house)).trouble == "gone"


async def test_authors_without_a_name_are_asked_for_once_and_together(house: House) -> None:
    for day in range(30):
        house.journal.put(document(day, author=[{"reference": "PractitionerRole/kari-home"}]))
    await house.fetch("person", await house.person())
    asked = [path for _method, path, _body in house.journal.log if path.startswith(("Practitioner", "Organization"))]
    assert len(asked) <= 2
    bodies = await house.store.run(records.directory, [Ref(SOURCE, "Practitioner", "kari-nilsen")])
    assert len(bodies) == 1


# -- many lists as one


def state(status: FetchStatus, days: float | None = None, horizon: float | None = None, trouble: str = "") -> Fetched:
    return Fetched(
        status,
        None if days is None else NOW - timedelta(days=days),
        None if horizon is None else NOW - timedelta(days=horizon),
        trouble,
    )


WHOLE, OPEN, FAILED = FetchStatus.COMPLETE, FetchStatus.PARTIAL, FetchStatus.FAILED


@pytest.mark.parametrize(
    ("lists", "going_on", "expected"),
    [
        ([state(WHOLE, 0), state(WHOLE, 1)], False, state(WHOLE, 0)),
        ([state(WHOLE, 0), state(OPEN, 0, 30), state(OPEN, 0, 90)], True, state(FetchStatus.FETCHING, 0, 30)),
        ([state(WHOLE, 0), state(OPEN, 0, 30)], False, state(OPEN, 0, 30)),
        ([state(WHOLE, 0), state(FAILED, None, None, "server")], False, state(OPEN, 0, None, "server")),
        ([state(FAILED, None, None, "server")], False, state(FAILED, None, None, "server")),
    ],
)
def test_many_lists_are_told_as_one(lists: list[Fetched], going_on: bool, expected: Fetched) -> None:
    assert summed(Fetched(), lists, [], NOW, going_on, False) == expected


def test_where_nobody_answered_the_age_stays() -> None:
    before = state(WHOLE, 2)
    told = summed(before, [], ["no-line"], None, False, True)
    assert (told.status, told.at, told.trouble) == (FetchStatus.PARTIAL, before.at, "no-line")
