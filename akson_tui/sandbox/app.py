"""The journal API over HTTP: routes, headers, limits; every answer that is an error is an OperationOutcome.

The event loop only waits: parsing, validation and SQLite run in threads, all writes in one. A body is read no further
than the limit, and no error tells more than its status and what was wrong with the request.
"""

import asyncio
import secrets
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from akson_tui.sandbox import negotiation, rest, transaction, validate
from akson_tui.sandbox.capability import capability_statement
from akson_tui.sandbox.instants import http_date
from akson_tui.sandbox.outcome import Trouble, outcome_bytes
from akson_tui.sandbox.rest import Answer
from akson_tui.sandbox.search import Searches, answer
from akson_tui.sandbox.store import Clock, Session, Store, Writer

MAX_BODY = 16_000_000
MAX_FORM = 64_000
MAX_QUERY = 16_000
Made = TypeVar("Made")


class _TypeName(Convertor[str]):
    regex = "[A-Z][A-Za-z]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("type", _TypeName())


class Api:
    """The interactions as HTTP endpoints on one store; `new_id` makes ids, `clock` gives ms since 1970."""

    def __init__(self, store: Store, clock: Clock, version: str, new_id: Callable[[], str]) -> None:
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
        """The table of what can be asked."""
        # A type begins with a capital letter: `metadata` is none, and only that one route's.
        one = "/fhir/{type:type}/{id}"
        return [
            Route("/fhir/metadata", self.metadata, methods=["GET"]),
            Route("/fhir", self.bundle, methods=["POST"]),
            Route("/fhir/", self.bundle, methods=["POST"]),
            Route("/fhir/{type:type}/_search", self.search_posted, methods=["POST"]),
            Route("/fhir/{type:type}", Methods(GET=self.search, POST=self.create), methods=["GET", "POST"]),
            Route(one, Methods(GET=self.read, PUT=self.update, DELETE=self.delete), methods=["GET", "PUT", "DELETE"]),
            Route(one + "/_history", self.history, methods=["GET"]),
            Route(one + "/_history/{version}", self.vread, methods=["GET"]),
        ]

    def close(self) -> None:
        """Waits for what is under way; no request may follow."""
        self._workers.shutdown()
        self._writer.shutdown()

    async def metadata(self, request: Request) -> Response:
        """The CapabilityStatement."""
        negotiation.check_accept(request)
        base = negotiation.base_of(request)
        if base not in self._statements:
            made = await self._in(self._workers, partial(capability_statement, self._version, base, self._started))
            # One per name under which this server is reached; the names are the callers', so not many.
            self._statements = {**dict(list(self._statements.items())[-7:]), base: made}
        return negotiation.response(request, Answer(200, self._statements[base]))

    async def read(self, request: Request) -> Response:
        """GET [base]/TYPE/id"""
        type_, ident, base = _named(request)
        since = request.headers.get("if-modified-since")
        run = partial(rest.read, none_match=request.headers.get("if-none-match"), modified_since=_seconds(since))
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
            answer, type_=type_, pairs=pairs, base=base, searches=self._searches, posted=posted, strict=strict
        )
        return negotiation.response(request, Answer(200, await self._reading(lambda session: run(session))))

    async def create(self, request: Request) -> Response:
        """POST [base]/TYPE, with If-None-Exist on condition"""
        type_, _, base = _named(request)
        if request.url.query:
            raise Trouble(400, "a create takes no query: the condition stands in If-None-Exist")
        given = await self._sent(request)
        none_exist = request.headers.get("if-none-exist")
        return negotiation.response(
            request,
            await self._writing(lambda writer: rest.create(writer, type_, given, base, self._new_id, none_exist)),
        )

    async def update(self, request: Request) -> Response:
        """PUT [base]/TYPE/id, with If-Match on condition"""
        type_, ident, base = _named(request)
        given = await self._sent(request)
        match = request.headers.get("if-match")
        return negotiation.response(
            request, await self._writing(lambda writer: rest.update(writer, type_, ident, given, base, match))
        )

    async def delete(self, request: Request) -> Response:
        """DELETE [base]/TYPE/id"""
        type_, ident, _ = _named(request)
        match = request.headers.get("if-match")
        return negotiation.response(
            request, await self._writing(lambda writer: rest.delete(writer, type_, ident, match))
        )

    async def bundle(self, request: Request) -> Response:
        """POST [base]: a batch or transaction"""
        raw = await self._body(request)
        kind, read = await self._in(self._workers, lambda: transaction.entries(rest.sent(raw)))
        whole = negotiation.preference(request, "return") == "representation"
        base = negotiation.base_of(request)
        runner = transaction.Runner(self._store, base, self._new_id, self._searches, whole)
        return negotiation.response(request, Answer(200, await self._in(self._writer, lambda: runner.run(kind, read))))

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
    """One endpoint for several methods of a path."""

    def __init__(self, **by_method: Callable[[Request], Any]) -> None:
        self._by_method = {**by_method, "HEAD": by_method["GET"]}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Runs the method's own endpoint as an ASGI application."""
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


def _trouble(request: Request, error: Exception) -> Response:
    trouble = error if isinstance(error, Trouble) else _known(error)
    headers = {**trouble.headers}
    return negotiation.response(request, Answer(trouble.status, outcome_bytes(trouble.issues), headers), plain=True)


def _known(error: Exception) -> Trouble:
    if isinstance(error, HTTPException):
        words = {404: "there is nothing at this address", 405: "this method is not supported here"}
        headers: Mapping[str, str] = error.headers or {}
        if error.status_code in words:
            return Trouble(error.status_code, words[error.status_code], headers=headers)
        return Trouble(400, "the request cannot be read")
    if type(error).__name__ == "OperationalError":
        # SQLite: locked for long, or the disk is full.
        print(f"sandbox: {error}", file=sys.stderr)
        return Trouble(503, "the store cannot be written now", headers={"Retry-After": "1"})
    # Where, but not what: an exception's text may hold a patient's data.
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f"{at.tb_frame.f_code.co_filename}:{at.tb_lineno}" if at else "?"
    print(f"sandbox: {type(error).__name__} at {place}", file=sys.stderr)
    return Trouble(500, "the server made a mistake")


class Front:
    """What stands before all routes: the token, the date of this server's clock, and the last word on errors."""

    def __init__(self, app: Any, clock: Clock, token: str | None) -> None:
        self._app = app
        self._clock = clock
        self._wanted = f"Bearer {token}".encode() if token is not None else None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One request."""
        begun = False

        async def dated(message: Any) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"].append((b"date", http_date(self._clock()).encode()))
            await send(message)

        given = dict(scope["headers"]).get(b"authorization", b"")
        if self._wanted is not None and not secrets.compare_digest(given, self._wanted):
            trouble = Trouble(401, "a bearer token is needed", headers={"WWW-Authenticate": "Bearer"})
            await _trouble(Request(scope), trouble)(scope, receive, dated)
            return
        try:
            await self._app(scope, receive, dated)
        except Exception as error:
            # Starlette raises again what it answered with 500; uvicorn would print it, with what it was about. Where an
            # answer is half sent, uvicorn closes the connection.
            if not begun:
                await _trouble(Request(scope), error)(scope, receive, dated)


def build(api: Api, clock: Clock, token: str | None = None) -> Any:
    """The ASGI application; with `token`, every request must bear it."""
    from starlette.middleware import Middleware
    from starlette_compress import CompressMiddleware, add_compress_type

    add_compress_type(negotiation.FHIR_JSON)
    app = Starlette(
        routes=api.routes(),
        middleware=[Middleware(CompressMiddleware, zstd=False, brotli=False)],
        exception_handlers={Trouble: _trouble, HTTPException: _trouble, Exception: _trouble},
    )
    app.router.redirect_slashes = False
    return Front(app, clock, token)
