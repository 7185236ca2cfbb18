"""The day's work: appointments, and the rows of a worklist."""

from __future__ import annotations

from dataclasses import dataclass

from akson_tui.model.held import Fetched
from akson_tui.model.ref import PersonId, Ref
from akson_tui.model.when import When


@dataclass(frozen=True, slots=True)
class Appointment:
    """FHIR Appointment. `patient` is None where no patient takes part; `patient_name` is what the participant said."""

    ref: Ref
    start: When | None
    end: When | None
    status: str
    reason: str
    patient: Ref | None
    patient_name: str = ""
    place: str = ""
    participants: tuple[Ref, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One line of the worklist; `person` is '' while the patient's own record is not held.

    `new`: entries since I last looked; None where I never looked or nothing is fetched.
    """

    appointment: Appointment
    person: PersonId
    name: str
    born: When | None
    new: int | None


@dataclass(frozen=True, slots=True)
class Round:
    """Today's list, and what waits."""

    rows: tuple[RoundRow, ...]
    fetched: Fetched
    drafts: int
    waiting: int
    refused: int
