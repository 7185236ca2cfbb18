"""A CarePlan and all that belongs to it, read as the sheet that a clinician works from; and its ticks from Tasks.

The easy mistake is to trust the plan to be whole: a Task that only says that it is based on the plan belongs to it, and
what the plan points to without our holding it is told as such.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from akson_tui.fhir import pick, plan_activity, practitioner
from akson_tui.fhir.common import Json, Label, Resolve, contained, ref_of, reference, type_of, updated
from akson_tui.fhir.goal import reached, targets
from akson_tui.fhir.plan_activity import ENDED
from akson_tui.fhir.shape import listed
from akson_tui.model.plan import Aim, Outcome, Sheet, Step, Tick
from akson_tui.model.ref import Ref

Who = Callable[[Ref], Label]
"""Name, role and service of whom a reference points to; an empty Label where that is not held."""

ACTIVITY = "CarePlan.activity"
"""The type of a Task's input that names the activity which it ticks off."""
_OUTCOMES = {
    "completed": Outcome.DONE,
    "rejected": Outcome.NOT_DONE,
    "cancelled": Outcome.NOT_DONE,
    "failed": Outcome.NOT_DONE,
    "in-progress": Outcome.PARTLY,
}


def person(resource: Json, value: object, source: str, who: Who) -> Label:
    """Whom a Reference within `resource` points to: contained, held, or as its display says."""
    said = pick.obj(value)
    inner = contained(resource, said)
    if inner is not None:
        return practitioner.label(inner, source, within=resource)
    ref = reference(said, source)
    found = who(ref.bare()) if ref is not None else Label()
    name, comma, role = (found.name or pick.text(said.get("display"))).partition(", ")
    if comma and not role[:1].islower():
        name, role = f"{name}, {role}", ""  # a unit may have a comma in its name; a role is written small
    return Label(name, found.role or role, found.service)


def _unit(value: object) -> bool:
    ref = reference(value, "")
    return ref is not None and ref.type in ("Organization", "HealthcareService", "CareTeam", "Location")


def people(resource: Json, values: Sequence[Json], source: str, who: Who) -> tuple[str, str]:
    """(who, for which service) of those that are responsible: a unit alone is a service, a person brings theirs."""
    names, services = [], []
    for one in values:
        found = person(resource, one, source, who)
        if _unit(one):
            services.append(found.name)
        else:
            names.append(found.name)
            services.append(found.service)
    return listed(names), listed(services)


def based_on(task: Json, source: str) -> tuple[Ref, ...]:
    """What a Task is based on, bare."""
    found = (reference(one, source) for one in pick.objs(task.get("basedOn")))
    return tuple(ref.bare() for ref in found if ref is not None)


def tick(task: Json, source: str, who: Who) -> Tick | None:
    """A Task as the tick that it is; None for one that asks for something instead.

    It is one where it says which activity it ticks off, or where it has happened (has an execution period) as part of
    another Task or based on a request.
    """
    named = [one for one in pick.objs(task.get("input")) if pick.concept(one.get("type")) == ACTIVITY]
    above = [ref for ref in (reference(one, source) for one in pick.objs(task.get("partOf"))) if ref is not None]
    above += [ref for ref in based_on(task, source) if ref.type != "CarePlan"]
    said = [ref.relative for ref in above] + [pick.text(one.get("valueString")) for one in named]
    key = next(filter(None, said), "")
    status, span = pick.status(task.get("status")), pick.obj(task.get("executionPeriod"))
    if not key or status not in _OUTCOMES or not (named or (span and task.get("partOf"))):
        return None
    owner, service = people(task, pick.objs(task.get("owner")), source, who)
    return Tick(
        ref=ref_of(task, source),
        plans=based_on(task, source),
        key=key,
        text=plan_activity.task_text(task),
        at=pick.when(span.get("end")) or pick.when(span.get("start")) or pick.when(task.get("authoredOn")),
        outcome=_OUTCOMES[status],
        reason=pick.concept(task.get("statusReason")),
        note=pick.notes(task),
        who=owner,
        service=service,
        updated=updated(task),
    )


def is_ticking(task: Json) -> bool:
    """Whether a Task ticks an activity off (even one that was marked as wrong) and asks for nothing."""
    return any(pick.concept(one.get("type")) == ACTIVITY for one in pick.objs(task.get("input")))


def sheet(plan: Json, source: str, resolve: Resolve, who: Who, tasks: Sequence[Json]) -> Sheet:
    """The plan with its problems, goals and activities, still without ticks. `tasks` are those that may belong to it.

    Never raises.
    """
    ref = ref_of(plan, source)
    span = pick.obj(plan.get("period"))
    author, service = people(plan, pick.objs(plan.get("author"))[:1], source, who)
    steps = [
        _step(plan, one, place, ref, source, resolve, who) for place, one in enumerate(pick.objs(plan.get("activity")))
    ]
    known = {step.key for step in steps}
    for task in tasks:
        named = ref_of(task, source)
        belongs = ref.bare() in based_on(task, source) and not is_ticking(task) and not task.get("partOf")
        if belongs and named.relative not in known and pick.status(task.get("status")) != "entered-in-error":
            steps.append(_pointed(task, Step(ref, named.relative, "", ""), source, who, named))
    titled = pick.text(plan.get("title")) or listed(pick.concepts(plan.get("category")))
    return Sheet(
        ref=ref,
        title=titled,
        status=pick.status(plan.get("status")),
        since=pick.when(span.get("start")) or pick.when(plan.get("created")),
        until=pick.when(span.get("end")),
        author=author,
        service=service,
        problems=_problems(plan, source, resolve),
        aims=tuple(_aim(plan, one, source, resolve) for one in pick.objs(plan.get("goal"))),
        steps=tuple(steps),
        own=tuple(_own(plan, source)),
    )


def _found(holder: Json, pointer: object, source: str, resolve: Resolve) -> Json | None:
    inner = contained(holder, pointer)
    ref = reference(pointer, source)
    return inner if inner is not None else resolve(ref.bare()) if ref is not None else None


def _problems(holder: Json, source: str, resolve: Resolve) -> tuple[str, ...]:
    said = []
    for one in pick.objs(holder.get("addresses")):
        found = _found(holder, one, source, resolve)
        said.append((pick.concept(found.get("code")) if found else "") or pick.text(one.get("display")))
    return tuple(dict.fromkeys(filter(None, said)))


def _aim(plan: Json, pointer: Json, source: str, resolve: Resolve) -> Aim:
    ref = reference(pointer, source)
    bare = ref.bare() if ref is not None else None
    found = _found(plan, pointer, source, resolve)
    if found is None:
        return Aim(bare, pick.text(pointer.get("display")), status="unknown")
    by = [one for one in map(lambda said: reference(said, source), pick.objs(found.get("expressedBy"))) if one]
    return Aim(
        ref=bare,
        text=pick.concept(found.get("description")),
        status=pick.status(found.get("lifecycleStatus")),
        reached=reached(found),
        target=targets(found),
        problems=_problems(found, source, resolve),
        own=any(one.type in ("Patient", "RelatedPerson") for one in by),
    )


def _own(plan: Json, source: str) -> list[str]:
    """What the citizen, or somebody close, says in the plan."""
    said = []
    for note in pick.objs(plan.get("note")):
        by = reference(note.get("authorReference"), source)
        if by is not None and by.type in ("Patient", "RelatedPerson"):
            said.append(pick.text(note.get("text")))
    return [one for one in said if one]


def _step(plan: Json, one: Json, place: int, ref: Ref, source: str, resolve: Resolve, who: Who) -> Step:
    bare = Step(ref, plan_activity.key(one), "", "", place=place)
    detail = pick.obj(one.get("detail"))
    if detail:
        names, service = people(plan, pick.objs(detail.get("performer")), source, who)
        goals = (reference(goal, source) for goal in pick.objs(detail.get("goal")))
        status = pick.status(detail.get("status"))
        return replace(
            bare,
            text=plan_activity.text(detail),
            status=status,
            timing=plan_activity.when(detail),
            responsible=names,
            service=service,
            goals=tuple(goal.bare() for goal in goals if goal is not None),
            ended=status in ENDED,
            reason=pick.concept(detail.get("statusReason")),
        )
    pointer = one.get("reference")
    target = reference(pointer, source)
    found = _found(plan, pointer, source, resolve)
    if found is None:
        said = pick.text(pick.obj(pointer).get("display"))
        basis = target.relative if target is not None else ""
        return replace(bare, text=said, ref=target.bare() if target else None, basis=basis, held=False)
    return _pointed(found, bare, source, who, target)


def _pointed(found: Json, bare: Step, source: str, who: Who, ref: Ref | None) -> Step:
    """An activity that is a resource of its own."""
    task = type_of(found) == "Task"
    element = "owner" if task else "performer"
    names, service = people(found, pick.objs(found.get(element)), source, who)
    if not names and not service:
        names, service = people(found, pick.objs(found.get("requester")), source, who)
    names_of = ("code", "medicationCodeableConcept", "reasonCode", "serviceType", "category")
    said = next(
        (text for name in names_of if (text := pick.concept(found.get(name)))), pick.text(found.get("description"))
    )
    status = pick.status(found.get("status"))
    named = ref_of(found, ref.source if ref is not None else source)
    return replace(
        bare,
        text=(plan_activity.task_text(found) if task else said) or type_of(found),
        status=status,
        timing=plan_activity.task_when(found) if task else plan_activity.request_when(found),
        responsible=names,
        service=service,
        ref=named if named.id else None,
        basis=bare.key,
        ended=status in ENDED,
        reason=pick.concept(found.get("statusReason")),
    )
