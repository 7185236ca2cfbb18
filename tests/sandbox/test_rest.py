"""One resource over HTTP: read, write, versions, conditions, and the bytes that come back."""

import json
from pathlib import Path

import httpx
import pytest

from tests.sandbox.conftest import observation, patient, put

JSON = {"Content-Type": "application/fhir+json"}
SENT = (
    '{\n  "resourceType" : "Observation", "status":"final",\t"code":{"text":"R\\u00f8ntgen \\/ 50%"},\r\n'
    '  "valueQuantity":{"value":4.10,"unit":"mmol/L"},"referenceRange":[{"low":{"value":1.50e0},"high":{"value":0.0}}],'
    '"note":[{"text":"  to  mellomrom  🙂"}]  }'
)


async def test_what_was_posted_comes_back_with_only_id_and_meta_added(fhir: httpx.AsyncClient) -> None:
    created = await fhir.post("/Observation", content=SENT.encode(), headers=JSON)
    assert created.status_code == 201
    read = await fhir.get("/Observation/new-1")
    stamp = ',"id":"new-1","meta":{"versionId":"1","lastUpdated":"2026-11-24T06:00:00.000Z"}'
    assert read.text == created.text == SENT.replace('"Observation"', f'"Observation"{stamp}')
    found = await fhir.get("/Observation")
    assert read.text in found.text
    for number in ("4.10", "1.50e0", "0.0"):
        assert f'"value":{number}' in found.text


async def test_meta_that_was_sent_stays(fhir: httpx.AsyncClient) -> None:
    tag = {"system": "http://example.invalid", "code": "x"}
    sent = {**patient("a", "Bakken"), "meta": {"tag": [tag], "versionId": "99", "lastUpdated": "1999-01-01T00:00:00Z"}}
    await put(fhir, sent)
    meta = (await fhir.get("/Patient/a")).json()["meta"]
    assert meta == {"tag": [tag], "versionId": "1", "lastUpdated": "2026-11-24T06:00:00.000Z"}
    assert (await fhir.get("/Patient?_tag=http://example.invalid|x")).json()["total"] == 1


async def test_the_answer_to_a_create(fhir: httpx.AsyncClient) -> None:
    created = await fhir.post("/Patient", json=patient("ignored", "Bakken"))
    assert created.status_code == 201
    assert created.headers["location"] == "http://journal/fhir/Patient/new-1/_history/1"
    assert created.headers["etag"] == 'W/"1"'
    assert created.headers["last-modified"] == "Tue, 24 Nov 2026 06:00:00 GMT"
    assert created.headers["date"] == "Tue, 24 Nov 2026 06:00:00 GMT"
    assert created.headers["content-type"].startswith("application/fhir+json")
    assert created.json()["id"] == "new-1"
    minimal = await fhir.post("/Patient", json=patient("x", "Bakken"), headers={"Prefer": "return=minimal"})
    assert (minimal.status_code, minimal.content) == (201, b"")
    assert minimal.headers["location"].endswith("/Patient/new-2/_history/1")


async def test_versions(fhir: httpx.AsyncClient) -> None:
    await put(fhir, patient("a", "En"), patient("a", "To"))
    second = await fhir.put("/Patient/a", json=patient("a", "Tre"), headers={"If-Match": 'W/"2"'})
    assert (second.status_code, second.headers["etag"]) == (200, 'W/"3"')
    names = []
    for number in (1, 2, 3):
        read = await fhir.get(f"/Patient/a/_history/{number}")
        assert read.headers["etag"] == f'W/"{number}"'
        names.append(read.json()["name"][0]["family"])
    assert names == ["En", "To", "Tre"]
    history = (await fhir.get("/Patient/a/_history")).json()
    assert [entry["resource"]["meta"]["versionId"] for entry in history["entry"]] == ["3", "2", "1"]
    updated = [entry["resource"]["meta"]["lastUpdated"] for entry in history["entry"]]
    assert updated == sorted(set(updated), reverse=True), "each write is later than the one before"
    for number in ("4", "0", "x", "1e3", "9" * 30):
        assert (await fhir.get(f"/Patient/a/_history/{number}")).status_code == 404


async def test_an_update_of_a_version_that_is_not_the_newest_is_refused(fhir: httpx.AsyncClient) -> None:
    await put(fhir, patient("a", "En"), patient("a", "To"))
    late = await fhir.put("/Patient/a", json=patient("a", "Tre"), headers={"If-Match": 'W/"1"'})
    assert (late.status_code, late.headers["etag"]) == (412, 'W/"2"')
    assert (await fhir.get("/Patient/a")).json()["name"][0]["family"] == "To"
    nobody = await fhir.put("/Patient/b", json=patient("b", "Tre"), headers={"If-Match": 'W/"1"'})
    assert nobody.status_code == 412
    assert (await fhir.get("/Patient/b")).status_code == 404


async def test_a_conditional_create_is_done_once(fhir: httpx.AsyncClient) -> None:
    mine = {"system": "urn:ietf:rfc:3986", "value": "urn:uuid:5b9d6a2e-3f6a-4c29-8d12-000000000001"}
    sent = {**patient("x", "Bakken"), "identifier": [mine]}
    condition = {"If-None-Exist": f"identifier={mine['system']}|{mine['value']}"}
    first = await fhir.post("/Patient", json=sent, headers=condition)
    again = await fhir.post("/Patient", json=sent, headers=condition)
    named = await fhir.post("/Patient", json=sent, headers={"If-None-Exist": f"Patient?{condition['If-None-Exist']}"})
    assert (first.status_code, again.status_code, named.status_code) == (201, 200, 200)
    assert first.headers["location"] == again.headers["location"]
    assert first.text == again.text
    assert (await fhir.get("/Patient")).json()["total"] == 1

    assert (await fhir.post("/Patient", json=sent)).status_code == 201
    several = await fhir.post("/Patient", json=sent, headers=condition)
    assert several.status_code == 412
    for senseless in ("shoe-size=43", "", "_count=1", "birthdate=no"):
        refused = await fhir.post("/Patient", json=sent, headers={"If-None-Exist": senseless})
        assert refused.status_code == 400, "a condition that asks nothing would find anybody"
    assert (await fhir.get("/Patient")).json()["total"] == 2


async def test_a_conditional_create_finds_what_was_deleted_no_more(fhir: httpx.AsyncClient) -> None:
    sent = {**patient("x", "Bakken"), "identifier": [{"value": "1"}]}
    await fhir.post("/Patient", json=sent)
    await fhir.delete("/Patient/new-1")
    again = await fhir.post("/Patient", json=sent, headers={"If-None-Exist": "identifier=1"})
    assert (again.status_code, again.json()["id"]) == (201, "new-2")


async def test_delete(fhir: httpx.AsyncClient) -> None:
    await put(fhir, patient("a", "Bakken"), observation("o", "a", "2026"))
    held = await fhir.delete("/Patient/a")
    assert held.status_code == 409, "an Observation refers to her"
    assert (await fhir.delete("/Observation/o", headers={"If-Match": 'W/"7"'})).status_code == 412
    assert (await fhir.delete("/Observation/o")).status_code == 204
    assert (await fhir.delete("/Observation/o")).status_code == 204
    gone = await fhir.get("/Observation/o")
    assert (gone.status_code, gone.headers["etag"]) == (410, 'W/"2"')
    assert gone.json()["issue"][0]["code"] == "deleted"
    assert (await fhir.get("/Observation/o/_history/1")).status_code == 200
    assert (await fhir.get("/Observation/o/_history/2")).status_code == 410
    assert (await fhir.delete("/Patient/a")).status_code == 204
    back = await fhir.put("/Patient/a", json=patient("a", "Bakken"))
    assert (back.status_code, back.headers["etag"]) == (201, 'W/"3"')
    assert [e["request"]["method"] for e in (await fhir.get("/Patient/a/_history")).json()["entry"]] == [
        "PUT",
        "DELETE",
        "PUT",
    ]


async def test_a_caller_who_has_the_version_gets_nothing_new(fhir: httpx.AsyncClient) -> None:
    await put(fhir, patient("a", "Bakken"))
    same = await fhir.get("/Patient/a", headers={"If-None-Match": 'W/"1"'})
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", 'W/"1"')
    since = await fhir.get("/Patient/a", headers={"If-Modified-Since": "Tue, 24 Nov 2026 06:00:00 GMT"})
    assert since.status_code == 304
    for headers in (
        {"If-None-Match": 'W/"2"'},
        {"If-Modified-Since": "Tue, 24 Nov 2026 05:59:59 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert (await fhir.get("/Patient/a", headers=headers)).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/Patient/nobody", "", 404),
        ("GET", "/Patient/nobody/_history", "", 404),
        ("GET", "/Pasient/a", "", 404),
        ("GET", "/Parameters", "", 404),
        ("GET", "/Patient/a/b", "", 404),
        ("GET", "/", "", 405),
        ("PATCH", "/Patient/a", "[]", 415),
        ("DELETE", "/Patient", "", 400),
        ("PUT", "/Patient", '{"resourceType":"Patient"}', 400),
        ("POST", "/metadata", "{}", 405),
        ("POST", "/Patient", "", 400),
        ("POST", "/Patient", "{", 400),
        ("POST", "/Patient", "[]", 400),
        ("POST", "/Patient", '"Patient"', 400),
        ("POST", "/Patient", '{"resourceType":7}', 400),
        ("POST", "/Patient", '{"resourceType":"Observation","status":"final","code":{"text":"x"}}', 400),
        ("POST", "/Patient?name=x", '{"resourceType":"Patient"}', 400),
        ("POST", "/Patient", '{"resourceType":"Patient","active":true,"active":true}', 400),
        ("POST", "/Patient", '{"resourceType":"Patient","active":NaN}', 400),
        ("POST", "/Patient", '{"resourceType":"Patient","name":[{"text":"\\ud800"}]}', 400),
        ("POST", "/Patient", '{"resourceType":"Patient","shoe":43}', 422),
        ("POST", "/Observation", '{"resourceType":"Observation","status":"fianl","code":{"text":"x"}}', 422),
        ("POST", "/Patient", '{"resourceType":"Patient","birthDate":"1942-02-30"}', 422),
        ("PUT", "/Patient/a", '{"resourceType":"Patient"}', 400),
        ("PUT", "/Patient/a", '{"resourceType":"Patient","id":"b"}', 400),
        ("PUT", "/Patient/a_b", '{"resourceType":"Patient","id":"a_b"}', 422),
        ("POST", "", '{"resourceType":"Patient"}', 400),
        ("POST", "", '{"resourceType":"Bundle","type":"collection"}', 400),
    ],
)
async def test_every_error_is_an_operation_outcome_with_its_status(
    fhir: httpx.AsyncClient, method: str, path: str, body: str, status: int
) -> None:
    answer = await fhir.request(method, path, content=body.encode(), headers=JSON if body or method == "POST" else {})
    assert answer.status_code == status, answer.text
    told = answer.json()
    assert told["resourceType"] == "OperationOutcome"
    assert all(issue["severity"] == "error" and issue["code"] and issue["diagnostics"] for issue in told["issue"])
    assert "Traceback" not in answer.text and ".py" not in answer.text


async def test_the_issue_names_the_element_and_never_the_value(fhir: httpx.AsyncClient) -> None:
    bad = {**patient("a", "Bakken"), "birthDate": "13814212345", "name": [{"family": 13814212345}]}
    told = (await fhir.put("/Patient/a", json=bad)).json()
    assert {issue["expression"][0] for issue in told["issue"]} == {"Patient.birthDate", "Patient.name[0].family"}
    assert "13814212345" not in json.dumps(told)


async def test_published_resources_come_back_as_they_were(fhir: httpx.AsyncClient) -> None:
    folder = Path(__file__).parents[1] / "data" / "fhir"
    seen = 0
    for file in sorted(folder.glob("[dhn]*/*.json")):
        sent = file.read_text("utf-8")
        resource = json.loads(sent)
        if resource["resourceType"] == "Bundle" or "qs1" in file.name:
            continue
        answer = await fhir.put(f"/{resource['resourceType']}/{resource['id']}", content=sent.encode(), headers=JSON)
        assert answer.status_code == 201, (file.name, answer.text)
        back = json.loads(answer.text, parse_float=str)
        wanted = json.loads(sent, parse_float=str)
        for one in (back, wanted):
            one.pop("meta", None)
        assert back == wanted
        seen += 1
    assert seen > 20
