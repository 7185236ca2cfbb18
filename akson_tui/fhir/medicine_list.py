"""List: who went through a person's medicines (or problems, or allergies) and when, with what stands in it.

The easy mistake is to take any list for the medication list: a list of problems has a date too.
"""

from __future__ import annotations

from akson_tui.fhir import pick, words
from akson_tui.fhir.common import Json, ref_of, reference, said_name
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, people, state_of, time
from akson_tui.i18n import later
from akson_tui.model.health import MedicineList

MEDICINES = frozenset({"medications", "10160-0", "MEDLIST", "CURMEDLIST"})
"""Codes of HL7's list uses, LOINC and v3 ActCode; beside them a list of nothing but medicines counts."""
_TYPES = frozenset({"MedicationStatement", "MedicationRequest"})


def read(resource: Json, source: str, names: Names | None = None) -> MedicineList | None:
    """The list, None where it is none of medicines or is no longer in force. Never raises."""
    items = [one for one in pick.objs(resource.get("entry")) if not pick.true(one.get("deleted"))]
    refs = [ref.bare() for one in items if (ref := reference(one.get("item"), source)) is not None]
    only = bool(refs) and all(ref.type in _TYPES for ref in refs)
    if pick.status(resource.get("status")) != "current" or not (
        only or pick.has_code(resource.get("code"), *MEDICINES)
    ):
        return None
    tell = names or (lambda value: said_name(resource, value))
    return MedicineList(
        ref=ref_of(resource, source),
        title=_title(resource),
        at=pick.when(resource.get("date")),
        by=tell(pick.obj(resource.get("source"))),
        holds=tuple(ref for ref in refs if ref.type in _TYPES),
    )


def _title(resource: Json) -> str:
    return pick.text(resource.get("title")) or pick.concept(resource.get("code"))


def facts(resource: Json) -> Facts:
    """Its row: what list it is."""
    status = pick.status(resource.get("status"))
    return Facts(
        title=_title(resource),
        summary=pick.notes(resource) or pick.concept(resource.get("emptyReason")),
        when=pick.when(resource.get("date")),
        status=status,
        state=state_of(status),
        authors=pick.objs(resource.get("source")),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page: what stands in it, by name."""
    items = (names(one.get("item")) for one in pick.objs(resource.get("entry")))
    return Told(
        paragraphs(("", pick.notes(resource))),
        fields(
            (later("Dato"), time(resource.get("date"))),
            (later("Gjennomgått av"), people(resource.get("source"), names)),
            (later("Innhold"), listed(item for item in items if item)),
            (later("Tom fordi"), pick.concept(resource.get("emptyReason"))),
            (later("Status"), words.status(status) if (status := pick.status(resource.get("status"))) else ""),
        ),
    )
