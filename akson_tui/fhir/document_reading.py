"""DocumentReference, read: a note or a document, its text, and what it replaces or adds to.

The easy mistake is to show the first content only: one document may come in several forms, and the readable one last.
"""

from __future__ import annotations

from akson_tui.fhir import attachment, pick, words
from akson_tui.fhir.attachment import Content, first_words
from akson_tui.fhir.common import Json
from akson_tui.fhir.composition import REPLACES, related
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, people, period, state_of, time
from akson_tui.i18n import later
from akson_tui.model.entry import Paragraph


def _contents(resource: Json) -> list[Content]:
    return [attachment.read(one.get("attachment")) for one in pick.objs(resource.get("content"))]


def _texts(contents: list[Content]) -> tuple[str, ...]:
    """The texts, each once: the same text in two forms is one."""
    return tuple(dict.fromkeys(one.text for one in contents if one.text))


def facts(resource: Json) -> Facts:
    """Its row: what kind of document, and its first words."""
    status, doc = pick.status(resource.get("status")), pick.status(resource.get("docStatus"))
    contents = _contents(resource)
    description = pick.text(resource.get("description"))
    names = [one.attachment.title for one in contents if one.attachment is not None]
    text = next(iter(_texts(contents)), "")
    return Facts(
        title=pick.concept(resource.get("type")) or pick.concept(resource.get("category")) or description,
        summary=first_words(text or description or listed(names)),
        when=pick.first_when(resource, "date") or pick.first_when(pick.obj(resource.get("context")), "period"),
        status=status,
        state=state_of(doc if doc == "entered-in-error" else "", status, doc),
        authors=pick.objs(resource.get("author")) + pick.objs(resource.get("authenticator")),
        services=pick.objs(resource.get("custodian")),
        service=pick.concept(pick.at(resource, "context", "practiceSetting")),
        replaces=related(resource, *REPLACES),
        appends=related(resource, "appends"),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page: its texts, and what is named and not shown."""
    contents = _contents(resource)
    context = pick.obj(resource.get("context"))
    return Told(
        tuple(Paragraph("", text) for text in _texts(contents)),
        fields(
            (later("Beskrivelse"), pick.text(resource.get("description"))),
            (later("Gruppe"), listed(pick.concepts(resource.get("category")))),
            (later("Dato"), time(resource.get("date"))),
            (later("Gjelder"), period(context.get("period"))),
            (later("Skrevet av"), people(resource.get("author"), names)),
            (later("Godkjent av"), people(resource.get("authenticator"), names)),
            (later("Virksomhet"), people(resource.get("custodian"), names)),
            (later("Tjeneste"), pick.concept(context.get("practiceSetting"))),
            (later("Status"), words.status(pick.status(resource.get("status")))),
            (later("Dokumentstatus"), words.status(pick.status(resource.get("docStatus")))),
        ),
        tuple(one.attachment for one in contents if one.attachment is not None),
        any(one.unreadable for one in contents),
    )
