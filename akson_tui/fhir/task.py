"""Task: something to be done, by somebody.

The easy mistake is to show its code and drop its description: the description is what one is asked to do.
"""

from __future__ import annotations

from akson_tui.fhir import pick, words
from akson_tui.fhir.common import Json, ref_of, said_name
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, people, period, state_of, time
from akson_tui.i18n import later
from akson_tui.model.plan import Activity

_TIMES = ("executionPeriod", "authoredOn", "lastModified")


def _text(resource: Json) -> str:
    return pick.text(resource.get("description")) or pick.concept(resource.get("code"))


def _timing(resource: Json) -> str:
    return period(resource.get("executionPeriod")) or period(pick.at(resource, "restriction", "period"))


def read_activity(resource: Json, source: str) -> Activity:
    """The task as an activity of a plan. Never raises."""
    return Activity(
        text=_text(resource),
        status=pick.status(resource.get("status")),
        timing=_timing(resource),
        responsible=said_name(resource, resource.get("owner")),
        ref=ref_of(resource, source),
    )


def facts(resource: Json) -> Facts:
    """Its row: what is to be done."""
    status = pick.status(resource.get("status"))
    return Facts(
        title=_text(resource),
        summary=listed([pick.concept(resource.get("businessStatus")) or words.status(status), _timing(resource)]),
        when=pick.first_when(resource, *_TIMES),
        status=status,
        state=state_of(status),
        authors=pick.objs(resource.get("requester")) + pick.objs(resource.get("owner")),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    return Told(
        paragraphs(("", pick.notes(resource))),
        fields(
            (later("Hva"), pick.concept(resource.get("code"))),
            (later("Tid"), _timing(resource)),
            (later("Bedt om av"), people(resource.get("requester"), names)),
            (later("Ansvarlig"), people(resource.get("owner"), names)),
            (later("Gjelder"), people(resource.get("focus"), names)),
            (later("Grunn"), pick.concept(resource.get("reasonCode"))),
            (later("Hastegrad"), words.status(pick.status(resource.get("priority")))),
            (later("Skrevet"), time(resource.get("authoredOn"))),
            (later("Årsak til status"), pick.concept(resource.get("statusReason"))),
            (later("Status"), words.status(pick.status(resource.get("status")))),
        ),
    )
