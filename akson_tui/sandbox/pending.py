"""Lets a request about a person wait until that person's journal is stored, while the population is being stored.

The easy mistake is to answer at once with what is there: half a journal, or an empty one, that looks whole.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

PATIENCE_SECONDS = 20.0
MOST_BYTES = 1_000_000
# How a search, in an address, a form or a batch, names whom it is about.
_ABOUT = re.compile(
    rb"(?:patient|subject)(?:(?::|%3A)[A-Za-z]+)?=(?:[^&\"\s]*?Patient(?:/|%2F))?([A-Za-z0-9.\-]{1,64})(?=[&\"\s,|]|$)",
    re.I,
)

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Population:
    """How far it is: `told` hears the bytes of its pipe (a label a line), `ended` that there is no more."""

    def __init__(self) -> None:
        self.done = False
        self._stored: set[str] = set()
        self._current = ""
        self._rest = b""
        self._changed = asyncio.Event()

    def told(self, data: bytes) -> None:
        """Labels begin with a person's id; a journal in several chunks is there when the next person's begins."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            label = line.decode("utf-8", "replace")
            person = label.partition(" ")[0]
            if person == label:
                self._stored.add(person)
            if self._current and self._current != person:
                self._stored.add(self._current)
            self._current = person
        self._wake()

    def ended(self) -> None:
        """All is stored, or no more will be."""
        self.done = True
        self._wake()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, people: set[str]) -> None:
        """Until all of `people` are stored; no longer than PATIENCE_SECONDS."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not self.done and not people <= self._stored:
                    await self._changed.wait()
        except TimeoutError:
            return


class Waiting:
    """An ASGI application before another."""

    def __init__(self, app: App, population: Population) -> None:
        self._app = app
        self._population = population

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wait where need be, then hand on."""
        if self._population.done or scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taken: list[Message] = []
        size = 0
        if scope["method"] == "POST":
            while size < MOST_BYTES:
                message = await receive()
                taken.append(message)
                size += len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body"):
                    break
        # A compartment names its person in the path: /Patient/x/Observation, /Patient/x/$everything.
        path = re.sub(r".*/Patient/([^/]+)/.+", r"patient=\1 ", scope["path"]).encode()
        text = path + b"\n" + scope["query_string"] + b"\n" + b"".join(message.get("body", b"") for message in taken)
        await self._population.until({found.decode() for found in _ABOUT.findall(text)})

        async def again() -> Message:
            return taken.pop(0) if taken else await receive()

        await self._app(scope, again, send)
