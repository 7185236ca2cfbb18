"""The plan desk: what is to be done for a person, by whom and when; tick off, add, change, end.

The easy mistake is to ask the journal first: each change is one act in the outbox, and stands on the screen at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from akson_tui.clinical.vitals_text import recognise
from akson_tui.fhir import plan_acts
from akson_tui.fhir.common import FhirUnreadable
from akson_tui.fhir.plan_acts import Old, Pen
from akson_tui.model.access import Opened
from akson_tui.model.act import Act, ActKind, Part
from akson_tui.model.entry import Entry, EntryKind, EntryState
from akson_tui.model.held import Shelf
from akson_tui.model.people import Clinician
from akson_tui.model.plan import Outcome, Sheet, Step
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.store import outbox
from akson_tui.store.files import Files
from akson_tui.store.troubles import DiskFull
from akson_tui.workspace import logged, plan_reading
from akson_tui.workspace.room import Room
from akson_tui.workspace.troubles import NoAuthor, NotKept, NotSentYet, PlanNotTaken, StepNotHeld, TooLate

LABEL = 60
Make = Callable[[Files, Pen], tuple[Part, ...]]


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plans of one person; `refused` changes wait for a person in the outbox."""

    sheets: Shelf[Sheet]
    refused: int


class Plan:
    """Care plans. Every method is safe to call without a line."""

    def __init__(self, room: Room) -> None:
        self._room = room

    async def read(self, opened: Opened) -> PlanView:
        """The plans that are not over, with what was signed laid over what was fetched."""
        who = await self._room.clinician()
        me = who.name if who is not None else ""
        found, refused = await self._room.store.run(plan_reading.sheets, opened, me, self._room.clock())
        return PlanView(found, refused)

    async def tick(self, opened: Opened, step: Step, outcome: Outcome, reason: str = "", note: str = "") -> Act:
        """Done, partly, or not done (then with a `reason`). Measurements in `note` go with it.

        Raises NoAuthor, PlanNotTaken, StepNotHeld, NotKept.
        """
        if not step.held:
            raise StepNotHeld
        await self._must_take(step.plan.source, "Task", create=True)

        def make(_files: Files, pen: Pen) -> tuple[Part, ...]:
            return plan_acts.tick(pen, step, outcome, reason, note, recognise(note) if note else ())

        return await self._sign(opened, step.plan.source, step.text, EntryKind.TASK, make, note or reason)

    async def add(self, opened: Opened, sheet: Sheet, text: str, when: str = "", reason: str = "") -> Act:
        """A new activity in a plan, ours. Raises NoAuthor, PlanNotTaken, StepNotHeld, NotKept."""
        source = sheet.ref.source
        await self._must_take(source, "Task", create=True)

        def make(files: Files, pen: Pen) -> tuple[Part, ...]:
            return plan_acts.add(pen, _old(files, opened, sheet.ref), text, when, reason)

        return await self._sign(opened, source, text, EntryKind.TASK, make, reason)

    async def change(self, opened: Opened, step: Step, text: str, when: str, reason: str) -> Act:
        """An activity is to be done otherwise. Raises NoAuthor, PlanNotTaken, StepNotHeld, NotSentYet, NotKept."""
        target = await self._changeable(step)

        def make(files: Files, pen: Pen) -> tuple[Part, ...]:
            return plan_acts.change(pen, step, _old(files, opened, target), text, when, reason)

        return await self._sign(opened, target.source, text, EntryKind.PLAN, make, reason)

    async def end(self, opened: Opened, step: Step, reached: bool, reason: str) -> Act:
        """An activity is over. Raises NoAuthor, PlanNotTaken, StepNotHeld, NotSentYet, NotKept."""
        target = await self._changeable(step)

        def make(files: Files, pen: Pen) -> tuple[Part, ...]:
            return plan_acts.end(pen, step, _old(files, opened, target), reached, reason)

        return await self._sign(opened, target.source, step.text, EntryKind.PLAN, make, reason)

    async def undo(self, opened: Opened, step: Step, reason: str) -> None:
        """This user's last tick of an activity was wrong: out of the outbox, or marked so where the journal has it.

        Raises TooLate where the last tick is another's or is being sent; NoAuthor, PlanNotTaken, StepNotHeld, NotKept.
        """
        who = await self._author()
        last = next(iter(step.ticks), None)
        if last is None or last.who != who.name:
            raise TooLate
        if last.state is not EntryState.CURRENT:
            if await self._room.store.run(outbox.take_back, last.ref.id) is None:
                raise TooLate
            return
        await self._must_take(last.ref.source, "Task", create=False)

        def make(files: Files, pen: Pen) -> tuple[Part, ...]:
            return plan_acts.take_back(pen, _old(files, opened, last.ref), reason)

        await self._sign(opened, last.ref.source, step.text, EntryKind.PLAN, make, reason)

    # -- what must hold -----------------------------------------------------------------------------------------------

    async def _author(self) -> Clinician:
        who = await self._room.clinician()
        if who is None:
            raise NoAuthor
        return who

    async def _must_take(self, source: str, type_: str, create: bool) -> None:
        state = await self._room.source(source)
        if not state.known or type_ not in (state.creates if create else state.updates):
            raise PlanNotTaken

    async def _changeable(self, step: Step) -> Ref:
        """What has to be written so that the activity is another."""
        if step.state is EntryState.WAITING:
            raise NotSentYet
        if not step.held or (step.ref is None and step.place is None):
            raise StepNotHeld
        target = step.ref if step.ref is not None else step.plan
        if target.type not in ("CarePlan", "Task", "ServiceRequest"):
            raise PlanNotTaken
        await self._must_take(target.source, target.type, create=False)
        return target

    async def _sign(self, opened: Opened, source: str, label: str, kind: EntryKind, make: Make, more: str) -> Act:
        """One act into the outbox, with its row in the log."""
        author = await self._author()
        patient = next((ref for ref in opened.patients if ref.source == source), opened.patients[0])
        state = await self._room.source(source)

        def takes(type_: str) -> bool:
            if type_ == "CarePlan":
                return type_ in state.updates
            return type_ in state.creates

        def put(files: Files) -> Act:
            pen = Pen(author, patient.bare(), files.clock(), self._room.ids, takes)
            return _put(files, opened, pen, label, kind, make(files, pen), more, self._room.user)

        try:
            act = await self._room.store.run(put)
        except DiskFull:
            raise NotKept(full=True) from None
        except FhirUnreadable:
            raise StepNotHeld from None
        self._room.line.send()
        return act


def _old(files: Files, opened: Opened, ref: Ref) -> Old:
    found = plan_reading.current(files, opened, ref)
    if found is None:
        raise StepNotHeld
    return found


def _put(
    files: Files, opened: Opened, pen: Pen, label: str, kind: EntryKind, parts: tuple[Part, ...], more: str, user: str
) -> Act:
    first = parts[0]
    source = pen.patient.source
    act = Act(
        id=first.full_url,
        kind=ActKind.PLAN,
        source=source,
        person=opened.person,
        patient=pen.patient,
        label=" ".join(label.split())[:LABEL],
        signed=pen.at,
        parts=parts,
    )
    shown = Entry(
        ref=Ref(source, "Act", act.id),
        patient=pen.patient,
        kind=kind,
        when=When.at(pen.at),
        title=label,
        summary=more,
        service=pen.author.organisation_name,
        author=pen.author.name,
        state=EntryState.WAITING,
    )
    event = logged.event(pen.author, user, pen.at, opened.person, pen.patient, "signed", act.kind.value)
    outbox.put(files, act, event=event, shown=shown, search=more)
    return act
