"""A journal that others write in (--live): notes, measurements, answers, messages and plans that change by themselves.

What happens is drawn from a seed of its own and written like anybody's: with new versions, never by changing what is
there. The municipality may bring its own happenings; these need nothing but a patient.
"""

# ruff: noqa: S608 (the SQL is put together from constants; every value stands behind a question mark)

import base64
import datetime as dt
import json
import random
import sys
import threading
import tomllib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from akson_tui.sandbox import patching, rest
from akson_tui.sandbox.instants import OSLO
from akson_tui.sandbox.store import FOREVER, Clock, Session, Store, Version, Writer

TEXTS = Path(__file__).with_name("data") / "live.toml"
_PLANS = {"CarePlan", "Task", "Appointment"}


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads(TEXTS.read_text("utf-8"))


class Change(NamedTuple):
    """A resource that stands there, and the JSON Patch that changes it."""

    type: str
    id: str
    patch: list[dict[str, Any]]


Happening = dict[str, Any] | Change


@dataclass(frozen=True, slots=True)
class Scene:
    """What a happening may draw from: chance, what is stored, the time, whom it is about and who writes."""

    chance: random.Random
    session: Session
    now: dt.datetime
    patient: Version
    author: dict[str, Any]

    @property
    def subject(self) -> dict[str, Any]:
        """The patient as a reference."""
        return {"reference": f"Patient/{self.patient.id}"}

    def new_id(self) -> str:
        """An id that the seed decides."""
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))


# What happens, or nothing where the patient has nothing that it could happen to.
Kind = Callable[[Scene], list[Happening]]


def _note(scene: Scene) -> list[Happening]:
    text = scene.chance.choice(_texts()["notes"])
    ident = scene.new_id()
    note = {
        "resourceType": "DocumentReference",
        "id": ident,
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{ident}"}],
        "status": "current",
        "docStatus": "final",
        "type": {"coding": [{"system": "urn:oid:2.16.578.1.12.4.1.1.9602", "code": "B02-2"}], "text": "Journalnotat"},
        "subject": scene.subject,
        "date": scene.now.isoformat(timespec="milliseconds"),
        "author": [scene.author],
        "content": [
            {
                "attachment": {
                    "contentType": "text/plain; charset=utf-8",
                    "language": "nb",
                    "data": base64.b64encode(text.encode()).decode(),
                }
            }
        ],
    }
    return [note]


def _measured(scene: Scene, row: Sequence[Any], system: str, category: str) -> dict[str, Any]:
    code, name, unit, ucum, low, high, decimals = row
    value = round(scene.chance.uniform(low, high), decimals)
    return {
        "resourceType": "Observation",
        "id": scene.new_id(),
        "status": "final",
        "category": [
            {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": category}]}
        ],
        "code": {"coding": [{"system": system, "code": code, "display": name}], "text": name},
        "subject": scene.subject,
        "effectiveDateTime": scene.now.isoformat(timespec="seconds"),
        "performer": [scene.author],
        "valueQuantity": {
            "value": value if decimals else int(value),
            "unit": unit,
            "system": "http://unitsofmeasure.org",
            "code": ucum,
        },
    }


def _measurement(scene: Scene) -> list[Happening]:
    row = scene.chance.choice(_texts()["measurements"])
    return [_measured(scene, row, "http://loinc.org", "vital-signs")]


def _answer(scene: Scene) -> list[Happening]:
    """A laboratory answer: its report and what was measured."""
    rows = scene.chance.sample(_texts()["answers"], 2)
    measured = [_measured(scene, row, "urn:oid:2.16.578.1.12.4.1.1.7280", "laboratory") for row in rows]
    report = {
        "resourceType": "DiagnosticReport",
        "id": scene.new_id(),
        "status": "final",
        "code": {"text": "Svar på blodprøve"},
        "subject": scene.subject,
        "effectiveDateTime": scene.now.isoformat(timespec="seconds"),
        "issued": scene.now.isoformat(timespec="milliseconds"),
        "result": [{"reference": f"Observation/{one['id']}"} for one in measured],
    }
    return [*measured, report]


def _message(scene: Scene) -> list[Happening]:
    message = {
        "resourceType": "Communication",
        "id": scene.new_id(),
        "status": "completed",
        "subject": scene.subject,
        "sent": scene.now.isoformat(timespec="seconds"),
        "sender": scene.author,
        "payload": [{"contentString": scene.chance.choice(_texts()["messages"])}],
    }
    return [message]


# What a plan's part may become: (type, where its status stands, what it is now, what it becomes).
STEPS = (
    ("Task", "/status", "requested", "accepted"),
    ("Task", "/status", "accepted", "in-progress"),
    ("Task", "/status", "in-progress", "completed"),
    ("Appointment", "/status", "booked", "arrived"),
    ("Appointment", "/status", "arrived", "fulfilled"),
)


def _plan(scene: Scene) -> list[Happening]:
    """A part of the plan goes on: a task or appointment takes its next step, or an activity of the plan is done."""
    types = sorted(_PLANS)
    marks = ", ".join("?" * len(types))
    where = (
        f"type IN ({marks}) AND until = ? AND deleted = 0 AND version.seq IN (SELECT seq FROM link WHERE target = ?)"
    )
    values: list[str | int] = [*types, FOREVER, f"Patient/{scene.patient.id}"]
    held = list(scene.session.listed(where, values, "version.seq", 50))
    steps = [change for version in held for change in _steps(version)]
    return [scene.chance.choice(steps)] if steps else []


def _steps(version: Version) -> list[Change]:
    resource = json.loads(version.body)
    made = [
        Change(version.type, version.id, [{"op": "replace", "path": path, "value": after}])
        for type_, path, before, after in STEPS
        if type_ == version.type and resource.get(path[1:]) == before
    ]
    for number, activity in enumerate(resource.get("activity", ())):
        if activity.get("detail", {}).get("status") in ("scheduled", "in-progress"):
            path = f"/activity/{number}/detail/status"
            made.append(Change(version.type, version.id, [{"op": "replace", "path": path, "value": "completed"}]))
    return made


# How often, of all that happens.
KINDS: tuple[tuple[int, Kind], ...] = ((4, _note), (4, _measurement), (1, _answer), (2, _message), (2, _plan))


class Live:
    """Lets things happen on a store, `seconds` apart on average, until it is stopped."""

    def __init__(
        self, store: Store, clock: Clock, seconds: float, seed: int = 1, kinds: tuple[tuple[int, Kind], ...] = KINDS
    ) -> None:
        self._store = store
        self._clock = clock
        self._seconds = seconds
        self._chance = random.Random(seed)
        self._kinds = kinds
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)

    def start(self) -> None:
        """Begins, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Ends, when what is under way is written."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(self._chance.expovariate(1 / self._seconds)):
            try:
                self.happen()
            except Exception as error:
                # A world that stands still must say so; what it was about is nobody's business.
                print(f"sandbox: nothing happens any more: {type(error).__name__}", file=sys.stderr)
                return

    def happen(self) -> list[str]:
        """One thing happens; what was written (`Type/id`), nothing where there is no patient yet."""
        with self._store.writing() as writer:
            patient, author = _drawn(writer, self._chance, "Patient"), _drawn(writer, self._chance, "PractitionerRole")
            if patient is None:
                return []
            now = dt.datetime.fromtimestamp(self._clock() / 1000, OSLO)
            who = {"reference": f"PractitionerRole/{author.id}"} if author else {"display": "Ukjent"}
            scene = Scene(self._chance, writer, now, patient, who)
            weights = [weight for weight, _ in self._kinds]
            kind = self._chance.choices([kind for _, kind in self._kinds], weights)[0]
            return [_written(writer, one) for one in kind(scene)]


def _drawn(session: Session, chance: random.Random, type_: str) -> Version | None:
    where = "type = ? AND until = ? AND deleted = 0"
    values: list[str | int] = [type_, FOREVER]
    count = session.count(where, values)
    if count == 0:
        return None
    return next(session.listed(where, values, "version.seq", 1, chance.randrange(count)))


def _written(writer: Writer, happening: Happening) -> str:
    if isinstance(happening, Change):
        operations = patching.read(json.dumps(happening.patch).encode())
        rest.patch(writer, happening.type, happening.id, operations, "")
        return f"{happening.type}/{happening.id}"
    text = json.dumps(happening, ensure_ascii=False)
    rest.checked(rest.Sent(text, happening))
    writer.put(happening["resourceType"], happening["id"], text, "PUT")
    return f"{happening['resourceType']}/{happening['id']}"
