"""Batch and transaction Bundles: many interactions in one request, for a transaction all or none of them.

Entries run in the order that R4 sets (delete, create, update, read), whatever their order in the Bundle; references
between entries are resolved before anything is written.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from akson_tui.sandbox import binary, instants, patching, rest, spans, validate
from akson_tui.sandbox.outcome import Issue, Trouble, outcome_bytes
from akson_tui.sandbox.patching import Operation
from akson_tui.sandbox.rest import Answer, Sent
from akson_tui.sandbox.search import Searches, answer, find_one
from akson_tui.sandbox.servers import FULL, Server
from akson_tui.sandbox.store import Store, Writer

MAX_ENTRIES = 5000
ORDER = {"DELETE": 0, "POST": 1, "PUT": 2, "PATCH": 2, "GET": 3, "HEAD": 3}
WRITES = {"DELETE", "POST", "PUT", "PATCH"}
# By method and steps of the url; of one step (the type alone), a write needs a condition, but not a POST.
ASKED = {
    ("DELETE", 1): "conditional-delete",
    ("DELETE", 2): "delete",
    ("PATCH", 1): "conditional-patch",
    ("PATCH", 2): "patch",
    ("POST", 1): "create",
    ("PUT", 1): "conditional-update",
    ("PUT", 2): "update",
    ("GET", 1): "search-type",
    ("GET", 2): "read",
    ("GET", 4): "vread",
    ("HEAD", 1): "search-type",
    ("HEAD", 2): "read",
    ("HEAD", 4): "vread",
}
CONDITIONAL = re.compile(r"([A-Z][A-Za-z]+)\?(.+)")


@dataclass(slots=True)
class Entry:
    """One entry, read: what is to be done, with what, under which conditions."""

    place: int
    method: str
    type: str
    id: str
    query: str
    given: Sent | None
    full_url: str
    if_match: str | None
    none_exist: str | None
    none_match: str | None
    version: str = ""
    operations: list[Operation] = field(default_factory=list)
    # What a create will be named, or what stands there already.
    target: str = ""
    exists: bool = False
    # The id of a PUT came from its condition.
    chosen: bool = False


def entries(given: Sent, server: Server = FULL) -> tuple[str, list[Entry | Trouble]]:
    """Batch or transaction, and the entries with each resource's own text; a Trouble in place of one that cannot run.

    Raises Trouble where the whole is no such Bundle. Slow for large ones: not for the event loop."""
    kind = given.resource.get("type")
    if given.resource["resourceType"] != "Bundle" or kind not in ("batch", "transaction"):
        raise Trouble(400, "what is posted to the base is a Bundle of type batch or transaction")
    if not server.does(kind):
        raise Trouble(405, f"this server runs no {kind}")
    issues = validate.validate(_bare(given.resource))
    if issues:
        raise Trouble(400, issues=issues)
    parsed = given.resource.get("entry", [])
    if len(parsed) > MAX_ENTRIES:
        raise Trouble(413, f"a Bundle of more than {MAX_ENTRIES} entries")
    found: list[Entry | Trouble] = []
    for place, (entry, text) in enumerate(zip(parsed, entry_texts(given.text), strict=True)):
        try:
            found.append(_entry(place, entry, text, server))
        except Trouble as trouble:
            found.append(_placed(trouble, place))
    return kind, found


def _bare(bundle: dict[str, Any]) -> dict[str, Any]:
    """The Bundle without its resources: they are looked at one by one, so that a batch goes on without the bad ones."""
    held = bundle.get("entry")
    if not isinstance(held, list):
        return bundle
    bare = [
        {key: value for key, value in entry.items() if key != "resource"} if isinstance(entry, dict) else entry
        for entry in held
    ]
    return {**bundle, "entry": bare} if bare else bundle


def entry_texts(text: str) -> list[str | None]:
    """The text of each entry's resource, where it has one."""
    listed = next((member for member in spans.members(text) if member.key == "entry"), None)
    if listed is None:
        return []
    return [
        next((text[m.start : m.end] for m in spans.members(text, start) if m.key == "resource"), None)
        for start, _ in spans.elements(text, listed.start)
    ]


def _entry(place: int, entry: dict[str, Any], text: str | None, server: Server) -> Entry:
    request = entry.get("request")
    if request is None:
        raise Trouble(400, "an entry has no request")
    asked: dict[str, Any] = request

    def heard(header: str, key: str) -> str | None:
        return asked.get(key) if server.does(header) else None

    method = request["method"]
    if method not in ORDER:
        raise Trouble(405, f"{method} is not supported")
    path, _, query = request["url"].partition("?")
    steps = [unquote(step) for step in path.strip("/").split("/")]
    if len(steps) not in (1, 2, 4) or steps[0] not in validate.stored_types():
        raise Trouble(400, "a request's url is TYPE, TYPE?search, TYPE/id or TYPE/id/_history/n")
    given = Sent(text, entry["resource"]) if text is not None else None
    if method in ("POST", "PUT", "PATCH") and given is None:
        raise Trouble(400, f"{method} without a resource")
    ident = steps[1] if len(steps) > 1 else ""
    conditional = len(steps) == 1 and method in ("DELETE", "PATCH", "PUT")
    if (method, len(steps)) not in ASKED or (method in WRITES and bool(query) != conditional):
        raise Trouble(400, f"{method} cannot be asked of this url")
    if not server.does(ASKED[method, len(steps)]):
        raise Trouble(405, f"this server does no {ASKED[method, len(steps)]}")
    operations: list[Operation] = []
    if method == "PATCH" and given is not None:
        operations, given = _operations(given.resource), None
    elif given is not None:
        given = rest.checked(given)
    return Entry(
        place,
        method,
        steps[0],
        ident,
        query,
        given,
        entry.get("fullUrl", ""),
        heard("if-match", "ifMatch"),
        heard("if-none-exist", "ifNoneExist"),
        heard("if-none-match", "ifNoneMatch"),
        steps[3] if len(steps) == 4 else "",
        operations,
    )


def _operations(resource: dict[str, Any]) -> list[Operation]:
    """The JSON Patch that a Binary holds. Raises Trouble 400 where it is none."""
    media = str(resource.get("contentType", "")).partition(";")[0].strip().lower()
    if resource["resourceType"] != "Binary" or media != patching.MEDIA_TYPE:
        raise Trouble(400, f"a PATCH in a Bundle is a Binary of {patching.MEDIA_TYPE}")
    return patching.read(binary.data_of(resource))


def _placed(trouble: Trouble, place: int) -> Trouble:
    """The same trouble, with the entry's place before each element's."""
    at = f"Bundle.entry[{place}]"
    told = [
        Issue(i.text, i.code, f"{at}.resource{i.expression[i.expression.find('.') :] if '.' in i.expression else ''}"
              if i.expression else at, i.severity)
        for i in trouble.issues
    ]  # fmt: skip
    return Trouble(trouble.status, issues=told, headers=trouble.headers)


class Runner:
    """Runs a Bundle on a store; `representation` asks for each resource in the answer."""

    def __init__(
        self,
        store: Store,
        base: str,
        new_id: Callable[[], str],
        searches: Searches,
        server: Server = FULL,
        representation: bool = False,
    ) -> None:
        self._server = server
        self._store = store
        self._base = base
        self._new_id = new_id
        self._searches = searches
        self._representation = representation

    def run(self, kind: str, read: list[Entry | Trouble]) -> bytes:
        """The response Bundle. Raises Trouble where a transaction fails: then nothing of it was done."""
        return self._batch(read) if kind == "batch" else self._transaction(read)

    def _batch(self, read: list[Entry | Trouble]) -> bytes:
        answers: list[Answer | Trouble] = []
        for entry in read:
            try:
                if isinstance(entry, Trouble):
                    raise entry
                with self._store.writing() as writer:
                    self._resolve(writer, entry)
                    answers.append(self._do(writer, entry))
            except Trouble as trouble:
                answers.append(trouble)
        return self._response("batch-response", answers)

    def _transaction(self, read: list[Entry | Trouble]) -> bytes:
        troubles = [one for one in read if isinstance(one, Trouble)]
        if troubles:
            issues = [issue for trouble in troubles for issue in trouble.issues]
            raise Trouble(troubles[0].status, issues=issues[: validate.MAX_ISSUES])
        todo = [one for one in read if isinstance(one, Entry)]
        answers: dict[int, Answer] = {}
        with self._store.writing() as writer:
            known = self._named(writer, todo)
            for entry in sorted(todo, key=lambda one: ORDER[one.method]):
                try:
                    if entry.given is not None:
                        entry.given = self._linked(writer, entry.given, known)
                    answers[entry.place] = self._do(writer, entry)
                except Trouble as trouble:
                    raise _placed(trouble, entry.place) from None
        return self._response("transaction-response", [answers[place] for place in range(len(todo))])

    def _named(self, writer: Writer, todo: list[Entry]) -> dict[str, str]:
        """What each entry's fullUrl will be called; refuses two entries that write the same resource."""
        known: dict[str, str] = {}
        written: set[str] = set()
        for entry in todo:
            try:
                self._resolve(writer, entry)
                if entry.method == "POST":
                    entry.id = entry.id or self._new_id()
                entry.target = f"{entry.type}/{entry.id}"
                if entry.method in WRITES and entry.id and not (entry.method == "POST" and entry.exists):
                    if entry.target in written:
                        raise Trouble(400, "two entries write the same resource")
                    written.add(entry.target)
                if entry.full_url and entry.method in ("POST", "PUT"):
                    if known.get(entry.full_url, entry.target) != entry.target:
                        raise Trouble(400, "two entries have the same fullUrl")
                    known[entry.full_url] = entry.target
            except Trouble as trouble:
                raise _placed(trouble, entry.place) from None
        return known

    def _resolve(self, writer: Writer, entry: Entry) -> None:
        """Finds what the condition of an entry is about: the entry's id from now on, and whether it stands there."""
        if entry.method == "POST" and entry.none_exist is not None:
            found = find_one(writer, entry.type, entry.none_exist, self._base)
            if found is not None:
                entry.id, entry.exists = found.id, True
        if entry.id or not entry.query or entry.method not in WRITES:
            return
        if entry.method == "PUT" and entry.given is not None:
            entry.id, entry.exists = rest.chosen(writer, entry.type, entry.query, entry.given, self._base, self._new_id)
            entry.chosen = True
        elif entry.method == "PATCH":
            entry.id = rest.the_one(writer, entry.type, entry.query, self._base)
        elif entry.method == "DELETE":
            found = find_one(writer, entry.type, entry.query, self._base)
            entry.id = found.id if found else ""

    def _linked(self, writer: Writer, given: Sent, known: dict[str, str]) -> Sent:
        def target(reference: str) -> str | None:
            conditional = CONDITIONAL.fullmatch(reference)
            if conditional and conditional[1] in validate.stored_types():
                found = find_one(writer, conditional[1], conditional[2], self._base)
                if found is None:
                    raise Trouble(412, "a conditional reference leads to nothing")
                return f"{found.type}/{found.id}"
            return known.get(reference)

        text = spans.relink(given.text, target)
        return given if text == given.text else Sent(text, spans.parse(text))

    def _do(self, writer: Writer, entry: Entry) -> Answer:
        return DOERS[entry.method](self, writer, entry)

    def _delete(self, writer: Writer, entry: Entry) -> Answer:
        # No id: nothing met the condition.
        return rest.delete(writer, entry.type, entry.id, entry.if_match) if entry.id else Answer(204)

    def _patch(self, writer: Writer, entry: Entry) -> Answer:
        return rest.patch(writer, entry.type, entry.id, entry.operations, self._base, entry.if_match)

    def _put(self, writer: Writer, entry: Entry) -> Answer:
        run = rest.conditional_update if entry.chosen else rest.update
        return run(writer, entry.type, entry.id, _given(entry), self._base, entry.if_match)

    def _post(self, writer: Writer, entry: Entry) -> Answer:
        if entry.exists:
            found = writer.current(entry.type, entry.id)
            if found is None:
                raise AssertionError("what the condition found is gone within its own transaction")
            return rest.stood_there(found, self._base)
        # In a transaction the id was given when the references were resolved.
        named = entry.id or self._new_id()
        return rest.create(writer, entry.type, _given(entry), self._base, lambda: named)

    def _get(self, writer: Writer, entry: Entry) -> Answer:
        base = self._base
        if entry.version:
            return rest.vread(writer, entry.type, entry.id, entry.version, base)
        if entry.id:
            return rest.read(writer, entry.type, entry.id, base, entry.none_match)
        pairs = parse_qsl(entry.query, keep_blank_values=True)
        return Answer(200, answer(writer, entry.type, pairs, base, self._searches, server=self._server))

    def _response(self, kind: str, answers: list[Answer | Trouble]) -> bytes:
        made = [self._told(one) for one in answers]
        head = f'{{"resourceType":"Bundle","type":"{kind}"'.encode()
        return head + (b',"entry":[' + b",\n".join(made) + b"]}" if made else b"}")

    def _told(self, one: Answer | Trouble) -> bytes:
        response: dict[str, str] = {"status": STATUS.get(one.status, str(one.status))}
        if isinstance(one, Trouble):
            told = json.dumps({"response": response}).encode()
            return told[:-2] + b',"outcome":' + outcome_bytes(one.issues) + b"}}"
        if "ETag" in one.headers:
            response["etag"] = one.headers["ETag"]
        if "Location" in one.headers:
            response["location"] = one.headers["Location"]
        if one.version:
            response["lastModified"] = instants.text(one.version.updated)
        told = json.dumps({"response": response}).encode()
        if one.body and (self._representation or not one.wrote):
            return told[:-1] + b',"resource":' + one.body + b"}"
        return told


def _given(entry: Entry) -> Sent:
    if entry.given is None:
        raise AssertionError("an entry that writes was read without its resource")
    return entry.given


DOERS: dict[str, Callable[[Runner, Writer, Entry], Answer]] = {
    "DELETE": Runner._delete,
    "PATCH": Runner._patch,
    "PUT": Runner._put,
    "POST": Runner._post,
    "GET": Runner._get,
    "HEAD": Runner._get,
}
STATUS = {
    200: "200 OK",
    201: "201 Created",
    204: "204 No Content",
    304: "304 Not Modified",
    400: "400 Bad Request",
    404: "404 Not Found",
    405: "405 Method Not Allowed",
    409: "409 Conflict",
    410: "410 Gone",
    412: "412 Precondition Failed",
    422: "422 Unprocessable Entity",
}
