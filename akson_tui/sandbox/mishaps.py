"""What can go wrong with one exchange: each kind is a row of KINDS with its settings and what it does.

`after` says whether the request was carried out before it went wrong: the difference between a write that did not
happen and one that nobody heard of.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from akson_tui.sandbox.outcome import Issue, outcome_bytes

Settings = Mapping[str, Any]
# Ends the connection of this request: at once (True: what was sent may be lost too), or after what was sent.
Cut = Callable[[Any, bool], None]
JSON = b"application/fhir+json; charset=utf-8"


@dataclass(slots=True)
class Answered:
    """A whole answer, kept back."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes

    def without(self, *names: bytes) -> list[tuple[bytes, bytes]]:
        """The headers but these."""
        return [(name, value) for name, value in self.headers if name.lower() not in names]


@dataclass(slots=True)
class Exchange:
    """One request on its way to the application, and the way back."""

    app: Any
    scope: Any
    receive: Any
    send: Any
    cut: Cut

    async def carried_out(self, plain: bool = False) -> Answered:
        """Lets the application answer, and keeps the answer; `plain`: not compressed."""
        scope = self.scope
        if plain:
            heads = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": heads}
        kept = Answered(500, [], b"")

        async def keep(message: Any) -> None:
            if message["type"] == "http.response.start":
                kept.status, kept.headers = message["status"], list(message["headers"])
            else:
                kept.body += message.get("body", b"")

        await self.app(scope, self.receive, keep)
        return kept

    async def tell(self, answer: Answered, whole: bool = True) -> None:
        """Sends an answer; without `whole`, its body is not ended."""
        await self.send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        await self.send({"type": "http.response.body", "body": answer.body, "more_body": not whole})

    async def end(self, at_once: bool = True) -> None:
        """Ends the connection, and waits until it is gone."""
        self.cut(self.scope, at_once)
        while (await self.receive())["type"] != "http.disconnect":
            pass


async def _delay(exchange: Exchange, given: Settings) -> None:
    await asyncio.sleep(given["seconds"])
    await exchange.app(exchange.scope, exchange.receive, exchange.send)


async def _drop_request(exchange: Exchange, given: Settings) -> None:
    await exchange.end()


async def _drop_answer(exchange: Exchange, given: Settings) -> None:
    await exchange.carried_out()
    await exchange.end()


async def _status(exchange: Exchange, given: Settings) -> None:
    if given["after"]:
        await exchange.carried_out()
    headers = [(b"content-type", JSON)]
    if given["retry_after"]:
        headers.append((b"retry-after", given["retry_after"].encode()))
    body = outcome_bytes([Issue("a fault on purpose", "transient")])
    headers.append((b"content-length", str(len(body)).encode()))
    await exchange.tell(Answered(given["status"], headers, body))


async def _cut_body(exchange: Exchange, given: Settings) -> None:
    answer = await exchange.carried_out()
    kept = given["bytes"] if given["bytes"] >= 0 else len(answer.body) // 2
    answer.body = answer.body[:kept]
    if given["announced"]:
        await exchange.tell(answer, whole=False)
        await exchange.end(at_once=False)
    else:
        # Whoever reads this sees no sign that something is missing but the content.
        answer.headers = answer.without(b"content-length")
        await exchange.tell(answer)


async def _charset(exchange: Exchange, given: Settings) -> None:
    answer = await exchange.carried_out(plain=True)
    name = given["charset"]
    if given["recode"]:
        answer.body = answer.body.decode().encode(name, "replace")
    kind = f"application/fhir+json; charset={name}".encode()
    answer.headers = [
        *answer.without(b"content-type", b"content-length"),
        (b"content-type", kind),
        (b"content-length", str(len(answer.body)).encode()),
    ]
    await exchange.tell(answer)


async def _html(exchange: Exchange, given: Settings) -> None:
    if given["after"]:
        await exchange.carried_out()
    body = b"<!DOCTYPE html><html><head><title>Logg inn</title></head><body><h1>Logg inn</h1></body></html>"
    kind = given["content_type"].encode()
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await exchange.tell(Answered(given["status"], headers, body))


async def _slow(exchange: Exchange, given: Settings) -> None:
    answer = await exchange.carried_out(plain=True)
    await exchange.send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
    for place in range(len(answer.body)):
        await exchange.send({"type": "http.response.body", "body": answer.body[place : place + 1], "more_body": True})
        await asyncio.sleep(given["seconds"])
    await exchange.send({"type": "http.response.body", "body": b"", "more_body": False})


async def _redirect(exchange: Exchange, given: Settings) -> None:
    to = given["to"] or exchange.scope["path"]
    await exchange.tell(Answered(given["status"], [(b"location", to.encode()), (b"content-length", b"0")], b""))


async def _etag(exchange: Exchange, given: Settings) -> None:
    answer = await exchange.carried_out()
    answer.headers = [*answer.without(b"etag"), (b"etag", given["etag"].encode())]
    await exchange.tell(answer)


class Kind(NamedTuple):
    """What it does, and its settings with what they are where nothing is said."""

    run: Callable[[Exchange, Settings], Awaitable[None]]
    settings: Settings


KINDS: dict[str, Kind] = {
    "delay": Kind(_delay, {"seconds": 1.0}),
    "drop-request": Kind(_drop_request, {}),
    "drop-answer": Kind(_drop_answer, {}),
    # 429, 503, 500: Retry-After is seconds or a date, as text; none where it is empty.
    "status": Kind(_status, {"status": 503, "retry_after": "", "after": False}),
    # How many bytes are sent (-1: half); not announced: without a length, so that it looks whole.
    "cut-body": Kind(_cut_body, {"bytes": -1, "announced": True}),
    # recode: the body really is in that charset (which Python must know).
    "charset": Kind(_charset, {"charset": "bogus", "recode": False}),
    "html": Kind(_html, {"status": 200, "content_type": "text/html; charset=utf-8", "after": False}),
    # Seconds between two bytes of the body.
    "slow": Kind(_slow, {"seconds": 1.0}),
    # Empty: to itself, for ever.
    "redirect": Kind(_redirect, {"status": 307, "to": ""}),
    "etag": Kind(_etag, {"etag": 'W/"999"'}),
}
