"""Bundles of many interactions: a transaction is done whole or not at all, a batch as far as it goes."""

import json
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import observation, patient, put

URN = "urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a"
MINE = "urn:uuid:88f151c0-a954-468a-88bd-5ae15c08e059"


def entry(
    method: str, url: str, resource: dict[str, Any] | None = None, full_url: str = "", **request: str
) -> dict[str, Any]:
    made: dict[str, Any] = {"request": {"method": method, "url": url, **request}}
    if resource is not None:
        made["resource"] = resource
    if full_url:
        made["fullUrl"] = full_url
    return made


def bundle(kind: str, *entries: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": kind, "entry": list(entries)}


def statuses(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["response"]["status"][:3] for one in answer.json()["entry"]]


def note(text: str = "x", **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "DocumentReference",
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": MINE}],
        "status": "current",
        "subject": {"reference": "Patient/a"},
        "content": [{"attachment": {"contentType": "text/plain", "data": "eA==", "title": text}}],
        **more,
    }


def signed() -> dict[str, Any]:
    """A note with a measurement and a Provenance, named by our own identifiers."""
    about = {"reference": URN}
    provenance = {
        "resourceType": "Provenance",
        "target": [about, {"reference": "urn:uuid:c0ffee00-0000-4000-8000-000000000001"}],
        "recorded": "2026-11-24T07:00:00+01:00",
        "agent": [{"who": {"reference": "Practitioner/kari"}}],
    }
    measured = observation("ignored", "a", "2026-11-24", valueQuantity={"value": 37.90}, derivedFrom=[about])
    condition = f"identifier=urn:ietf:rfc:3986|{MINE}"
    return bundle(
        "transaction",
        entry("POST", "Provenance", provenance),
        entry("POST", "Observation", measured, "urn:uuid:c0ffee00-0000-4000-8000-000000000001"),
        entry("POST", "DocumentReference", note(), URN, ifNoneExist=condition),
    )


async def test_a_signed_note_is_stored_whole_and_its_references_lead_to_each_other(fhir: httpx.AsyncClient) -> None:
    sent = json.dumps(signed()).replace("37.9", "37.90")
    answer = await fhir.post("", content=sent, headers={"Content-Type": "application/fhir+json"})
    assert statuses(answer) == ["201", "201", "201"]
    assert "resource" not in answer.json()["entry"][0]
    places = [one["response"]["location"].removeprefix("http://journal/fhir/") for one in answer.json()["entry"]]
    assert [place.partition("/")[0] for place in places] == ["Provenance", "Observation", "DocumentReference"]
    provenance, measured, written = [await fhir.get("/" + place) for place in places]
    name = places[2].partition("/_history")[0]
    assert provenance.json()["target"][0] == {"reference": name}
    assert provenance.json()["target"][1] == {"reference": places[1].partition("/_history")[0]}
    assert measured.json()["derivedFrom"] == [{"reference": name}]
    assert '{"value": 37.90}' in measured.text
    assert written.json()["identifier"][0]["value"] == MINE, "an identifier is no reference"
    assert (await fhir.get(f"/Provenance?target={name}")).json()["total"] == 1


async def test_sent_again_the_note_is_there_once(fhir: httpx.AsyncClient) -> None:
    first = (await fhir.post("", json=signed())).json()["entry"]
    again = await fhir.post(
        "", json=bundle("transaction", signed()["entry"][2]), headers={"Prefer": "return=representation"}
    )
    assert statuses(again) == ["200"]
    assert again.json()["entry"][0]["response"]["location"] == first[2]["response"]["location"]
    assert again.json()["entry"][0]["resource"]["resourceType"] == "DocumentReference"
    assert (await fhir.get("/DocumentReference")).json()["total"] == 1


@pytest.mark.parametrize(
    ("bad", "status"),
    [
        (entry("POST", "Observation", {**observation("x", "a", "2026"), "status": "fianl"}), 422),
        (entry("PUT", "Patient/a", patient("a", "Ny"), ifMatch='W/"9"'), 412),
        (entry("PUT", "Patient/a", patient("b", "Ny")), 400),
        (entry("POST", "Patient", observation("x", "a", "2026")), 400),
        (entry("POST", "Patient", patient("x", "Ny"), ifNoneExist="name=tvilling"), 412),
        (entry("POST", "Patient"), 400),
        (entry("GET", "Patient/nobody"), 404),
        (entry("PATCH", "Patient/a", patient("a", "Ny")), 400),
        (entry("OPTIONS", "Patient/a"), 400),
        (entry("POST", "Pasient", patient("x", "Ny")), 400),
        (entry("PUT", "Patient/t1", patient("t1", "Ny")), 400),
        (
            entry(
                "POST", "Observation", observation("x", "a", "2026", performer=[{"reference": "Practitioner?name=x"}])
            ),
            412,
        ),
        ({"resource": patient("x", "Ny")}, 400),
        (entry("DELETE", "Patient/held"), 409),
    ],
)
async def test_nothing_of_a_transaction_is_done_where_one_entry_fails(
    fhir: httpx.AsyncClient, bad: dict[str, Any], status: int
) -> None:
    await put(fhir, patient("a", "Bakken"), patient("t1", "Tvilling"), patient("t2", "Tvilling"))
    await put(fhir, patient("held", "Bakken"), observation("o", "held", "2026"))
    before = (await fhir.get("/Patient?_sort=_id")).json()["entry"]
    good = [
        entry("POST", "Observation", observation("x", "a", "2026")),
        entry("PUT", "Patient/t1", patient("t1", "Endret")),
        entry("DELETE", "Patient/t2"),
    ]
    answer = await fhir.post("", json=bundle("transaction", *good, bad))
    assert answer.status_code == status, answer.text
    assert answer.json()["resourceType"] == "OperationOutcome"
    assert answer.json()["issue"][0]["expression"][0].startswith("Bundle.entry[3]")
    assert (await fhir.get("/Patient?_sort=_id")).json()["entry"] == before
    assert (await fhir.get("/Observation")).json()["total"] == 1


async def test_a_batch_goes_on_where_one_entry_fails(fhir: httpx.AsyncClient) -> None:
    await put(fhir, patient("a", "Bakken"))
    answer = await fhir.post(
        "",
        json=bundle(
            "batch",
            entry("POST", "Observation", {**observation("x", "a", "2026"), "status": "fianl"}),
            entry("POST", "Observation", observation("x", "a", "2026")),
            entry("GET", "Observation?patient=a&_sort=-date"),
            entry("GET", "Patient/a"),
            entry("GET", "Patient/a", ifNoneMatch='W/"1"'),
            entry("GET", "Patient/a/_history/1"),
            entry("GET", "Patient/nobody"),
            entry("PUT", "Patient/a", patient("a", "Ny"), ifMatch='W/"1"'),
            entry("PUT", "Patient/a", patient("a", "For sent"), ifMatch='W/"1"'),
            entry("DELETE", "Observation/nobody"),
        ),
    )
    assert statuses(answer) == ["422", "201", "200", "200", "304", "200", "404", "200", "412", "204"]
    entries = answer.json()["entry"]
    assert entries[0]["response"]["outcome"]["issue"][0]["expression"] == ["Bundle.entry[0].resource.status"]
    assert entries[2]["resource"]["total"] == 1
    assert entries[3]["resource"]["name"] == [{"family": "Bakken"}]
    assert (await fhir.get("/Patient/a")).json()["name"] == [{"family": "Ny"}]


async def test_deletes_come_first_and_reads_last(fhir: httpx.AsyncClient) -> None:
    await put(fhir, patient("a", "Bakken", identifier=[{"value": "1"}]))
    answer = await fhir.post(
        "",
        json=bundle(
            "transaction",
            entry("GET", "Patient?name=bakken"),
            entry("POST", "Patient", patient("x", "Bakken")),
            entry("POST", "Patient", patient("y", "Bakken")),
            entry("DELETE", "Patient/a"),
        ),
    )
    assert statuses(answer) == ["200", "201", "201", "204"]
    assert answer.json()["entry"][0]["resource"]["total"] == 2


async def test_a_conditional_reference_is_resolved(fhir: httpx.AsyncClient) -> None:
    await put(
        fhir, {"resourceType": "Practitioner", "id": "kari", "identifier": [{"system": "urn:oid:1.2", "value": "7"}]}
    )
    sent = observation("x", "a", "2026", performer=[{"reference": "Practitioner?identifier=urn:oid:1.2|7"}])
    answer = await fhir.post("", json=bundle("transaction", entry("POST", "Observation", sent)))
    assert statuses(answer) == ["201"]
    assert (await fhir.get("/Observation?performer=Practitioner/kari")).json()["total"] == 1


async def test_an_empty_transaction_is_answered(fhir: httpx.AsyncClient) -> None:
    answer = await fhir.post("", json={"resourceType": "Bundle", "type": "transaction"})
    assert answer.json() == {"resourceType": "Bundle", "type": "transaction-response"}


@pytest.mark.parametrize(
    "wrong",
    [{"entry": 7}, {"entry": [7]}, {"entry": [{}]}, {"entry": [{"request": {"method": "POST"}}]}, {"total": "x"}],
)
async def test_a_bundle_of_the_wrong_shape_is_refused(fhir: httpx.AsyncClient, wrong: dict[str, Any]) -> None:
    answer = await fhir.post("", json={"resourceType": "Bundle", "type": "batch", **wrong})
    assert answer.status_code == 400
    assert answer.json()["resourceType"] == "OperationOutcome"
