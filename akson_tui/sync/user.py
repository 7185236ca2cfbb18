"""Who the user is in a journal, without sign-in: by HPR number, by Practitioner id, or `demo`.

The easy mistake: taking the first role there is. A clinician may work in several places; all their roles count for the
day's list, the first active one is whom they sign as.
"""

from __future__ import annotations

from dataclasses import dataclass

from akson_tui.fhir import practitioner as fhir_practitioner
from akson_tui.fhir.common import FhirUnreadable, Json, load, ref_of, reference, type_of
from akson_tui.journal.rest import token
from akson_tui.journal.troubles import (
    Gone,
    Invalid,
    JournalTrouble,
    LineTrouble,
    NotFhir,
    NotFound,
    NotSignedIn,
    NotSupported,
)
from akson_tui.model.people import HPR, Clinician
from akson_tui.model.ref import Ref
from akson_tui.sync.names import Names
from akson_tui.sync.page import Page, only
from akson_tui.sync.source import Level, Search, Source

PAGES = 20
"""Pages of roles that are looked through."""
DEMO = "kari-nilsen"
"""Whom `--as demo` names."""


@dataclass(frozen=True, slots=True)
class User:
    """The user in one source: who signs, and everything that the day's list may name them by."""

    clinician: Clinician
    actors: frozenset[Ref]


async def resolve(source: Source, names: Names, ident: str, level: Level) -> User | None:
    """The user; None where the source has no such clinician. Raises JournalTrouble."""
    ident = DEMO if ident == "demo" else ident
    person = await _practitioner(source, ident, level)
    if person is None:
        return None
    me = ref_of(person, source.id).bare()
    search = Search("PractitionerRole", (("practitioner", me.relative), ("_count", "50")))
    found = (await source.searches(level, [search]))[0]
    roles = [] if isinstance(found, JournalTrouble) else await _roles(source, found, me, level)
    roles.sort(key=lambda role: (role.get("active") is False, ref_of(role, source.id).id))
    role = next(iter(roles), None)
    if role is not None:
        unit = reference(role.get("organization"), source.id)
        await names.fill([unit] if unit is not None else [], level)
    clinician = fhir_practitioner.read_clinician(person, role, source.id, names.resolve)
    return User(clinician, frozenset({me, *(ref_of(one, source.id).bare() for one in roles)}))


async def _roles(source: Source, page: Page, me: Ref, level: Level) -> list[Json]:
    """Those of `me` among the pages; a server that does not heed whose it is asked for sends everybody's."""
    roles = [role for role in _resources(page) if _has(role, me)]
    for _ in range(PAGES):
        if not page.next:
            break
        try:
            page = await source.page(level, page.next)
        except (LineTrouble, NotSignedIn):
            raise
        except JournalTrouble:
            break
        roles += [role for role in _resources(page) if _has(role, me)]
    return roles


async def _practitioner(source: Source, ident: str, level: Level) -> Json | None:
    if ident.isdecimal():
        params = [("identifier", token(HPR, ident))]
        try:
            page = await source.search(level, "Practitioner", params)
        except (Invalid, NotSupported):
            page = Page("", ())
        for person in _resources(page):
            if type_of(person) == "Practitioner" and fhir_practitioner.hpr(person) == ident:
                return person
    try:
        answer = await source.ask(level, lambda: source.rest.read("Practitioner", ident))
    except (NotFound, Gone, Invalid, NotFhir):
        return None
    found = _resources(only(answer.raw, "Practitioner"))
    return next((one for one in found if type_of(one) == "Practitioner" and one.get("id") == ident), None)


def _resources(page: Page) -> list[Json]:
    found: list[Json] = []
    for piece in page.pieces:
        try:
            resource = load(piece.raw) if piece.raw else {}
        except FhirUnreadable:
            continue
        if type_of(resource) and ref_of(resource, "").id:
            found.append(resource)
    return found


def _has(role: Json, person: Ref) -> bool:
    held_by = reference(role.get("practitioner"), person.source)
    return type_of(role) == "PractitionerRole" and held_by is not None and held_by.bare() == person
