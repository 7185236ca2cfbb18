"""Small R4 building blocks: codings, references, quantities and the resources that every journal is made of.

Each call makes new dictionaries: no two resources share one, so a caller may change what it was given.
"""

from base64 import b64encode
from typing import Any

Resource = dict[str, Any]

VOLVEN = "urn:oid:2.16.578.1.12.4.1.1."
ICPC2 = VOLVEN + "7170"
ICD10 = VOLVEN + "7110"
NLK = VOLVEN + "7280"
PERSONNEL = VOLVEN + "9060"
SERVICE = VOLVEN + "8663"
DOCUMENT = VOLVEN + "9602"
WITHHELD = VOLVEN + "9603"
ATC = "http://www.whocc.no/atc"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UCUM = "http://unitsofmeasure.org"
_HL7 = "http://terminology.hl7.org/CodeSystem/"

DOCUMENTS = {
    "A01-2": "Kriseplan",
    "A02-2": "Individuell plan",
    "A03-2": "Epikrise",
    "A04-2": "Sykepleiesammenfatning",
    "B02-2": "Journalnotat",
    "I01-2": "Henvisning",
}


def coding(system: str, code: str, display: str | None = None) -> Resource:
    """One coding; HL7's own systems by their short name (`v3-ActCode`)."""
    made = {"system": system if ":" in system else _HL7 + system, "code": code}
    if display is not None:
        made["display"] = display
    return made


def concept(system: str, code: str, text: str, display: str | None = None) -> Resource:
    """A CodeableConcept with one coding and the text that a person reads."""
    return {"coding": [coding(system, code, display or text)], "text": text}


def ref(kind: str, ident: str, display: str | None = None) -> Resource:
    """A relative reference."""
    made = {"reference": f"{kind}/{ident}"}
    if display is not None:
        made["display"] = display
    return made


def quantity(value: float, unit: str, code: str | None = None) -> Resource:
    """A UCUM quantity; `code` where the unit is written otherwise than UCUM has it."""
    return {"value": value, "unit": unit, "system": UCUM, "code": code or unit}


def attachment(text: str, content_type: str, title: str, language: str, created: str) -> Resource:
    """The text inline, base64 of UTF-8."""
    return {
        "contentType": content_type,
        "language": language,
        "data": b64encode(text.encode()).decode("ascii"),
        "title": title,
        "creation": created,
    }


def condition(
    ident: str, patient: Resource, icpc: str, icd: str, text: str, onset: str, recorded: str, recorder: Resource
) -> Resource:
    """An active problem, coded in ICPC-2 and ICD-10."""
    return {
        "resourceType": "Condition",
        "id": ident,
        "clinicalStatus": {"coding": [coding("condition-clinical", "active")]},
        "verificationStatus": {"coding": [coding("condition-ver-status", "confirmed")]},
        "category": [{"coding": [coding("condition-category", "problem-list-item")]}],
        "code": {"coding": [coding(ICPC2, icpc), coding(ICD10, icd)], "text": text},
        "subject": patient,
        "onsetDateTime": onset,
        "recordedDate": recorded,
        "recorder": recorder,
    }


def allergy(
    ident: str,
    patient: Resource,
    code: Resource,
    reaction: Resource,
    recorded: str,
    recorder: Resource,
    *,
    critical: bool,
    category: str = "medication",
    note: str | None = None,
) -> Resource:
    """A confirmed hypersensitivity; `critical` is what the banner shouts."""
    made: Resource = {
        "resourceType": "AllergyIntolerance",
        "id": ident,
        "clinicalStatus": {"coding": [coding("allergyintolerance-clinical", "active")]},
        "verificationStatus": {"coding": [coding("allergyintolerance-verification", "confirmed")]},
        "type": "allergy",
        "category": [category],
        "criticality": "high" if critical else "low",
        "code": code,
        "patient": patient,
        "recordedDate": recorded,
        "recorder": recorder,
        "reaction": [{"manifestation": [reaction], "severity": "severe" if critical else "mild"}],
    }
    if note is not None:
        made["note"] = [{"text": note}]
    return made


def flag(ident: str, patient: Resource, text: str, start: str, author: Resource, category: str = "safety") -> Resource:
    """An alert in words."""
    return {
        "resourceType": "Flag",
        "id": ident,
        "status": "active",
        "category": [{"coding": [coding("flag-category", category)]}],
        "code": {"text": text},
        "subject": patient,
        "period": {"start": start},
        "author": author,
    }


def goal(ident: str, patient: Resource, text: str, start: str, due: str, author: Resource) -> Resource:
    """An active goal of a plan."""
    return {
        "resourceType": "Goal",
        "id": ident,
        "lifecycleStatus": "active",
        "description": {"text": text},
        "subject": patient,
        "startDate": start,
        "target": [{"dueDate": due}],
        "expressedBy": author,
    }
