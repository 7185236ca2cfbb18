"""One bounded client: time, bytes and destination have limits, whatever the server does."""

from __future__ import annotations

import asyncio
import gzip
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from akson_tui.journal.client import BaseRefused, Client, Limits, checked_base, is_loopback
from akson_tui.journal.troubles import (
    JournalTrouble,
    NoConnection,
    NoLine,
    NotFhir,
    NotSignedIn,
    TookTooLong,
    TooLarge,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BASE = "http://127.0.0.1:1/fhir"
PATIENT = b'{"resourceType": "Patient", "id": "a"}'


class Stream(httpx.AsyncByteStream):
    def __init__(self, *chunks: bytes, stalls: bool = False) -> None:
        self.chunks = chunks
        self.stalls = stalls
        self.given = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            self.given += len(chunk)
            yield chunk
        if self.stalls:
            await asyncio.Event().wait()


def answering(
    raw: bytes | Stream = PATIENT, status: int = 200, **headers: str
) -> Callable[[httpx.Request], httpx.Response]:
    head = {"content-type": "application/fhir+json", **{k.replace("_", "-"): v for k, v in headers.items()}}
    stream = raw if isinstance(raw, Stream) else Stream(raw)
    return lambda _request: httpx.Response(status, headers=head, stream=stream)


def client(handler: Callable[[httpx.Request], httpx.Response], token: str | None = None, **limits: Any) -> Client:
    return Client(BASE, lambda: token, lambda: NOW, Limits(**limits), transport=httpx.MockTransport(handler))


async def test_an_answer_is_given_whole_with_the_servers_time() -> None:
    answer = await client(answering(date="Mon, 02 Mar 2026 08:59:00 GMT")).request("GET", "Patient/a")
    assert (answer.status, answer.raw) == (200, PATIENT)
    assert answer.date == datetime(2026, 3, 2, 8, 59, tzinfo=UTC)
    assert answer.json() == {"resourceType": "Patient", "id": "a"}


async def test_it_says_who_it_is_and_what_it_reads() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answering()(request)

    await client(handler, token="secret").request("POST", "Patient/_search", form=[("name", "Bø & Å")])
    (request,) = seen
    assert request.headers["user-agent"].startswith("akson-tui")
    assert request.headers["accept"] == "application/fhir+json"
    assert request.headers["accept-encoding"] == "gzip"
    assert request.headers["authorization"] == "Bearer secret"
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.read() == b"name=B%C3%B8+%26+%C3%85"
    assert str(request.url) == f"{BASE}/Patient/_search"


async def test_an_answer_that_never_ends_is_left_at_the_deadline() -> None:
    with pytest.raises(TookTooLong):
        await client(answering(Stream(b"{", stalls=True)), seconds=0.05).request("GET", "Patient/a")


async def test_a_gzip_bomb_is_left_when_it_is_too_large() -> None:
    packed = gzip.compress(b"0" * 50_000_000)
    stream = Stream(*(packed[at : at + 1000] for at in range(0, len(packed), 1000)))
    with pytest.raises(TooLarge):
        await client(answering(stream, content_encoding="gzip"), body=1_000_000).request("GET", "x")
    assert stream.given < len(packed)


async def test_a_large_answer_that_is_not_packed_is_left_too() -> None:
    with pytest.raises(TooLarge):
        await client(answering(Stream(b"{", *[b" " * 1000] * 100)), body=50_000).request("GET", "x")


async def test_a_packed_answer_is_unpacked() -> None:
    answer = await client(answering(gzip.compress(PATIENT), content_encoding="gzip")).request("GET", "x")
    assert answer.raw == PATIENT


@pytest.mark.parametrize("cut", [1, 5, 9, 20])
async def test_a_packed_answer_that_was_cut_short_is_not_taken_for_whole(cut: int) -> None:
    with pytest.raises(NotFhir):
        await client(answering(gzip.compress(PATIENT)[:-cut], content_encoding="gzip")).request("GET", "x")


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate, gzip", "bogus"])
async def test_an_encoding_that_was_not_asked_for_is_not_read(encoding: str) -> None:
    with pytest.raises(NotFhir):
        await client(answering(content_encoding=encoding)).request("GET", "x")


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        (b"<html>{}</html>", "text/html"),
        (b"<html></html>", "application/fhir+json"),
        (b'{"fine": 1}', "text/html"),
        (b"[1]", "application/json"),
        (b"Please log in", "text/plain"),
    ],
)
async def test_what_is_no_fhir_is_said_to_be_none(raw: bytes, content_type: str) -> None:
    with pytest.raises(NotFhir):
        await client(answering(raw, content_type=content_type)).request("GET", "x")


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        ('{"family": "Bø"}'.encode(), "application/fhir+json; charset=bogus"),
        ('{"family": "Bø"}'.encode(), 'application/fhir+json; charset="iso-8859-1"'),
        ('{"family": "Bø"}'.encode("latin-1"), "application/json;charset=ISO-8859-1"),
        (b"\xef\xbb\xbf" + '{"family": "Bø"}'.encode(), "text/plain"),
        ('{"family": "Bø"}'.encode("utf-16"), "application/json; charset=utf-16"),
    ],
)
async def test_odd_charsets_are_read(raw: bytes, content_type: str) -> None:
    answer = await client(answering(raw, content_type=content_type)).request("GET", "x")
    assert answer.json() == {"family": "Bø"}


async def test_a_charset_that_is_no_text_reads_nothing_by_it() -> None:
    answer = await client(answering(b'{"a": "\xff"}', content_type="application/json; charset=hex")).request("GET", "x")
    assert answer.json() == {"a": "\N{REPLACEMENT CHARACTER}"}


# -- where it goes


@pytest.mark.parametrize("to", ["https://elsewhere.example/fhir/x", "http://127.0.0.1:2/fhir/x", "//elsewhere/x", ""])
async def test_a_redirect_to_elsewhere_is_not_followed(to: str) -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(302, headers={"location": to} if to else {})

    with pytest.raises(NotFhir):
        await client(handler).request("GET", "Patient/a")
    assert all(url.startswith("http://127.0.0.1:1/") for url in asked)


async def test_a_redirect_within_the_journal_is_followed_without_credentials_only() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if str(request.url).endswith("/moved"):
            return answering()(request)
        return httpx.Response(307, headers={"location": "/fhir/moved"})

    assert (await client(handler).request("GET", "Patient/a")).raw == PATIENT
    with pytest.raises(NotFhir):
        await client(handler, token="secret").request("GET", "Patient/a")
    with pytest.raises(NotFhir):
        await client(handler).request("POST", "Patient", body=PATIENT)


async def test_a_redirect_in_a_circle_ends() -> None:
    with pytest.raises(NotFhir):
        await client(lambda _request: httpx.Response(302, headers={"location": "/fhir/x"})).request("GET", "x")


async def test_an_address_elsewhere_is_not_asked() -> None:
    with pytest.raises(NotFhir):
        await client(answering(), token="secret").request("GET", "https://elsewhere.example/fhir?page=2")


@pytest.mark.parametrize("base", ["http://journal.example/fhir", "ftp://localhost/x", "localhost:80", "http://", ""])
def test_plain_http_goes_to_this_machine_only(base: str) -> None:
    with pytest.raises(BaseRefused):
        checked_base(base, insecure=False)


@pytest.mark.parametrize(
    "base", ["https://kari:pw@journal.example/fhir", "https://journal.example/fhir?x=1", "http://[/"]
)
def test_an_address_with_more_than_an_address_is_refused(base: str) -> None:
    with pytest.raises(BaseRefused):
        checked_base(base, insecure=True)


def test_insecure_allows_plain_http() -> None:
    assert checked_base("http://journal.example/fhir/", insecure=True) == "http://journal.example/fhir"
    assert checked_base("https://journal.example/fhir", insecure=False) == "https://journal.example/fhir"


@pytest.mark.parametrize(
    ("host", "here"),
    [
        *[("localhost", True), ("LOCALHOST.", True), ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True)],
        *[("localhost.example", False), ("10.0.0.1", False), ("0.0.0.0", False)],
    ],
)
def test_this_machine_is_known_by_name_and_number(host: str, here: bool) -> None:
    assert is_loopback(host) is here


async def test_a_proxy_in_the_environment_does_not_see_what_stays_on_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
        writer.write(head % len(PATIENT) + PATIENT)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        ours = Client(f"http://127.0.0.1:{port}/fhir", lambda: None, lambda: NOW)
        assert (await ours.request("GET", "Patient/a")).raw == PATIENT
        # the server closed the connection meanwhile: reading is tried again by itself
        assert (await ours.request("GET", "Patient/a")).raw == PATIENT
        await ours.close()


# -- what breaks


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (httpx.ConnectError("x"), NoConnection),
        (httpx.ConnectTimeout("x"), NoConnection),
        (httpx.ReadError("x"), NoLine),
        (httpx.WriteError("x"), NoLine),
        (httpx.RemoteProtocolError("x"), NoLine),
        (httpx.ReadTimeout("x"), TookTooLong),
    ],
)
async def test_a_broken_line_is_named(error: Exception, trouble: type[JournalTrouble]) -> None:
    def handler(_request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(JournalTrouble) as raised:
        await client(handler).request("POST", "Patient", body=PATIENT)
    assert type(raised.value) is trouble


@pytest.mark.parametrize(("method", "times"), [("GET", 2), ("POST", 1)])
async def test_only_what_changes_nothing_is_asked_twice(method: str, times: int) -> None:
    asked = 0

    def handler(_request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        raise httpx.RemoteProtocolError("closed")

    with pytest.raises(NoLine):
        await client(handler).request(method, "Patient")
    assert asked == times


@pytest.mark.parametrize("token", ["se\ncret", "hemmelig-ø", "a\x00b"])
async def test_a_token_that_cannot_stand_in_a_header_is_not_sent(token: str) -> None:
    def handler(_request: httpx.Request) -> httpx.Response:
        raise AssertionError("asked")

    with pytest.raises(NotSignedIn):
        await client(handler, token=token).request("GET", "x")


async def test_no_exception_tells_what_the_server_said() -> None:
    raw = b'{"resourceType": "OperationOutcome", "issue": [{"diagnostics": "Astrid Bakken 14834298520"}]}'
    with pytest.raises(JournalTrouble) as raised:
        await client(answering(raw, status=422)).request("POST", "x", body=b"{}")
    assert raised.value.said == "Astrid Bakken 14834298520"
    assert "Astrid" not in str(raised.value) + repr(raised.value)


# -- what it loads


def test_httpx_comes_without_click_and_rich() -> None:
    """In a fresh interpreter: with click in the environment httpx would load its command line."""
    program = (
        "import sys\n"
        "from akson_tui.journal.client import Client, library\n"
        "assert 'httpx' not in sys.modules\n"
        "library()\n"
        "import httpx\n"
        "assert httpx.AsyncClient and httpx.__version__\n"
        "print(*[m for m in sys.modules if m.split('.')[0] in ('click', 'rich', 'pygments', 'h2', 'trio')])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
