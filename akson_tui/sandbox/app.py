"""The journal API over HTTP: routes, headers, limits; every answer that is an error is an OperationOutcome.

The event loop only waits: parsing, validation and SQLite run in threads, all writes in one. A body is read no further
than the limit, and no error tells more than its status and what was wrong with the request.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from akson_tui.sandbox import negotiation, rest, transaction, validate
from akson_tui.sandbox.capability import capability_statement
from akson_tui.sandbox.outcome import Trouble
from akson_tui.sandbox.rest import Answer
from akson_tui.sandbox.search import Searches, answer
from akson_tui.sandbox.servers import FULL, Server
from akson_tui.sandbox.store import Clock, Session, Store, Writer

MAX_BODY = 16_000_000
MAX_FORM = 64_000
MAX_QUERY = 16_000
Made = TypeVar("Made")
Endpoint = Callable[[Request], Awaitable[Response]]


class _TypeName(Convertor[str]):
    regex = "[A-Z][A-Za-z]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("type", _TypeName())


class Api:
    """The interactions as HTTP endpoints on one store; `new_id` makes ids, `clock` gives ms since 1970, `server` says
    what kind of server it passes for."""

    def __init__(
        self, store: Store, clock: Clock, version: str, new_id: Callable[[], str], server: Server = FULL
    ) -> None:
        self._server = server
        self._store = store
        self._clock = clock
        self._version = version
        self._started = clock()
        self._new_id = new_id
        self._searches = Searches(partial(secrets.token_urlsafe, 16))
        self._workers = ThreadPoolExecutor(2, "read")
        self._writer = ThreadPoolExecutor(1, "write")
        self._statements: dict[str, bytes] = {}

    def routes(self) -> list[Route]:
        """What can be asked of this server: a route is there only with the methods that the server has."""
        # A type begins with a capital letter: `metadata` is none, and only that one route's.
        kind, one = "/fhir/{type:type}", "/fhir/{type:type}/{id}"
        table: list[tuple[str, str, str, Endpoint]] = [
            ("/fhir/metadata", "GET", "capabilities", self.metadata),
            ("/fhir", "POST", "bundle", self.bundle),
            ("/fhir/", "POST", "bundle", self.bundle),
            (kind + "/_search", "POST", "search-post", self.search_posted),
            (kind, "GET", "search-type", self.search),
            (kind, "POST", "create", self.create),
            (one, "GET", "read", self.read),
            (one, "PUT", "update", self.update),
            (one, "DELETE", "delete", self.delete),
            (one + "/_history", "GET", "history-instance", self.history),
            (one + "/_history/{version}", "GET", "vread", self.vread),
        ]
        by_path: dict[str, dict[str, Endpoint]] = {}
        for path, method, interaction, endpoint in table:
            if self._server.does(interaction):
                by_path.setdefault(path, {})[method] = endpoint
        return [Route(path, Methods(endpoints), methods=[*endpoints]) for path, endpoints in by_path.items()]

    def close(self) -> None:
        """Waits for what is under way; no request may follow."""
        self._workers.shutdown()
        self._writer.shutdown()

    async def metadata(self, request: Request) -> Response:
        """The CapabilityStatement."""
        negotiation.check_accept(request)
        base = negotiation.base_of(request)
        if base not in self._statements:
            made = await self._in(
                self._workers, partial(capability_statement, self._version, base, self._started, self._server)
            )
            # One per name under which this server is reached; the names are the callers', so not many.
            self._statements = {**dict(list(self._statements.items())[-7:]), base: made}
        return negotiation.response(request, Answer(200, self._statements[base]))

    async def read(self, request: Request) -> Response:
        """GET [base]/TYPE/id"""
        type_, ident, base = _named(request)
        since = _seconds(self._heard(request, "if-modified-since"))
        run = partial(rest.read, none_match=self._heard(request, "if-none-match"), modified_since=since)
        return negotiation.response(request, await self._reading(lambda session: run(session, type_, ident, base)))

    async def vread(self, request: Request) -> Response:
        """GET [base]/TYPE/id/_history/n"""
        type_, ident, base = _named(request)
        number = request.path_params["version"]
        found = await self._reading(lambda session: rest.vread(session, type_, ident, number, base))
        return negotiation.response(request, found)

    async def history(self, request: Request) -> Response:
        """GET [base]/TYPE/id/_history"""
        type_, ident, base = _named(request)
        return negotiation.response(
            request, await self._reading(lambda session: rest.history(session, type_, ident, base))
        )

    async def search(self, request: Request) -> Response:
        """GET [base]/TYPE?…"""
        return await self._search(request, _pairs(request.url.query, MAX_QUERY), posted=False)

    async def search_posted(self, request: Request) -> Response:
        """POST [base]/TYPE/_search: what stands in the form is in no link of the answer."""
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
            raise Trouble(415, "a posted search is application/x-www-form-urlencoded")
        form = await negotiation.body(request, MAX_FORM)
        pairs = [*_pairs(request.url.query, MAX_QUERY), *_pairs(form.decode("utf-8", "replace"), MAX_FORM)]
        return await self._search(request, pairs, posted=True)

    async def _search(self, request: Request, pairs: list[tuple[str, str]], posted: bool) -> Response:
        type_, _, base = _named(request)
        strict = negotiation.preference(request, "handling") == "strict"
        run = partial(
            answer,
            type_=type_,
            pairs=pairs,
            base=base,
            searches=self._searches,
            posted=posted,
            strict=strict,
            server=self._server,
        )
        return negotiation.response(request, Answer(200, await self._reading(lambda session: run(session))))

    async def create(self, request: Request) -> Response:
        """POST [base]/TYPE, with If-None-Exist on condition"""
        type_, _, base = _named(request)
        if request.url.query:
            raise Trouble(400, "a create takes no query: the condition stands in If-None-Exist")
        given = await self._sent(request)
        none_exist = self._heard(request, "if-none-exist")
        return negotiation.response(
            request,
            await self._writing(lambda writer: rest.create(writer, type_, given, base, self._new_id, none_exist)),
        )

    async def update(self, request: Request) -> Response:
        """PUT [base]/TYPE/id, with If-Match on condition"""
        type_, ident, base = _named(request)
        given = await self._sent(request)
        match = self._heard(request, "if-match")
        return negotiation.response(
            request, await self._writing(lambda writer: rest.update(writer, type_, ident, given, base, match))
        )

    async def delete(self, request: Request) -> Response:
        """DELETE [base]/TYPE/id"""
        type_, ident, _ = _named(request)
        match = self._heard(request, "if-match")
        return negotiation.response(
            request, await self._writing(lambda writer: rest.delete(writer, type_, ident, match))
        )

    async def bundle(self, request: Request) -> Response:
        """POST [base]: a batch or transaction"""
        raw = await self._body(request)
        kind, read = await self._in(self._workers, lambda: transaction.entries(rest.sent(raw), self._server))
        whole = negotiation.preference(request, "return") == "representation"
        base = negotiation.base_of(request)
        runner = transaction.Runner(self._store, base, self._new_id, self._searches, self._server, whole)
        return negotiation.response(request, Answer(200, await self._in(self._writer, lambda: runner.run(kind, read))))

    def _heard(self, request: Request, header: str) -> str | None:
        """A header's value; None also where this kind of server does not listen to it."""
        return request.headers.get(header) if self._server.does(header) else None

    async def _body(self, request: Request) -> bytes:
        negotiation.check_accept(request)
        negotiation.check_content(request)
        return await negotiation.body(request, MAX_BODY)

    async def _sent(self, request: Request) -> rest.Sent:
        raw = await self._body(request)
        return await self._in(self._workers, lambda: rest.checked(rest.sent(raw)))

    async def _reading(self, run: Callable[[Session], Made]) -> Made:
        def in_thread() -> Made:
            with self._store.reading() as session:
                return run(session)

        return await self._in(self._workers, in_thread)

    async def _writing(self, run: Callable[[Writer], Made]) -> Made:
        def in_thread() -> Made:
            with self._store.writing() as writer:
                return run(writer)

        return await self._in(self._writer, in_thread)

    async def _in(self, executor: Executor, run: Callable[[], Made]) -> Made:
        return await asyncio.get_running_loop().run_in_executor(executor, run)


class Methods:
    """One endpoint for several methods of a path, as an ASGI application."""

    def __init__(self, by_method: dict[str, Endpoint]) -> None:
        # Where it can be read, HEAD is a GET whose body the server leaves out.
        self._by_method = {**by_method, **({"HEAD": by_method["GET"]} if "GET" in by_method else {})}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Runs the method's own endpoint."""
        request = Request(scope, receive)
        made = await self._by_method[request.method](request)
        await made(scope, receive, send)


def _named(request: Request) -> tuple[str, str, str]:
    """Type, id and base of a request. Raises Trouble 404 for an unknown type, 406 for what cannot be answered."""
    negotiation.check_accept(request)
    type_ = request.path_params["type"]
    if type_ not in validate.stored_types():
        raise Trouble(404, "this is no resource type of R4")
    return type_, request.path_params.get("id", ""), negotiation.base_of(request)


def _pairs(query: str, limit: int) -> list[tuple[str, str]]:
    if len(query) > limit:
        raise Trouble(413, "the search is too long")
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=500, errors="strict")
    except ValueError:
        raise Trouble(400, "the search is not a form in UTF-8 of at most 500 fields") from None


def _seconds(date: str | None) -> int | None:
    try:
        return int(parsedate_to_datetime(date).timestamp()) if date else None
    except (ValueError, OverflowError):
        return None
