"""Servers that have less: what is missing is made up for, nobody else's rows are kept, and it is told in words."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from akson_tui.clinical.query import parse
from akson_tui.journal.capability import Ability
from akson_tui.model.act import ActKind, ActState
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.line import Lack, SourceState
from akson_tui.model.people import FNR
from akson_tui.model.ref import Ref
from akson_tui.store import fetches, records
from tests.sync.conftest import House
from tests.sync.lacks import Lacks
from tests.sync.people import (
    ASTRIDS_NUMBER,
    NOW,
    ODD,
    OUR,
    SOURCE,
    allergy,
    document,
    dumps,
    measurement,
    patient,
)
from tests.sync.test_person import entries, held, names, summary
from tests.sync.test_sender import sign, state, texts


async def told(house: House) -> SourceState:
    return await house.store.run(fetches.source, SOURCE)


def lesser(house: House, **lacks: bool) -> None:
    house.journal.lacks = Lacks(**lacks)


def neighbours(house: House) -> None:
    """Two more people with a journal each."""
    for other in ("odd", "mary"):
        house.journal.put(patient(other, "Solheim", other.title(), f"1583551234{len(other)}"))
        house.journal.put({**allergy(f"Patient/{other}"), "code": {"text": f"allergy of {other}"}})
        for day in range(120):
            house.journal.put(measurement(day, f"Patient/{other}"), id=f"{other}-{day}")
    for day in range(120):
        house.journal.put(measurement(day), id=f"hers-{day}")


async def test_of_a_journal_that_sends_everybodys_rows_only_hers_are_kept_and_all_of_them(house: House) -> None:
    lesser(house, patient=True, batch=True)
    neighbours(house)
    house.journal.page = 50
    await house.fetch("person", await house.person())
    assert await names(house, "Observation") == {f"hers-{day}" for day in range(120)}
    assert len(await names(house, "AllergyIntolerance")) == 1
    for other in ("odd", "mary"):
        assert not await house.store.run(records.versions_of_person, Ref(SOURCE, "Patient", other))
    assert await entries(house) == Fetched(FetchStatus.COMPLETE, (await entries(house)).at)
    assert (await summary(house)).status is FetchStatus.COMPLETE
    assert Lack.STRANGERS in (await told(house)).lacks


async def test_there_f5_notices_what_is_gone_and_asks_for_nobody_elses(house: House) -> None:
    lesser(house, patient=True, batch=True, last_updated=True)
    neighbours(house)
    await house.fetch("person", await house.person())
    house.time.go(600)
    house.journal.delete("Observation", "hers-3")
    house.journal.put(measurement(1, value=39.1), id="hers-4")
    before = len(house.journal.log)
    await house.fetch("person", await house.person(), fresh=True)
    now = await held(house)
    assert Ref(SOURCE, "Observation", "hers-3") not in now and now[Ref(SOURCE, "Observation", "hers-4")] == "2"
    assert not [body for _method, _path, body in house.journal.log[before:] if b"odd-" in body]


async def test_a_single_row_of_another_is_still_an_alarm(house: House) -> None:
    house.journal.put(measurement(1), id="hers")
    wrong = measurement(1, "Patient/odd")
    house.journal.twist = lambda type_, found: (
        [*found, {**wrong, "id": "odds", "meta": {"versionId": "1"}}] if type_ == "Observation" else found
    )
    await house.fetch("person", await house.person())
    assert (await entries(house)).trouble == "wrong-patient"
    assert Lack.STRANGERS not in (await told(house)).lacks
    assert not await house.store.run(records.versions_of_person, ODD)


@pytest.mark.parametrize("sort", [False, True])
async def test_a_journal_without_further_pages_is_asked_otherwise(house: House, sort: bool) -> None:
    lesser(house, next=True, sort=sort)
    for day in range(300):
        house.journal.put(measurement(day), id=f"m{day}")
    for number in range(230):
        house.journal.put({**allergy(), "id": f"a{number}"})
    house.journal.page = 5000
    await house.fetch("person", await house.person())
    assert len(await names(house, "Observation")) == 300
    assert len(await names(house, "AllergyIntolerance")) == 231
    assert (await entries(house)).status is FetchStatus.COMPLETE
    assert Lack.PAGES in (await told(house)).lacks


async def test_what_cannot_be_had_without_further_pages_is_partial(house: House) -> None:
    lesser(house, next=True, sort=True)
    house.journal.page = 100
    for day in range(300):
        house.journal.put(measurement(day), id=f"m{day}")
    await house.fetch("person", await house.person())
    state_ = await entries(house)
    assert (state_.status, state_.trouble) == (FetchStatus.PARTIAL, "too-large")
    await house.fetch("person", await house.person(), fresh=True)
    assert len(await names(house, "Observation")) == 100, "what did not come is not taken for gone"


async def test_without_totals_lists_are_compared_by_ids(house: House) -> None:
    lesser(house, total=True)
    for day in range(40):
        house.journal.put(measurement(day), id=f"m{day}")
    await house.fetch("person", await house.person())
    house.time.go(600)
    house.journal.delete("Observation", "m7")
    await house.fetch("person", await house.person(), fresh=True)
    assert "m7" not in await names(house, "Observation")
    assert not house.engine.sources[0].rest.abilities.has(Ability.TOTAL, "Observation")


async def test_where_patients_are_named_by_number_only_the_number_goes_in_a_body(house: House) -> None:
    lesser(house, reference=True)
    for day in range(120):
        body = measurement(day)
        body["subject"] = {"identifier": {"system": FNR, "value": ASTRIDS_NUMBER}}
        house.journal.put(body, id=f"m{day}")
    house.journal.page = 50
    await house.fetch("person", await house.person())
    assert len(await names(house, "Observation")) == 120
    assert (await entries(house)).status is FetchStatus.COMPLETE
    assert not [path for _method, path, _body in house.journal.log if ASTRIDS_NUMBER in path]
    batches = [body for _method, path, body in house.journal.log if path == ""]
    assert not [body for body in batches if ASTRIDS_NUMBER.encode() in body]


# -- writing


async def test_what_the_client_must_name_is_named_by_its_own_uuid(house: House) -> None:
    lesser(house, create=True, transaction=True)
    signed = await sign(house)
    await house.quiet()
    (note,), (measured,), (provenance,) = map(house.journal.all, ("DocumentReference", "Observation", "Provenance"))
    assert note["id"] == signed.parts[0].full_url.removeprefix("urn:uuid:")
    assert note["identifier"] == [{"system": OUR, "value": signed.parts[0].identifier[1]}]
    assert measured["derivedFrom"] == [{"reference": f"DocumentReference/{note['id']}"}]
    assert provenance["target"] == [{"reference": f"DocumentReference/{note['id']}"}]
    assert "DocumentReference" in (await told(house)).creates


async def test_a_named_note_whose_answer_was_lost_is_not_written_over(house: House) -> None:
    """It was there, and somebody corrected it before the next try: what they made of it stays."""
    lesser(house, create=True, transaction=True)
    lost = [True]

    def once(method: str, path: str) -> str:
        if method == "PUT" and path.startswith("DocumentReference") and lost:
            lost.clear()
            return "lost"
        return ""

    house.journal.faults = once
    signed = await sign(house)
    await house.quiet()
    (note,) = house.journal.all("DocumentReference")
    house.journal.put({**note, "status": "superseded"})
    while house.time.next():
        await house.quiet()
    assert (await state(house.store, signed)).state is ActState.SENT
    (note,) = house.journal.all("DocumentReference")
    assert note["status"] == "superseded"


async def test_a_claim_to_create_that_is_not_kept_is_learned(house: House) -> None:
    lesser(house, create=True, transaction=True)
    capability = house.journal.capability

    def claims() -> dict[str, Any]:
        statement = capability()
        for one in statement["rest"][0]["resource"]:
            one["interaction"].append({"code": "create"})
        return statement

    house.journal.capability = claims  # type: ignore[method-assign]
    signed = await sign(house)
    await house.quiet()
    assert (await state(house.store, signed)).state is ActState.SENT
    assert [len(house.journal.all(type_)) for type_ in ("DocumentReference", "Observation", "Provenance")] == [1, 1, 1]


@pytest.mark.parametrize("transaction", [False, True])
async def test_a_condition_that_is_not_heeded_does_not_make_anothers_note_ours(house: House, transaction: bool) -> None:
    """If-None-Exist finds the first note there is: nothing was made, and it is seen."""
    lesser(house, identifier=True, transaction=transaction)
    house.journal.put(document(3, "En annens notat.", "Patient/odd"), id="odds")
    house.journal.put(measurement(3, "Patient/odd"), id="odds-too")
    signed = await sign(house)
    for _ in range(20):
        await house.quiet()
        if (await state(house.store, signed)).state is ActState.SENT:
            break
        house.time.next()
    assert sorted(texts(house.journal)) == ["En annens notat.", "Sov godt."]
    assert len(house.journal.all("Observation")) == 2
    assert not await house.store.run(records.versions_of_person, ODD)


async def test_a_journal_that_takes_a_stale_version_is_held_against_ours(house: House) -> None:
    """If-Match is not heard there; what somebody else changed first is not written over."""
    lesser(house, if_match=True, transaction=True)
    old = house.journal.put(document(1, "Gammel tekst."), id="old")
    raw = dumps({**house.journal.store[("DocumentReference", old)].body, "status": "superseded"})
    house.journal.put(document(1, "En annens retting."), id="old")
    target = Ref(SOURCE, "DocumentReference", "old", "1")
    signed = await sign(house, "Rettet.", kind=ActKind.CORRECTION, old=(target, raw))
    await house.quiet()
    held_ = await state(house.store, signed)
    assert (held_.state, held_.trouble) == (ActState.REFUSED, "conflict")
    assert texts(house.journal) == ["En annens retting."]
    assert Lack.GUARD in (await told(house)).lacks


async def test_a_version_between_read_and_write_is_seen_in_the_answer(house: House) -> None:
    """The statement says that versions are guarded; the answer shows that they are not."""
    house.journal.lacks = Lacks(transaction=True)
    old = house.journal.put(document(1, "Gammel tekst."), id="old")
    raw = dumps({**house.journal.store[("DocumentReference", old)].body, "status": "superseded"})
    target = Ref(SOURCE, "DocumentReference", "old", "1")

    def meanwhile(method: str, path: str) -> str:
        if method == "PUT":
            house.journal.put(document(1, "Samtidig."), id="old")
            house.journal.lacks.if_match = True
        return ""

    house.journal.faults = meanwhile
    await sign(house, "Rettet.", kind=ActKind.CORRECTION, old=(target, raw))
    await house.quiet()
    assert Lack.GUARD in (await told(house)).lacks


# -- what is told


@pytest.mark.parametrize(
    ("lacks", "expected"),
    [
        ({}, set()),
        ({"transaction": True}, {Lack.PIECEMEAL}),
        ({"conditional": True}, {Lack.TWICE}),
        ({"if_match": True}, {Lack.GUARD}),
        ({"last_updated": True}, {Lack.NEWS}),
        ({"sort": True}, {Lack.ORDER}),
        ({"post_search": True}, {Lack.SEARCH}),
        ({"batch": True, "total": True, "summary": True}, set()),
    ],
)
async def test_what_a_clinician_may_notice_is_told(house: House, lacks: dict[str, bool], expected: set[Lack]) -> None:
    lesser(house, **lacks)
    for day in range(90):
        house.journal.put(measurement((day * 37) % 90), id=f"m{day}")
    await house.engine.search(parse("bakken", NOW.date()))
    await house.fetch("person", await house.person())
    house.time.go(600)
    house.journal.now += timedelta(minutes=10)
    await house.fetch("person", await house.person())
    assert set((await told(house)).lacks) == expected


async def test_of_writing_nothing_is_missing_where_nothing_is_taken(house: House) -> None:
    capability = house.journal.capability

    def reads_only() -> dict[str, Any]:
        statement = capability()
        statement["rest"][0].pop("interaction")
        for one in statement["rest"][0]["resource"]:
            one |= {"interaction": [{"code": "read"}, {"code": "search-type"}], "conditionalCreate": False}
        made: dict[str, Any] = json.loads(json.dumps(statement))
        return made

    house.journal.capability = reads_only  # type: ignore[method-assign]
    await house.fetch("person", await house.person())
    assert (await told(house)).lacks == (Lack.NOTES,)
