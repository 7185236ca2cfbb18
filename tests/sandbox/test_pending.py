"""While the population is being stored, nobody's journal is handed out half."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from akson_tui.sandbox.pending import Population, Waiting


async def handed_on(
    population: Population, method: str, query: bytes, body: bytes = b"", path: str = "/fhir/Flag"
) -> asyncio.Task[list[bytes]]:
    """A request under way; its result is the body that the application behind got."""
    got: list[bytes] = []

    async def app(_scope: Any, receive: Any, _send: Any) -> None:
        message = await receive()
        got.append(message.get("body", b""))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def run() -> list[bytes]:
        await Waiting(app, population)(
            {"type": "http", "method": method, "path": path, "query_string": query}, receive, print
        )
        return got

    task = asyncio.create_task(run())
    for _turn in range(5):
        await asyncio.sleep(0)
    return task


@pytest.mark.parametrize(
    ("method", "query", "body"),
    [
        ("GET", b"patient=Patient/astrid-bakken&_sort=-date", b""),
        ("GET", b"subject=astrid-bakken", b""),
        ("GET", b"patient%3APatient=astrid-bakken", b""),
        ("POST", b"", b"_count=200&patient=Patient%2Fastrid-bakken"),
        ("POST", b"", b'{"entry":[{"request":{"method":"GET","url":"Flag?patient=Patient/astrid-bakken&_count=9"}}]}'),
    ],
)
async def test_a_request_about_her_waits_until_her_journal_is_stored(method: str, query: bytes, body: bytes) -> None:
    population = Population()
    task = await handed_on(population, method, query, body)
    assert not task.done()
    population.told(b"astrid-ba")
    assert not task.done()
    population.told(b"kken\n")
    assert await task == [body]


async def test_a_journal_in_several_chunks_is_there_when_the_next_persons_begins() -> None:
    population = Population()
    task = await handed_on(population, "GET", b"patient=odd-arne-solheim")
    population.told(b"odd-arne-solheim 1\nodd-arne-solheim 2\n")
    await asyncio.sleep(0)
    assert not task.done()
    population.told(b"next-one 1\n")
    assert await task == [b""]


@pytest.mark.parametrize("path", ["/fhir/Patient/astrid-bakken/$everything", "/fhir/Patient/astrid-bakken/Observation"])
async def test_her_compartment_waits_too(path: str) -> None:
    population = Population()
    task = await handed_on(population, "GET", b"_count=5", path=path)
    assert not task.done()
    population.told(b"astrid-bakken\n")
    assert await task == [b""]


async def test_what_names_nobody_is_answered_at_once() -> None:
    task = await handed_on(Population(), "GET", b"name=bakken")
    assert await task == [b""]


async def test_nobody_waits_once_all_is_stored_or_will_not_be() -> None:
    population = Population()
    task = await handed_on(population, "GET", b"patient=x")
    population.ended()
    assert await task == [b""]
