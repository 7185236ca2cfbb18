"""What the desks hand to screens and commands: nouns put together for one look, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from akson_tui.clinical.query import Query
from akson_tui.model.act import Act
from akson_tui.model.entry import TimelineRow
from akson_tui.model.health import Alert, Allergy, Measurement, Medicine, Problem
from akson_tui.model.held import Fetched, Shelf
from akson_tui.model.note import Draft
from akson_tui.model.people import Patient
from akson_tui.model.plan import CarePlan
from akson_tui.model.ref import PersonId
from akson_tui.model.work import Appointment


@dataclass(frozen=True, slots=True)
class Environment:
    """Which journal this is: its name on every screen; `insecure` where plain http leaves this machine."""

    name: str
    insecure: bool = False
    told: tuple[str, ...] = ()
    """Sentences for the worklist, once: what start-up found (a cache begun anew, a store without passphrase)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found: by own list, recently opened, or in the register."""

    person: PersonId
    patient: Patient
    own: bool
    recent: datetime | None


@dataclass(frozen=True, slots=True)
class FindAnswer:
    """What the store has for exactly `query.text`."""

    query: Query
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class RegisterHits:
    """What the register added; `trouble` (a Trouble) where it did not answer, `more` where there are further pages."""

    query: Query
    hits: tuple[Hit, ...]
    more: bool
    trouble: str


@dataclass(frozen=True, slots=True)
class Banner:
    """What never leaves the screen while a patient is open. `answers` says how fresh allergies and alerts are."""

    patient: Patient
    others: tuple[Patient, ...]
    allergies: Shelf[Allergy]
    alerts: Shelf[Alert]
    fetched: Fetched


@dataclass(frozen=True, slots=True)
class Overview:
    """One look at a person."""

    problems: Shelf[Problem]
    medicines: Shelf[Medicine]
    measurements: Shelf[Measurement]
    """The latest of each kind, newest first."""
    plans: Shelf[CarePlan]
    appointments: Shelf[Appointment]
    """From today on, soonest first."""
    latest: tuple[TimelineRow, ...]
    total: int
    """How many entries are held (see `fetched.horizon` for how far back)."""
    fetched: Fetched


@dataclass(frozen=True, slots=True)
class DraftRow:
    draft: Draft
    patient_name: str


@dataclass(frozen=True, slots=True)
class ActRow:
    act: Act
    patient_name: str
