"""Any resource type that nobody named: shown as itself, by the elements that many types share.

The easy mistake is to show nothing because nothing is known: its narrative, its texts and its codes are told.
"""

from __future__ import annotations

from akson_tui.fhir import pick, words
from akson_tui.fhir.attachment import Content, first_words, narrative, read
from akson_tui.fhir.common import Json, type_of
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, period, state_of, time
from akson_tui.fhir.timing import dosage
from akson_tui.i18n import later

_TIMES = (
    "effectiveDateTime",
    "effectivePeriod",
    "occurrenceDateTime",
    "occurrencePeriod",
    "performedDateTime",
    "performedPeriod",
    "identifiedDateTime",
    "identifiedPeriod",
    "period",
    "start",
    "started",
    "authored",
    "authoredOn",
    "dateTime",
    "date",
    "recorded",
    "recordedDate",
    "issued",
    "sent",
    "whenHandedOver",
    "whenPrepared",
    "receivedTime",
    "createdDateTime",
    "billablePeriod",
    "dateWritten",
    "created",
)
MAX_LINES = 1000
"""Lines of a form that are shown."""
_DATE = len("2026-11-05")
_CODES = ("code", "vaccineCode", "medicationCodeableConcept", "type", "topic", "modality", "category")
_TEXTS = ("title", "name", "description", "summary", "comment", "conclusion", "disposition", "patientInstruction")
_AUTHORS = ("author", "performer", "recorder", "requester", "sender", "asserter", "source", "prescriber", "operator")
_ELSEWHERE = frozenset(
    (
        *("resourceType", "id", "meta", "text", "contained", "identifier", "implicitRules", "language", "status"),
        *("subject", "patient", "note", "dosage", "dosageInstruction"),
    )
)
"""Elements that are told in another way, or that tell a reader nothing."""
_SERVICES = ("custodian", "managingOrganization", "serviceProvider", "provider", "organization")


def _codes(resource: Json) -> str:
    return listed(
        said for name in _CODES if isinstance(resource.get(name), dict | list) for said in _concepts(resource, name)
    )


def _concepts(resource: Json, name: str) -> tuple[str, ...]:
    return pick.concepts(resource.get(name))


def _texts(resource: Json) -> list[str]:
    found = [pick.text(resource.get(name)) for name in _TEXTS]
    return [text for text in dict.fromkeys(found) if text]


def _references(resource: Json, elements: tuple[str, ...]) -> tuple[Json, ...]:
    found: list[Json] = []
    for name in elements:
        for one in pick.objs(resource.get(name)):
            inner = pick.obj(one.get("actor")) or one
            if "reference" in inner or "display" in inner:
                found.append(inner)
    return tuple(found)


def facts(resource: Json) -> Facts:
    """Its row: the type's own name, and what it says of itself."""
    status = pick.status(resource.get("status"))
    said = listed([_codes(resource), *_texts(resource)], ". ")
    return Facts(
        title=type_of(resource),
        summary=first_words(said or pick.notes(resource) or _answers(resource) or narrative(resource)),
        when=pick.first_when(resource, *_TIMES),
        status=status,
        state=state_of("entered-in-error" if status == "entered-in-error" else ""),
        authors=_references(resource, _AUTHORS),
        services=_references(resource, _SERVICES),
        replaces=next(iter(_references(resource, ("replaces",))), None),
    )


def _answers(resource: Json) -> str:
    """The questions and answers of a form, one in a line, inner ones below the one that holds them."""
    lines: list[str] = []
    waiting = [(one, 0) for one in reversed(pick.objs(resource.get("item")))]
    while waiting and len(lines) < MAX_LINES:
        one, depth = waiting.pop()
        answers = pick.objs(one.get("answer"))
        values = (value for answer in answers for name, value in answer.items() if name.startswith("value"))
        said = listed(_plain(value, _display) for value in values)
        question = pick.text(one.get("text")) or pick.text(one.get("linkId"))
        lines.append(f"{'  ' * min(depth, 6)}{question}: {said}".rstrip(": "))
        inner = (*pick.objs(one.get("item")), *(each for answer in answers for each in pick.objs(answer.get("item"))))
        waiting += [(each, depth + 1) for each in reversed(inner)]
    return "\n".join(lines)


def _display(value: object) -> str:
    return pick.text(pick.obj(value).get("display"))


def _attachments(resource: Json) -> list[Content]:
    """What is attached in any element of its own: each object with a media type and data, size or address."""
    return [
        read(one)
        for value in resource.values()
        for outer in pick.objs(value)
        for one in (outer, *pick.objs(outer.get("attachment")), *pick.objs(outer.get("contentAttachment")))
        if "contentType" in one and ("data" in one or "url" in one or "size" in one)
    ]


def told(resource: Json, names: Names) -> Told:
    """Its page: texts, narrative, codes, and the rest of its plain elements by their own names."""
    texts = _texts(resource)
    attached, answers = _attachments(resource), _answers(resource)
    rest = []
    for name, value in resource.items():
        if name in _ELSEWHERE or name == "item" or name in _TEXTS or name.startswith("_"):
            continue
        rest.append((name, listed(_plain(one, names) for one in (value if isinstance(value, list) else [value]))))
    return Told(
        paragraphs(
            *(("", text) for text in texts),
            *(("", one.text) for one in attached),
            ("", answers),
            ("", pick.notes(resource)),
            ("", "" if answers else narrative(resource)),
        ),
        fields(
            *rest,
            (later("Dosering"), dosage(resource.get("dosage")) or dosage(resource.get("dosageInstruction"))),
            (later("Status"), words.status(status) if (status := pick.status(resource.get("status"))) else ""),
        ),
        tuple(one.attachment for one in attached if one.attachment is not None),
        any(one.unreadable for one in attached),
    )


def _plain(value: object, names: Names) -> str:
    """One element in words where that is simple: a text, a number, a concept, a reference, a quantity."""
    if isinstance(value, bool):
        return "true" if value else "false"
    one = pick.obj(value)
    if not one:
        said = pick.text(value)
        return time(said) if len(said) >= _DATE else said
    if "reference" in one or "display" in one:
        return names(one) or pick.text(one.get("display"))
    number = pick.decimal(one.get("value"))
    if number is not None:
        return f"{pick.text(one.get('value'))} {pick.text(one.get('unit')) or pick.text(one.get('code'))}".rstrip()
    if "start" in one or "end" in one:
        return period(one)
    return pick.concept(one)
