"""Composition: a document in sections.

The easy mistake is to read only the first level: sections hold sections, and those hold the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from akson_tui.fhir import pick, words
from akson_tui.fhir.attachment import first_words, narrative
from akson_tui.fhir.common import Json
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, people, state_of, time
from akson_tui.i18n import later
from akson_tui.model.entry import Paragraph

MAX_DEPTH = 12
MAX_SECTIONS = 500

REPLACES = ("replaces", "transforms")


def sections(resource: Json) -> tuple[Paragraph, ...]:
    """Its sections with text, inner ones after the one that holds them."""
    found: list[Paragraph] = []
    for paragraph in _sections(pick.objs(resource.get("section")), 0):
        found.append(paragraph)
        if len(found) == MAX_SECTIONS:
            break
    return tuple(found)


def _sections(rows: tuple[Json, ...], depth: int) -> Iterator[Paragraph]:
    for row in rows:
        heading = pick.text(row.get("title")) or pick.concept(row.get("code"))
        body = narrative(row) or pick.concept(row.get("emptyReason"))
        if heading or body:
            yield Paragraph(heading, body)
        if depth + 1 < MAX_DEPTH:
            yield from _sections(pick.objs(row.get("section")), depth + 1)


def related(resource: Json, *codes: str) -> Json | None:
    """The Reference of the first relatesTo with one of these codes (Composition and DocumentReference)."""
    for one in pick.objs(resource.get("relatesTo")):
        if pick.status(one.get("code")) in codes:
            return pick.obj(one.get("target")) or pick.obj(one.get("targetReference")) or None
    return None


def facts(resource: Json) -> Facts:
    """Its row: its title, and the first words of its text."""
    status = pick.status(resource.get("status"))
    title = pick.text(resource.get("title"))
    kind = pick.concept(resource.get("type"))
    texts = " ".join(f"{part.heading}: {part.body}" if part.heading else part.body for part in sections(resource)[:5])
    return Facts(
        title=kind or title,
        summary=listed([title if kind and title != kind else "", first_words(texts)], ". "),
        when=pick.first_when(resource, "date"),
        status=status,
        state=state_of(status),
        authors=pick.objs(resource.get("author")),
        services=pick.objs(resource.get("custodian")),
        replaces=related(resource, *REPLACES),
        appends=related(resource, "appends"),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page: the sections, or where there are none its narrative."""
    attested = (pick.obj(one.get("party")) for one in pick.objs(resource.get("attester")))
    text = narrative(resource)
    return Told(
        sections(resource) or ((Paragraph("", text),) if text else ()),
        fields(
            (later("Tittel"), pick.text(resource.get("title"))),
            (later("Gruppe"), listed(pick.concepts(resource.get("category")))),
            (later("Dato"), time(resource.get("date"))),
            (later("Skrevet av"), people(resource.get("author"), names)),
            (later("Godkjent av"), listed(names(one) for one in attested)),
            (later("Virksomhet"), people(resource.get("custodian"), names)),
            (later("Status"), words.status(pick.status(resource.get("status")))),
        ),
    )
