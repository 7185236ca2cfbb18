"""Flag: an alert in words.

The easy mistake is to take a Flag for active because it is there: one that is over says so in `status`.
"""

from __future__ import annotations

from akson_tui.fhir import pick, words
from akson_tui.fhir.common import Json, ref_of
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, people, period, state_of
from akson_tui.i18n import later
from akson_tui.model.health import Alert


def read(resource: Json, source: str) -> Alert:
    """The alert. Never raises. One without a readable status counts."""
    return Alert(
        ref=ref_of(resource, source),
        text=pick.concept(resource.get("code")),
        active=pick.status(resource.get("status")) in ("", "active"),
        category=pick.concept(resource.get("category")),
    )


def facts(resource: Json) -> Facts:
    """Its row: the alert itself."""
    status = pick.status(resource.get("status"))
    return Facts(
        title=pick.concept(resource.get("code")),
        summary="" if status in ("", "active") else words.status(status),
        when=pick.first_when(resource, "period"),
        status=status,
        state=state_of(status),
        authors=pick.objs(resource.get("author")),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    return Told(
        fields=fields(
            (later("Gruppe"), listed(pick.concepts(resource.get("category")))),
            (later("Gjelder"), period(resource.get("period"))),
            (later("Skrevet av"), people(resource.get("author"), names)),
            (later("Status"), words.status(pick.status(resource.get("status")))),
        )
    )
