"""Notes as they are written: templates, drafts, and what is shown before a note is signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from akson_tui.model.people import Clinician
from akson_tui.model.ref import PersonId, Ref


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of note, from a data file: `code` is a Volven 9602 document type, `headings` may be empty (free note)."""

    id: str
    name: str
    code: str
    code_text: str
    headings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What the editor opens with: each heading on a line of its own, room below each."""
        return "\n\n".join(f"{heading}:\n" for heading in self.headings)


class DraftKind(StrEnum):
    NEW = "new"
    ADDENDUM = "addendum"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class Draft:
    """A note under writing. `id` is a urn:uuid made when it began: the identifier of the signed note.

    `target` is the entry (with its version) that an addendum or correction points to.
    """

    id: str
    person: PersonId
    patient: Ref
    kind: DraftKind
    template: str
    text: str
    cursor: int
    begun: datetime
    saved: datetime
    target: Ref | None = None
    origin: str = ""
    """The act that this draft came back from (taken back, wrong patient); '' for a fresh one."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A measurement found in a note's text: text[start:end], what it becomes; `doubtful` where outside bounds."""

    start: int
    end: int
    kind: str
    """Row of `clinical.vitals`: bp, pulse, spo2, temperature, respiration, weight, glucose."""
    values: tuple[str, ...]
    """Numbers as text with a point: ("142", "88"), ("37.9",)."""
    unit: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class SignSummary:
    """What F9 shows: exactly what will be sent, as whom, and who will be able to read it."""

    draft: Draft
    title: str
    patient_name: str
    patient_id: str
    author: Clinician
    text: str
    measurements: tuple[Recognised, ...]
    measurements_taken: bool
    """False where the journal takes no Observations: they then stay in the text only."""
    service: str
    digest: str
    """SHA-256 of `text` (UTF-8), hexadecimal."""
