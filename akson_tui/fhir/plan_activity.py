"""One activity of a CarePlan, by the name under which every version of the plan and every tick knows it.

The easy mistake is its place in the list: another service adds one above it, and the tick stands on the wrong one.
"""

from __future__ import annotations

from akson_tui.fhir import pick
from akson_tui.fhir.common import Json, reference
from akson_tui.fhir.shape import listed, period, time
from akson_tui.fhir.timing import timing

ENDED = frozenset(("completed", "cancelled", "stopped", "entered-in-error", "rejected", "failed", "revoked"))
"""States (of an activity, a Task, a ServiceRequest) after which nothing more is to be done."""
_BETWEEN = " \N{MIDDLE DOT} "


def key(activity: Json) -> str:
    """What it points to (`Type/id`, or a urn); its own element id; else what is to be done, and when."""
    pointer = pick.obj(activity.get("reference"))
    if pointer:
        ref = reference(pointer, "")
        return ref.relative if ref is not None else pick.text(pointer.get("reference"))
    if named := pick.text(activity.get("id")):
        return f"#{named}"
    detail = pick.obj(activity.get("detail"))
    return _BETWEEN.join((text(detail), when(detail)))


def text(detail: Json) -> str:
    """What is to be done."""
    return pick.text(detail.get("description")) or pick.concept(detail.get("code")) or _product(detail)


def _product(detail: Json) -> str:
    return pick.concept(detail.get("productCodeableConcept"))


def when(detail: Json) -> str:
    """How often, in words."""
    return (
        time(detail.get("scheduledString"))
        or timing(detail.get("scheduledTiming"))
        or period(detail.get("scheduledPeriod"))
    )


def task_text(task: Json) -> str:
    """What a Task asks for: its code in words, else its description."""
    return pick.concept(task.get("code")) or pick.text(task.get("description"))


def task_when(task: Json) -> str:
    """How often: from its input of type Timing, or what its description says after what is to be done."""
    for one in pick.objs(task.get("input")):
        if said := timing(one.get("valueTiming")):
            return said
    described, named = pick.text(task.get("description")), task_text(task)
    if named and described.startswith(f"{named}, "):
        return described[len(named) + 2 :]
    return period(pick.at(task, "restriction", "period"))


def request_when(request: Json) -> str:
    """How often, or when, a ServiceRequest (or an Appointment) is for."""
    return listed(
        [
            timing(request.get("occurrenceTiming")),
            period(request.get("occurrencePeriod")),
            time(request.get("occurrenceDateTime")),
            time(request.get("start")),
        ]
    )
