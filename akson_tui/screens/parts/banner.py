"""What never leaves the screen while a patient is open: who it is, and what is critical.

The easy mistake is to cut an allergy: what does not fit gets further lines, and critical ones come first.
"""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from akson_tui.i18n import _, n_
from akson_tui.model.health import Allergy, Certainty
from akson_tui.model.held import FetchStatus, Shelf
from akson_tui.model.people import Patient, Protection
from akson_tui.screens import text, words
from akson_tui.screens.parts import held
from akson_tui.workspace.views import Banner

LINES_AT_MOST = 5
ALERT_AT_MOST = 39
"""Columns of an alert: its first words; all of it stands in the timeline. Allergies are never cut."""


def lines(banner: Banner, now: datetime, width: int) -> list[Content]:
    """The banner in `width` columns: one line who, then at least one of what is critical."""
    dangers = text.pack(_dangers(banner), width)
    if len(dangers) >= LINES_AT_MOST:
        more = text.line(_("… flere: se tidslinjen"), "critical")
        dangers = [*dangers[: LINES_AT_MOST - 2], text.ends(dangers[LINES_AT_MOST - 2], more, width)]
    return [_who(banner, now, width), *dangers]


def _who(banner: Banner, now: datetime, width: int) -> Content:
    patient = banner.patient
    number = words.national_id(patient.national_id) or _("uten fødselsnummer")
    born = words.day(patient.born)
    facts = [
        words.age(patient.born, _until(patient, now)),
        _(words.SEXES[patient.sex]),
        _("f. {date}").format(date=born) if born else _("fødselsdato ukjent"),
        number,
    ]
    if banner.others:
        n = len(banner.others)
        facts.append(n_("+{n} journal til", "+{n} journaler til", n).format(n=n))
    rest = text.join([text.line(fact) for fact in facts])
    if patient.deceased:
        at = "" if isinstance(patient.deceased, bool) else words.when(patient.deceased)
        rest = text.join([text.line(_("DØD {at}").format(at=at).strip(), "critical"), rest])
    name = text.line(patient.name.text or _("uten navn"), "heading")
    return text.join([text.cut(name, max(width - rest.cell_length - 2, 12)), rest])


def _until(patient: Patient, now: datetime) -> datetime:
    """The dead do not grow older."""
    return now if isinstance(patient.deceased, bool) else patient.deceased.earliest


def _dangers(banner: Banner) -> list[Content]:
    found = _allergies(banner.allergies)
    for alert in banner.alerts.rows:
        found.append(text.cut(text.line(_("Varsel: {alert}").format(alert=alert.text), "critical"), ALERT_AT_MOST))
    if not banner.alerts.rows and banner.alerts.fetched.status is not FetchStatus.COMPLETE:
        found.append(text.line(_("Varsler: ")) + held.empty(banner.alerts, ""))
    elif banner.alerts.withheld or banner.alerts.unreadable:
        found.append(text.line(_("Varsler: ")) + held.hidden(banner.alerts))
    patient = banner.patient
    if patient.interpreter:
        language = patient.language or _("språk ikke oppgitt")
        found.append(text.line(_("Tolk: {language}").format(language=language), "warning"))
    elif patient.language:
        found.append(text.line(_("Språk: {language}").format(language=patient.language)))
    if patient.protection is not Protection.NONE:
        found.append(text.line(_(words.PROTECTIONS[patient.protection]).capitalize(), "critical"))
    return found


def _allergies(shelf: Shelf[Allergy]) -> list[Content]:
    real = [allergy for allergy in shelf.rows if not allergy.nothing_known]
    if not real:
        known = any(allergy.nothing_known for allergy in shelf.rows)
        none = _("ingen kjente") if known else _("ingen registrert")
        state = text.line(none) if known else held.empty(shelf, none)
        return [text.line(_("Allergier: ")) + state]
    critical = [_allergy(allergy) for allergy in real if allergy.critical]
    others = [_allergy(allergy) for allergy in real if not allergy.critical]
    found: list[Content] = []
    if critical:
        found.append(text.line(_("KRITISK: {what}").format(what=", ".join(critical)), "critical"))
    if others:
        found.append(text.line(_("Allergi: {what}").format(what=", ".join(others)), "heading"))
    if shelf.withheld or shelf.unreadable:
        found.append(text.line(_("Allergier: ")) + held.hidden(shelf))
    if shelf.fetched.trouble:
        found.append(text.line(_("Allergier: ")) + text.line(words.trouble(shelf.fetched.trouble), "warning"))
    return found


def _allergy(allergy: Allergy) -> str:
    said = allergy.substance.text or _("ukjent stoff")
    more = [allergy.reaction] if allergy.reaction else []
    if allergy.certainty is Certainty.REFUTED:
        more.append(_("avkreftet"))
    elif allergy.certainty in (Certainty.UNCONFIRMED, Certainty.PRESUMED):
        more.append(_("ikke bekreftet"))
    return f"{said} ({', '.join(more)})" if more else said
