"""A journal in memory behind httpx, with what real ones do wrong: it drops requests, drops answers, lies, lacks things.

Easy to get wrong: a fake that is kinder than the sandbox. `test_fake_journal` puts both through the same questions.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

from akson_tui.model.when import When
from tests.sync.lacks import Lacks, statement

BASE = "http://127.0.0.1:1/fhir"
Json = dict[str, Any]
TYPES = (
    "AllergyIntolerance", "Appointment", "CarePlan", "Communication", "Condition", "DocumentReference", "Encounter",
    "Flag", "Goal", "MedicationStatement", "Observation", "Organization", "Patient", "Practitioner",
    "PractitionerRole", "Provenance", "Task",
)  # fmt: skip
SORTS = {"date": ("date", "effectiveDateTime", "start"), "sent": ("sent",), "recorded": ("recorded",)}


class Dropped(Exception):
    """The fake breaks the connection."""


@dataclass
class Stored:
    body: Json
    version: int
    updated: datetime
    deleted: bool = False


@dataclass
class FakeJournal(httpx.AsyncBaseTransport):
    """`faults` is asked before each request: it may answer "drop" (nothing arrives), "lost" (it is done, the answer
    is not), a status, or "" for none. `log` holds (method, path, body) of what arrived."""

    lacks: Lacks = field(default_factory=Lacks)
    now: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    store: dict[tuple[str, str], Stored] = field(default_factory=dict)
    faults: Callable[[str, str], str | int] = lambda _method, _path: ""
    log: list[tuple[str, str, bytes]] = field(default_factory=list)
    down: bool = False
    page: int = 100
    twist: Callable[[str, list[Json]], list[Json]] = lambda _type, found: found
    """What a lying server makes of the matches of a search."""
    _next: int = 1
    _pages: dict[str, tuple[str, list[tuple[str, str]], int]] = field(default_factory=dict)

    # -- what tests use

    def put(self, body: Json, **later: Any) -> str:
        """Have a resource; returns its id."""
        self.now += timedelta(milliseconds=10)
        body = {**json.loads(json.dumps(body)), **later}
        body.setdefault("id", f"x{self._take()}")
        key = (body["resourceType"], body["id"])
        held = self.store.get(key)
        self.store[key] = Stored(body, held.version + 1 if held else 1, self.now)
        return str(body["id"])

    def delete(self, type_: str, id_: str) -> None:
        self.store[(type_, id_)].deleted = True

    def all(self, type_: str) -> list[Json]:
        """Every resource of a type, in the order in which they were made."""
        return [self._sent(key) for key, one in self.store.items() if key[0] == type_ and not one.deleted]

    # -- httpx

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = await request.aread()
        parts = urlsplit(str(request.url))
        path = parts.path.removeprefix("/fhir").strip("/")
        if self.down:
            raise httpx.ConnectError("down", request=request)
        fault = self.faults(request.method, path)
        if fault == "drop":
            raise httpx.ReadError("dropped", request=request)
        if fault == "refuse":
            raise httpx.ConnectError("refused", request=request)
        if isinstance(fault, int):
            return self._answer(fault, outcome(f"fault {fault}"))
        self.log.append((request.method, path + (f"?{parts.query}" if parts.query else ""), body))
        status, made, headers = self._serve(request, path, parts.query, body)
        if fault == "lost":
            raise httpx.ReadError("lost", request=request)
        return self._answer(status, made, headers)

    def _answer(self, status: int, body: Json | None, headers: dict[str, str] | None = None) -> httpx.Response:
        raw = b"" if body is None else gzip.compress(json.dumps(body).encode())
        head = {"content-type": "application/fhir+json", "content-encoding": "gzip", **(headers or {})}
        head["date"] = self.now.strftime("%a, %d %b %Y %H:%M:%S GMT")
        if not raw:
            head.pop("content-encoding")
        return httpx.Response(status, headers=head, stream=_Bytes(raw))

    def _serve(
        self, request: httpx.Request, path: str, query: str, body: bytes
    ) -> tuple[int, Json | None, dict[str, str]]:
        method, head = request.method, request.headers
        pairs = parse_qsl(query)
        if path == "metadata":
            return (404, outcome("none"), {}) if self.lacks.metadata else (200, self.capability(), {})
        if path == "" and method == "POST":
            return self._bundle(json.loads(body))
        type_, _, rest = path.partition("/")
        if type_ not in TYPES:
            return 404, outcome("unknown type"), {}
        if method == "POST" and rest == "_search":
            if self.lacks.post_search:
                return 405, outcome("no POST search"), {}
            return self._search(type_, parse_qsl(body.decode()))
        if method == "GET" and not rest:
            return self._search(type_, pairs)
        if method == "POST" and not rest and self.lacks.create:
            return 405, outcome("no create"), {}
        if method == "POST" and not rest:
            return self._create(type_, json.loads(body), head.get("if-none-exist", ""))
        if method == "PUT":
            return self._update(type_, rest, json.loads(body), head.get("if-match", ""))
        held = self.store.get((type_, rest))
        if held is None or held.deleted:
            return (410 if held else 404), outcome("not there"), {}
        return 200, self._sent((type_, rest)), {"etag": f'W/"{held.version}"'}

    # -- interactions

    def _create(
        self, type_: str, body: Json, none_exist: str, id_: str = ""
    ) -> tuple[int, Json | None, dict[str, str]]:
        if body.get("resourceType") != type_:
            return 400, outcome("wrong type"), {}
        if body.get("status") == "wrong":
            return 422, outcome("status is not in the value set"), {}
        if none_exist and not self.lacks.conditional:
            found = self._matches(type_, [] if self.lacks.identifier else parse_qsl(none_exist))
            found = found[:1] if self.lacks.identifier else found
            if len(found) > 1:
                return 412, outcome("several"), {}
            if found:
                return 200, self._sent(found[0]), self._where(found[0])
        body.pop("id", None)
        id_ = self.put(body, **({"id": id_} if id_ else {}))
        made = None if self.lacks.representation else self._sent((type_, id_))
        return 201, made, self._where((type_, id_))

    def _update(self, type_: str, id_: str, body: Json, match: str) -> tuple[int, Json | None, dict[str, str]]:
        held = self.store.get((type_, id_))
        if match and not self.lacks.if_match and (held is None or match != f'W/"{held.version}"'):
            return 412, outcome("changed meanwhile"), {}
        self.put(body)
        return (
            200 if held else 201,
            None if self.lacks.representation else self._sent((type_, id_)),
            self._where((type_, id_)),
        )

    def _where(self, key: tuple[str, str]) -> dict[str, str]:
        version = self.store[key].version
        return {"location": f"{BASE}/{key[0]}/{key[1]}/_history/{version}", "etag": f'W/"{version}"'}

    def _bundle(self, bundle: Json) -> tuple[int, Json | None, dict[str, str]]:
        if bundle["type"] == "batch" and not self.lacks.batch:
            return (
                200,
                {"resourceType": "Bundle", "type": "batch-response", "entry": [*map(self._one, bundle["entry"])]},
                {},
            )
        if bundle["type"] != "transaction" or self.lacks.transaction:
            return 405, outcome("no such bundle"), {}
        before = {key: Stored(one.body, one.version, one.updated, one.deleted) for key, one in self.store.items()}
        names = {entry["fullUrl"]: self._name_for(entry) for entry in bundle["entry"]}
        made: list[Json] = []
        for entry in sorted(bundle["entry"], key=lambda one: one["request"]["method"]):
            request = entry["request"]
            raw = json.dumps(entry["resource"])
            for urn, name in names.items():
                raw = raw.replace(f'"reference": "{urn}"', f'"reference": "{name}"')
            type_, _, id_ = names[entry["fullUrl"]].partition("/")
            if request["method"] == "POST" and self.lacks.create:
                status, body, head = 405, outcome("no create"), {}
            elif request["method"] == "POST":
                none_exist = request.get("ifNoneExist", "")
                status, body, head = self._create(request["url"], json.loads(raw), none_exist, id_)
            else:
                status, body, head = self._update(type_, id_, json.loads(raw), request.get("ifMatch", ""))
            if status >= 300:
                self.store = before
                return status, body, {}
            answer: Json = {"response": {"status": f"{status} X", "location": head["location"], "etag": head["etag"]}}
            if body is not None:
                answer["resource"] = body
            made.append({"fullUrl": entry["fullUrl"], **answer})
        order = [entry["fullUrl"] for entry in bundle["entry"]]
        made.sort(key=lambda one: order.index(one["fullUrl"]))
        return 200, {"resourceType": "Bundle", "type": "transaction-response", "entry": made}, {}

    def _name_for(self, entry: Json) -> str:
        """What an entry of a transaction is called when it is done."""
        request = entry["request"]
        if request["method"] == "PUT":
            return str(request["url"])
        none_exist = request.get("ifNoneExist", "")
        found = self._matches(request["url"], parse_qsl(none_exist)) if none_exist else []
        return f"{request['url']}/{found[0][1] if found else f'x{self._take()}'}"

    def _one(self, entry: Json) -> Json:
        type_, _, query = entry["request"]["url"].partition("?")
        if type_ not in TYPES:
            return {"response": {"status": "404 Not Found", "outcome": outcome("unknown type")}}
        status, body, _head = self._search(type_, parse_qsl(query))
        if status >= 300:
            return {"response": {"status": f"{status} X", "outcome": body}}
        return {"resource": body, "response": {"status": "200 OK"}}

    # -- search

    def _search(self, type_: str, pairs: list[tuple[str, str]]) -> tuple[int, Json | None, dict[str, str]]:
        named = dict(pairs)
        offset = 0
        if "_page" in named:
            if named["_page"] not in self._pages:
                return 410, outcome("this page is gone"), {}
            type_, pairs, offset = self._pages[named["_page"]]
            named = dict(pairs)
        if "_sort" in named and self.lacks.sort:
            return 400, outcome("no _sort"), {}
        if "_lastUpdated" in named and self.lacks.last_updated:
            return 400, outcome("no _lastUpdated"), {}
        found = self.twist(type_, [self._sent(key) for key in self._matches(type_, pairs)])
        bundle: Json = {"resourceType": "Bundle", "type": "searchset", "total": len(found)}
        if self.lacks.total:
            del bundle["total"]
        if named.get("_summary") == "count" and not self.lacks.summary:
            return 200, bundle, {}
        size = min(int(named.get("_count", "20")), self.page)
        some = found[offset : offset + size]
        if named.get("_elements") and not self.lacks.summary:
            some = [{name: one[name] for name in ("resourceType", "id", "meta")} for one in some]
        bundle["link"] = [{"relation": "self", "url": f"{BASE}/{type_}"}]
        if offset + size < len(found) and not self.lacks.next:
            token = f"p{self._take()}"
            self._pages[token] = (type_, pairs, offset + size)
            bundle["link"].append({"relation": "next", "url": f"{BASE}/{type_}?_page={token}"})
        bundle["entry"] = [
            {"fullUrl": f"{BASE}/{one['resourceType']}/{one['id']}", "resource": one, "search": {"mode": "match"}}
            for one in some
        ]
        return 200, bundle, {}

    def _matches(self, type_: str, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        keys = [key for key, one in self.store.items() if key[0] == type_ and not one.deleted]
        for name, value in pairs:
            if name not in ("_count", "_summary", "_elements", "_sort", "_page"):
                keys = [key for key in keys if self._fits(key, name, value)]
        for name, value in pairs:
            if name == "_sort":
                keys.sort(key=lambda key: self._time(key, value.lstrip("-")), reverse=value.startswith("-"))
        return keys

    def _fits(self, key: tuple[str, str], name: str, value: str) -> bool:
        one = self.store[key]
        body = one.body
        if name == "_id":
            return key[1] in value.split(",")
        if name in ("patient", "subject") and self.lacks.patient:
            return True
        if name in ("patient:identifier", "subject:identifier"):
            told = body.get("subject", body.get("patient", {})).get("identifier", {})
            return bool(value == f"{told.get('system')}|{told.get('value')}")
        if name in ("patient", "subject"):
            said = {body.get(element, {}).get("reference") for element in ("subject", "patient", "for")}
            said |= {actor["actor"].get("reference") for actor in body.get("participant", [])}
            numbers = {i["value"] for i in self._patient(value).get("identifier", [])}
            return value in said or (
                not self.lacks.reference and body.get("subject", {}).get("identifier", {}).get("value") in numbers
            )
        if name == "identifier":
            system, bar, number = value.rpartition("|")
            listed = body.get("identifier", [])
            return any(i.get("value") == number and (not bar or i.get("system") == system) for i in listed)
        if name == "target":
            return value in {one["reference"] for one in body.get("target", [])}
        if name == "practitioner":
            return bool(body.get("practitioner", {}).get("reference") == value)
        if name == "actor":
            said = {actor["actor"].get("reference") for actor in body.get("participant", [])}
            return bool(said & set(value.split(",")))
        if name == "name":
            return value.casefold() in json.dumps(body.get("name", []), ensure_ascii=False).casefold()
        if name == "birthdate":
            return any(str(body.get("birthDate", "")).startswith(one) for one in value.split(","))
        at = one.updated if name == "_lastUpdated" else self._time(key, name)
        return _compares(at, value)

    def _patient(self, reference: str) -> Json:
        held = self.store.get(("Patient", reference.removeprefix("Patient/")))
        return held.body if held else {}

    def _time(self, key: tuple[str, str], param: str) -> datetime:
        body = self.store[key].body
        for element in (*SORTS.get(param, ()), *(name for names in SORTS.values() for name in names)):
            if element in body:
                return When.parse(body[element]).earliest
        return datetime(1, 1, 1, tzinfo=UTC)

    def _sent(self, key: tuple[str, str]) -> Json:
        one = self.store[key]
        meta = {**one.body.get("meta", {}), "versionId": str(one.version), "lastUpdated": one.updated.isoformat()}
        return {**one.body, "meta": meta}

    def _take(self) -> int:
        self._next += 1
        return self._next

    def capability(self) -> Json:
        """The truth, as far as a statement tells it."""
        return statement(self.lacks, TYPES)


class _Bytes(httpx.AsyncByteStream):
    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    async def __aiter__(self) -> Any:
        yield self._raw


def outcome(text: str) -> Json:
    return {
        "resourceType": "OperationOutcome",
        "issue": [{"severity": "error", "code": "processing", "diagnostics": text}],
    }


def _compares(at: datetime, value: str) -> bool:
    prefix, text = (value[:2], value[2:]) if value[:2].isalpha() else ("eq", value)
    bound = When.parse(text).earliest
    return {"gt": at > bound, "ge": at >= bound, "lt": at < bound, "le": at <= bound, "eq": at == bound}[prefix]


def numbers() -> Iterator[int]:
    """1, 2, 3 …"""
    n = 0
    while True:
        n += 1
        yield n
