"""DocumentReference: a note or a document, read as an entry; and a note that was signed, written as a whole act.

The easy mistake when reading is to show the first content only: the readable form may come last. When writing: to make
the old note anew in order to mark it. It is sent back in the bytes that were received, with one word changed.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from akson_tui.fhir import attachment, observation, pick, practitioner, provenance, words
from akson_tui.fhir.attachment import Content, first_words
from akson_tui.fhir.common import Json, load, ref_of
from akson_tui.fhir.composition import REPLACES, related
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, people, period, state_of, time
from akson_tui.fhir.spans import replace_member
from akson_tui.fhir.syntax import dump
from akson_tui.i18n import later
from akson_tui.model.act import Part
from akson_tui.model.entry import Paragraph
from akson_tui.model.note import Draft, DraftKind, Recognised, Template
from akson_tui.model.people import Clinician
from akson_tui.model.ref import Ref
from akson_tui.model.when import OSLO


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


# -- writing ----------------------------------------------------------------------------------------------------------

DOCUMENT_TYPES = "urn:oid:2.16.578.1.12.4.1.1.9602"
URI = "urn:ietf:rfc:3986"
_RELATIONS = {DraftKind.ADDENDUM: "appends", DraftKind.CORRECTION: "replaces"}

Takes = Callable[[str], bool]
"""Whether the journal takes resources of a type."""


@dataclass(frozen=True, slots=True)
class NoteToWrite:
    """A draft at the moment of signing.

    `draft.text` is the text exactly as shown; `recognised` the measurements that the writer confirmed; `signed` an
    aware instant; `new_id` gives a new UUID (with or without `urn:uuid:`); `old_raw` the received bytes of the note
    that a correction replaces; `takes` tells which types the journal takes beside DocumentReference.
    """

    draft: Draft
    template: Template
    author: Clinician
    source: str
    recognised: tuple[Recognised, ...]
    signed: datetime
    new_id: Callable[[], str]
    old_raw: bytes | None
    takes: Takes


def write(note: NoteToWrite) -> tuple[Part, ...]:
    """The whole act: the note, its Observations, its Provenance, and for a correction the old note as superseded.

    The same input gives the same bytes. Raises FhirUnreadable where a correction's `old_raw` has no status to change.
    """
    by = practitioner.signer(note.author, note.source)
    parts = [_part(note.draft.id, "DocumentReference", _document(note, by), identified=True)]
    if note.takes("Observation"):
        for one in note.recognised:
            url = urn(note.new_id())
            made = observation.write(one, note.draft.patient, by, note.signed, note.draft.id)
            parts.append(_part(url, "Observation", _named(made, url), identified=True))
    if note.takes("Provenance"):
        targets = [{"reference": part.full_url} for part in parts]
        digest = sha256(note.draft.text.encode()).hexdigest()
        made = provenance.write(targets, by, note.signed, provenance.SIGNED, digest=digest)
        parts.append(_part(urn(note.new_id()), "Provenance", made))
    if note.draft.kind is DraftKind.CORRECTION and note.draft.target is not None and note.old_raw is not None:
        parts += _marked(note.old_raw, note.draft.target, "superseded", urn(note.new_id()))
    return tuple(parts)


def mark_error(
    raw: bytes,
    ref: Ref,
    reason: str,
    author: Clinician,
    signed: datetime,
    new_id: Callable[[], str],
    takes: Takes = lambda _type: True,
) -> tuple[Part, ...]:
    """A note that stands in the wrong journal: marked entered-in-error, and a Provenance that says by whom and why.

    A journal that takes no Provenance is told nothing but the mark. Raises FhirUnreadable where `raw` has no status.
    """
    marked = _marked(raw, ref, "entered-in-error", urn(new_id()))
    if not takes("Provenance"):
        return marked
    by = practitioner.signer(author, ref.source)
    targets = [{"reference": ref.relative}]
    made = provenance.write(targets, by, signed, provenance.NULLIFIED, reason=reason)
    return (*marked, _part(urn(new_id()), "Provenance", made))


def urn(identifier: str) -> str:
    """A UUID as a urn."""
    return identifier if identifier.startswith("urn:uuid:") else f"urn:uuid:{identifier}"


def _part(url: str, type_: str, body: Json, identified: bool = False) -> Part:
    return Part(url, type_, "POST", dump(body), (URI, url) if identified else ("", ""))


def _marked(raw: bytes, ref: Ref, status: str, url: str) -> tuple[Part, ...]:
    """The old note with another status; nothing where it has it already, and what is in error stays so."""
    held = load(raw)
    if pick.status(held.get("status")) in (status, "entered-in-error"):
        return ()
    version = ref_of(held, ref.source).version or ref.version
    target = Ref(ref.source, ref.type, ref.id, version)
    return (Part(url, ref.type, "PUT", replace_member(raw, "status", status), target=target),)


def _named(made: Json, url: str) -> Json:
    """`made` with our identifier, which stands right behind its type."""
    type_, *rest = made.items()
    return dict([type_, ("identifier", [{"system": URI, "value": url}]), *rest])


def _document(note: NoteToWrite, by: practitioner.Signer) -> Json:
    draft, at = note.draft, instant(note.signed)
    template = note.template
    type_: Json = {"text": template.name}
    if template.code:
        coding = {"system": DOCUMENT_TYPES, "code": template.code, "display": template.code_text or template.name}
        type_ = {"coding": [coding], **type_}
    made: Json = {"resourceType": "DocumentReference"}
    if by.contained:
        made["contained"] = list(by.contained)
    made |= {
        "status": "current",
        "docStatus": "final",
        "type": type_,
        "subject": {"reference": draft.patient.relative},
        "date": at,
        "author": [by.reference],
        "authenticator": by.reference,
    }
    if by.organisation:
        made["custodian"] = by.organisation
    if draft.target is not None and draft.kind in _RELATIONS:
        made["relatesTo"] = [{"code": _RELATIONS[draft.kind], "target": {"reference": draft.target.relative}}]
    made["content"] = [
        {
            "attachment": {
                "contentType": "text/plain; charset=utf-8",
                "language": "nb-NO",
                "data": b64encode(draft.text.encode()).decode("ascii"),
                "title": template.name,
                "creation": at,
            }
        }
    ]
    return _named(made, draft.id)


def instant(at: datetime) -> str:
    """A FHIR instant with Oslo's offset, to the millisecond: notes signed in one second keep their order."""
    return at.astimezone(OSLO).isoformat(timespec="milliseconds")
