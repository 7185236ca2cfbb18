"""The HTTP connections of this process, so that a fault can end one as a broken line would.

An ASGI application cannot do that by itself; a connection is known by its peer's address, which every request tells.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

_open: dict[Any, asyncio.Transport] = {}


class Connection(H11Protocol):
    """uvicorn's own, remembered while it is open."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins."""
        super().connection_made(transport)
        _open[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends."""
        _open.pop(self.client, None)
        super().connection_lost(exc)


def cut(scope: Any, at_once: bool) -> None:
    """Ends the connection of this request: at once, or when what was sent is on its way."""
    transport = _open.get(tuple(scope["client"]))
    if transport is not None:
        if at_once:
            transport.abort()
        else:
            transport.close()
