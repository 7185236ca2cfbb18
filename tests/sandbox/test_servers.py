"""The lesser servers that the sandbox passes for: what each lacks is not there, and is not claimed but by the one that
claims more than it does."""

import contextlib
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx
import pytest

from akson_tui.sandbox.servers import INTERACTIONS, UnknownServer, all_servers, named
from akson_tui.sandbox.store import Store
from tests.sandbox.conftest import client_of, ids, observation, patient, put
from tests.sandbox.processes import MAIN, sandbox

Serving = Callable[[str], AbstractAsyncContextManager[httpx.AsyncClient]]
IDENTIFIER = [{"system": "urn:ietf:rfc:3986", "value": "urn:uuid:1"}]


@pytest.fixture
async def serving(store: Store) -> Serving:
    """A server of that name on a store in which two patients have a measurement each."""
    client, api = client_of(store)
    async with client:
        await put(client, patient("a", "Bakken"), patient("b", "Bø"))
        await put(client, observation("1", "a", "2026-02"), observation("2", "b", "2026-01"))
    api.close()

    @contextlib.asynccontextmanager
    async def of(name: str) -> AsyncIterator[httpx.AsyncClient]:
        client, api = client_of(store, server=named(name))
        async with client:
            yield client
        api.close()

    return of


async def claimed(fhir: httpx.AsyncClient, type_: str = "Observation") -> dict[str, Any]:
    rest = (await fhir.get("/metadata")).json()["rest"][0]
    one = next(row for row in rest["resource"] if row["type"] == type_)
    return {
        "codes": {row["code"] for row in one["interaction"]} | {row["code"] for row in rest.get("interaction", [])},
        "parameters": {row["name"] for row in one["searchParam"]},
        **one,
    }


async def test_one_that_hears_no_if_none_exist_makes_two(serving: Serving) -> None:
    async with serving("no-if-none-exist") as fhir:
        for _ in range(2):
            answer = await fhir.post(
                "/Basic",
                json={"resourceType": "Basic", "code": {"text": "x"}, "identifier": IDENTIFIER},
                headers={"If-None-Exist": "identifier=urn:uuid:1"},
            )
            assert answer.status_code == 201
        entry = {
            "resource": {"resourceType": "Basic", "code": {"text": "x"}, "identifier": IDENTIFIER},
            "request": {"method": "POST", "url": "Basic", "ifNoneExist": "identifier=urn:uuid:1"},
        }
        bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [entry]}
        assert (await fhir.post("", json=bundle)).status_code == 200
        assert (await fhir.get("/Basic")).json()["total"] == 3
        assert (await claimed(fhir))["conditionalCreate"] is False


async def test_one_without_transactions_takes_no_bundle(serving: Serving) -> None:
    async with serving("no-transactions") as fhir:
        for kind in ("transaction", "batch"):
            answer = await fhir.post("", json={"resourceType": "Bundle", "type": kind})
            assert (answer.status_code, answer.json()["resourceType"]) == (405, "OperationOutcome")
        assert not {"transaction", "batch"} & (await claimed(fhir))["codes"]


@pytest.mark.parametrize(
    ("name", "asked", "without"),
    [
        ("no-sort", "_sort=-date", ["1", "2"]),
        ("no-sort", "_sort=date", ["1", "2"]),
        ("no-last-updated", "_lastUpdated=lt2020", ["1", "2"]),
        ("everybodys-rows", "patient=a", ["1", "2"]),
        ("everybodys-rows", "subject=Patient/a&date=2026-02", ["1", "2"]),
        ("everybodys-rows", "_id=2&patient=a", ["2"]),
    ],
)
async def test_what_a_server_does_not_know_narrows_nothing(
    serving: Serving, name: str, asked: str, without: list[str]
) -> None:
    async with serving(name) as fhir:
        answer = await fhir.get("/Observation?" + asked)
        assert ids(answer) == without
        told = [one for one in answer.json()["entry"] if one["search"]["mode"] == "outcome"]
        strict = await fhir.get("/Observation?" + asked, headers={"Prefer": "handling=strict"})
        silent = name == "everybodys-rows"
        assert (len(told), strict.status_code) == ((0, 200) if silent else (1, 400))
        head = asked.partition("=")[0]
        assert silent or head not in (await claimed(fhir))["parameters"]


async def test_one_that_only_reads_takes_nothing(serving: Serving) -> None:
    async with serving("read-only") as fhir:
        one = observation("1", "a", "2026")
        for method, path, body in (
            ("POST", "/Observation", one),
            ("PUT", "/Observation/1", one),
            ("DELETE", "/Observation/1", None),
            ("GET", "/Observation/1/_history", None),
            ("GET", "/Observation/1/_history/1", None),
            ("POST", "", {"resourceType": "Bundle", "type": "transaction"}),
        ):
            answer = await fhir.request(method, path, json=body)
            assert answer.status_code in (404, 405), (method, path)
        assert (await fhir.get("/Observation/1")).json()["meta"]["versionId"] == "1"
        assert ids(await fhir.post("/Observation/_search", data={"patient": "a"})) == ["1"]
        assert (await claimed(fhir))["codes"] == {"read", "search-type"}


async def test_one_that_searches_by_get_only(serving: Serving) -> None:
    async with serving("get-search-only") as fhir:
        assert (await fhir.post("/Observation/_search", data={"patient": "a"})).status_code == 405
        assert ids(await fhir.get("/Observation?patient=a")) == ["1"]


async def test_one_where_the_client_names_what_it_writes(serving: Serving) -> None:
    async with serving("update-as-create") as fhir:
        assert (await fhir.post("/Observation", json=observation("x", "a", "2026"))).status_code == 405
        assert (await fhir.put("/Observation/mine", json=observation("mine", "a", "2026"))).status_code == 201
        told = await claimed(fhir)
        assert "create" not in told["codes"] and told["updateCreate"] is True


async def test_one_that_claims_more_than_it_does(serving: Serving) -> None:
    async with serving("claims-more") as fhir, serving("full") as full:
        assert await claimed(fhir) == await claimed(full)
        assert (await fhir.post("", json={"resourceType": "Bundle", "type": "transaction"})).status_code == 405
        assert (await fhir.get("/Observation/1/_history")).status_code == 404
        assert ids(await fhir.get("/Observation?_sort=date")) == ["1", "2"]


async def test_one_that_takes_a_stale_if_match(serving: Serving) -> None:
    async with serving("stale-if-match") as fhir:
        for _ in range(2):
            answer = await fhir.put("/Patient/a", json=patient("a", "Ny"), headers={"If-Match": 'W/"1"'})
            assert answer.status_code == 200
        entry = {"resource": patient("a", "Ny"), "request": {"method": "PUT", "url": "Patient/a", "ifMatch": 'W/"1"'}}
        bundle = {"resourceType": "Bundle", "type": "transaction", "entry": [entry]}
        assert (await fhir.post("", json=bundle)).status_code == 200


async def test_full_is_all_of_it() -> None:
    assert all(named("full").does(what) for what in INTERACTIONS)
    assert len(all_servers()) == 11


def test_the_process_passes_for_the_one_that_was_named() -> None:
    with sandbox("--empty", "--as-server", "read-only") as (base, _):
        assert httpx.put(base + "/Patient/a", json=patient("a", "Bakken")).status_code == 405
    other = subprocess.run([*MAIN, "--empty", "--as-server", "hapi"], capture_output=True, text=True)
    assert other.returncode == 2 and "get-search-only" in other.stderr
    with pytest.raises(UnknownServer):
        named("hapi")
