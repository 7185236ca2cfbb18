"""Medicines in use, and whether they lie in the multidose bag (`texts/medicines.toml`).

`MedicationStatement.category.text` is `Multidose` for what is in the bag; what is outside it is a MedicationRequest
when it is given as needed, else a statement without that category.
"""

from typing import NamedTuple

from .resources import ATC, Resource, concept
from .texts import load


class Medicine(NamedTuple):
    """One row: ATC, substance, packet, dosage in words, indication; bag or outside it, as needed or not."""

    atc: str
    substance: str
    packet: str
    dosage: str
    why: str
    bag: bool = True
    as_needed: bool = False
    days: int | None = None


def medicine(key: str) -> Medicine:
    """The row of that key in `texts/medicines.toml`."""
    return Medicine(**load("medicines")[key])


def medication(ident: str, patient: Resource, key: str, start: str, prescriber: Resource) -> Resource:
    """One line of the medication list: a statement, or a request where it is given as needed."""
    row = medicine(key)
    code = concept(ATC, row.atc, row.packet, row.substance)
    dosage = {"text": row.dosage, "patientInstruction": row.why, "asNeededBoolean": row.as_needed}
    if row.as_needed:
        return {
            "resourceType": "MedicationRequest",
            "id": ident,
            "status": "active",
            "intent": "order",
            "category": [{"text": "Utenom multidose"}],
            "medicationCodeableConcept": code,
            "subject": patient,
            "authoredOn": start,
            "requester": prescriber,
            "reasonCode": [{"text": row.why}],
            "dosageInstruction": [dosage],
        }
    made: Resource = {
        "resourceType": "MedicationStatement",
        "id": ident,
        "status": "active",
        "medicationCodeableConcept": code,
        "subject": patient,
        "effectivePeriod": {"start": start},
        "dateAsserted": start,
        "informationSource": prescriber,
        "reasonCode": [{"text": row.why}],
        "dosage": [dosage],
    }
    if row.bag:
        made["category"] = {"text": "Multidose"}
    return made
