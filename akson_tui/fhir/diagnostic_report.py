"""DiagnosticReport: a report on results.

The easy mistake is to show the report without what it lists: its results are named, its form is named with its size.
"""

from __future__ import annotations

from akson_tui.fhir import attachment, pick, words
from akson_tui.fhir.attachment import first_words, narrative
from akson_tui.fhir.common import Json
from akson_tui.fhir.shape import Facts, Names, Told, fields, listed, paragraphs, people, period, state_of, time
from akson_tui.i18n import _, later

_TIMES = ("effectiveDateTime", "effectivePeriod", "issued")


def _diagnosis(resource: Json) -> str:
    return listed(pick.concepts(resource.get("conclusionCode")))


def facts(resource: Json) -> Facts:
    """Its row: which report, and its conclusion."""
    status = pick.status(resource.get("status"))
    results = listed(pick.text(one.get("display")) for one in pick.objs(resource.get("result")))
    return Facts(
        title=pick.concept(resource.get("code")) or pick.concept(resource.get("category")),
        summary=first_words(pick.text(resource.get("conclusion")) or _diagnosis(resource) or results),
        when=pick.first_when(resource, *_TIMES),
        status=status,
        state=state_of(status),
        authors=pick.objs(resource.get("performer")) + pick.objs(resource.get("resultsInterpreter")),
    )


def told(resource: Json, names: Names) -> Told:
    """Its page."""
    forms = [attachment.read(one) for one in pick.objs(resource.get("presentedForm"))]
    conclusion = pick.text(resource.get("conclusion"))
    texts = [one.text for one in forms if one.text]
    bare = not conclusion and not texts and not pick.objs(resource.get("result"))
    return Told(
        paragraphs(
            (_("Konklusjon") if texts else "", conclusion),
            *(("", text) for text in texts),
            ("", narrative(resource) if bare else ""),
        ),
        fields(
            (later("Gruppe"), listed(pick.concepts(resource.get("category")))),
            (later("Resultater"), people(resource.get("result"), names)),
            (later("Diagnose"), _diagnosis(resource)),
            (later("Tatt"), time(resource.get("effectiveDateTime")) or period(resource.get("effectivePeriod"))),
            (later("Utgitt"), time(resource.get("issued"))),
            (later("Utført av"), people(resource.get("performer"), names)),
            (later("Vurdert av"), people(resource.get("resultsInterpreter"), names)),
            (later("Prøve"), people(resource.get("specimen"), names)),
            (later("Status"), words.status(pick.status(resource.get("status")))),
        ),
        tuple(one.attachment for one in forms if one.attachment is not None),
        any(one.unreadable for one in forms),
    )
