"""Asking the register: by name, birth date or number, page by page, and what to think of its answer."""

from __future__ import annotations

from datetime import date

import pytest

from akson_tui.clinical.query import parse
from akson_tui.store import patients
from akson_tui.sync.register import params_of
from tests.sync.conftest import House
from tests.sync.lacks import Lacks
from tests.sync.people import document, patient

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("bakken", [("name", "bakken")]),
        ("astrid  Bakken", [("name", "astrid"), ("name", "Bakken")]),
        ("Bakken, Astrid", [("name", "Bakken"), ("name", "Astrid")]),
        ("bakken 14.03.1942", [("name", "bakken"), ("birthdate", "1942-03-14")]),
        ("14031942", [("birthdate", "1942-03-14")]),
        ("1942", [("birthdate", "1942")]),
        ("170512", [("birthdate", "2012-05-17,1912-05-17")]),
        ("14834298520", [("identifier", "14834298520")]),
        ("148342 98520", [("identifier", "14834298520")]),
        ("", []),
        ("a$b|c", [("name", "a\\$b\\|c")]),
    ],
)
def test_what_was_typed_becomes_a_search(typed: str, asked: list[tuple[str, str]]) -> None:
    assert params_of(parse(typed, TODAY)) == asked


async def test_hits_come_page_by_page(house: House) -> None:
    for number in range(45):
        house.journal.put(patient(f"berg{number}", "Berg", f"Nils {number}", f"000000000{number:02}"))
    first = await house.engine.search(parse("berg", TODAY))
    second = await house.engine.search(parse("berg", TODAY), first.more)
    third = await house.engine.search(parse("berg", TODAY), second.more)
    assert [len(one.found) for one in (first, second, third)] == [20, 20, 5] and not third.more
    assert len(await house.store.run(patients.search, parse("berg", TODAY), 100)) == 45


async def test_without_a_line_the_answer_says_so(house: House) -> None:
    house.journal.down = True
    answer = await house.engine.search(parse("bakken", TODAY))
    assert (answer.found, answer.more, answer.trouble) == ((), "", "no-line")


async def test_a_register_that_takes_names_in_addresses_only_is_not_asked(house: House) -> None:
    house.journal.lacks = Lacks(post_search=True)
    answer = await house.engine.search(parse("bakken", TODAY))
    assert answer.trouble == "not-supported"
    assert not [entry for entry in house.journal.log if "bakken" in entry[1]]


async def test_what_is_no_patient_is_not_taken_for_one(house: House) -> None:
    house.journal.twist = lambda _type, found: [*found, {**document(1), "id": "d"}]
    answer = await house.engine.search(parse("bakken", TODAY))
    assert len(answer.found) == 1 and answer.trouble == "not-fhir"


async def test_an_empty_question_asks_nobody(house: House) -> None:
    await house.engine.search(parse("", TODAY))
    assert [path for _method, path, _body in house.journal.log] == ["metadata"]
