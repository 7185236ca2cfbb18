"""The notes desk: begin, keep, look over, sign, put right.

A note's identifier is made when its draft begins, so that whatever happens after, there can be only one of it. Signing
freezes the very bytes that will be sent; nothing is made again when the line is there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from akson_tui import fhir
from akson_tui.config.settings import SourceSettings
from akson_tui.fhir import document_reference
from akson_tui.fhir.common import load
from akson_tui.fhir.document_reference import NoteToWrite
from akson_tui.model.access import Opened
from akson_tui.model.act import Act, ActKind
from akson_tui.model.entry import Detail, Entry
from akson_tui.model.note import Draft, DraftKind, Recognised, SignSummary, Template
from akson_tui.model.people import Clinician
from akson_tui.model.ref import PersonId, Ref
from akson_tui.store import drafts, outbox, patients, records
from akson_tui.store.coding import encode
from akson_tui.store.files import Files
from akson_tui.store.troubles import DiskFull, StoreTrouble
from akson_tui.workspace import logged, reading, templates
from akson_tui.workspace.room import Room
from akson_tui.workspace.troubles import EmptyNote, Gone, NoAuthor, NotKept, NotOpened, NotTaken, TargetNotHeld
from akson_tui.workspace.views import DraftRow

KINDS = {
    DraftKind.NEW: ActKind.NOTE,
    DraftKind.ADDENDUM: ActKind.ADDENDUM,
    DraftKind.CORRECTION: ActKind.CORRECTION,
}
LABEL = 60
"""Characters of a note's text that lists show."""


class Notes:
    """Writing. Every method is safe to call without a line."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._templates: tuple[Template, ...] | None = None

    # -- what may be written ------------------------------------------------------------------------------------------

    def templates(self) -> tuple[Template, ...]:
        """The kinds of note: ours, and the site's own files."""
        if self._templates is None:
            places = self._room.settings.places
            shared = () if places.shared is None else (places.shared / "templates",)
            self._templates = templates.load(*shared, places.templates)
        return self._templates

    async def offered(self, patient: Ref) -> bool:
        """Whether this patient's journal takes notes: the site's word, else the CapabilityStatement's."""
        return await self._taken(patient.source, "DocumentReference")

    async def _taken(self, source: str, type_: str) -> bool:
        told = self._source(source)
        if told is not None and told.notes is not None:
            return told.notes
        state = await self._room.source(source)
        return state.known and type_ in state.creates

    def _source(self, source: str) -> SourceSettings | None:
        return next((one for one in self._room.settings.site.sources if one.id == source), None)

    # -- drafts -------------------------------------------------------------------------------------------------------

    async def begin(self, opened: Opened, template: str) -> Draft:
        """A new draft in the kind of note `template`, kept at once. Raises NotTaken, NotKept."""
        await self._must_be_taken(opened.patients[0])
        text = self.template(template).text
        first = text.index("\n") + 1 if text else 0
        return await self._begin(opened.person, opened.patients[0], DraftKind.NEW, template, text, first, None)

    async def addendum(self, opened: Opened, target: Ref) -> Draft:
        """A dated addition to a signed note. Raises NotTaken, TargetNotHeld."""
        await self._must_be_target(opened, target)
        patient = self._patient_in(opened, target)
        return await self._begin(opened.person, patient, DraftKind.ADDENDUM, templates.FREE, "", 0, target)

    async def correct(self, opened: Opened, target: Ref) -> Draft:
        """A new version that replaces a signed note, begun with its text. Raises NotTaken, TargetNotHeld."""
        found = await self._must_be_target(opened, target)
        text = "\n\n".join(paragraph.body for paragraph in found.paragraphs)
        patient = self._patient_in(opened, target)
        return await self._begin(opened.person, patient, DraftKind.CORRECTION, templates.FREE, text, 0, found.entry.ref)

    async def _begin(
        self, person: PersonId, patient: Ref, kind: DraftKind, template: str, text: str, cursor: int, target: Ref | None
    ) -> Draft:
        now = self._room.clock()
        draft = Draft(f"urn:uuid:{self._room.ids()}", person, patient, kind, template, text, cursor, now, now, target)
        await self._keep(draft)
        return draft

    async def keep(self, draft: str, text: str, cursor: int) -> datetime:
        """Write the text to disk; when this returns it survives kill -9. Raises NotKept, Gone."""
        held = await self.get(draft)
        now = self._room.clock()
        await self._keep(replace(held, text=text, cursor=cursor, saved=now))
        return now

    async def _keep(self, draft: Draft) -> None:
        try:
            await self._room.store.run(drafts.keep, draft)
        except DiskFull:
            raise NotKept(full=True) from None
        except StoreTrouble:
            raise NotKept from None

    async def get(self, draft: str) -> Draft:
        """One draft. Raises Gone."""
        held = await self._room.store.run(drafts.get, draft)
        if held is None:
            raise Gone
        return held

    async def all(self) -> tuple[DraftRow, ...]:
        """Every draft, the latest first."""
        return await self._room.store.run(_draft_rows)

    async def discard(self, draft: str) -> None:
        """Throw a draft away."""
        await self._room.store.run(drafts.drop, draft)

    # -- signing ------------------------------------------------------------------------------------------------------

    def name_author(self, name: str, hpr: str) -> None:
        """Who signs in this session, where nobody was named at start: name and HPR number."""
        self._room.named = Clinician(name=name.strip(), hpr=hpr.strip())

    async def summary(self, draft: str) -> SignSummary:
        """What will be sent, as whom, to whom visible. Raises NoAuthor, NotTaken, EmptyNote, Gone, TargetNotHeld."""
        held = await self.get(draft)
        await self._must_be_taken(held.patient)
        text = held.text.strip("\n").rstrip()
        template = self.template(held.template)
        if not text.strip() or text.strip() == template.text.strip():
            raise EmptyNote
        author = await self._room.clinician()
        if author is None:
            raise NoAuthor
        if held.target is not None and await self._room.store.run(records.raw, held.target) is None:
            raise TargetNotHeld
        from akson_tui.clinical.vitals_text import recognise

        who = await self._room.store.run(patients.records_of, held.person)
        if not who:
            raise NotOpened
        return SignSummary(
            draft=held,
            title=template.name,
            patient_name=who[0].name.text,
            patient_id=who[0].national_id,
            author=author,
            text=text,
            measurements=recognise(text),
            measurements_taken=await self._taken(held.patient.source, "Observation"),
            service=author.organisation_name,
            digest=sha256(text.encode()).hexdigest(),
        )

    async def sign(self, summary: SignSummary, measurements: tuple[Recognised, ...]) -> Act:
        """Freeze and put in the outbox, in one transaction with the draft's end. Raises TargetNotHeld, NotKept."""
        takes_measurements = summary.measurements_taken
        state = await self._room.source(summary.draft.patient.source)
        provenance = not state.known or "Provenance" in state.creates

        def takes(type_: str) -> bool:
            return {"Observation": takes_measurements, "Provenance": provenance}.get(type_, True)

        try:
            act = await self._room.store.run(
                _sign,
                summary,
                measurements if takes_measurements else (),
                self.template(summary.draft.template),
                takes,
                self._room,
            )
        except DiskFull:
            raise NotKept(full=True) from None
        self._room.line.send()
        return act

    async def wrong_patient(self, opened: Opened, ref: Ref, reason: str, right_person: PersonId) -> Draft:
        """One act marks the note entered-in-error with `reason`; its text becomes a draft for the right person.

        Raises TargetNotHeld, NoAuthor, NotOpened, NotTaken.
        """
        author = await self._room.clinician()
        if author is None:
            raise NoAuthor
        found = await self._must_be_target(opened, ref)
        draft = await self._room.store.run(_wrong_patient, opened, found, reason, right_person, author, self._room)
        self._room.line.send()
        return draft

    def template(self, id_: str) -> Template:
        """The template of that id, or the free note where a site's file has gone."""
        known = {template.id: template for template in self.templates()}
        return known.get(id_) or known[templates.FREE]

    # -- what must hold -----------------------------------------------------------------------------------------------

    async def _must_be_taken(self, patient: Ref) -> None:
        if not await self.offered(patient):
            state = await self._room.source(patient.source)
            raise NotTaken(state.known)

    async def _must_be_target(self, opened: Opened, target: Ref) -> Detail:
        await self._must_be_taken(opened.patients[0])
        found = await self._room.store.run(reading.detail, opened, target)
        if found is None or found.unreadable or found.entry.withheld or target.type != "DocumentReference":
            raise TargetNotHeld
        return found

    @staticmethod
    def _patient_in(opened: Opened, target: Ref) -> Ref:
        return next((ref for ref in opened.patients if ref.source == target.source), opened.patients[0])


def label_of(text: str) -> str:
    """The first words of a note, for lists."""
    return " ".join(text.split())[:LABEL]


def _draft_rows(files: Files) -> tuple[DraftRow, ...]:
    return tuple(DraftRow(draft, patients.name_of(files, draft.person)) for draft in drafts.all(files))


def _sign(
    files: Files,
    summary: SignSummary,
    measurements: tuple[Recognised, ...],
    template: Template,
    takes: document_reference.Takes,
    room: Room,
) -> Act:
    draft, signed = summary.draft, files.clock()
    old = records.raw(files, draft.target) if draft.target is not None else None
    if draft.target is not None and old is None:
        raise TargetNotHeld
    parts = document_reference.write(
        NoteToWrite(
            draft=replace(draft, text=summary.text),
            template=template,
            author=summary.author,
            source=draft.patient.source,
            recognised=measurements,
            signed=signed,
            new_id=room.ids,
            old_raw=old,
            takes=takes,
        )
    )
    act = Act(
        id=draft.id,
        kind=KINDS[draft.kind],
        source=draft.patient.source,
        person=draft.person,
        patient=draft.patient,
        label=label_of(summary.text),
        signed=signed,
        parts=parts,
        draft=encode(draft).encode(),
    )
    outbox.put(
        files,
        act,
        draft.id,
        logged.event(summary.author, room.user, signed, draft.person, draft.patient, "signed", act.kind.value),
        _as_entry(act),
        summary.text,
    )
    return act


def _as_entry(act: Act) -> Entry | None:
    """The note as the timeline shows it until the journal gives it back."""
    note = next(part for part in act.parts if part.type == "DocumentReference" and part.method == "POST")
    return fhir.entry(load(note.body), act.source)


def _wrong_patient(
    files: Files, opened: Opened, found: Detail, reason: str, right: PersonId, author: Clinician, room: Room
) -> Draft:
    ref, now = found.entry.ref, files.clock()
    raw = records.raw(files, ref)
    there = patients.records_of(files, right)
    if raw is None:
        raise TargetNotHeld
    if not there:
        raise NotOpened
    text = "\n\n".join(paragraph.body for paragraph in found.paragraphs)
    to = next((record.ref for record in there if record.ref.source == ref.source), there[0].ref)
    act_id = f"urn:uuid:{room.ids()}"
    draft = Draft(
        f"urn:uuid:{room.ids()}", right, to, DraftKind.NEW, templates.FREE, text, 0, now, now, None, origin=act_id
    )
    act = Act(
        id=act_id,
        kind=ActKind.WRONG_PATIENT,
        source=ref.source,
        person=opened.person,
        patient=found.entry.patient,
        label=label_of(text),
        signed=now,
        parts=document_reference.mark_error(raw, ref, reason, author, now, room.ids),
    )
    marked = logged.event(author, room.user, now, opened.person, found.entry.patient, "signed", act.kind.value)
    with files.tx("precious"):
        drafts.keep(files, draft)
        outbox.put(files, act, event=marked)
    return draft
