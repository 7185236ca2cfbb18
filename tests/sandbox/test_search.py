"""Search over HTTP, as a client asks: a table of questions and who is found."""

from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import ids, observation, patient, put

FNR = "urn:oid:2.16.578.1.12.4.1.4.1"


def people() -> list[dict[str, Any]]:
    return [
        patient(
            "astrid",
            "Bakken",
            "Astrid",
            "Åse",
            identifier=[{"system": FNR, "value": "13814212345"}],
            birthDate="1942-01-13",
            gender="female",
            telecom=[{"system": "phone", "value": "90000001"}, {"system": "email", "value": "a@example.invalid"}],
            address=[{"line": ["Kirkegata 1"], "city": "Kristiansand", "postalCode": "4611"}],
        ),
        patient("aase", "Aasen", "Øyvind", birthDate="1955-06", active=True, deceasedDateTime="2020-01-01"),
        patient("ante", "Čáhput", "Ánte", birthDate="1955", active=False),
        patient(
            "moen", "Moen-Bakke", "Kari", birthDate="1970-06-17", generalPractitioner=[{"reference": "Practitioner/dr"}]
        ),
        patient("monsen", "Monsen", "Bård", gender="male"),
        {
            "resourceType": "Practitioner",
            "id": "dr",
            "name": [{"family": "Dahl"}],
            "identifier": [{"value": "565900017"}],
        },
    ]


def measurements() -> list[dict[str, Any]]:
    return [
        observation("o1", "astrid", "2026-11-24T08:00:00+01:00", category=[{"coding": [{"code": "vital-signs"}]}]),
        observation("o2", "astrid", "2026-11-23", valueQuantity={"value": 70}),
        observation("o3", "astrid", "2026-11", status="amended"),
        {
            **observation("o4", "x", "2026-11-24T00:30:00+01:00"),
            "subject": {"identifier": {"system": FNR, "value": "13814212345"}},
        },
        {k: v for k, v in observation("o5", "moen", "").items() if k != "effectiveDateTime"}
        | {"effectivePeriod": {"start": "2026-11-20", "end": "2026-11-25"}},
        observation("o6", "moen", "2020-02-29T23:59:59Z", performer=[{"reference": "Practitioner/dr"}]),
        {**observation("o7", "group", "2020"), "subject": {"reference": "Group/group"}},
    ]


CASES = [
    # Names: case, accents, order, beginnings.
    ("Patient?name=bakken", "astrid"),
    ("Patient?name=BAKK ast", "astrid"),
    ("Patient?name=åse bakken", "astrid"),
    ("Patient?name=aase", "astrid aase"),
    ("Patient?name=bakke", "astrid moen"),
    ("Patient?name=Moen-Bakke", "moen"),
    ("Patient?name=oeyvind", "aase"),
    ("Patient?name=öyvind aa", "aase"),
    ("Patient?name=cahp ante", "ante"),
    ("Patient?name=moe", "moen"),
    ("Patient?name=baard", "monsen"),
    ("Patient?name=bard", ""),
    ("Patient?name=kari,bård", "moen monsen"),
    ("Patient?name=---", ""),
    ("Patient?family=Åsen", "aase"),
    ("Patient?given=bakken", ""),
    ("Patient?family:exact=Bakken", "astrid"),
    ("Patient?family:exact=bakken", ""),
    ("Patient?family:contains=ons", "monsen"),
    ("Patient?family:missing=true", ""),
    ("Patient?address-city=kristians", "astrid"),
    ("Patient?address=4611", "astrid"),
    # Tokens.
    (f"Patient?identifier={FNR}|13814212345", "astrid"),
    ("Patient?identifier=13814212345", "astrid"),
    ("Patient?identifier=urn:oid:1.2|13814212345", ""),
    (f"Patient?identifier={FNR}|", "astrid"),
    ("Patient?identifier=|13814212345", ""),
    ("Practitioner?identifier=|565900017", "dr"),
    ("Patient?gender=male,female", "astrid monsen"),
    ("Patient?gender:not=female", "aase ante moen monsen"),
    ("Patient?gender:missing=false", "astrid monsen"),
    ("Patient?active=true", "aase"),
    ("Patient?deceased=true", "aase"),
    ("Patient?phone=90000001", "astrid"),
    ("Patient?phone=a@example.invalid", ""),
    ("Patient?email=a@example.invalid", "astrid"),
    ("Patient?telecom=90000001", "astrid"),
    ("Patient?_id=moen,ante,nobody", "ante moen"),
    ("Observation?status=amended", "o3"),
    ("Observation?category=vital-signs", "o1"),
    ("Observation?code=http://loinc.org|8867-4&status=final&patient=moen", "o5 o6"),
    ("Observation?code=http://snomed.info/sct|8867-4", ""),
    # References.
    ("Observation?patient=astrid", "o1 o2 o3"),
    ("Observation?patient=Patient/astrid", "o1 o2 o3"),
    ("Observation?patient=http://journal/fhir/Patient/astrid", "o1 o2 o3"),
    ("Observation?subject:Patient=astrid", "o1 o2 o3"),
    ("Observation?subject=Group/group", "o7"),
    ("Observation?patient=Group/group", ""),
    ("Observation?patient=astrid,moen", "o1 o2 o3 o5 o6"),
    ("Observation?performer=Practitioner/dr", "o6"),
    ("Patient?general-practitioner=dr", "moen"),
    # Through the reference; and where only an identifier names the person.
    (f"Observation?patient.identifier={FNR}|13814212345", "o1 o2 o3 o4"),
    (f"Observation?subject:identifier={FNR}|13814212345", "o4"),
    (f"Observation?patient:identifier={FNR}|13814212345", "o4"),
    ("Observation?patient.name=bakken", "o1 o2 o3"),
    ("Observation?subject:Patient.birthdate=1970-06-17", "o5 o6"),
    ("Observation?performer:Practitioner.name=dahl", "o6"),
    ("Observation?performer.name=dahl", "o6"),
    ("Patient?general-practitioner.identifier=565900017", "moen"),
    # Dates: the value's range against the element's.
    ("Patient?birthdate=1942-01-13", "astrid"),
    ("Patient?birthdate=1955", "aase ante"),
    ("Patient?birthdate=1955-06", "aase"),
    ("Patient?birthdate=ge1955&birthdate=le1955", "aase ante"),
    ("Patient?birthdate=lt1955", "astrid"),
    ("Patient?birthdate=gt1955-06", "ante moen"),
    ("Patient?birthdate=sa1955", "moen"),
    ("Patient?birthdate=eb1955", "astrid"),
    ("Patient?birthdate=ne1955", "astrid moen"),
    ("Patient?birthdate=ap1942-01-14", "astrid"),
    ("Patient?birthdate:missing=true", "monsen"),
    ("Observation?date=2026-11-24", "o1 o4"),
    ("Observation?date=2026-11-24T08:00:00%2B01:00", "o1"),
    ("Observation?date=2026-11-24T08:00:00+01:00", "o1"),
    ("Observation?date=2026-11-24T08:00", "o1"),
    ("Observation?patient=astrid&date=ge2026-11-24", "o1 o3"),
    ("Observation?date=gt2026-11-24", "o3 o5"),
    ("Observation?date=2020-03-01", "o6"),
    ("Observation?date=ge2026-11-01&date=lt2026-12-01&patient=astrid", "o1 o2 o3"),
    ("Observation?_lastUpdated=gt2026-11-24T06:00:00.008Z&patient=astrid", ""),
    ("Observation?_lastUpdated=gt2026-11-24T06:00:00.007Z&patient=astrid", "o3"),
    ("Observation?_lastUpdated=gt2026-11-24T06:00:00.011Z", "o7"),
    ("Observation?_lastUpdated=ge2026-11-24&patient=moen", "o5 o6"),
    # Order; what has no value stands last in both directions.
    ("Patient?_sort=birthdate", "astrid ante aase moen monsen"),
    ("Patient?_sort=-birthdate", "moen aase ante astrid monsen"),
    ("Patient?_sort=-family", "monsen moen ante astrid aase"),
    ("Observation?patient=astrid&_sort=-date", "o1 o2 o3"),
    ("Observation?patient=astrid,moen&_sort=-_lastUpdated", "o6 o5 o3 o2 o1"),
    ("Patient?_sort=_id", "aase ante astrid moen monsen"),
]
ORDERED = "_sort="


@pytest.fixture
async def full(fhir: httpx.AsyncClient) -> httpx.AsyncClient:
    await put(fhir, *people(), *measurements())
    return fhir


async def test_who_is_found_by_get_and_by_post(full: httpx.AsyncClient) -> None:
    wrong = []
    for asked, wanted in CASES:
        type_, _, query = asked.partition("?")
        got = await full.get(f"/{asked}")
        posted = await full.post(
            f"/{type_}/_search",
            content=query.replace("+", "%2B"),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        for answer in (got, posted):
            found = ids(answer)
            order = list if ORDERED in asked else sorted
            if order(found) != order(wanted.split()) or answer.json()["total"] != len(found):
                wrong.append((asked, found, wanted))
    assert wrong == []


@pytest.mark.parametrize(
    "asked",
    [
        "Patient?birthdate=i går",
        "Patient?birthdate=xx1942",
        "Patient?birthdate=",
        "Patient?name:soundex=a",
        "Patient?gender:missing=kanskje",
        "Patient?_count=mange",
        "Patient?_count=-1",
        "Patient?_total=some",
        "Patient?identifier=a|b|c",
        "Patient?_id:missing=true",
        "Observation?focus=123",
        "Observation?focus.identifier=123",
        "Observation?patient.general-practitioner.organization.partof.name=x",
        "Patient?_has:Observation:patient=x",
        "Patient?_has:Observation:shoe:code=x",
        "Patient?_has:Observation:patient:shoe=x",
        "Patient?_summary=some",
        "Observation?value-quantity=many",
        "Observation?value-quantity=1|x",
        "Observation?value-quantity=1e999",
        "Encounter?length:exact=1",
        "Observation?code.name=x",
        "Observation?subject:Medication=1",
        "Patient?_page=hello",
        "Patient?_page=999999.0",
        "Patient?_page=1",
        "Patient?name=%FF",
    ],
)
async def test_a_search_that_makes_no_sense_is_refused(full: httpx.AsyncClient, asked: str) -> None:
    answer = await full.get(f"/{asked}")
    if asked.endswith("="):
        assert len(ids(answer)) == 5, "an empty value asks nothing"
        return
    assert answer.status_code == 400
    assert answer.json()["resourceType"] == "OperationOutcome"
    assert answer.json()["issue"][0]["diagnostics"]


async def test_what_is_not_known_is_ignored_and_told_or_refused_if_strict(full: httpx.AsyncClient) -> None:
    asked = "/Patient?shoe-size=43&family=moen&_sort=shoe-size&_include=Patient:hat"
    answer = (await full.get(asked)).json()
    assert [entry["search"]["mode"] for entry in answer["entry"]] == ["match", "outcome"]
    told = [issue["diagnostics"] for issue in answer["entry"][1]["resource"]["issue"]]
    for name in ("shoe-size", "_sort=shoe-size", "_include=Patient:hat"):
        assert any(text.endswith(f": {name}") for text in told)
    assert answer["total"] == 1

    refused = await full.get(asked, headers={"Prefer": "handling=strict"})
    assert refused.status_code == 400
    assert "shoe-size" in refused.text


async def test_only_counted(full: httpx.AsyncClient) -> None:
    for asked in ("/Observation?_summary=count", "/Observation?_count=0"):
        answer = (await full.get(asked)).json()
        assert (answer["total"], answer.get("entry"), len(answer["link"])) == (7, None, 1)
    assert "total" not in (await full.get("/Observation?_total=none")).json()


async def test_sent_along(full: httpx.AsyncClient) -> None:
    answer = (await full.get("/Observation?_id=o6&_include=Observation:patient&_include=Observation:performer")).json()
    found = {(entry["resource"]["id"], entry["search"]["mode"]) for entry in answer["entry"]}
    assert found == {("o6", "match"), ("moen", "include"), ("dr", "include")}
    answer = (await full.get("/Patient?_id=moen&_revinclude=Observation:subject")).json()
    assert sorted(entry["resource"]["id"] for entry in answer["entry"]) == ["moen", "o5", "o6"]
    answer = (await full.get("/Observation?_id=o6&_include=Observation:performer:Organization")).json()
    assert len(answer["entry"]) == 1


async def pages(fhir: httpx.AsyncClient, first: httpx.Response) -> list[str]:
    found = ids(first)
    answer = first
    while link := next((one["url"] for one in answer.json()["link"] if one["relation"] == "next"), None):
        answer = await fhir.get(link)
        found += ids(answer)
    return found


async def test_pages_stand_still_while_others_write(full: httpx.AsyncClient) -> None:
    many = [observation(f"m{n:03}", "astrid", f"2026-10-{1 + n % 28:02}") for n in range(60)]
    await put(full, *many)
    everything = ids(await full.get("/Observation?patient=astrid&_sort=-date&_count=1000"))

    first = await full.get("/Observation?patient=astrid&_sort=-date&_count=7")
    # One that is new, one that moves, one that leaves the search, one that is deleted.
    await put(
        full,
        observation("new", "astrid", "2026-11-30"),
        observation("m000", "astrid", "2026-11-30"),
        observation("m020", "moen", "2026-10-21"),
    )
    assert (await full.delete("/Observation/m040")).status_code == 204

    assert await pages(full, first) == everything
    assert set(ids(await full.get("/Observation?patient=astrid&_count=1000"))) == (
        set(everything) - {"m020", "m040"} | {"new"}
    )


async def test_a_page_shows_the_versions_of_its_own_moment(full: httpx.AsyncClient) -> None:
    first = await full.get("/Observation?patient=astrid&_count=1")
    await put(full, {**observation("o2", "astrid", "2026-11-23"), "status": "entered-in-error"})
    link = next(one["url"] for one in first.json()["link"] if one["relation"] == "next")
    assert (await full.get(link)).json()["entry"][0]["resource"]["status"] == "final"


async def test_what_was_posted_stands_in_no_link(full: httpx.AsyncClient) -> None:
    form = {"patient.identifier": f"{FNR}|13814212345", "_count": "1", "_sort": "-date"}
    first = await full.post("/Observation/_search", data=form)
    links = [one["url"] for one in first.json()["link"]]
    assert len(links) == 2
    assert not any("13814212345" in link or "identifier" in link for link in links)
    assert await pages(full, first) == ["o1", "o4", "o2", "o3"]


async def test_a_posted_search_that_was_forgotten_is_gone(full: httpx.AsyncClient) -> None:
    answer = await full.get("/Observation?_search=unknown&_page=1.1")
    assert answer.status_code == 410


async def test_a_page_ends_before_it_grows_too_large(full: httpx.AsyncClient) -> None:
    for n in range(3):
        await put(full, observation(f"big{n}", "astrid", "2025-01-01", note=[{"text": "x" * 4_000_000}]))
    first = await full.get("/Observation?date=2025-01-01&_count=100")
    assert len(first.content) < 9_000_000
    assert await pages(full, first) == ["big0", "big1", "big2"]


async def test_what_is_deleted_is_not_found(full: httpx.AsyncClient) -> None:
    assert (await full.delete("/Observation/o1")).status_code == 204
    assert ids(await full.get("/Observation?category=vital-signs")) == []
    assert ids(await full.get("/Observation?_id=o1")) == []


async def test_what_was_changed_is_found_by_what_it_is_now(full: httpx.AsyncClient) -> None:
    await put(full, patient("monsen", "Larsen"))
    assert ids(await full.get("/Patient?name=monsen")) == []
    assert ids(await full.get("/Patient?name=larsen")) == ["monsen"]
    assert ids(await full.get("/Patient?gender=male")) == []
