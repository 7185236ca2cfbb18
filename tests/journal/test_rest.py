"""FHIR's interactions: what is sent, and the way round for a server that lacks something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.journal.capability import Ability
from akson_tui.journal.client import Client
from akson_tui.journal.rest import Rest, escaped, location_in, query, token, version_in
from akson_tui.journal.troubles import Invalid, JournalTrouble, NotFhir
from tests.journal.test_client import Stream

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BASE = "http://127.0.0.1:1/fhir"


class Server:
    """Answers by `status`, keeps what it was asked."""

    def __init__(self, status: Callable[[httpx.Request], int] = lambda _request: 200) -> None:
        self.status = status
        self.asked: list[tuple[str, str, str]] = []
        self.heads: list[httpx.Headers] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((request.method, str(request.url).removeprefix(BASE), request.read().decode()))
        self.heads.append(request.headers)
        head = {"etag": 'W/"7"', "content-type": "application/fhir+json"}
        return httpx.Response(self.status(request), headers=head, stream=Stream(b'{"resourceType": "Bundle"}'))


def rest(server: Server, get_search: bool = False) -> Rest:
    return Rest(Client(BASE, lambda: None, lambda: NOW, transport=httpx.MockTransport(server)), get_search)


def no_post(status: int) -> Callable[[httpx.Request], int]:
    return lambda request: status if request.url.path.endswith("_search") else 200


async def test_search_words_go_in_the_body() -> None:
    server = Server()
    await rest(server).search("Patient", [("name", "bakken"), ("birthdate", "1942-03-14")], naming=True)
    assert server.asked == [("POST", "/Patient/_search", "name=bakken&birthdate=1942-03-14")]


@pytest.mark.parametrize("status", [404, 405, 501])
async def test_without_post_search_a_name_is_not_put_in_an_address(status: int) -> None:
    server = Server(no_post(status))
    ours = rest(server)
    for _ in range(2):
        with pytest.raises(JournalTrouble):
            await ours.search("Patient", [("name", "bakken")], naming=True)
    assert all(method == "POST" for method, _path, _body in server.asked)


@pytest.mark.parametrize("status", [400, 404, 405, 501])
async def test_without_post_search_what_names_nobody_goes_by_get(status: int) -> None:
    server = Server(no_post(status))
    ours = rest(server)
    await ours.search("Observation", [("patient", "Patient/a")])
    await ours.search("Observation", [("patient", "Patient/a")])
    assert [method for method, _path, _body in server.asked] == ["POST", "GET", "GET"]
    assert server.asked[-1][1] == "/Observation?patient=Patient%2Fa"


async def test_the_site_may_allow_names_in_addresses() -> None:
    server = Server(no_post(405))
    ours = rest(server, get_search=True)
    await ours.search("Patient", [("name", "bakken")], naming=True)
    assert server.asked[-1] == ("GET", "/Patient?name=bakken", "")


async def test_a_search_that_is_refused_is_not_taken_for_a_lack_of_post() -> None:
    refuse = False
    server = Server(lambda _request: 400 if refuse else 200)
    ours = rest(server)
    await ours.search("Observation", [("patient", "Patient/a")])
    refuse = True
    with pytest.raises(Invalid):
        await ours.search("Observation", [("_sort", "-date")])
    assert ours.abilities.has(Ability.POST_SEARCH)
    assert [method for method, _path, _body in server.asked] == ["POST", "POST"]


async def test_a_create_says_that_it_must_be_the_first() -> None:
    server = Server()
    answer = await rest(server).create("Observation", b"{}", "identifier=a%7Cb")
    assert server.heads[0]["if-none-exist"] == "identifier=a%7Cb" and version_in(answer) == "7"


async def test_an_update_names_the_version_it_was_read_in() -> None:
    server = Server()
    await rest(server).update("Observation", "a", b"{}", "3")
    assert server.asked[0][:2] == ("PUT", "/Observation/a") and server.heads[0]["if-match"] == 'W/"3"'


@pytest.mark.parametrize("id_", ["../Patient", "a/b", "a?x", "", "..", "a" * 200, "ø", "a b", "a%2f"])
async def test_an_id_that_is_none_reaches_no_address(id_: str) -> None:
    server = Server()
    with pytest.raises(NotFhir):
        await rest(server).read("Patient", id_)
    assert server.asked == []


@pytest.mark.parametrize("type_", ["patient", "../x", "", "Patient/1", "P"])
async def test_a_type_that_is_none_reaches_no_address(type_: str) -> None:
    server = Server()
    with pytest.raises(NotFhir):
        await rest(server).search(type_, [])
    assert server.asked == []


async def test_answers_are_heard_of() -> None:
    ours = rest(Server())
    heard: list[int] = []
    ours.heard = lambda answer: heard.append(answer.status)
    await ours.read("Patient", "a")
    await ours.transaction(b"{}")
    assert heard == [200, 200]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Patient/1/_history/2", ("Patient", "1", "2")),
        ("https://x/fhir/Patient/1/_history/2", ("Patient", "1", "2")),
        ("https://x/fhir/Patient/1", ("Patient", "1", "")),
        ("Patient/1?x=y", ("Patient", "1", "")),
        ("", None),
        ("Patient", None),
        ("patient/1", None),
        ("Patient/../_history/1", None),
        ("Patient/a b", None),
    ],
)
def test_a_location_is_read(text: str, found: tuple[str, str, str] | None) -> None:
    assert location_in(text) == found


@given(st.lists(st.tuples(st.sampled_from(["_id", "date", "a:b"]), st.text(st.characters(exclude_categories=["Cs"])))))
def test_a_query_says_what_was_meant(pairs: list[tuple[str, str]]) -> None:
    assert parse_qsl(query(pairs), keep_blank_values=True) == pairs


def test_signs_with_a_meaning_in_a_search_are_escaped() -> None:
    assert escaped("a,b|c$d\\e") == "a\\,b\\|c\\$d\\\\e"
    assert token("urn:oid:1", "a|b") == "urn:oid:1|a\\|b"


@pytest.mark.parametrize(
    ("link", "asked"),
    [
        (f"{BASE}?_page=2", "?_page=2"),
        (f"{BASE}/Observation?_page=2", "/Observation?_page=2"),
        ("Observation?_page=2", "/Observation?_page=2"),
        ("http://inside.example:8080/fhir?_page=2", "?_page=2"),
        ("https://journal.example/fhir/Observation?_page=2#x", "/Observation?_page=2"),
    ],
)
async def test_further_pages_are_asked_for_here_whatever_the_server_calls_itself(link: str, asked: str) -> None:
    server = Server()
    await rest(server).page(link)
    assert server.asked == [("GET", asked, "")]


@pytest.mark.parametrize(
    "link", ["http://evil.example/steal?_page=2", "/other", "http://[/fhir", "http://127.0.0.1:1/fhirx"]
)
async def test_a_link_to_something_else_is_not_followed(link: str) -> None:
    server = Server()
    with pytest.raises(NotFhir):
        await rest(server).page(link)
    assert server.asked == []
