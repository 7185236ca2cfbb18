"""The lesser servers that the sandbox passes for: what each lacks is not there, and is not claimed but by the one that
claims more than it does."""

import contextlib
import json
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
        ("no-last-updated", "_sort=-_lastUpdated", ["1", "2"]),
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
        assert silent or "=-_" in asked or head not in (await claimed(fhir))["parameters"]


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


# How each interaction is asked for, so that it is found on the server of the fixture.
ONE = {"resourceType": "Basic", "id": "one", "code": {"text": "x"}, "identifier": [{"value": "one"}]}
PATCH = {"Content-Type": "application/json-patch+json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ASKED: dict[str, tuple[str, str, Any, dict[str, str]]] = {
    "read": ("GET", "/Patient/a", None, {}),
    "vread": ("GET", "/Patient/a/_history/1", None, {}),
    "create": ("POST", "/Basic", {"resourceType": "Basic", "code": {"text": "x"}}, {}),
    "update": ("PUT", "/Basic/one", ONE, {}),
    "patch": ("PATCH", "/Patient/a", [], PATCH),
    "delete": ("DELETE", "/Basic/nobody", None, {}),
    "history-instance": ("GET", "/Patient/a/_history", None, {}),
    "history-type": ("GET", "/Patient/_history", None, {}),
    "history-system": ("GET", "/_history", None, {}),
    "search-type": ("GET", "/Patient?identifier=1", None, {}),
    "search-post": ("POST", "/Patient/_search", "identifier=1", FORM),
    "search-compartment": ("GET", "/Patient/a/Observation", None, {}),
    "transaction": ("POST", "", {"resourceType": "Bundle", "type": "transaction"}, {}),
    "batch": ("POST", "", {"resourceType": "Bundle", "type": "batch"}, {}),
    "everything": ("GET", "/Patient/a/$everything", None, {}),
    "conditional-update": ("PUT", "/Basic?identifier=one", ONE, {}),
    "conditional-delete": ("DELETE", "/Basic?identifier=nobody", None, {}),
    "conditional-patch": ("PATCH", "/Patient?family=bakken", [], PATCH),
}


@pytest.mark.parametrize("name", all_servers())
async def test_a_server_does_what_its_row_says_and_nothing_else(serving: Serving, name: str) -> None:
    assert ASKED.keys() == INTERACTIONS
    server = named(name)
    async with serving(name) as fhir:
        for interaction, (method, path, body, headers) in ASKED.items():
            content = body if isinstance(body, str) else None if body is None else json.dumps(body)
            kind = {} if body is None else {"Content-Type": "application/fhir+json"}
            answer = await fhir.request(method, path, content=content, headers={**kind, **headers})
            done = answer.status_code not in (404, 405)
            assert done == server.does(interaction), (interaction, answer.text)
            if done:
                assert answer.status_code < 300, (interaction, answer.text)


@pytest.mark.parametrize("name", all_servers())
async def test_a_server_claims_what_it_does_and_the_one_that_lies_more(serving: Serving, name: str) -> None:
    server = named(name)
    async with serving(name) as fhir:
        told = await claimed(fhir, "Patient")
        rest = (await fhir.get("/metadata")).json()["rest"][0]
    for code in ("read", "vread", "create", "update", "patch", "delete", "history-instance", "history-type"):
        assert (code in told["codes"]) == (server.does(code) or name == "claims-more")
    for code in ("transaction", "batch", "history-system"):
        assert (code in told["codes"]) == (server.does(code) or name == "claims-more")
    assert told["conditionalCreate"] == (server.does("if-none-exist") or name == "claims-more")
    assert told["conditionalUpdate"] == server.does("conditional-update")
    assert (told["conditionalDelete"] == "single") == server.does("conditional-delete")
    assert (told["versioning"] == "versioned-update") == server.does("if-match")
    assert ("operation" in told) == (server.does("everything") or name == "claims-more")
    assert ("compartment" in rest) == server.does("search-compartment")
    for parameter in ("_lastUpdated", "name", "gender"):
        assert (parameter in told["parameters"]) == server.knows(parameter)


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
