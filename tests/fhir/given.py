"""Invented people and pieces that the tests of this storey share."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from akson_tui.fhir.document_reference import NoteToWrite
from akson_tui.fhir.syntax import Json, load
from akson_tui.model.note import Draft, DraftKind, Recognised, Template
from akson_tui.model.people import Clinician
from akson_tui.model.ref import Ref

SOURCE = "kommune"
ASTRID = Ref(SOURCE, "Patient", "astrid-bakken")
SIGNED = datetime(2026, 11, 5, 11, 30, 12, 345000, tzinfo=UTC)
NOTE_ID = "urn:uuid:0b6fd1f0-6bb1-4f3c-9d0b-5a3f5c8f9a01"
OLD_NOTE = Ref(SOURCE, "DocumentReference", "old-note", "3")

KARI = Clinician(
    name="Kari Nilsen",
    hpr="565900001",
    profession="SP",
    practitioner=Ref(SOURCE, "Practitioner", "kari-nilsen"),
    role=Ref(SOURCE, "PractitionerRole", "kari-nilsen-home-care"),
    organisation=Ref(SOURCE, "Organization", "kristiansand-home-care"),
    organisation_name="Hjemmetjenesten Kristiansand",
)
STRANGER = Clinician(name="Kari Nilsen", hpr="565900001")
"""A clinician of whom the journal holds no record, and who named herself."""

FREE_NOTE = Template("free", "Fritt notat", "B02-2", "Journalnotat")


def tree(resource: dict[str, Any]) -> Json:
    """As it comes from the line: written as JSON and read again."""
    return load(json.dumps(resource).encode())


def counting() -> Callable[[], str]:
    """New ids that are the same in each run."""
    number = 0

    def new_id() -> str:
        nonlocal number
        number += 1
        return f"00000000-0000-4000-8000-{number:012d}"

    return new_id


def note(
    text: str = "Sov godt. BT 142/88 t 37,9",
    kind: DraftKind = DraftKind.NEW,
    *,
    author: Clinician = KARI,
    recognised: tuple[Recognised, ...] = (),
    target: Ref | None = None,
    old_raw: bytes | None = None,
    takes: Callable[[str], bool] = lambda _type: True,
    template: Template = FREE_NOTE,
) -> NoteToWrite:
    """A note at the moment of signing."""
    draft = Draft(NOTE_ID, "person-1", ASTRID, kind, template.id, text, len(text), SIGNED, SIGNED, target)
    return NoteToWrite(draft, template, author, SOURCE, recognised, SIGNED, counting(), old_raw, takes)
