"""AllergyIntolerance: what a person must not have; or that nothing of the kind is known.

The easy mistake is to show "no known allergies" as an allergy, or none recorded as none known: they are told apart.
"""

from __future__ import annotations

from akson_tui.fhir import pick, words
from akson_tui.fhir.attachment import first_words
from akson_tui.fhir.common import Json, ref_of
from akson_tui.fhir.condition import active, certainty, codes
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, people, period, state_of, time
from akson_tui.i18n import later
from akson_tui.model.health import Allergy, Code

NOTHING_KNOWN = frozenset(
    {
        "716186003",  # no known allergy
        "409137002",  # no known drug allergy
        "429625007",  # no known food allergy
        "428607008",  # no known environmental allergy
        "428197003",  # no known insect allergy
        "716184000",  # no known latex allergy
        "716220001",  # no known animal allergy
        "1003774007",  # no known Hevea brasiliensis latex allergy
        "787481004",  # no known adverse drug reaction
        "no-known-allergies",
        "nka",
        "nkda",
    }
)
"""SNOMED CT's findings that exclude an allergy, and HL7's own codes for the same."""

_TIMES = ("onsetDateTime", "onsetPeriod", "recordedDate", "lastOccurrence")


def _nothing(resource: Json) -> bool:
    return any(
        pick.text(coding.get("code")).casefold() in NOTHING_KNOWN for coding in pick.codings(resource.get("code"))
    )


def _substance(resource: Json) -> Code:
    """The substance; where the code says nothing, that of its first reaction."""
    code = pick.code(resource.get("code"))
    return code if code.text else pick.code(pick.at(resource, "reaction", "substance"))


def _reactions(resource: Json) -> str:
    told = []
    for one in pick.objs(resource.get("reaction")):
        said = listed(pick.concepts(one.get("manifestation"))) or pick.text(one.get("description"))
        severity = words.status(pick.status(one.get("severity")))
        told.append(f"{said} ({severity})" if said and severity else said or severity)
    return listed(told, "; ")


def _critical(resource: Json) -> bool:
    return pick.status(resource.get("criticality")) == "high"


def read(resource: Json, source: str) -> Allergy:
    """The allergy. Never raises."""
    return Allergy(
        ref=ref_of(resource, source),
        substance=_substance(resource),
        reaction=_reactions(resource),
        critical=_critical(resource),
        certainty=certainty(resource),
        active=active(resource),
        nothing_known=_nothing(resource),
    )


def facts(resource: Json) -> Facts:
    """Its row: the substance, and what it does."""
    clinical, sure = pick.status(resource.get("clinicalStatus")), pick.status(resource.get("verificationStatus"))
    telling = [words.status(code) for code in (sure, clinical) if code not in ("", "confirmed", "active")]
    return Facts(
        title=_substance(resource).text,
        summary=listed([_reactions(resource), *telling, first_words(pick.notes(resource))], ". "),
        when=pick.first_when(resource, *_TIMES),
        status=clinical,
        state=state_of(sure, clinical),
        authors=pick.objs(resource.get("recorder")) + pick.objs(resource.get("asserter")),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    said = [pick.text(one.get("description")) for one in pick.objs(resource.get("reaction"))]
    return Told(
        paragraphs(("", listed(said, "\n\n")), ("", pick.notes(resource))),
        fields(
            (later("Kode"), codes(resource.get("code"))),
            (later("Reaksjon"), _reactions(resource)),
            (later("Fare"), words.status(pick.status(resource.get("criticality")))),
            (later("Tilstand"), words.status(pick.status(resource.get("clinicalStatus")))),
            (later("Sikkerhet"), words.status(pick.status(resource.get("verificationStatus")))),
            (later("Type"), words.status(pick.text(resource.get("type")))),
            (later("Gruppe"), listed(map(words.status, pick.texts(resource.get("category"))))),
            (later("Begynte"), time(resource.get("onsetDateTime")) or period(resource.get("onsetPeriod"))),
            (later("Sist sett"), time(resource.get("lastOccurrence"))),
            (later("Registrert"), time(resource.get("recordedDate"))),
            (later("Registrert av"), people(resource.get("recorder"), names)),
            (later("Ifølge"), people(resource.get("asserter"), names)),
        ),
    )
