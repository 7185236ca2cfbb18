"""What a person suffers from, must not have, and takes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from akson_tui.model.ref import Ref
from akson_tui.model.when import When


@dataclass(frozen=True, slots=True)
class Code:
    """One coding; `text` is what is shown."""

    text: str
    system: str = ""
    code: str = ""


class Certainty(StrEnum):
    """FHIR verificationStatus: kept apart, refuted is not deleted."""

    UNCONFIRMED = "unconfirmed"
    PRESUMED = "presumed"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    ERROR = "entered-in-error"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """FHIR Condition."""

    ref: Ref
    code: Code
    active: bool
    certainty: Certainty
    onset: When | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Allergy:
    """FHIR AllergyIntolerance. `critical` where criticality is high; `nothing_known` for "no known allergies" codes."""

    ref: Ref
    substance: Code
    reaction: str
    critical: bool
    certainty: Certainty
    active: bool
    nothing_known: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """FHIR Flag, or critical information sent as Condition (domain: § 3)."""

    ref: Ref
    text: str
    active: bool
    category: str = ""


@dataclass(frozen=True, slots=True)
class Medicine:
    """FHIR MedicationStatement or MedicationRequest."""

    ref: Ref
    name: Code
    dosage: str
    reason: str
    active: bool
    status: str
    multidose: bool
    since: When | None
    requested: bool
    """True for a request (prescribed), False for a statement (in use)."""
    as_needed: bool = False
    until: When | None = None
    """The last day of its use, where that is said."""
    told_by: str = ""
    """Who says that it is in use, or who prescribed it, as sent."""
    ended_for: str = ""
    """Why its status is what it is (statusReason)."""
    follows: Ref | None = None
    """The prescription that this one takes the place of."""


@dataclass(frozen=True, slots=True)
class MedicineList:
    """FHIR List of medicines: who went through them, and when; `holds` are the medicines that stand in it, bare."""

    ref: Ref
    title: str
    at: When | None
    by: str
    holds: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """What a value is held against: at least `low`, at most `high` (None: no bound); `text` where it is no numbers."""

    low: Decimal | None = None
    high: Decimal | None = None
    text: str = ""
    source: str = ""
    """Who says so, '' for the sender of the value."""


NO_BAND = Band()


@dataclass(frozen=True, slots=True)
class Component:
    code: Code
    value: Decimal | None
    unit: str
    text: str = ""
    band: Band = NO_BAND
    judged: str = ""
    """How its sender judged it: HL7's code (H, L, HH, A …)."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """FHIR Observation. `value` as sent (4.10 stays 4.10); `text` for values that are no number; components for BP."""

    ref: Ref
    code: Code
    when: When | None
    value: Decimal | None
    unit: str
    text: str = ""
    components: tuple[Component, ...] = ()
    status: str = "final"
    absent: str = ""
    """Code of data-absent-reason where there is no value."""
    band: Band = NO_BAND
    judged: str = ""
    category: str = ""
    """HL7's observation-category: vital-signs, laboratory, survey …"""
    by: str = ""
    """Who measured, as sent."""
