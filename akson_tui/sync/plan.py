"""Which resource types make up a person's journal on one server, and by which parameters each is asked for.

The easy mistake: asking for what the server does not have. A type that its statement does not list is left out; a type
that only the statement knows is fetched all the same, and stands in the timeline as itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from akson_tui import fhir
from akson_tui.journal.capability import Abilities

NO_ENTRIES = frozenset(
    (
        "Account", "AdverseEvent", "AppointmentResponse", "AuditEvent", "Basic", "Binary", "BodyStructure", 
        "ChargeItem", "Claim", "ClaimResponse", "Consent", "Contract", "Coverage", "CoverageEligibilityRequest",
        "CoverageEligibilityResponse", "DetectedIssue", "Device", "DocumentManifest", "EnrollmentRequest",
        "EnrollmentResponse", "ExplanationOfBenefit", "Group", "ImagingStudy", "Invoice", "Linkage", "List",
        "MeasureReport", "Media", "Patient", "Person", "Provenance", "RelatedPerson", "RequestGroup", "ResearchSubject",
        "Schedule", "Specimen", "SupplyDelivery", "SupplyRequest",
    )
)  # fmt: skip
"""Types about a patient that are administration, or part of something else, and are not fetched unless the register
has a row for them."""


@dataclass(frozen=True, slots=True)
class TypePlan:
    """How one type is asked for: `param` names the patient; `date` is its clinical time, '' where it has none.

    `guessed`: the other name for the patient was tried already.
    """

    type: str
    param: str
    date: str = ""
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """`small` types are fetched whole, `long` ones newest first, `others` (unknown to us) whole and last."""

    small: tuple[TypePlan, ...]
    long: tuple[TypePlan, ...]
    others: tuple[TypePlan, ...]


def plan(abilities: Abilities) -> Plan:
    """What to ask a server for."""
    small: list[TypePlan] = []
    long: list[TypePlan] = []
    for kind in fhir.REGISTER.values():
        if kind.entry_kind is None or not kind.search_param or not abilities.searchable(kind.type):
            continue
        param = abilities.param(kind.type, kind.search_param, *_other(kind.search_param))
        row = TypePlan(kind.type, param, kind.date_param)
        (small if kind.small else long).append(row)
    unknown = sorted(abilities.types_with("patient") - NO_ENTRIES - set(fhir.REGISTER))
    return Plan(tuple(small), tuple(long), tuple(TypePlan(name, "patient") for name in unknown))


def _other(param: str) -> tuple[str, ...]:
    """Servers have `patient` or `subject` for the same thing."""
    return {"patient": ("subject",), "subject": ("patient",)}.get(param, ())
