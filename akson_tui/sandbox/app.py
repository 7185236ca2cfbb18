"""The journal API over HTTP: which endpoint answers which method at which address.

A kind of server that lacks an interaction has no route for it: what is not there cannot be half there.
"""

import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from akson_tui.sandbox import negotiation
from akson_tui.sandbox.capability import capability_statement
from akson_tui.sandbox.many import Many
from akson_tui.sandbox.one import One
from akson_tui.sandbox.rest import Answer
from akson_tui.sandbox.search import Searches
from akson_tui.sandbox.servers import FULL, Server
from akson_tui.sandbox.store import Clock, Store
from akson_tui.sandbox.threads import Threads

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
        self._version = version
        self._started = clock()
        self._threads = Threads(store)
        self._one = One(self._threads, new_id, server)
        self._many = Many(self._threads, Searches(partial(secrets.token_urlsafe, 16)), new_id, server)
        self._statements: dict[str, bytes] = {}

    def routes(self) -> list[Route]:
        """What can be asked of this server: a route is there only with the methods that the server has."""
        # A type begins with a capital letter: `metadata` is none, and only that one route's.
        kind, one = "/fhir/{type:type}", "/fhir/{type:type}/{id}"
        within = "/fhir/Patient/{patient}/{type:type}"
        single, many = self._one, self._many
        # Path, method, the interactions that the server must have for it, endpoint.
        table: list[tuple[str, str, str, Endpoint]] = [
            ("/fhir/metadata", "GET", "capabilities", self.metadata),
            ("/fhir", "POST", "bundle", many.bundle),
            ("/fhir/", "POST", "bundle", many.bundle),
            ("/fhir/_history", "GET", "history-system", many.history_of_all),
            ("/fhir/Patient/$everything", "GET", "everything", many.everything),
            ("/fhir/Patient/{id}/$everything", "GET", "everything", many.everything),
            ("/fhir/Patient/$everything", "POST", "everything", many.everything_posted),
            ("/fhir/Patient/{id}/$everything", "POST", "everything", many.everything_posted),
            (within, "GET", "search-compartment", many.search),
            (within + "/_search", "POST", "search-compartment search-post", many.search_posted),
            (kind + "/_search", "POST", "search-post", many.search_posted),
            (kind + "/_history", "GET", "history-type", many.history_of_type),
            (kind, "GET", "search-type", many.search),
            (kind, "POST", "create", single.create),
            (kind, "PUT", "conditional-update", single.conditional_update),
            (kind, "PATCH", "conditional-patch", single.conditional_patch),
            (kind, "DELETE", "conditional-delete", single.conditional_delete),
            (one, "GET", "read", single.read),
            (one, "PUT", "update", single.update),
            (one, "PATCH", "patch", single.patch),
            (one, "DELETE", "delete", single.delete),
            (one + "/_history", "GET", "history-instance", many.history_of_one),
            (one + "/_history/{version}", "GET", "vread", single.vread),
        ]
        by_path: dict[str, dict[str, Endpoint]] = {}
        for path, method, interactions, endpoint in table:
            if all(map(self._server.does, interactions.split())):
                by_path.setdefault(path, {})[method] = endpoint
        return [Route(path, Methods(endpoints), methods=[*endpoints]) for path, endpoints in by_path.items()]

    def close(self) -> None:
        """Waits for what is under way; no request may follow."""
        self._threads.close()

    async def metadata(self, request: Request) -> Response:
        """The CapabilityStatement."""
        negotiation.check_accept(request)
        base = negotiation.base_of(request)
        if base not in self._statements:
            made = await self._threads.aside(
                partial(capability_statement, self._version, base, self._started, self._server)
            )
            # One per name under which this server is reached; the names are the callers', so not many.
            self._statements = {**dict(list(self._statements.items())[-7:]), base: made}
        return negotiation.response(request, Answer(200, self._statements[base]))


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
