"""The journal's entries as one list shows them, whatever FHIR type each was made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from akson_tui.model.ref import Ref
from akson_tui.model.when import When


class EntryKind(StrEnum):
    NOTE = "note"  # DocumentReference, Composition
    CONTACT = "contact"  # Encounter, EpisodeOfCare
    MEASUREMENT = "measurement"  # Observation
    PROBLEM = "problem"  # Condition
    ALLERGY = "allergy"  # AllergyIntolerance
    ALERT = "alert"  # Flag
    MEDICATION = "medication"  # MedicationRequest, MedicationStatement …
    APPOINTMENT = "appointment"
    PLAN = "plan"  # CarePlan, CareTeam
    GOAL = "goal"
    TASK = "task"
    MESSAGE = "message"  # Communication
    PROCEDURE = "procedure"
    IMMUNIZATION = "immunization"
    REPORT = "report"  # DiagnosticReport
    REFERRAL = "referral"  # ServiceRequest
    OTHER = "other"  # a type that nobody named: shown as itself


class EntryState(StrEnum):
    """What became of an entry (DocumentReference.status, docStatus, other types' status)."""

    CURRENT = "current"
    PRELIMINARY = "preliminary"
    SUPERSEDED = "superseded"
    ERROR = "entered-in-error"
    WAITING = "waiting"  # ours, in the outbox
    REFUSED = "refused"  # ours, refused by the journal


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the timeline. Texts are data, as sent and untranslated; `withheld` rows carry kind and date only.

    `title` what it is ("Journalnotat", "Blodtrykk"), `summary` its first words or value ("142/88 mmHg").
    `when` is the clinical time, None where none was sent; `updated` the source's meta.lastUpdated.
    `replaces` / `appends` point to the older entry (DocumentReference.relatesTo replaces, transforms / appends).
    """

    ref: Ref
    patient: Ref
    kind: EntryKind
    when: When | None
    title: str
    summary: str = ""
    service: str = ""
    author: str = ""
    role: str = ""
    state: EntryState = EntryState.CURRENT
    status: str = ""
    """The resource's own status code, untouched."""
    replaces: Ref | None = None
    appends: Ref | None = None
    withheld: bool = False
    withheld_from_patient: bool = False
    updated: datetime | None = None
    type: str = ""
    """The FHIR type, for kinds that nobody named."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment that is named and not shown: its media type, bytes (None unknown) and where it lies."""

    title: str
    media_type: str
    size: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of an entry's text; `heading` may be ''. `body` keeps its line breaks."""

    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class Detail:
    """An entry opened: its text, its fields by name, its attachments. `unreadable` where its body could not be read."""

    entry: Entry
    paragraphs: tuple[Paragraph, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    """(label to be translated, value as sent)."""
    attachments: tuple[Attachment, ...] = ()
    unreadable: bool = False
    replaced_by: tuple[Ref, ...] = ()
    appended_by: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineFilter:
    """What a list of entries is narrowed to; empty parts do not narrow. `text` is sought folded, in parts of words."""

    kinds: frozenset[EntryKind] = frozenset()
    service: str = ""
    author: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""
    unread_since: datetime | None = None


EVERYTHING = TimelineFilter()


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """An entry in its list: `new` since I last looked, `replaced` where a newer one replaces it, `addenda` how many."""

    entry: Entry
    new: bool = False
    replaced: bool = False
    addenda: int = 0
    sources: tuple[str, ...] = ()
    """The sources that hold it: its own first, then those where the same thing is held too."""


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """`rows` from `offset` on, of `total`; everything read as of `snapshot` and not older than the fetch's horizon."""

    rows: tuple[TimelineRow, ...]
    offset: int
    total: int
    snapshot: int
