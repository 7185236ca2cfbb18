"""ServiceRequest: a referral, or something ordered.

The easy mistake is to miss `doNotPerform`: it turns the request around.
"""

from __future__ import annotations

from akson_tui.fhir import pick, words
from akson_tui.fhir.attachment import first_words
from akson_tui.fhir.common import Json
from akson_tui.fhir.condition import codes
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, people, period, state_of, time
from akson_tui.fhir.timing import quantity, timing
from akson_tui.i18n import _, later

_TIMES = ("authoredOn", "occurrenceDateTime", "occurrencePeriod")


def _reason(resource: Json) -> str:
    pointers = [pick.text(one.get("display")) for one in pick.objs(resource.get("reasonReference"))]
    return listed([*pick.concepts(resource.get("reasonCode")), *pointers])


def _details(resource: Json) -> str:
    return listed(pick.concepts(resource.get("orderDetail")))


def _not(resource: Json) -> str:
    return _("skal ikke utføres") if pick.true(resource.get("doNotPerform")) else ""


def facts(resource: Json) -> Facts:
    """Its row: what is asked for, and why."""
    status = pick.status(resource.get("status"))
    telling = "" if status in ("", "active", "completed") else words.status(status)
    said = [_not(resource), _reason(resource), _details(resource), telling, first_words(pick.notes(resource))]
    return Facts(
        title=pick.concept(resource.get("code")) or pick.concept(resource.get("category")),
        summary=listed(said, ". "),
        when=pick.first_when(resource, *_TIMES),
        status=status,
        state=state_of(status),
        authors=pick.objs(resource.get("requester")),
        replaces=pick.obj(resource.get("replaces")) or None,
    )


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    when = time(resource.get("occurrenceDateTime")) or period(resource.get("occurrencePeriod"))
    return Told(
        paragraphs(("", pick.notes(resource)), (_("Til pasienten"), pick.text(resource.get("patientInstruction")))),
        fields(
            (later("Merk"), _not(resource)),
            (later("Kode"), codes(resource.get("code"))),
            (later("Gruppe"), listed(pick.concepts(resource.get("category")))),
            (later("Grunn"), _reason(resource)),
            (later("Nærmere"), _details(resource)),
            (later("Mengde"), quantity(resource.get("quantityQuantity"))),
            (later("Tid"), when or timing(resource.get("occurrenceTiming"))),
            (later("Henvist av"), people(resource.get("requester"), names)),
            (later("Til"), people(resource.get("performer"), names)),
            (later("Skrevet"), time(resource.get("authoredOn"))),
            (later("Hastegrad"), words.status(pick.status(resource.get("priority")))),
            (later("Status"), words.status(pick.status(resource.get("status")))),
        ),
    )
