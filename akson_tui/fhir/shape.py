"""What each resource type tells of itself: `Facts` for its row in the timeline, `Told` for its page.

The easy mistake is to do per type what all have in common (names, secrecy, cutting): that is the register's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from akson_tui.clinical.shown import span_text, when_text
from akson_tui.fhir import pick
from akson_tui.fhir.syntax import Json
from akson_tui.model.entry import Attachment, EntryState, Paragraph
from akson_tui.model.when import When

Names = Callable[[object], str]
"""Tells the name of whom or what a Reference points to, '' where nobody knows."""

Fields = tuple[tuple[str, str], ...]

_STATES = {
    "entered-in-error": EntryState.ERROR,
    "superseded": EntryState.SUPERSEDED,
    "preliminary": EntryState.PRELIMINARY,
    "registered": EntryState.PRELIMINARY,
    "partial": EntryState.PRELIMINARY,
    "draft": EntryState.PRELIMINARY,
    "proposed": EntryState.PRELIMINARY,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """One row: what it is, its first words or value, its clinical time, who, for which service.

    `authors` and `services` are References, the one that counts first; `service` is the service where it is said in
    words; `replaces`, `appends` are References to the older entry.
    """

    title: str
    summary: str = ""
    when: When | None = None
    status: str = ""
    state: EntryState = EntryState.CURRENT
    authors: tuple[Json, ...] = ()
    services: tuple[Json, ...] = ()
    service: str = ""
    replaces: Json | None = None
    appends: Json | None = None
    names: tuple[Json, ...] = ()
    """Other References whose name is shown (a medicine)."""


@dataclass(frozen=True, slots=True)
class Told:
    """One page: its texts, its fields (label to be translated, value), what is named and not shown."""

    paragraphs: tuple[Paragraph, ...] = ()
    fields: Fields = ()
    attachments: tuple[Attachment, ...] = ()
    unreadable: bool = False


def state_of(*codes: str) -> EntryState:
    """The state that the first telling one of these status codes means; error goes before all."""
    found = [_STATES[code] for code in codes if code in _STATES]
    if EntryState.ERROR in found:
        return EntryState.ERROR
    return found[0] if found else EntryState.CURRENT


def paragraphs(*rows: tuple[str, str]) -> tuple[Paragraph, ...]:
    """Those (heading, body) that have a body."""
    return tuple(Paragraph(heading, body) for heading, body in rows if body.strip())


def fields(*rows: tuple[str, str]) -> Fields:
    """Those (label, value) that have a value."""
    return tuple((label, value) for label, value in rows if value.strip())


def listed(parts: Iterable[str], between: str = ", ") -> str:
    """The parts that are not blank, each once, in their order."""
    return between.join(dict.fromkeys(part for part in parts if part.strip()))


def time(value: object) -> str:
    """A date, dateTime or instant as it is shown; what is none as it was sent."""
    found = pick.when(value)
    return when_text(found) if found else pick.text(value)


def period(value: object) -> str:
    """A FHIR Period in one line."""
    found = pick.obj(value)
    return span_text(pick.when(found.get("start")), pick.when(found.get("end")))


def people(references: object, names: Names) -> str:
    """The names of all these References."""
    return listed(names(one) for one in pick.objs(references))
