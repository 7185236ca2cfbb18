"""Communication: a message between services.

The easy mistake is to read only `payload.contentString`: a message may come as an attachment.
"""

from __future__ import annotations

from akson_tui.fhir import attachment, pick, words
from akson_tui.fhir.attachment import Content, first_words
from akson_tui.fhir.common import Json
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, people, state_of, time
from akson_tui.i18n import _, later
from akson_tui.model.entry import Paragraph


def _contents(resource: Json) -> list[Content]:
    found = []
    for one in pick.objs(resource.get("payload")):
        if said := pick.text(one.get("contentString")):
            found.append(Content(text=said))
        elif pick.obj(one.get("contentAttachment")):
            found.append(attachment.read(one.get("contentAttachment")))
        elif said := pick.text(pick.at(one, "contentReference", "display")):
            found.append(Content(text=said))
    return found


def _title(resource: Json) -> str:
    return pick.concept(resource.get("topic")) or pick.concept(resource.get("category")) or _("Melding")


def facts(resource: Json) -> Facts:
    """Its row: what it is about, and its first words."""
    status = pick.status(resource.get("status"))
    text = next((one.text for one in _contents(resource) if one.text), "")
    return Facts(
        title=_title(resource),
        summary=first_words(text or pick.notes(resource)),
        when=pick.first_when(resource, "sent", "received"),
        status=status,
        state=state_of(status),
        authors=pick.objs(resource.get("sender")),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    contents = _contents(resource)
    texts = [one.text for one in contents if one.text] + [pick.notes(resource)]
    return Told(
        tuple(Paragraph("", text) for text in texts if text),
        fields(
            (later("Gruppe"), listed(pick.concepts(resource.get("category")))),
            (later("Fra"), people(resource.get("sender"), names)),
            (later("Til"), people(resource.get("recipient"), names)),
            (later("Sendt"), time(resource.get("sent"))),
            (later("Mottatt"), time(resource.get("received"))),
            (later("Hastegrad"), words.status(pick.status(resource.get("priority")))),
            (later("Status"), words.status(pick.status(resource.get("status")))),
        ),
        tuple(one.attachment for one in contents if one.attachment is not None),
        any(one.unreadable for one in contents),
    )
