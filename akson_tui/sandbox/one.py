"""HTTP endpoints on one resource, found by its id or by a condition: read, vread, create, update, patch, delete."""

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from akson_tui.sandbox import binary, negotiation, patching, rest, subset
from akson_tui.sandbox.outcome import Trouble
from akson_tui.sandbox.rest import Answer
from akson_tui.sandbox.servers import Server
from akson_tui.sandbox.store import Session, Writer
from akson_tui.sandbox.threads import Threads

# What a reference to one resource may ask beside it.
OF_ONE = {"_format", "_pretty", "_elements", "_summary"}


class One:
    """`new_id` makes ids; `server` says what kind of server this passes for."""

    def __init__(self, threads: Threads, new_id: Callable[[], str], server: Server) -> None:
        self._threads = threads
        self._new_id = new_id
        self._server = server

    async def read(self, request: Request) -> Response:
        """GET [base]/TYPE/id"""
        since = negotiation.seconds(self._heard(request, "if-modified-since"))
        run = partial(rest.read, none_match=self._heard(request, "if-none-match"), modified_since=since)
        return await self._read(request, lambda session, type_, ident, base: run(session, type_, ident, base))

    async def vread(self, request: Request) -> Response:
        """GET [base]/TYPE/id/_history/n"""
        number = request.path_params["version"]
        return await self._read(
            request, lambda session, type_, ident, base: rest.vread(session, type_, ident, number, base)
        )

    async def _read(self, request: Request, run: Callable[[Session, str, str, str], Answer]) -> Response:
        type_, ident = negotiation.addressed(request)
        accept = request.headers.get("accept", "")
        as_bytes = type_ == "Binary" and binary.wants_bytes(accept, request.query_params.get("_format"))
        if not as_bytes:
            negotiation.check_accept(request)
        shape = subset.asked(negotiation.pairs(request.url.query))
        if shape.summary == "count":
            raise Trouble(400, "_summary=count is asked of a search")
        base = negotiation.base_of(request)

        def read(session: Session) -> Answer:
            answer = run(session, type_, ident, base)
            if answer.body:
                answer.body = shape.of(type_, answer.body)
            return binary.as_bytes(answer, accept) if as_bytes else answer

        answer = await self._threads.reading(read)
        if as_bytes:
            return Response(answer.body or None, answer.status, answer.headers)
        return negotiation.response(request, answer)

    async def create(self, request: Request) -> Response:
        """POST [base]/TYPE, with If-None-Exist on condition"""
        type_, _, base = negotiation.named(request)
        if request.query_params.keys() - OF_ONE:
            raise Trouble(400, "a create takes no query: the condition stands in If-None-Exist")
        given = await self._sent(request, None)
        none_exist = self._heard(request, "if-none-exist")
        return await self._write(
            request, lambda writer: rest.create(writer, type_, given, base, self._new_id, none_exist)
        )

    async def update(self, request: Request) -> Response:
        """PUT [base]/TYPE/id, with If-Match on condition"""
        type_, ident, base = negotiation.named(request)
        given = await self._sent(request, ident)
        match = self._heard(request, "if-match")
        return await self._write(request, lambda writer: rest.update(writer, type_, ident, given, base, match))

    async def conditional_update(self, request: Request) -> Response:
        """PUT [base]/TYPE?criteria"""
        type_, _, base = negotiation.named(request)
        criteria = _criteria(request)
        given = await self._sent(request, None)
        match = self._heard(request, "if-match")

        def write(writer: Writer) -> Answer:
            ident, _ = rest.chosen(writer, type_, criteria, given, base, self._new_id)
            return rest.conditional_update(writer, type_, ident, given, base, match)

        return await self._write(request, write)

    async def patch(self, request: Request) -> Response:
        """PATCH [base]/TYPE/id"""
        ident = request.path_params["id"]
        return await self._patch(request, lambda writer: ident)

    async def conditional_patch(self, request: Request) -> Response:
        """PATCH [base]/TYPE?criteria"""
        type_, _, base = negotiation.named(request)
        criteria = _criteria(request)
        return await self._patch(request, lambda writer: rest.the_one(writer, type_, criteria, base))

    async def _patch(self, request: Request, which: Callable[[Writer], str]) -> Response:
        type_, _, base = negotiation.named(request)
        negotiation.check_content(request, {patching.MEDIA_TYPE})
        raw = await negotiation.body(request, negotiation.MAX_BODY)
        operations = await self._threads.aside(lambda: patching.read(raw))
        match = self._heard(request, "if-match")
        return await self._write(
            request, lambda writer: rest.patch(writer, type_, which(writer), operations, base, match)
        )

    async def delete(self, request: Request) -> Response:
        """DELETE [base]/TYPE/id"""
        type_, ident, _ = negotiation.named(request)
        match = self._heard(request, "if-match")
        return await self._write(request, lambda writer: rest.delete(writer, type_, ident, match))

    async def conditional_delete(self, request: Request) -> Response:
        """DELETE [base]/TYPE?criteria"""
        type_, _, base = negotiation.named(request)
        criteria = _criteria(request)
        match = self._heard(request, "if-match")
        return await self._write(request, lambda writer: rest.conditional_delete(writer, type_, criteria, base, match))

    def _heard(self, request: Request, header: str) -> str | None:
        """A header's value; None also where this kind of server does not listen to it."""
        return request.headers.get(header) if self._server.does(header) else None

    async def _sent(self, request: Request, ident: str | None) -> rest.Sent:
        """The resource in the body, valid; of a Binary, also its bytes alone."""
        content_type = request.headers.get("content-type", "")
        if request.path_params["type"] == "Binary" and binary.is_bytes(content_type):
            raw = await negotiation.body(request, negotiation.MAX_BODY)
            context = request.headers.get("x-security-context")
            return await self._threads.aside(lambda: rest.checked(binary.from_bytes(raw, content_type, context, ident)))
        negotiation.check_content(request)
        raw = await negotiation.body(request, negotiation.MAX_BODY)
        return await self._threads.aside(lambda: rest.checked(rest.sent(raw)))

    async def _write(self, request: Request, run: Callable[[Writer], Answer]) -> Response:
        return negotiation.response(request, await self._threads.writing(run))


def _criteria(request: Request) -> str:
    """The condition in the address, without what only concerns the answer."""
    found = [pair for pair in negotiation.pairs(request.url.query) if pair[0] not in OF_ONE]
    if not found:
        raise Trouble(400, "without an id the address needs a condition: TYPE?parameter=value")
    return rest.criteria_of(found)
