"""A journal API that means no good: it speaks FHIR, and every text in it is what a test wants it to be.

It shares nothing with the sandbox, which would refuse most of this. The easy mistake is to believe that a text was
shown because it was sent: each text begins with a label (`K17`) that tells type and element, see `labels`.
"""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.journeys.people import NOW

CASES = sorted((Path(__file__).parents[1] / "fhir" / "cases").glob("*/*.json"))
Json = dict[str, Any]
DIRECTORY = (
    "Practitioner",
    "PractitionerRole",
    "Organization",
    "Location",
    "HealthcareService",
    "Device",
    "Medication",
)
KARI = "kari-nilsen"
HL7 = "http://hl7.org/fhir"
TEXTS = frozenset((
    "text", "display", "title", "description", "name", "family", "given", "prefix", "suffix", "line", "city",
    "district", "state", "country", "postalCode", "valueString", "unit", "comment", "patientInstruction", "alias",
    "detail", "label", "note", "conclusion", "contentString", "question", "answer", "lotNumber", "abatementString",
    "onsetString", "valueMarkdown", "authorString", "summary", "details", "diagnostics", "publisher",
))  # fmt: skip
IDENTIFYING = frozenset(("Patient.identifier.value", "Patient.telecom.value"))
CODES = frozenset((
    "code", "status", "docStatus", "system", "value", "use", "gender", "intent", "priority", "criticality",
    "contentType", "language", "birthDate", "effectiveDateTime", "authoredOn", "recordedDate", "date", "start", "end",
    "issued", "mode", "relationship", "type", "sent", "created", "occurrenceDateTime", "versionId", "lastUpdated",
))  # fmt: skip


class Dresser:
    """Puts a label and a hostile text into each text of a resource; `odd` also into codes, dates and numbers."""

    def __init__(self, labels: dict[str, str]) -> None:
        self.labels = labels
        """Label → Type.path of the element."""
        self._of: dict[str, str] = {}

    def dress(self, resource: Json, hostile: str, odd: bool = False) -> Json:
        """A copy of `resource` in which every text is hostile."""
        dressed: Json = self._value(resource, hostile, odd, str(resource.get("resourceType")), "")
        return dressed

    def text(self, where: str, hostile: str) -> str:
        """A hostile text for the element `where`."""
        if where not in self._of:
            self._of[where] = f"K{len(self._of)}"
            self.labels[self._of[where]] = where
        return f"{self._of[where]} {hostile}"

    def _value(self, value: Any, hostile: str, odd: bool, where: str, key: str) -> Any:
        if isinstance(value, dict):
            return {name: self._value(held, hostile, odd, f"{where}.{name}", name) for name, held in value.items()}
        if isinstance(value, list):
            return [self._value(one, hostile, odd, where, key) for one in value]
        if not isinstance(value, str):
            return value
        if key == "div":
            shown = self.text(where, hostile).replace("&", "&amp;").replace("<", "&lt;")
            return f'<div xmlns="http://www.w3.org/1999/xhtml"><p>{shown}</p></div>'
        if key == "data":
            return base64.b64encode(self.text(where, hostile).encode("utf-8", "surrogatepass")).decode()
        if where in IDENTIFYING or (key in TEXTS and not (key == "text" and value in ("generated", "additional"))):
            return self.text(where, hostile)
        if odd and key in CODES:
            return hostile[:300]
        return value


def _about(resource: Json, patient: str, suffix: str) -> Json:
    """`resource` about `patient`, and by the people of `suffix`."""

    def turned(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: turned(held, name) for name, held in value.items()}
        if isinstance(value, list):
            return [turned(one, key) for one in value]
        if key == "reference" and isinstance(value, str):
            type_ = value.split("/", 1)[0]
            if type_ == "Patient":
                return f"Patient/{patient}"
            if type_ in DIRECTORY:
                return f"{type_}/{suffix}"
        return value

    made: Json = turned(resource)
    if resource["resourceType"] != "Patient":
        for name in ("subject", "patient", "for"):
            if name in made:
                made[name] = {"reference": f"Patient/{patient}", "display": "navn"}
                break
    return made


def directory(suffix: str) -> list[Json]:
    """Who and what entries name."""
    text = {"text": "ord"}
    return [
        {"resourceType": "Practitioner", "id": suffix, "name": [{"family": "etternavn", "given": ["fornavn"]}],
         "identifier": [{"system": "urn:oid:2.16.578.1.12.4.1.4.4", "value": "565900001"}]},
        {"resourceType": "PractitionerRole", "id": suffix, "code": [text], "specialty": [text],
         "practitioner": {"reference": f"Practitioner/{suffix}"},
         "organization": {"reference": f"Organization/{suffix}", "display": "ord"}},
        {"resourceType": "Organization", "id": suffix, "name": "ord"},
        {"resourceType": "Location", "id": suffix, "name": "ord"},
        {"resourceType": "HealthcareService", "id": suffix, "name": "ord"},
        {"resourceType": "Device", "id": suffix, "deviceName": [{"name": "ord", "type": "other"}]},
        {"resourceType": "Medication", "id": suffix, "code": text},
    ]  # fmt: skip


def patient(number: int) -> Json:
    """A person."""
    text = {"text": "ord"}
    return {
        "resourceType": "Patient", "id": f"p{number}", "birthDate": f"19{30 + number % 60}-03-14", "gender": "female",
        "identifier": [{"system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": "ord"}],
        "name": [{"use": "official", "family": "etternavn", "given": ["fornavn"]}],
        "telecom": [{"system": "phone", "value": "ord"}], "address": [{"line": ["ord"], "city": "ord"}],
        "communication": [{"language": text, "preferred": True}], "generalPractitioner": [{"display": "ord"}],
        "extension": [{"url": f"{HL7}/StructureDefinition/patient-interpreterRequired", "valueBoolean": True}],
    }  # fmt: skip


def visit(number: int) -> Json:
    """Today's appointment of person `number` with Kari."""
    start = datetime.fromisoformat(NOW) + timedelta(minutes=10 * number)
    return {
        "resourceType": "Appointment", "id": f"visit{number}", "status": "booked", "description": "ord",
        "reasonCode": [{"text": "ord"}], "start": start.isoformat(), "end": (start + timedelta(minutes=10)).isoformat(),
        "participant": [
            {"actor": {"reference": f"Patient/p{number}", "display": "navn"}, "status": "accepted"},
            {"actor": {"reference": f"Practitioner/{KARI}", "display": "navn"}, "status": "accepted"},
            {"actor": {"reference": f"Location/a{number}", "display": "sted"}, "status": "accepted"},
        ],
    }  # fmt: skip


def entries(number: int, every: bool) -> Iterator[Json]:
    """A journal of person `number`: one resource of each kind, or all cases that there are."""
    seen: set[str] = set()
    for path in CASES:
        if every or path.parent.name not in seen:
            seen.add(path.parent.name)
            resource = json.loads(path.read_text())["resource"]
            resource["id"] = f"{path.stem}-{number}"
            yield _about(resource, f"p{number}", f"a{number}")


def said_in_words(number: int) -> Json:
    """A measurement whose value is a text: no case has one."""
    return {
        "resourceType": "Observation", "id": f"words-{number}", "status": "final", "valueString": "ord",
        "code": {"text": "ord"}, "subject": {"reference": f"Patient/p{number}"}, "effectiveDateTime": "2026-11-01",
    }  # fmt: skip


class HostileJournal:
    """Serves `resources` on loopback. `odd` may answer a search in its own way: it gets type and parameters, and
    returns the body's bytes in pieces, or None for the usual answer. `refusal` is what every write is answered with."""

    def __init__(self, refusal: str = "nei", software: str = "journal") -> None:
        self.resources: dict[str, dict[str, Json]] = {}
        self.labels: dict[str, str] = {}
        self.dresser = Dresser(self.labels)
        self.odd: Callable[[str, dict[str, str]], Iterator[bytes] | None] = lambda _type, _params: None
        self.refusal = refusal
        self.software = software
        self.asked: list[str] = []
        self._ending = threading.Event()

    def add(self, resource: Json) -> None:
        """Hold `resource`."""
        self.resources.setdefault(resource["resourceType"], {})[resource["id"]] = resource

    def people(self, texts: list[str], odd: bool = False) -> None:
        """One person for each of `texts`, with a journal dressed in it, and Kari, who visits them all.

        The first one's journal has every case that there is, the others' one of each type.
        """
        dress = self.dresser.dress
        for resource in directory(KARI)[:3]:
            self.add(dress(resource, texts[0]))
        for number, text in enumerate(texts):
            for resource in (*directory(f"a{number}"), patient(number), visit(number), said_in_words(number)):
                self.add(dress(resource, text))
            for resource in entries(number, every=number == 0):
                self.add(dress(resource, text, odd))

    def __enter__(self) -> HostileJournal:
        journal = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                journal._answer(self, dict(parse_qsl(urlsplit(self.path).query)))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                form = dict(parse_qsl(body.decode())) if self.path.endswith("_search") else None
                journal._answer(self, form)

            do_PUT = do_POST

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_port}/fhir"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def pause(self, seconds: float) -> None:
        """For slow answers: wait, but not beyond the end of the test."""
        self._ending.wait(seconds)

    # -- answers ------------------------------------------------------------------------------------------------------

    def _answer(self, handler: BaseHTTPRequestHandler, params: dict[str, str] | None) -> None:
        path = urlsplit(handler.path).path.removeprefix("/fhir").strip("/").split("/")
        self.asked.append(f"{handler.command} {'/'.join(path)}")
        if params is None:
            self._send(handler, 422, _bytes(self._outcome()))
        elif path == ["metadata"]:
            self._send(handler, 200, _bytes(self._statement()))
        elif len(path) == 1 or path[-1] == "_search":
            pieces = self.odd(path[0], params)
            if pieces is not None:
                self._trickle(handler, pieces)
            else:
                self._send(handler, 200, _bytes(self.found(path[0], params)))
        elif path[1] in self.resources.get(path[0], {}):
            self._send(handler, 200, _bytes(self.resources[path[0]][path[1]]))
        else:
            self._send(handler, 404, _bytes(self._outcome()))

    def found(self, type_: str, params: dict[str, str]) -> Json:
        """The usual answer to a search."""
        held = [one for one in self.resources.get(type_, {}).values() if _fits(one, params)]
        return bundle(held)

    def _send(self, handler: BaseHTTPRequestHandler, status: int, body: bytes) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", "application/fhir+json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def _trickle(self, handler: BaseHTTPRequestHandler, pieces: Iterator[bytes]) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/fhir+json")
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.close_connection = True
        try:
            for piece in pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
        except OSError:
            return  # the client has had enough, which is what some tests wait for

    def _outcome(self) -> Json:
        texts = {
            name: self.dresser.text(f"OperationOutcome.{name}", self.refusal) for name in ("details", "diagnostics")
        }
        issue = {"severity": "error", "code": "invalid", **texts, "details": {"text": texts["details"]}}
        return {"resourceType": "OperationOutcome", "issue": [issue]}

    def _statement(self) -> Json:
        listed = sorted({*self.resources, "DocumentReference", "Observation", "Provenance"})
        params = [
            {"name": name, "type": "token"} for name in ("patient", "identifier", "_lastUpdated", "date", "actor")
        ]
        types = [
            {"type": name, "interaction": [{"code": code} for code in ("read", "search-type", "create", "update")],
             "searchParam": params, "conditionalCreate": True, "versioning": "versioned"}
            for name in listed
        ]  # fmt: skip
        return {
            "resourceType": "CapabilityStatement", "status": "active", "fhirVersion": "4.0.1", "kind": "instance",
            "software": {"name": self.software, "version": self.software}, "format": ["json"],
            "rest": [{"mode": "server", "interaction": [{"code": "transaction"}], "resource": types}],
        }  # fmt: skip


def bundle(held: list[Json]) -> Json:
    """A searchset."""
    entry = [{"resource": one, "search": {"mode": "match"}} for one in held]
    return {"resourceType": "Bundle", "type": "searchset", "total": len(held), "entry": entry}


def _bytes(value: Json) -> bytes:
    return json.dumps(value).encode()


def _fits(resource: Json, params: dict[str, str]) -> bool:
    about = params.get("patient") or params.get("subject")
    if about is not None and f"Patient/{about.removeprefix('Patient/')}" not in _references(resource):
        return False
    if "_id" in params and resource["id"] not in params["_id"].split(","):
        return False
    if "practitioner" in params and params["practitioner"] not in _references(resource):
        return False
    if "actor" in params:
        starts = str(resource.get("start", ""))
        return starts[:10] == NOW[:10] and not _references(resource).isdisjoint(params["actor"].split(","))
    return True


def _references(value: Any) -> set[str]:
    if isinstance(value, dict):
        found = {value["reference"]} if isinstance(value.get("reference"), str) else set()
        return found.union(*map(_references, value.values())) if value else found
    if isinstance(value, list):
        return set().union(*map(_references, value)) if value else set()
    return set()


LABEL = re.compile(r"K\d+\b")


def slowly(body: bytes, journal: HostileJournal, seconds: float) -> Iterator[bytes]:
    """`body` byte by byte, `seconds` apart."""
    for at in range(len(body)):
        journal.pause(seconds)
        yield body[at : at + 1]
