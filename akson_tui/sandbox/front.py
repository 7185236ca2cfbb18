"""What stands around all routes: the token, the date of this server's clock, compression, and the last word on errors.

Every error becomes an OperationOutcome, and none tells more than its status and what was wrong with the request.
"""

import secrets
import sys
from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from akson_tui.sandbox import negotiation
from akson_tui.sandbox.instants import http_date
from akson_tui.sandbox.outcome import Trouble, outcome_bytes
from akson_tui.sandbox.rest import Answer
from akson_tui.sandbox.store import Clock


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


def build(routes: list[Route], clock: Clock, token: str | None = None) -> Any:
    """The ASGI application; with `token`, every request must bear it."""
    from starlette.middleware import Middleware
    from starlette_compress import CompressMiddleware, add_compress_type

    add_compress_type(negotiation.FHIR_JSON)
    app = Starlette(
        routes=routes,
        middleware=[Middleware(CompressMiddleware)],
        exception_handlers={Trouble: _trouble, HTTPException: _trouble, Exception: _trouble},
    )
    app.router.redirect_slashes = False
    return Front(app, clock, token)
