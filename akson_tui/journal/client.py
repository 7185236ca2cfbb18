"""One HTTP client per journal, bounded in time, bytes and destination; the only module that knows httpx.

The easy mistake: trusting httpx's timeouts. They are per read (one byte a second runs for ever), so the whole
request has one deadline; and its decoders unpack without a limit, so the body is taken raw and unpacked in `answer`.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import ssl
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

from akson_tui.journal.answer import Answer, http_date, looks_like_json, to_utf8, trouble_in, unpacked
from akson_tui.journal.troubles import NoConnection, NoLine, NotFhir, NotSignedIn, TookTooLong

if TYPE_CHECKING:
    import httpx

    Transport = httpx.AsyncBaseTransport
    """What stands in for the network in tests."""

Pairs = Sequence[tuple[str, str]]
FHIR_JSON = "application/fhir+json"
FORM = "application/x-www-form-urlencoded"
_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """`seconds` for a whole request, `connect` of them for the connection; `body` bytes of an answer when unpacked."""

    seconds: float = 60.0
    connect: float = 10.0
    body: int = 32 * 1024 * 1024
    connections: int = 4


@lru_cache(maxsize=1)
def _name() -> str:
    from importlib import metadata

    try:
        return f"akson-tui/{metadata.version('akson-tui')}"
    except metadata.PackageNotFoundError:  # run from a checkout that was not installed
        return "akson-tui"


class BaseRefused(ValueError):
    """The address of a journal cannot be used: no http(s) address, or plain http to another machine."""


@lru_cache(maxsize=1)
def library() -> ModuleType:
    """httpx without its command line: with click in the environment `import httpx` costs 120 ms and 7 MB more."""
    name = "httpx._main"
    was = sys.modules.get(name)
    sys.modules[name] = None  # type: ignore[assignment]  # an import of it now raises ImportError, which httpx expects
    try:
        import httpx
    finally:
        if was is None:
            del sys.modules[name]
        else:
            sys.modules[name] = was
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would write each URL
    return httpx


def checked_base(base: str, insecure: bool) -> str:
    """`base` without a closing slash. Raises BaseRefused: plain http goes to loopback only, unless `insecure`."""
    try:
        parts = urlsplit(base)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise BaseRefused("not an address") from None
    if parts.scheme not in ("http", "https") or not host:
        raise BaseRefused("not an http address")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BaseRefused("an address of a journal holds no user, query or fragment")
    if parts.scheme == "http" and not insecure and not is_loopback(host):
        raise BaseRefused("plain http to another machine")
    return base.rstrip("/")


def is_loopback(host: str) -> bool:
    """True for this machine by name or number."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Client:
    """Requests to one journal. `token` is asked for at each request; None or '' sends none."""

    def __init__(
        self,
        base: str,
        token: Callable[[], str | None],
        clock: Callable[[], datetime],
        limits: Limits = Limits(),
        insecure: bool = False,
        transport: Transport | None = None,
    ) -> None:
        """`transport` replaces the network (tests). Raises BaseRefused."""
        self.base = checked_base(base, insecure)
        self.origin = _origin(self.base)
        self._token = token
        self._clock = clock
        self._limits = limits
        self._transport = transport
        self._client: httpx.AsyncClient | None = None

    async def request(
        self,
        method: str,
        path: str,
        *,
        params: Pairs = (),
        form: Pairs | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        safe: bool | None = None,
    ) -> Answer:
        """One answer with a status under 300, whole. `path` is below the base, or an absolute address at its origin.

        `safe`: nothing changes on the server if it is asked twice (default: GET); then a connection that was closed
        while idle is opened again. Raises JournalTrouble.
        """
        url = path if "://" in path else f"{self.base}/{path}" if path else self.base
        if _origin(url) != self.origin:
            raise NotFhir
        if params:
            url += ("&" if "?" in url else "?") + urlencode(params)
        head = {"Accept": FHIR_JSON, "Accept-Encoding": "gzip", "User-Agent": _name()}
        if form is not None:
            body = urlencode(form).encode("ascii")
            head["Content-Type"] = FORM
        elif body is not None:
            head["Content-Type"] = FHIR_JSON
        head.update(headers or {})
        token = self._token()
        if token:
            head["Authorization"] = f"Bearer {token}"
        if not all(value.isascii() and value.isprintable() for value in head.values()):
            raise NotSignedIn if token and not (token.isascii() and token.isprintable()) else NotFhir
        safe = method == "GET" if safe is None else safe
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._within(method, url, body, head, safe)
        except TimeoutError:
            raise TookTooLong from None

    async def _within(self, method: str, url: str, body: bytes | None, head: dict[str, str], safe: bool) -> Answer:
        http = library()
        tries = 2 if safe else 1
        redirects = 0
        while True:
            try:
                answer, onward = await self._once(method, url, body, head)
            except http.RemoteProtocolError:
                # an idle connection that the server closed just now looks like this
                tries -= 1
                if tries:
                    continue
                raise NoLine from None
            except (http.ConnectError, http.ConnectTimeout, http.PoolTimeout, http.ProxyError) as trouble:
                raise NoConnection(said=_tls_words(trouble)) from None
            except http.TimeoutException:
                raise TookTooLong from None
            except (http.InvalidURL, http.UnsupportedProtocol):
                raise NotFhir from None
            except http.TransportError:
                raise NoLine from None
            if answer is not None:
                return answer
            redirects += 1
            # where it leads is the server's word only: same origin, reading only, and never with credentials
            if redirects > _REDIRECTS or method != "GET" or "Authorization" in head or _origin(onward) != self.origin:
                raise NotFhir
            url = onward

    async def _once(self, method: str, url: str, body: bytes | None, head: dict[str, str]) -> tuple[Answer | None, str]:
        async with self._open().stream(method, url, content=body, headers=head) as came:
            names = {name.lower(): value for name, value in came.headers.items()}
            if came.status_code in (301, 302, 303, 307, 308):
                return None, urljoin(url, names.get("location", ""))
            raw = await unpacked(came.aiter_raw(), names.get("content-encoding", ""), self._limits.body)
        content_type = names.get("content-type", "")
        raw = to_utf8(raw, content_type)
        if came.status_code >= 300:
            raise trouble_in(came.status_code, names, raw, self._clock())
        if raw.strip() and not looks_like_json(raw, content_type):
            raise NotFhir(came.status_code)
        return Answer(came.status_code, names, raw, http_date(names.get("date", ""))), ""

    def _open(self) -> httpx.AsyncClient:
        if self._client is None:
            http = library()
            host = urlsplit(self.base).hostname or ""
            secure = self.base.startswith("https:")
            self._client = http.AsyncClient(
                # the machine's own list of authorities: municipalities have theirs
                verify=ssl.create_default_context() if secure else False,
                http1=True,
                http2=False,
                follow_redirects=False,
                trust_env=not is_loopback(host),
                transport=self._transport,
                timeout=http.Timeout(self._limits.seconds, connect=self._limits.connect),
                limits=http.Limits(max_connections=self._limits.connections, keepalive_expiry=60.0),
            )
            self._client.headers.clear()
        return self._client

    async def close(self) -> None:
        """Close every connection."""
        if self._client is not None:
            client, self._client = self._client, None
            await client.aclose()


def _origin(url: str) -> tuple[str, str, int]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ("", "", 0)
    scheme = parts.scheme.lower()
    return (scheme, (parts.hostname or "").lower(), port or {"http": 80, "https": 443}.get(scheme, 0))


def _tls_words(trouble: Exception) -> str:
    """What TLS says of a certificate; other texts of a broken connection tell the user nothing."""
    seen: BaseException | None = trouble
    for _ in range(6):
        if isinstance(seen, ssl.SSLCertVerificationError):
            return f"TLS: {seen.verify_message}"
        if seen is None:
            break
        seen = seen.__cause__ or seen.__context__
    return ""
