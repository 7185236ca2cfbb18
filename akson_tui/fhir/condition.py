"""Condition: a problem or diagnosis.

The easy mistake is to drop what is refuted or over: it is told apart, not left out.
"""

from __future__ import annotations

from akson_tui.fhir import pick, words
from akson_tui.fhir.attachment import first_words
from akson_tui.fhir.common import Json, ref_of
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, people, period, state_of, time
from akson_tui.i18n import later
from akson_tui.model.health import Certainty, Problem

_OVER = ("inactive", "remission", "resolved")
_CERTAINTY = {
    "unconfirmed": Certainty.UNCONFIRMED,
    "differential": Certainty.UNCONFIRMED,
    "provisional": Certainty.PRESUMED,
    "presumed": Certainty.PRESUMED,
    "confirmed": Certainty.CONFIRMED,
    "refuted": Certainty.REFUTED,
    "entered-in-error": Certainty.ERROR,
}
_TIMES = ("onsetDateTime", "onsetPeriod", "recordedDate")


def certainty(resource: Json) -> Certainty:
    """How sure it is said to be (verificationStatus of a Condition or an AllergyIntolerance)."""
    return _CERTAINTY.get(pick.status(resource.get("verificationStatus")), Certainty.UNKNOWN)


def active(resource: Json) -> bool:
    """Whether it counts now; what says nothing about it does, unless it is refuted or in error."""
    clinical = pick.status(resource.get("clinicalStatus"))
    if certainty(resource) in (Certainty.REFUTED, Certainty.ERROR) or clinical in _OVER:
        return False
    return bool(clinical) or not any(name.startswith("abatement") for name in resource)


def read(resource: Json, source: str) -> Problem:
    """The problem. Never raises."""
    return Problem(
        ref=ref_of(resource, source),
        code=pick.code(resource.get("code")),
        active=active(resource),
        certainty=certainty(resource),
        onset=pick.first_when(resource, *_TIMES),
        note=pick.notes(resource),
    )


def facts(resource: Json) -> Facts:
    """Its row: the problem, and how sure or over it is."""
    clinical, sure = pick.status(resource.get("clinicalStatus")), pick.status(resource.get("verificationStatus"))
    telling = [words.status(code) for code in (sure, clinical) if code not in ("", "confirmed", "active")]
    return Facts(
        title=pick.concept(resource.get("code")),
        summary=listed([*telling, first_words(pick.notes(resource))], ". "),
        when=pick.first_when(resource, *_TIMES),
        status=clinical,
        state=state_of(sure, clinical),
        authors=pick.objs(resource.get("recorder")) + pick.objs(resource.get("asserter")),
    )


def codes(value: object) -> str:
    """All codes of a concept, for looking up: `R95, J44.9`."""
    return listed(pick.text(coding.get("code")) for coding in pick.codings(value))


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    began = time(resource.get("onsetDateTime")) or period(resource.get("onsetPeriod"))
    ended = time(resource.get("abatementDateTime")) or period(resource.get("abatementPeriod"))
    return Told(
        paragraphs(("", pick.notes(resource))),
        fields(
            (later("Kode"), codes(resource.get("code"))),
            (later("Tilstand"), words.status(pick.status(resource.get("clinicalStatus")))),
            (later("Sikkerhet"), words.status(pick.status(resource.get("verificationStatus")))),
            (later("Alvorlighet"), pick.concept(resource.get("severity"))),
            (later("Type"), listed(pick.concepts(resource.get("category")))),
            (later("Sted på kroppen"), listed(pick.concepts(resource.get("bodySite")))),
            (later("Begynte"), began or pick.text(resource.get("onsetString"))),
            (later("Sluttet"), ended or pick.text(resource.get("abatementString"))),
            (later("Registrert"), time(resource.get("recordedDate"))),
            (later("Registrert av"), people(resource.get("recorder"), names)),
            (later("Ifølge"), people(resource.get("asserter"), names)),
        ),
    )
