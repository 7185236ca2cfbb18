"""The interactions on one resource: read, vread, create, update, patch, delete, and their conditions.

Each takes an open transaction and gives an `Answer`; it knows no HTTP request and opens no transaction of its own, so
that a transaction Bundle can run many of them in one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from akson_tui.sandbox import instants, patching, spans, validate
from akson_tui.sandbox.outcome import Issue, Trouble
from akson_tui.sandbox.patching import Operation
from akson_tui.sandbox.search import find_one
from akson_tui.sandbox.store import Session, Version, Writer

ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_ETAG = re.compile(r'(?:W/)?"([^"]*)"')


@dataclass(slots=True)
class Answer:
    """What is sent back: status, body, headers; `version` where it is one resource's, `wrote` where it was asked to be
    written (also where it stood there already)."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    version: Version | None = None
    wrote: bool = False


class Sent(NamedTuple):
    """A resource as it came: its text, and what it says."""

    text: str
    resource: dict[str, Any]


def sent(raw: bytes) -> Sent:
    """The resource in a request's body. Raises Trouble 400 where it is no JSON object with a type. Slow for large
    bodies: not for the event loop."""
    try:
        text = spans.decode(raw)
        resource = spans.parse(text)
    except spans.Malformed as error:
        raise Trouble(400, issues=[Issue(str(error), "structure")]) from None
    if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
        raise Trouble(400, "the body is no resource: a JSON object with resourceType")
    return Sent(text, resource)


def checked(given: Sent) -> Sent:
    """The same, if it is valid R4; else Trouble 422."""
    issues = validate.validate(given.resource)
    if issues:
        raise Trouble(422, issues=issues)
    return given


def _answer(status: int, version: Version, base: str, wrote: bool = False) -> Answer:
    headers = {"ETag": version.etag, "Last-Modified": instants.http_date(version.updated)}
    if wrote:
        headers["Location"] = f"{base}/{version.type}/{version.id}/_history/{version.number}"
    return Answer(status, version.body, headers, version, wrote)


def stood_there(version: Version, base: str) -> Answer:
    """The answer to a conditional create where the resource was there before."""
    return _answer(200, version, base, wrote=True)


def _there(session: Session, type_: str, ident: str) -> Version:
    found = session.current(type_, ident)
    if found is None:
        raise Trouble(404, f"there is no such {type_}")
    if found.deleted:
        raise Trouble(410, f"this {type_} was deleted", headers={"ETag": found.etag})
    return found


def read(
    session: Session,
    type_: str,
    ident: str,
    base: str,
    none_match: str | None = None,
    modified_since: int | None = None,
) -> Answer:
    """The current version; 304 where the caller has it (`modified_since`: seconds since 1970)."""
    found = _there(session, type_, ident)
    answer = _answer(200, found, base)
    same = none_match is not None and str(found.number) in _ETAG.findall(none_match)
    if same or (none_match is None and modified_since is not None and found.updated // 1000 <= modified_since):
        answer.status, answer.body = 304, b""
    return answer


def vread(session: Session, type_: str, ident: str, number: str, base: str) -> Answer:
    """That version."""
    found = (
        session.version(type_, ident, int(number))
        if number.isascii() and number.isdigit() and len(number) < 10
        else None
    )
    if found is None:
        raise Trouble(404, f"there is no such version of this {type_}")
    if found.deleted:
        raise Trouble(410, f"this version says that the {type_} was deleted")
    return _answer(200, found, base)


def create(
    writer: Writer, type_: str, given: Sent, base: str, new_id: Callable[[], str], none_exist: str | None = None
) -> Answer:
    """A new resource under an id of the server's; with `none_exist`, only where nothing meets these criteria."""
    _same_type(type_, given)
    if none_exist is not None:
        found = find_one(writer, type_, none_exist, base)
        if found is not None:
            return stood_there(found, base)
    return _answer(201, writer.put(type_, new_id(), given.text, "POST", base), base, wrote=True)


def update(
    writer: Writer, type_: str, ident: str, given: Sent, base: str, match: str | None = None, method: str = "PUT"
) -> Answer:
    """The next version of a resource, or its first under the client's id; with `match`, only on that version."""
    _same_type(type_, given)
    if not ID.fullmatch(ident):
        raise Trouble(400, "an id has 1 to 64 letters, digits, - and .")
    if given.resource.get("id") != ident:
        raise Trouble(400, "the id in the body is not the id in the URL")
    return _next(writer, type_, ident, given, base, match, method)


def chosen(
    session: Session, type_: str, criteria: str, given: Sent, base: str, new_id: Callable[[], str]
) -> tuple[str, bool]:
    """Which id a conditional update writes, and whether it stands there: the one that meets the criteria, else the
    body's own, else a new one.

    Raises Trouble 412 where several meet them, 400 where the one that does has another id than the body."""
    _same_type(type_, given)
    found = find_one(session, type_, criteria, base)
    own = given.resource.get("id")
    if found is None:
        return own or new_id(), False
    if own not in (None, found.id):
        raise Trouble(400, "the id in the body is not the id of the resource that meets the condition")
    return found.id, True


def conditional_update(
    writer: Writer, type_: str, ident: str, given: Sent, base: str, match: str | None = None
) -> Answer:
    """An update of what `chosen` found; the body needs no id."""
    if not ID.fullmatch(ident):
        raise Trouble(400, "an id has 1 to 64 letters, digits, - and .")
    return _next(writer, type_, ident, given, base, match, "PUT")


def _next(writer: Writer, type_: str, ident: str, given: Sent, base: str, match: str | None, method: str) -> Answer:
    before = writer.current(type_, ident)
    _matched(before, match)
    fresh = before is None or before.deleted
    return _answer(201 if fresh else 200, writer.put(type_, ident, given.text, method, base), base, wrote=True)


def patch(
    writer: Writer, type_: str, ident: str, operations: list[Operation], base: str, match: str | None = None
) -> Answer:
    """The next version, made by JSON Patch from the text that stands there."""
    before = _there(writer, type_, ident)
    _matched(before, match)
    text = patching.patched(before.body.decode(), operations)
    try:
        made = spans.parse(text)
    except spans.Malformed as error:
        raise Trouble(422, issues=[Issue(str(error), "structure")]) from None
    if not isinstance(made, dict) or made.get("resourceType") != type_ or made.get("id", ident) != ident:
        raise Trouble(422, "a patch may change neither type nor id")
    checked(Sent(text, made))
    return _answer(200, writer.put(type_, ident, text, "PATCH", base), base, wrote=True)


def the_one(session: Session, type_: str, criteria: str, base: str) -> str:
    """The id of the resource that meets the criteria; Trouble 404 where there is none, 412 where there are several."""
    found = find_one(session, type_, criteria, base)
    if found is None:
        raise Trouble(404, f"no {type_} meets the condition")
    return found.id


def delete(writer: Writer, type_: str, ident: str, match: str | None = None) -> Answer:
    """The resource is gone, its versions are kept; 409 where others still refer to it."""
    before = writer.current(type_, ident)
    _matched(before, match)
    if before is None or before.deleted:
        return Answer(204)
    if writer.is_linked(type_, ident):
        raise Trouble(409, f"other resources refer to this {type_}")
    gone = writer.delete(before)
    return Answer(204, headers={"ETag": gone.etag}, version=gone)


def conditional_delete(writer: Writer, type_: str, criteria: str, base: str, match: str | None = None) -> Answer:
    """A delete of the only resource that meets the criteria; where there is none, none is there afterwards either."""
    found = find_one(writer, type_, criteria, base)
    return delete(writer, type_, found.id, match) if found else Answer(204)


def criteria_of(pairs: Sequence[tuple[str, str]]) -> str:
    """A condition as one text."""
    return urlencode(pairs)


def _same_type(type_: str, given: Sent) -> None:
    if given.resource["resourceType"] != type_:
        raise Trouble(400, f"the body is no {type_}")


def _matched(before: Version | None, match: str | None) -> None:
    if match is None:
        return
    wanted = _ETAG.findall(match) or [match.strip()]
    if before is None or (match.strip() != "*" and str(before.number) not in wanted):
        now = f"is at version {before.number}" if before else "does not exist"
        raise Trouble(412, f"the resource {now}", headers={"ETag": before.etag} if before else {})
