"""Goal: what is aimed at, and whether it was reached.

The easy mistake is to show only the lifecycle: a goal may be active and already reached.
"""

from __future__ import annotations

from akson_tui.fhir import pick, words
from akson_tui.fhir.common import Json, ref_of
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, people, state_of, time
from akson_tui.fhir.timing import quantity, range_text
from akson_tui.i18n import later
from akson_tui.model.plan import Goal


def _status(resource: Json) -> str:
    return pick.status(resource.get("lifecycleStatus")) or pick.status(resource.get("status"))


def read(resource: Json, source: str) -> Goal:
    """The goal. Never raises."""
    return Goal(ref_of(resource, source), pick.concept(resource.get("description")), _status(resource))


def reached(resource: Json) -> str:
    """How it goes, in the words that were sent, else in ours for the code."""
    said = resource.get("achievementStatus")
    return pick.text(pick.obj(said).get("text")) or words.status(pick.status(said))


def targets(resource: Json) -> str:
    """What is to be reached, and by when."""
    told = []
    for one in pick.objs(resource.get("target")):
        value = (
            quantity(one.get("detailQuantity"))
            or range_text(one.get("detailRange"))
            or pick.concept(one.get("detailCodeableConcept"))
            or pick.text(one.get("detailString"))
        )
        told.append(
            listed([" ".join(filter(None, (pick.concept(one.get("measure")), value))), time(one.get("dueDate"))])
        )
    return listed(told, "; ")


def facts(resource: Json) -> Facts:
    """Its row: the goal, and how it goes."""
    status = _status(resource)
    telling = [reached(resource), words.status(status) if status not in ("", "active") else ""]
    return Facts(
        title=pick.concept(resource.get("description")),
        summary=listed([targets(resource), *telling], ". "),
        when=pick.first_when(resource, "startDate", "statusDate"),
        status=status,
        state=state_of(status),
        authors=pick.objs(resource.get("expressedBy")),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    return Told(
        paragraphs(("", pick.notes(resource))),
        fields(
            (later("Mål"), targets(resource)),
            (later("Begynte"), time(resource.get("startDate")) or pick.concept(resource.get("startCodeableConcept"))),
            (later("Nådd"), reached(resource)),
            (later("Prioritet"), pick.concept(resource.get("priority"))),
            (later("Gjelder"), people(resource.get("addresses"), names)),
            (later("Satt av"), people(resource.get("expressedBy"), names)),
            (later("Resultat"), listed(pick.concepts(resource.get("outcomeCode")))),
            (later("Status"), words.status(_status(resource))),
        ),
    )
