"""Astrid, Odd and Kari as a journal sends them; notes and acts for tests of sync. All of them are invented."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from akson_tui.model.act import Act, ActKind, Part
from akson_tui.model.people import FNR, HPR
from akson_tui.model.ref import Ref

Json = dict[str, Any]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SOURCE = "hjem"
ASTRID = Ref(SOURCE, "Patient", "astrid")
ODD = Ref(SOURCE, "Patient", "odd")
ASTRIDS_NUMBER = "14834298520"
OUR = "urn:ietf:rfc:3986"


def patient(id_: str = "astrid", family: str = "Bakken", given: str = "Astrid", number: str = ASTRIDS_NUMBER) -> Json:
    return {
        "resourceType": "Patient",
        "id": id_,
        "identifier": [{"system": FNR, "value": number}],
        "name": [{"family": family, "given": [given]}],
        "birthDate": "1942-03-14",
    }


def practitioner() -> Json:
    return {
        "resourceType": "Practitioner",
        "id": "kari-nilsen",
        "identifier": [{"system": HPR, "value": "565900000"}],
        "name": [{"family": "Nilsen", "given": ["Kari"]}],
    }


def role() -> Json:
    return {
        "resourceType": "PractitionerRole",
        "id": "kari-home",
        "active": True,
        "practitioner": {"reference": "Practitioner/kari-nilsen"},
        "organization": {"reference": "Organization/home-care"},
    }


def organization() -> Json:
    return {"resourceType": "Organization", "id": "home-care", "name": "Hjemmetjenesten"}


def visit(id_: str, patient_id: str, start: datetime = NOW, actor: str = "Practitioner/kari-nilsen") -> Json:
    return {
        "resourceType": "Appointment",
        "id": id_,
        "status": "booked",
        "start": start.isoformat(),
        "end": (start + timedelta(minutes=30)).isoformat(),
        "participant": [
            {"actor": {"reference": f"Patient/{patient_id}"}, "status": "accepted"},
            {"actor": {"reference": actor}, "status": "accepted"},
        ],
    }


def measurement(days_ago: float, about: str = "Patient/astrid", value: float = 36.8) -> Json:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "Temperatur"},
        "subject": {"reference": about},
        "effectiveDateTime": (NOW - timedelta(days=days_ago)).isoformat(),
        "valueQuantity": {"value": value, "unit": "°C"},
    }


def document(days_ago: float, text: str = "Sov godt.", about: str = "Patient/astrid", **more: Any) -> Json:
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        "subject": {"reference": about},
        "date": (NOW - timedelta(days=days_ago)).isoformat(),
        "content": [{"attachment": {"contentType": "text/plain", "data": base64.b64encode(text.encode()).decode()}}],
        **more,
    }


def allergy(about: str = "Patient/astrid") -> Json:
    return {"resourceType": "AllergyIntolerance", "patient": {"reference": about}, "code": {"text": "Penicillin"}}


def ids() -> Callable[[], str]:
    """Names that are uuids and come in order."""
    count = itertools.count(1)
    return lambda: f"{next(count):08x}-0000-4000-8000-000000000000"


def act(
    new_id: Callable[[], str],
    person: str,
    text: str = "Sov godt.",
    *,
    kind: ActKind = ActKind.NOTE,
    about: Ref = ASTRID,
    measurements: int = 1,
    old: tuple[Ref, bytes] | None = None,
    provenance: bool = True,
) -> Act:
    """A signed act: note, Observations, a changed older note, Provenance; as `fhir.document_reference` makes them."""
    urn = f"urn:uuid:{new_id()}"
    url = f"urn:uuid:{new_id()}"
    note = document(0, text, about.relative, identifier=[{"system": OUR, "value": urn}])
    parts = [Part(url, "DocumentReference", "POST", dumps(note), (OUR, urn))]
    for number in range(measurements):
        name = f"urn:uuid:{new_id()}"
        body = measurement(0, about.relative, 36.5 + number)
        body |= {"identifier": [{"system": OUR, "value": name}], "derivedFrom": [{"reference": url}]}
        parts.append(Part(f"urn:uuid:{new_id()}", "Observation", "POST", dumps(body), (OUR, name)))
    if old is not None:
        ref, body_ = old
        parts.append(Part(f"urn:uuid:{new_id()}", ref.type, "PUT", body_, target=ref))
    if provenance:
        signed = {
            "resourceType": "Provenance",
            "target": [{"reference": url}],
            "recorded": NOW.isoformat(timespec="milliseconds"),
            "agent": [{"who": {"reference": "Practitioner/kari-nilsen"}}],
            "entity": [{"role": "source", "what": {"identifier": {"system": "sha", "value": urn}}}],
        }
        parts.append(Part(f"urn:uuid:{new_id()}", "Provenance", "POST", dumps(signed)))
    return Act(urn, kind, about.source, person, about, text[:60], NOW, tuple(parts), b"draft")


def dumps(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def text_of(document_: Json) -> str:
    return base64.b64decode(document_["content"][0]["attachment"]["data"]).decode()
