"""The journal in memory and the real sandbox answer the same questions in the same way."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from akson_tui.journal.client import Client
from akson_tui.journal.rest import Rest, location_in, query, version_in
from akson_tui.journal.troubles import Conflict, Gone, NotFound
from akson_tui.sync.page import Page, cut
from tests.sync.fake_journal import BASE, FakeJournal
from tests.sync.people import NOW, OUR, document, measurement, patient
from tests.sync.sandbox import sandbox

NAME = "urn:uuid:00000001-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sandbox(tmp_path_factory.mktemp("sandbox")) as (base, _process):
        yield base


@pytest.fixture(params=["memory", "sandbox"])
async def rest(request: pytest.FixtureRequest) -> AsyncIterator[Rest]:
    if request.param == "memory":
        client = Client(BASE, lambda: None, lambda: NOW, transport=FakeJournal())
    else:
        client = Client(request.getfixturevalue("real"), lambda: None, lambda: datetime.now(UTC))
    made = Rest(client)
    await made.capability()
    yield made
    await made.close()


async def patient_of(rest: Rest, id_: str) -> str:
    await rest.update("Patient", id_, json.dumps(patient(id_)).encode())
    return f"Patient/{id_}"


async def found(rest: Rest, type_: str, *pairs: tuple[str, str]) -> Page:
    return cut((await rest.search(type_, pairs)).raw)


async def test_a_conditional_create_is_done_once(rest: Rest) -> None:
    about = await patient_of(rest, "once")
    body = json.dumps(document(1, about=about, identifier=[{"system": OUR, "value": NAME + "1"}])).encode()
    condition = query([("identifier", f"{OUR}|{NAME}1")])
    first = await rest.create("DocumentReference", body, condition)
    again = await rest.create("DocumentReference", body, condition)
    assert (first.status, again.status) == (201, 200)
    places = [location_in(answer.headers["location"]) for answer in (first, again)]
    assert places[0] == places[1] and places[0] is not None and version_in(first) == places[0][2]
    assert len((await found(rest, "DocumentReference", ("identifier", f"{OUR}|{NAME}1"))).pieces) == 1


async def test_an_update_of_another_version_is_refused(rest: Rest) -> None:
    about = await patient_of(rest, "versions")
    await rest.update("Observation", "v1", json.dumps({**measurement(1, about), "id": "v1"}).encode())
    changed = json.dumps({**measurement(1, about, 40.1), "id": "v1"}).encode()
    assert version_in(await rest.update("Observation", "v1", changed, "1")) == "2"
    with pytest.raises(Conflict):
        await rest.update("Observation", "v1", changed, "1")


async def test_pages_follow_one_another_newest_first(rest: Rest) -> None:
    about = await patient_of(rest, "pages")
    for day in (3, 1, 4, 2, 5):
        await rest.create("Observation", json.dumps(measurement(day, about)).encode())
    page = await found(rest, "Observation", ("patient", about), ("_count", "2"), ("_sort", "-date"))
    pieces = list(page.pieces)
    while page.next:
        page = cut((await rest.page(page.next)).raw)
        pieces += page.pieces
    times = [json.loads(piece.raw)["effectiveDateTime"] for piece in pieces]
    assert times == [measurement(day)["effectiveDateTime"] for day in (1, 2, 3, 4, 5)]
    assert page.total in (5, None)


async def test_a_batch_answers_each_search_in_its_place(rest: Rest) -> None:
    about = await patient_of(rest, "batch")
    await rest.create("Observation", json.dumps(measurement(1, about)).encode())
    urls = [f"Observation?patient={about}", "Nonsense?patient=x", f"Condition?patient={about}"]
    entries = [{"request": {"method": "GET", "url": url}} for url in urls]
    body = json.dumps({"resourceType": "Bundle", "type": "batch", "entry": entries}).encode()
    answer = cut((await rest.batch(body)).raw)
    assert answer.type == "batch-response"
    assert [piece.status // 100 for piece in answer.pieces] == [2, 4, 2]
    assert [len(cut(answer.pieces[place].raw).pieces) for place in (0, 2)] == [1, 0]


async def test_a_transaction_is_taken_whole_or_not_at_all(rest: Rest) -> None:
    about = await patient_of(rest, "together")
    note = document(1, about=about, identifier=[{"system": OUR, "value": NAME + "t"}])
    measured = {**measurement(1, about), "derivedFrom": [{"reference": NAME}]}
    wrong = {**measurement(1, about), "status": "wrong"}

    def bundle(*parts: tuple[str, dict[str, object]]) -> bytes:
        entries = [
            {"fullUrl": url, "resource": body, "request": {"method": "POST", "url": body["resourceType"]}}
            for url, body in parts
        ]
        return json.dumps({"resourceType": "Bundle", "type": "transaction", "entry": entries}).encode()

    with pytest.raises(Exception, match=r"invalid|not-found"):
        await rest.transaction(bundle((NAME, note), ("urn:uuid:" + "3" * 8 + NAME[17:], wrong)))
    assert not (await found(rest, "DocumentReference", ("patient", about))).pieces
    answer = cut((await rest.transaction(bundle(("urn:uuid:" + "3" * 8 + NAME[17:], measured), (NAME, note)))).raw)
    assert answer.type == "transaction-response" and [piece.status for piece in answer.pieces] == [201, 201]
    (made, of_note) = (location_in(piece.location) for piece in answer.pieces)
    assert made is not None and of_note is not None and (made[0], of_note[0]) == ("Observation", "DocumentReference")
    (held,) = (await found(rest, "Observation", ("patient", about))).pieces
    assert json.loads(held.raw)["derivedFrom"] == [{"reference": f"DocumentReference/{of_note[1]}"}]


async def test_what_was_changed_since_is_found_and_counted(rest: Rest) -> None:
    about = await patient_of(rest, "since")
    await rest.create("Observation", json.dumps(measurement(1, about)).encode())
    (only,) = (await found(rest, "Observation", ("patient", about))).pieces
    at = json.loads(only.raw)["meta"]["lastUpdated"]
    later = await found(rest, "Observation", ("patient", about), ("_lastUpdated", "gt2999-01-01T00:00:00Z"))
    assert not later.pieces
    assert (await found(rest, "Observation", ("patient", about), ("_lastUpdated", f"ge{at}"))).pieces
    assert (await found(rest, "Observation", ("patient", about), ("_summary", "count"))).total == 1


async def test_ids_can_be_had_without_contents(rest: Rest) -> None:
    about = await patient_of(rest, "ids")
    await rest.create("Observation", json.dumps(measurement(1, about)).encode())
    page = await found(rest, "Observation", ("patient", about), ("_elements", "id,meta"))
    (only,) = (piece for piece in page.pieces if piece.mode == "match")
    assert json.loads(only.raw)["meta"]["versionId"] == "1"


async def test_what_is_not_there_is_said_to_be_not_there(rest: Rest) -> None:
    with pytest.raises((NotFound, Gone)):
        await rest.read("Patient", "nobody")


async def test_the_statement_tells_what_it_has(rest: Rest) -> None:
    from akson_tui.journal.capability import Ability

    wanted = (Ability.BATCH, Ability.TRANSACTION, Ability.SORT, Ability.LAST_UPDATED, Ability.POST_SEARCH)
    assert all(rest.abilities.has(ability, "Observation") for ability in wanted)
    assert rest.abilities.has(Ability.CONDITIONAL_CREATE, "DocumentReference")
    assert {"DocumentReference", "Provenance"} <= rest.abilities.types_that("create")
