"""CarePlan and CareTeam: what is planned, and who stands together.

The easy mistake is to leave out an activity that is only a reference: what is not held is told as such, never dropped.
"""

from __future__ import annotations

from collections.abc import Callable

from akson_tui.fhir import pick, task, words
from akson_tui.fhir.attachment import narrative
from akson_tui.fhir.common import Json, Resolve, contained, ref_of, reference, said_name, type_of
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, people, period, state_of, time
from akson_tui.fhir.timing import quantity, timing
from akson_tui.i18n import _, later
from akson_tui.model.plan import Activity, CarePlan
from akson_tui.model.ref import Ref

_NAMES = ("description", "code", "medicationCodeableConcept", "reasonCode", "serviceType", "topic", "category")


def _title(resource: Json) -> str:
    return pick.text(resource.get("title")) or pick.text(resource.get("name")) or listed(_categories(resource))


def _categories(resource: Json) -> tuple[str, ...]:
    return pick.concepts(resource.get("category"))


def read(resource: Json, source: str, resolve: Resolve) -> CarePlan:
    """The plan with its activities in their order. `resolve` gives what an activity points to. Never raises."""
    goals = [reference(one, source) for one in pick.objs(resource.get("goal"))]
    span = pick.obj(resource.get("period"))
    return CarePlan(
        ref=ref_of(resource, source),
        title=_title(resource),
        status=pick.status(resource.get("status")),
        since=pick.when(span.get("start")) or pick.when(resource.get("created")),
        until=pick.when(span.get("end")),
        activities=tuple(_activity(resource, one, source, resolve) for one in pick.objs(resource.get("activity"))),
        goals=tuple(ref.bare() for ref in goals if ref is not None),
    )


def _activity(plan: Json, one: Json, source: str, resolve: Resolve) -> Activity:
    detail = pick.obj(one.get("detail"))
    if detail:
        return Activity(
            text=pick.text(detail.get("description")) or pick.concept(detail.get("code")) or _product(detail),
            status=pick.status(detail.get("status")),
            timing=_scheduled(detail),
            responsible=listed(said_name(plan, who) for who in pick.objs(detail.get("performer"))),
        )
    pointer = one.get("reference")
    ref = reference(pointer, source)
    found = contained(plan, pointer)
    if found is None and ref is not None:
        found = resolve(ref)
    if found is None:
        said = pick.text(pick.obj(pointer).get("display")) or pick.concept(one.get("outcomeCodeableConcept"))
        return Activity(said, "", ref=ref.bare() if ref else None, held=False)
    return _pointed(found, source, ref)


def _pointed(found: Json, source: str, ref: Ref | None) -> Activity:
    if type_of(found) == "Task":
        read_task = task.read_activity(found, source)
        return Activity(read_task.text, read_task.status, read_task.timing, read_task.responsible, ref)
    text = next((said for name in _NAMES if (said := pick.concept(found.get(name)))), type_of(found))
    who = [said_name(found, one) for one in pick.objs(found.get("performer"))]
    when = timing(found.get("occurrenceTiming")) or period(found.get("occurrencePeriod"))
    when = when or time(found.get("occurrenceDateTime")) or time(found.get("start"))
    return Activity(text, pick.status(found.get("status")), when, listed(who), ref.bare() if ref else None)


def _scheduled(detail: Json) -> str:
    return (
        time(detail.get("scheduledString"))
        or timing(detail.get("scheduledTiming"))
        or period(detail.get("scheduledPeriod"))
    )


def _product(detail: Json) -> str:
    amounts = (quantity(detail.get("dailyAmount")), quantity(detail.get("quantity")))
    return listed([pick.concept(detail.get("productCodeableConcept")), *amounts])


def facts(resource: Json) -> Facts:
    """Its row: the plan's title, and what it is for."""
    status = pick.status(resource.get("status"))
    title = _title(resource) or _(_TITLES[type_of(resource)])
    said = pick.text(resource.get("description")) or listed(one for one in _categories(resource) if one != title)
    telling = "" if status in ("", "active") else words.status(status)
    members = tuple(pick.obj(one.get("member")) for one in pick.objs(resource.get("participant")))
    return Facts(
        title=title,
        summary=listed([said, telling], ". "),
        when=pick.first_when(resource, "period", "created"),
        status=status,
        state=state_of(status),
        authors=pick.objs(resource.get("author")) + pick.objs(resource.get("contributor")) + members,
        services=pick.objs(resource.get("managingOrganization")),
        replaces=pick.obj(resource.get("replaces")) or None,
    )


_TITLES = {"CarePlan": later("Plan"), "CareTeam": later("Team")}


def _lines(resource: Json, names: Names) -> str:
    """The activities one below the other, each with its time, who does it, how it stands."""

    def by_name(pointer: object) -> str:
        return names(pointer) or _("ikke hentet")

    return "\n".join(f"– {_line(resource, one, by_name)}" for one in pick.objs(resource.get("activity")))


def _line(resource: Json, one: Json, name: Callable[[object], str]) -> str:
    read_one = _activity(resource, one, "", lambda _ref: None)
    said = read_one.text or (name(one.get("reference")) if pick.obj(one.get("reference")) else "")
    status = words.status(read_one.status)
    return listed([said, read_one.timing, read_one.responsible, f"({status})" if status else ""])


def _members(resource: Json, names: Names) -> str:
    told = []
    for one in pick.objs(resource.get("participant")):
        name, role = names(one.get("member")), listed(pick.concepts(one.get("role")))
        told.append(f"{name} ({role})" if name and role else name or role)
    return listed(told, "; ")


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    activities = _lines(resource, names)
    said = pick.text(resource.get("description"))
    return Told(
        paragraphs(
            ("", said or ("" if activities else narrative(resource))),
            (_("Tiltak"), activities),
            ("", pick.notes(resource)),
        ),
        fields(
            (later("Gruppe"), listed(_categories(resource))),
            (later("Gjelder"), period(resource.get("period"))),
            (later("Mål"), people(resource.get("goal"), names)),
            (later("Gjelder for"), people(resource.get("addresses"), names)),
            (later("Deltakere"), _members(resource, names)),
            (later("Laget av"), people(resource.get("author"), names)),
            (later("Virksomhet"), people(resource.get("managingOrganization"), names)),
            (later("Status"), words.status(pick.status(resource.get("status")))),
        ),
    )
