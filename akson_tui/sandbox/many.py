"""HTTP endpoints that answer with Bundles: search, history, $everything, batch and transaction."""

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from akson_tui.sandbox import everything, history, negotiation, rest, transaction
from akson_tui.sandbox.outcome import Trouble
from akson_tui.sandbox.rest import Answer
from akson_tui.sandbox.search import Searches, answer
from akson_tui.sandbox.servers import Server
from akson_tui.sandbox.store import Session
from akson_tui.sandbox.threads import Threads

FORM = "application/x-www-form-urlencoded"


class Many:
    """`new_id` makes ids; `server` says what kind of server this passes for."""

    def __init__(self, threads: Threads, searches: Searches, new_id: Callable[[], str], server: Server) -> None:
        self._threads = threads
        self._searches = searches
        self._new_id = new_id
        self._server = server

    async def search(self, request: Request) -> Response:
        """GET [base]/TYPE?…, also within a patient's compartment"""
        return await self._search(request, negotiation.pairs(request.url.query), posted=False)

    async def search_posted(self, request: Request) -> Response:
        """POST [base]/TYPE/_search: what stands in the form is in no link of the answer."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
            raise Trouble(415, f"a posted search is {FORM}")
        form = await negotiation.body(request, negotiation.MAX_FORM)
        asked = negotiation.pairs(request.url.query)
        asked += negotiation.pairs(form.decode("utf-8", "replace"), negotiation.MAX_FORM)
        return await self._search(request, asked, posted=True)

    async def _search(self, request: Request, pairs: list[tuple[str, str]], posted: bool) -> Response:
        type_, _, base = negotiation.named(request)
        run = partial(
            answer,
            type_=type_,
            pairs=pairs,
            base=base,
            searches=self._searches,
            posted=posted,
            strict=_strict(request),
            server=self._server,
            within=request.path_params.get("patient", ""),
        )
        return await self._answered(request, lambda session: run(session))

    async def history_of_all(self, request: Request) -> Response:
        """GET [base]/_history"""
        negotiation.check_accept(request)
        return await self._history(request, [], negotiation.base_of(request))

    async def history_of_type(self, request: Request) -> Response:
        """GET [base]/TYPE/_history"""
        type_, _, base = negotiation.named(request)
        return await self._history(request, [type_], base)

    async def history_of_one(self, request: Request) -> Response:
        """GET [base]/TYPE/id/_history"""
        type_, ident, base = negotiation.named(request)
        return await self._history(request, [type_, ident], base)

    async def _history(self, request: Request, named: list[str], base: str) -> Response:
        pairs = self._known(request)
        return await self._answered(request, lambda session: history.answer(session, named, pairs, base))

    async def everything(self, request: Request) -> Response:
        """GET [base]/Patient/id/$everything, and without id for all patients"""
        negotiation.check_accept(request)
        return await self._everything(request, self._known(request))

    async def everything_posted(self, request: Request) -> Response:
        """POST of the same, with Parameters or nothing"""
        negotiation.check_accept(request)
        raw = await negotiation.body(request, negotiation.MAX_FORM)
        asked = self._known(request)
        if raw:
            negotiation.check_content(request)
            given = await self._threads.aside(lambda: rest.checked(rest.sent(raw)))
            asked += [pair for pair in everything.pairs_of(given.resource) if self._server.knows(pair[0])]
        return await self._everything(request, asked)

    async def _everything(self, request: Request, pairs: list[tuple[str, str]]) -> Response:
        ident, base, strict = request.path_params.get("id"), negotiation.base_of(request), _strict(request)
        return await self._answered(request, lambda session: everything.answer(session, ident, pairs, base, strict))

    async def bundle(self, request: Request) -> Response:
        """POST [base]: a batch or transaction"""
        negotiation.check_accept(request)
        negotiation.check_content(request)
        raw = await negotiation.body(request, negotiation.MAX_BODY)
        kind, read = await self._threads.aside(lambda: transaction.entries(rest.sent(raw), self._server))
        whole = negotiation.preference(request, "return") == "representation"
        base = negotiation.base_of(request)
        runner = transaction.Runner(self._threads.store, base, self._new_id, self._searches, self._server, whole)
        made = await self._threads.alone(lambda: runner.run(kind, read))
        return negotiation.response(request, Answer(200, made))

    def _known(self, request: Request) -> list[tuple[str, str]]:
        """What is asked, without the parameters that this kind of server does not know."""
        return [pair for pair in negotiation.pairs(request.url.query) if self._server.knows(pair[0])]

    async def _answered(self, request: Request, run: Callable[[Session], bytes]) -> Response:
        return negotiation.response(request, Answer(200, await self._threads.reading(run)))


def _strict(request: Request) -> bool:
    return negotiation.preference(request, "handling") == "strict"
