"""An act: what was signed, as the outbox keeps it until the journal has it, exactly once.

One act is one outbox row: the note, its Observations, its Provenance, with one identifier of ours in each that has the
element. The bodies are frozen when it is signed and never made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from akson_tui.model.ref import PersonId, Ref


class ActKind(StrEnum):
    NOTE = "note"
    ADDENDUM = "addendum"
    CORRECTION = "correction"
    WRONG_PATIENT = "wrong-patient"
    PLAN = "plan"
    """A tick, an activity added, changed or ended in a care plan."""


class ActState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    """Handed to the line: an answer may be lost, so look before sending again."""
    SENT = "sent"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Part:
    """One resource of an act.

    `full_url` is its urn:uuid, by which other parts refer to it until it has an id. `method` POST creates; PUT changes
    `target` (its version goes into If-Match). `identifier` (system, value) is ours, '' '' where the type has no such
    element (Provenance: found by `target`). `done` is what the journal answered.
    """

    full_url: str
    type: str
    method: str
    body: bytes
    identifier: tuple[str, str] = ("", "")
    target: Ref | None = None
    done: Ref | None = None
    base: bytes = b""
    """What a PUT was made from, where it may be made again on what somebody else has written meanwhile."""


@dataclass(frozen=True, slots=True)
class Act:
    """`label` is the first words of the text, for lists; `person` whom it is about; `order` the order of signing."""

    id: str
    kind: ActKind
    source: str
    person: PersonId
    patient: Ref
    label: str
    signed: datetime
    parts: tuple[Part, ...]
    draft: bytes = b""
    """The draft as it was (our own form), so that it can be taken back."""
    order: int = 0
    state: ActState = ActState.WAITING
    tries: int = 0
    due: datetime | None = None
    trouble: str = ""
    """A `Trouble`, '' for none."""
    said: str = ""
    """What the journal answered in words (OperationOutcome), cut; shown safely, never logged."""
