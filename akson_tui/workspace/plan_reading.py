"""A person's plans with what waits in the outbox laid over them. Runs in the store's thread.

The easy mistake is to show what was fetched and forget what was signed since: a tick that waits for the line is as
done as one that was sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from akson_tui.clinical import rhythm
from akson_tui.fhir import plan_sheet, practitioner
from akson_tui.fhir.common import FhirUnreadable, Json, Label, load, withheld
from akson_tui.fhir.plan_acts import Old
from akson_tui.model.access import Opened
from akson_tui.model.act import Act, ActKind, ActState
from akson_tui.model.entry import EntryState
from akson_tui.model.held import Shelf
from akson_tui.model.plan import Sheet, Step, Tick
from akson_tui.model.ref import Ref
from akson_tui.store import marks, outbox, records
from akson_tui.store.files import Files
from akson_tui.workspace import reading

NEWEST = 800
"""Tasks that are looked through for ticks: some weeks of a full plan."""
_OVER = ("entered-in-error", "revoked", "completed")
_URN = re.compile(rb'("reference"\s*:\s*")urn:uuid:([0-9A-Fa-f-]{36})"')
_STATES = {ActState.REFUSED: EntryState.REFUSED}


@dataclass(slots=True)
class Laid:
    """What waits: Tasks of ours with the state of their act, resources as we changed them, how many were refused."""

    tasks: list[tuple[Json, EntryState, Act]] = field(default_factory=list)
    changed: dict[Ref, bytes] = field(default_factory=dict)
    ids: dict[str, EntryState] = field(default_factory=dict)
    """By the id that a Task of ours goes under until the journal has named it."""
    refused: int = 0


def laid(files: Files, opened: Opened) -> Laid:
    """The acts on this person's plans that the journal does not have yet."""
    found = Laid()
    mine = {ref.bare() for ref in opened.patients}
    for act in outbox.acts(files):
        if act.kind is not ActKind.PLAN or act.state is ActState.SENT or act.patient.bare() not in mine:
            continue
        state = _STATES.get(act.state, EntryState.WAITING)
        found.refused += act.state is ActState.REFUSED
        for part in act.parts:
            if part.method == "PUT" and part.target is not None:
                if act.state is not ActState.REFUSED:
                    found.changed[part.target.bare()] = part.body
            elif part.type == "Task" and part.done is None:
                id_ = part.full_url.removeprefix("urn:uuid:")
                found.tasks.append(({**load(shown(part.body)), "id": id_}, state, act))
                found.ids[id_] = state
    return found


def shown(raw: bytes) -> bytes:
    """`raw` with references to Tasks of ours by the names under which they are shown until the journal names them."""
    return _URN.sub(rb'\1Task/\2"', raw)


def current(files: Files, opened: Opened, ref: Ref) -> Old | None:
    """A resource as it is with our changes that wait, in bytes; None where it is not held."""
    body = records.body(files, opened, ref)
    if body is None:
        return None
    return Old(body.ref, laid(files, opened).changed.get(ref.bare(), body.raw))


def sheets(files: Files, opened: Opened, me: str, now: datetime) -> tuple[Shelf[Sheet], int]:
    """The plans that are not over, and how many changes of them were refused. `me` is the user's name."""
    over = laid(files, opened)
    who = _directory(files)
    tasks: dict[str, list[Json]] = {}
    ticks: list[Tick] = []
    for body in records.bodies(files, opened, ("Task",), newest=NEWEST):
        task = _loaded(over.changed.get(body.ref.bare(), body.raw))
        if task is not None and not withheld(task):
            tasks.setdefault(body.ref.source, []).append(task)
    for source, held in tasks.items():
        ticks += filter(None, (plan_sheet.tick(task, source, who) for task in held))
    ours: dict[Ref, Json] = {}
    for task, state, act in over.tasks:
        read = plan_sheet.tick(task, act.source, who)
        if read is not None:
            ticks.append(replace(read, ref=Ref(act.source, "Act", act.id), state=state))
        else:
            ours[Ref(act.source, "Task", str(task["id"]))] = task
            tasks.setdefault(act.source, []).append(task)
    resolve = _resolver(files, opened, over, ours)
    rows: list[Sheet] = []
    hidden = unreadable = 0
    looked = marks.looked_at(files, opened.person)
    for body in records.bodies(files, opened, ("CarePlan",)):
        plan = _loaded(shown(over.changed.get(body.ref.bare(), body.raw)))
        if plan is None:
            unreadable += 1
        elif withheld(plan):
            hidden += 1
        else:
            read_sheet = plan_sheet.sheet(plan, body.ref.source, resolve, who, tasks.get(body.ref.source, ()))
            if read_sheet.status not in _OVER:
                rows.append(_filled(read_sheet, ticks, over.ids, me, looked, now))
    return Shelf(tuple(rows), reading.freshness(files, opened).summary, hidden, unreadable), over.refused


def _loaded(raw: bytes) -> Json | None:
    try:
        return load(raw)
    except FhirUnreadable:
        return None


def _filled(
    sheet: Sheet, ticks: Iterable[Tick], ids: Mapping[str, EntryState], me: str, looked: datetime | None, now: datetime
) -> Sheet:
    """The sheet with each activity's ticks, newest first, and when it is next due."""
    mine = [tick for tick in ticks if not tick.plans or sheet.ref.bare() in tick.plans]
    keys = {step.key for step in sheet.steps}
    texts = [step.text for step in sheet.steps]
    by_step: dict[str, list[Tick]] = {}
    for tick in mine:
        if tick.key in keys:
            by_step.setdefault(tick.key, []).append(tick)
        elif texts.count(tick.text) == 1:  # the activity was changed since, or is named otherwise by who ticked
            by_step.setdefault(sheet.steps[texts.index(tick.text)].key, []).append(tick)
    steps = tuple(_step(step, by_step.get(step.key, []), ids, me, looked, now) for step in sheet.steps)
    return replace(sheet, steps=steps)


def _step(
    step: Step, ticks: list[Tick], ids: Mapping[str, EntryState], me: str, looked: datetime | None, now: datetime
) -> Step:
    ticks = sorted(ticks, key=_when, reverse=True)
    seen = [tick.at.earliest for tick in ticks if tick.at is not None and tick.state is not EntryState.REFUSED]
    often = rhythm.read(step.timing) if not step.ended else None
    theirs = [tick.updated for tick in ticks if tick.updated is not None and tick.who != me]
    waiting = step.ref is not None and step.ref.id in ids
    return replace(
        step,
        ticks=tuple(ticks),
        due=rhythm.next_due(often, seen[0] if seen else None, now) if often is not None else None,
        new=looked is not None and any(at > looked for at in theirs),
        state=ids[step.ref.id] if waiting and step.ref is not None else step.state,
        basis=f"urn:uuid:{step.ref.id}" if waiting and step.ref is not None else step.basis,
    )


def _when(tick: Tick) -> float:
    return tick.at.earliest.timestamp() if tick.at is not None else 0.0


def _directory(files: Files) -> Callable[[Ref], Label]:
    """Names people, roles and units by what is held of them."""
    known: dict[Ref, Label] = {}

    def resolve(ref: Ref) -> Json | None:
        raw = records.directory(files, (ref.bare(),)).get(ref.bare())
        return _loaded(raw) if raw is not None else None

    def who(ref: Ref) -> Label:
        if ref not in known:
            found = resolve(ref)
            known[ref] = practitioner.label(found, ref.source, resolve) if found is not None else Label()
        return known[ref]

    return who


def _resolver(files: Files, opened: Opened, over: Laid, ours: Mapping[Ref, Json]) -> Callable[[Ref], Json | None]:
    def resolve(ref: Ref) -> Json | None:
        if ref.bare() in ours:
            return ours[ref.bare()]
        body = records.body(files, opened, ref)
        found = _loaded(over.changed.get(ref.bare(), body.raw)) if body is not None else None
        return None if found is None or withheld(found) else found

    return resolve
