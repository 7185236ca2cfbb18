"""Fifty hostile strings in every text that a journal can send, on every place of the real program.

Nothing but the painter's own bytes goes to the line, nothing is read as markup, nothing crashes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.journal import HostileJournal
from tests.hostile.strings import STRINGS, grouped
from tests.hostile.visitor import visited

pytestmark = pytest.mark.pty

TOGETHER = 10
"""Short strings in one text."""
SHOWN = (
    "Patient.name.family", "Patient.name.given", "Patient.identifier.value", "Patient.address.city",
    "Patient.communication.language.text", "Practitioner.name.family", "PractitionerRole.code.text",
    "Organization.name", "Appointment.reasonCode.text", "Appointment.description", "Condition.code.text",
    "AllergyIntolerance.code.text", "AllergyIntolerance.reaction.manifestation.text", "Flag.code.text",
    "MedicationRequest.medicationCodeableConcept.text", "MedicationRequest.dosageInstruction.text",
    "MedicationStatement.medicationCodeableConcept.text", "Observation.code.text", "Observation.valueString",
    "Observation.valueQuantity.unit", "DocumentReference.content.attachment.data",
    "DocumentReference.content.attachment.title", "DocumentReference.author.display", "DocumentReference.type.text",
    "CarePlan.title", "CarePlan.activity.detail.description", "Composition.title", "Composition.section.title",
    "Composition.section.text.div", "Encounter.reasonCode.text", "Communication.payload.contentString",
    "Immunization.vaccineCode.text", "Procedure.code.text", "Goal.description.text", "Task.description",
    "ServiceRequest.code.text", "DiagnosticReport.conclusion", "DiagnosticReport.code.text",
    "OperationOutcome.details",
)  # fmt: skip
AS_THEY_STAND = (
    "[/x][/][/b]",
    "[@click=app.quit]x",
    "[b red on white]",
    ":warning: ORD",
    "\\[ORD\\]",
    "{0} {name} %s %(x)s",
)


def test_hostile_texts_act_on_nothing(tmp_path: Path) -> None:
    texts = grouped(TOGETHER)
    with HostileJournal(refusal=" ".join(texts[:3]), software=texts[0]) as journal:
        journal.people(texts)
        visitor = visited(journal, tmp_path, len(texts), size=(132, 50))
    seen = {journal.labels[label] for label in visitor.labels if label in journal.labels}
    assert " ".join(sorted(set(SHOWN) - seen)) == ""
    text = "\n".join(visitor.shown)
    assert [said for said in AS_THEY_STAND if said not in text] == []


@pytest.mark.long
@pytest.mark.parametrize("odd", [False, True], ids=["texts", "codes-too"])
@pytest.mark.parametrize("name", STRINGS)
def test_each_hostile_text_alone_in_every_element(name: str, odd: bool, tmp_path: Path) -> None:
    with HostileJournal(refusal=STRINGS[name], software=STRINGS[name]) as journal:
        journal.people([STRINGS[name]], odd=odd)
        visitor = visited(journal, tmp_path, 1)
    assert len(visitor.labels) > (20 if odd else 50)
