"""What a request may be and what the answer is: media types, size of a body, `Prefer`, the address it was asked at.

The `Host` header is the caller's: it stands in links only where it looks like a host.
"""

import re
from collections.abc import Collection
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from akson_tui.sandbox.outcome import Issue, Trouble, outcome_bytes
from akson_tui.sandbox.rest import Answer
from akson_tui.sandbox.validate import stored_types

MAX_BODY = 16_000_000
MAX_FORM = 64_000
MAX_QUERY = 16_000
FHIR_JSON = "application/fhir+json"
JSON = {FHIR_JSON, "application/json", "application/json+fhir", "text/json"}
ACCEPTED = JSON | {"*/*", "application/*", ""}
_HOST = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_VERSION = re.compile(r'fhirVersion="?([\d.]+)')


def base_of(request: Request) -> str:
    """The FHIR base under which this request reached the server, without a slash at its end."""
    host = request.headers.get("host", "")
    return f"{request.url.scheme}://{host if _HOST.fullmatch(host) else 'localhost'}/fhir"


def preference(request: Request, name: str) -> str:
    """What `Prefer` says of this: `return`, `handling`; empty where it says nothing."""
    for part in re.split(r"[,;]", request.headers.get("prefer", "")):
        key, _, value = part.strip().partition("=")
        if key.lower() == name:
            return value.strip('" ').lower()
    return ""


def check_accept(request: Request) -> None:
    """Raises Trouble 406 where only another format than JSON is accepted."""
    asked = request.query_params.get("_format")
    accepted = [asked.replace(" ", "+")] if asked else request.headers.get("accept", "").split(",")
    for part in accepted:
        media, _, parameters = part.strip().partition(";")
        version = _VERSION.search(parameters)
        if (media.strip().lower() in ACCEPTED or media == "json") and (not version or version[1].startswith("4.0")):
            return
    raise Trouble(406, f"this server speaks {FHIR_JSON}, FHIR 4.0, only")


def check_content(request: Request, kinds: Collection[str] = JSON) -> None:
    """Raises Trouble 415 where the body is not one of these kinds of JSON, plain and in UTF-8."""
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    if media.strip().lower() not in kinds:
        raise Trouble(415, f"the body must be {next(iter(sorted(kinds)))}")
    charset = re.search(r"charset\s*=\s*\"?([^\s;\"]+)", parameters, re.IGNORECASE)
    if charset and charset[1].lower() not in ("utf-8", "utf8"):
        raise Trouble(415, "the body must be UTF-8")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Trouble(415, "the body must not be compressed")


async def body(request: Request, limit: int) -> bytes:
    """The body. Raises Trouble 413 as soon as it is known to be longer than the limit."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdigit() or int(announced[:12]) > limit:
        raise Trouble(413, f"more than {limit} bytes", headers={"Connection": "close"})
    parts = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > limit:
                raise Trouble(413, f"more than {limit} bytes", headers={"Connection": "close"})
            parts.append(part)
    except ClientDisconnect:
        raise Trouble(400, "the request ended before its body") from None
    return b"".join(parts)


def named(request: Request) -> tuple[str, str, str]:
    """Type, id and base of a request. Raises Trouble 404 for an unknown type, 406 for what cannot be answered."""
    check_accept(request)
    return (*addressed(request), base_of(request))


def addressed(request: Request) -> tuple[str, str]:
    """Type and id. Raises Trouble 404 for an unknown type."""
    type_ = request.path_params["type"]
    if type_ not in stored_types():
        raise Trouble(404, "this is no resource type of R4")
    return type_, request.path_params.get("id", "")


def pairs(query: str, limit: int = MAX_QUERY) -> list[tuple[str, str]]:
    """What stands in a query or form. Raises Trouble 400 or 413."""
    if len(query) > limit:
        raise Trouble(413, "the search is too long")
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=500, errors="strict")
    except ValueError:
        raise Trouble(400, "the search is not a form in UTF-8 of at most 500 fields") from None


def seconds(date: str | None) -> int | None:
    """An HTTP date in seconds since 1970; None where it is none."""
    try:
        return int(parsedate_to_datetime(date).timestamp()) if date else None
    except (ValueError, OverflowError):
        return None


WRITTEN = {201: "created", 200: "stored"}


def response(request: Request, answer: Answer, plain: bool = False) -> Response:
    """The HTTP response; a write's body as `Prefer: return` asks (`plain`: whatever it asks)."""
    content = answer.body
    wanted = preference(request, "return")
    if answer.wrote and not plain:
        if wanted == "minimal":
            content = b""
        elif wanted == "operationoutcome":
            content = outcome_bytes([Issue(WRITTEN[answer.status], "informational", severity="information")])
    headers = dict(answer.headers)
    if answer.wrote and answer.status == 200 and request.method in ("PUT", "PATCH"):
        # R4: Location tells of what was created.
        headers["Content-Location"] = headers.pop("Location")
    return Response(content or None, answer.status, headers, FHIR_JSON + "; charset=utf-8" if content else None)
