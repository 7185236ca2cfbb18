"""After an answer was lost: only a search that was answered shows that something is missing."""

from __future__ import annotations

from typing import Any

import pytest

from akson_tui.journal.client import Client
from akson_tui.journal.rest import Rest
from akson_tui.journal.troubles import JournalTrouble, NoLine, NotFhir
from akson_tui.model.act import Act
from akson_tui.sync.looking import look
from tests.sync.fake_journal import BASE, FakeJournal
from tests.sync.people import NOW, act, ids


@pytest.fixture
def signed() -> Act:
    return act(ids(), "person")


def rest(journal: FakeJournal) -> Rest:
    return Rest(Client(BASE, lambda: None, lambda: NOW, transport=journal))


async def have(journal: FakeJournal, signed: Act, *places: int) -> dict[str, str]:
    """The journal has these parts, as a transaction would have made them."""
    import json

    names: dict[str, str] = {}
    for place in places:
        part = signed.parts[place]
        raw = part.body.decode()
        for urn, name in names.items():
            raw = raw.replace(f'"reference": "{urn}"', f'"reference": "{name}"')
        names[part.full_url] = f"{part.type}/{journal.put(json.loads(raw))}"
    return names


@pytest.mark.parametrize("places", [(), (0,), (0, 1), (0, 1, 2), (0, 2)])
async def test_what_is_there_is_found_and_nothing_else(
    journal: FakeJournal, signed: Act, places: tuple[int, ...]
) -> None:
    names = await have(journal, signed, *places)
    found = await look(rest(journal), signed, {})
    assert {place: ref.relative for place, ref in found.items()} == {
        place: names[signed.parts[place].full_url] for place in places
    }


async def test_a_note_of_somebody_else_is_not_ours(journal: FakeJournal, signed: Act) -> None:
    await have(journal, act(ids_from(500), "person"), 0, 1, 2)
    journal._fits = lambda _key, _name, _value: True  # type: ignore[method-assign]
    assert await look(rest(journal), signed, {}) == {}


def ids_from(first: int) -> Any:
    made = ids()
    for _ in range(first):
        made()
    return made


@pytest.mark.parametrize("status", [400, 501, 500])
async def test_without_a_search_by_identifier_the_patients_list_is_gone_through(
    journal: FakeJournal, signed: Act, status: int
) -> None:
    names = await have(journal, signed, 0, 1, 2)
    for _ in range(7):
        journal.put({"resourceType": "DocumentReference", "subject": {"reference": "Patient/astrid"}})
    journal.page = 3
    search = journal._search

    def only_by_patient(type_: str, pairs: list[tuple[str, str]]) -> Any:
        if {"identifier", "target"} & {name for name, _value in pairs}:
            return status, {"resourceType": "OperationOutcome"}, {}
        return search(type_, [pair for pair in pairs if type_ != "Provenance" or pair[0] != "patient"])

    journal._search = only_by_patient  # type: ignore[method-assign]
    found = await look(rest(journal), signed, {})
    assert {ref.relative for ref in found.values()} == set(names.values())


@pytest.mark.parametrize(("fault", "trouble"), [("drop", NoLine), (503, JournalTrouble)])
async def test_silence_is_not_no(journal: FakeJournal, signed: Act, fault: str | int, trouble: type[Exception]) -> None:
    asked = 0

    def second(_method: str, _path: str) -> str | int:
        nonlocal asked
        asked += 1
        return fault if asked == 2 else ""

    journal.faults = second
    with pytest.raises(trouble):
        await look(rest(journal), signed, {})


async def test_a_list_without_end_shows_nothing_to_be_missing(journal: FakeJournal, signed: Act) -> None:
    search = journal._search

    def endless(type_: str, pairs: list[tuple[str, str]]) -> Any:
        if "identifier" in dict(pairs):
            return 400, {"resourceType": "OperationOutcome"}, {}
        _status, bundle, head = search(type_, [])
        bundle["link"].append({"relation": "next", "url": f"{BASE}/{type_}?patient=x"})
        return 200, bundle, head

    journal._search = endless  # type: ignore[method-assign]
    with pytest.raises(NotFhir):
        await look(rest(journal), signed, {})
