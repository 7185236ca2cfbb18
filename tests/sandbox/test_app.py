"""What stands around the interactions: limits, media types, the token, gzip, and errors that tell nothing."""

import gzip
from typing import Any

import httpx
import pytest

from akson_tui.sandbox import negotiation, rest
from akson_tui.sandbox.store import Store
from tests.sandbox.conftest import client_of, observation, patient, put

JSON = {"Content-Type": "application/fhir+json"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "application/fhir+json"}, 201),
        ({"Content-Type": "application/json; charset=UTF-8"}, 201),
        ({"Content-Type": "application/fhir+json; fhirVersion=4.0"}, 201),
        ({"Content-Type": "application/fhir+xml"}, 415),
        ({"Content-Type": "text/plain"}, 415),
        ({}, 415),
        ({"Content-Type": "application/fhir+json; charset=latin-1"}, 415),
        ({"Content-Type": "application/fhir+json; charset=bogus"}, 415),
        ({**JSON, "Content-Encoding": "gzip"}, 415),
        ({**JSON, "Accept": "application/fhir+json"}, 201),
        ({**JSON, "Accept": "application/fhir+xml, application/json;q=0.5"}, 201),
        ({**JSON, "Accept": "application/fhir+xml"}, 406),
        ({**JSON, "Accept": "application/fhir+json; fhirVersion=5.0"}, 406),
    ],
)
async def test_only_json_of_r4_is_spoken(fhir: httpx.AsyncClient, headers: dict[str, str], status: int) -> None:
    answer = await fhir.post("/Patient", content=b'{"resourceType":"Patient"}', headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.json()["resourceType"] == ("Patient" if status == 201 else "OperationOutcome")


async def test_the_format_may_be_asked_for_in_the_url(fhir: httpx.AsyncClient) -> None:
    for asked, status in (("json", 200), ("application/fhir+json", 200), ("xml", 406), ("text/turtle", 406)):
        assert (await fhir.get(f"/metadata?_format={asked}")).status_code == status


async def test_a_posted_search_is_a_form(fhir: httpx.AsyncClient) -> None:
    assert (await fhir.post("/Patient/_search", json={"name": "x"})).status_code == 415


async def test_what_is_too_large_is_refused_before_it_is_read(fhir: httpx.AsyncClient) -> None:
    announced = await fhir.post("/Patient", content=b"x" * 17_000_000, headers=JSON)
    assert announced.status_code == 413
    drawn = 0

    async def endless() -> Any:
        nonlocal drawn
        while drawn < 100:
            drawn += 1
            yield b"x" * 1_000_000

    unannounced = await fhir.post("/Patient", content=endless(), headers=JSON)
    assert unannounced.status_code == 413
    assert unannounced.json()["issue"][0]["code"] == "too-long"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert (await fhir.post("/Patient/_search", content=b"name=" + b"x" * 70_000, headers=form)).status_code == 413
    assert (await fhir.get("/Patient?name=" + "x" * 17_000)).status_code == 413
    assert (await fhir.get("/Patient?" + "name=x&" * 60)).status_code == 400
    many = {
        "resourceType": "Bundle",
        "type": "batch",
        "entry": [{"request": {"method": "GET", "url": "Patient"}}] * 5001,
    }
    assert (await fhir.post("", json=many)).status_code == 413


async def test_deep_json_is_refused(fhir: httpx.AsyncClient) -> None:
    for depth in (100, 100_000):
        body = b'{"resourceType":"Basic","extension":' + b"[" * depth + b"]" * depth + b"}"
        answer = await fhir.post("/Basic", content=body, headers=JSON)
        assert (answer.status_code, "levels" in answer.text) == (400, True)


async def test_answers_are_packed_where_it_pays(fhir: httpx.AsyncClient) -> None:
    await put(fhir, patient("a", "Bakken"), *(observation(f"o{n}", "a", "2026") for n in range(50)))
    async with fhir.stream("GET", "/Observation", headers={"Accept-Encoding": "gzip"}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
        assert answer.headers["content-encoding"] == "gzip"
    assert len(raw) < len(gzip.decompress(raw)) / 5
    plain = await fhir.get("/Observation", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == gzip.decompress(raw)


async def test_each_request_needs_the_token_where_there_is_one(store: Store) -> None:
    client, api = client_of(store, token="hemmelig")
    async with client:
        for headers in ({}, {"Authorization": "Bearer feil"}, {"Authorization": "Basic hemmelig"}):
            for method, path in (("GET", "/metadata"), ("GET", "/Patient"), ("POST", "/Patient"), ("GET", "/nowhere")):
                answer = await client.request(method, path, headers=headers)
                assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
                assert answer.json()["issue"][0]["code"] == "login"
        answer = await client.get("/Patient", headers={"Authorization": "Bearer hemmelig"})
        assert answer.status_code == 200
    api.close()


async def test_a_mistake_of_the_server_is_told_without_what_it_was_about(
    fhir: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise KeyError("Astrid Bakken 13814212345")

    monkeypatch.setattr(rest, "vread", broken)
    answer = await fhir.get("/Patient/a/_history/1")
    assert answer.status_code == 500
    assert answer.json()["issue"][0] == {
        "severity": "error",
        "code": "exception",
        "diagnostics": "the server made a mistake",
    }
    told = capsys.readouterr().err
    assert "KeyError at" in told and "Astrid" not in told and "13814212345" not in told


async def test_a_method_that_is_not_there_says_which_are(fhir: httpx.AsyncClient) -> None:
    answer = await fhir.delete("/Patient/a/_history/1")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


async def test_head_is_a_get_without_body(fhir: httpx.AsyncClient) -> None:
    await put(fhir, patient("a", "Bakken"))
    answer = await fhir.head("/Patient/a")
    assert (answer.status_code, answer.headers["etag"]) == (200, 'W/"1"')


async def test_a_host_that_is_none_stands_in_no_link(fhir: httpx.AsyncClient) -> None:
    answer = await fhir.post("/Patient", json=patient("x", "Bakken"), headers={"Host": 'a"b/../c'})
    assert answer.headers["location"] == "http://localhost/fhir/Patient/new-1/_history/1"


async def test_two_who_write_at_once_are_both_kept_and_their_times_differ(fhir: httpx.AsyncClient) -> None:
    import asyncio

    answers = await asyncio.gather(*(fhir.post("/Patient", json=patient("x", f"Nr{n}")) for n in range(30)))
    assert {answer.status_code for answer in answers} == {201}
    found = (await fhir.get("/Patient?_count=100")).json()
    assert found["total"] == 30
    assert len({one["resource"]["meta"]["lastUpdated"] for one in found["entry"]}) == 30


def test_limits_are_what_the_tests_think() -> None:
    assert negotiation.MAX_BODY < 17_000_000 and negotiation.MAX_FORM < 70_000
