"""The invented people are stored in order, and an interrupted start goes on where it stopped."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest

from akson_tui.sandbox import population
from akson_tui.sandbox.municipality import generate
from akson_tui.sandbox.store import Store
from akson_tui.sandbox.validate import validate
from tests.sandbox.conftest import observation, patient

NOW = dt.datetime(2026, 11, 24, 7, 0, tzinfo=dt.UTC)
Chunk = tuple[str, list[dict[str, Any]]]


def few(seed: int, now: dt.datetime, people: int) -> Iterator[Chunk]:
    yield "worklists", [patient("a", now.isoformat())]
    yield "a", [observation(f"a{n}", "a", "2026") for n in range(250)]
    yield "b", [observation(f"b{n}", "a", "2026") for n in range(150)]


class Interrupted(Exception):
    pass


def run(store: Store, seed: int = 1, now: dt.datetime = NOW, small: bool = False, after: int = 10**9) -> list[str]:
    labels: list[str] = []
    transactions = 0

    def pause() -> None:
        nonlocal transactions
        transactions += 1
        if transactions >= after:
            raise Interrupted

    population.fill(store, few, seed, now, 0, small, labels.append, pause)
    return labels


def held(store: Store) -> list[tuple[str, int]]:
    with store.reading() as session:
        return list(session.db.execute("SELECT id, number FROM version ORDER BY seq"))


def test_all_is_stored_in_order_and_told(store: Store) -> None:
    assert run(store) == ["worklists", "a", "b", "all"]
    names = [ident for ident, _ in held(store)]
    assert names == ["a", *(f"a{n}" for n in range(250)), *(f"b{n}" for n in range(150))]


def test_a_second_start_stores_nothing(store: Store) -> None:
    run(store)
    before = held(store)
    assert run(store, now=NOW + dt.timedelta(days=1)) == ["all"]
    assert held(store) == before


def test_an_interrupted_start_goes_on_and_repeats_nothing(store: Store) -> None:
    with pytest.raises(Interrupted):
        run(store, after=1)
    assert len(held(store)) == 351
    assert run(store, now=NOW + dt.timedelta(days=3)) == ["worklists", "a", "b", "all"]
    assert len(held(store)) == 401
    assert {number for _, number in held(store)} == {1}


def test_what_was_changed_meanwhile_stays_changed(store: Store) -> None:
    with pytest.raises(Interrupted):
        run(store, after=1)
    with store.writing() as writer:
        writer.put("Observation", "b149", json.dumps(observation("b149", "a", "1999")), "PUT")
    run(store)
    with store.reading() as session:
        found = session.current("Observation", "b149")
    assert found is not None and json.loads(found.body)["effectiveDateTime"] == "1999"


def test_the_people_of_another_seed_are_not_mixed_in(store: Store) -> None:
    run(store)
    with pytest.raises(population.OtherPopulation, match="seed 1, not 2"):
        run(store, seed=2)


def round_of(seed: int, now: dt.datetime, people: int, since: dt.datetime) -> list[dict[str, Any]]:
    return [observation(f"round-{now:%d}-{n}", "a", f"{now:%Y-%m-%d}") for n in range(120)]


def fill_with_rounds(store: Store, now: dt.datetime) -> None:
    population.fill(store, few, 1, now, 0, False, lambda _: None, lambda: None, round_of)


def test_a_store_that_was_kept_gets_the_round_of_the_day_it_is_started_on(store: Store) -> None:
    fill_with_rounds(store, NOW)
    assert not [ident for ident, _ in held(store) if ident.startswith("round")]
    fill_with_rounds(store, NOW + dt.timedelta(days=2))
    assert len([ident for ident, _ in held(store) if ident.startswith("round-26")]) == 120
    before = held(store)
    fill_with_rounds(store, NOW + dt.timedelta(days=2, hours=3))
    assert held(store) == before


def test_the_round_is_there_before_anything_is_told(store: Store) -> None:
    fill_with_rounds(store, NOW)
    seen: list[int] = []
    later = NOW + dt.timedelta(days=1)
    population.fill(store, few, 1, later, 0, False, lambda _: seen.append(len(held(store))), lambda: None, round_of)
    assert seen == [401 + 120]


def test_a_store_goes_on_with_as_many_people_as_it_was_begun_with(store: Store) -> None:
    asked: list[int] = []

    def many(seed: int, now: dt.datetime, people: int) -> Iterator[Chunk]:
        asked.append(people)
        yield from few(seed, now, people)

    def broken() -> None:
        raise Interrupted

    with pytest.raises(Interrupted):
        population.fill(store, many, 1, NOW, 300, False, lambda _: None, broken)
    population.fill(store, many, 1, NOW, 30, False, lambda _: None, lambda: None)
    assert asked == [300, 300]


def test_a_small_population_is_the_worklists_and_astrid(store: Store) -> None:
    assert run(store, small=True) == ["worklists", "a", "all"]
    assert len(held(store)) == 251


def test_the_worklists_can_be_read_after_the_first_chunk_and_all_of_it_is_valid(store: Store) -> None:
    chunks = generate(1, NOW, 0)
    _, first = next(iter(chunks))
    wrong = [(one["resourceType"], one["id"], issues) for one in first if (issues := validate(one))]
    assert wrong == []
    with store.writing() as writer:
        writer.put_trusted(first)
    types = {one["resourceType"] for one in first}
    assert {"Patient", "Practitioner", "PractitionerRole", "Appointment"} <= types
