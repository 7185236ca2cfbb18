"""What commands show of a record, as lines of text: the same sections as on the screen, and who it is above them.

The easy mistake is to cut what is critical to fit: here allergies and alerts take the lines they need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from textwrap import wrap

from akson_tui.i18n import _, n_
from akson_tui.model.entry import TimelineRow
from akson_tui.model.health import Allergy, Certainty
from akson_tui.model.held import Fetched, FetchStatus, Shelf
from akson_tui.model.people import Patient, Protection
from akson_tui.model.plan import CarePlan
from akson_tui.model.ref import Ref
from akson_tui.screens import words
from akson_tui.screens.parts import held
from akson_tui.screens.parts.entry_line import entry_words, kind_word
from akson_tui.screens.patient import sections
from akson_tui.screens.timeline import detail as details
from akson_tui.workspace.views import Banner, Overview

INDENT = "  "


def wrapped(text: str, width: int) -> list[str]:
    """`text` wrapped at words, what follows indented."""
    return wrap(text, width, subsequent_indent=INDENT) or [""]


def who(patient: Patient, now: datetime) -> str:
    """Astrid Bakken  84 år  kvinne  f. 17.05.1942  170542 12345."""
    born = words.day(patient.born)
    until = now if isinstance(patient.deceased, bool) else patient.deceased.earliest
    facts = [
        patient.name.text or _("uten navn"),
        _("DØD") if patient.deceased else "",
        words.age(patient.born, until),
        _(words.SEXES[patient.sex]),
        _("f. {date}").format(date=born) if born else _("fødselsdato ukjent"),
        words.national_id(patient.national_id) or _("uten fødselsnummer"),
    ]
    return "  ".join(fact for fact in facts if fact)


def critical(banner: Banner, width: int) -> list[str]:
    """Allergies, alerts, language, protection: all of them."""
    found = [_allergy(allergy) for allergy in banner.allergies.rows]
    hidden = held.hidden(banner.allergies).plain
    if not found or hidden:
        found.append(_("Allergier: ") + (hidden or held.empty(banner.allergies, _("ingen registrert")).plain))
    found += [_("Varsel: {alert}").format(alert=alert.text) for alert in banner.alerts.rows]
    if not banner.alerts.rows and banner.alerts.fetched.status is not FetchStatus.COMPLETE:
        found.append(_("Varsler: ") + held.empty(banner.alerts, _("ingen registrert")).plain)
    elif hidden := held.hidden(banner.alerts).plain:
        found.append(_("Varsler: ") + hidden)
    patient = banner.patient
    if patient.interpreter:
        found.append(_("Tolk: {language}").format(language=patient.language or _("språk ikke oppgitt")))
    if patient.protection is not Protection.NONE:
        found.append(_(words.PROTECTIONS[patient.protection]).capitalize())
    if banner.others:
        n = len(banner.others)
        found.append(n_("+{n} journal til", "+{n} journaler til", n).format(n=n))
    return [line for each in found for line in wrapped(each, width)]


def _allergy(allergy: Allergy) -> str:
    if allergy.nothing_known:
        return _("Allergier: ") + _("ingen kjente")
    said = allergy.substance.text or _("ukjent stoff")
    doubt = {Certainty.REFUTED: _("avkreftet"), Certainty.CONFIRMED: ""}.get(allergy.certainty, _("ikke bekreftet"))
    more = ", ".join(part for part in (allergy.reaction, doubt) if part)
    what = f"{said} ({more})" if more else said
    return (_("KRITISK: {what}") if allergy.critical else _("Allergi: {what}")).format(what=what)


def overview(banner: Banner, seen: Overview, now: datetime, width: int) -> list[str]:
    """Who, what is critical, and each section of the overview below one another."""
    parts = (
        sections.measurements(seen, now, width),
        sections.appointments(seen, now, width),
        sections.problems(seen, width),
        sections.medicines(seen, width),
        sections.plans(seen, width),
        sections.latest(seen, width),
    )
    found = [who(banner.patient, now), *critical(banner, width)]
    for part in parts:
        found += ["", *(line.plain.rstrip() for line in part)]
    return [*found, "", fresh(seen.fetched, now)]


def entry(opened: details.Opened, width: int) -> list[str]:
    """One entry with its text, and what it belongs to."""
    return [line.plain.rstrip() for line in details.lines(opened, width)]


def timeline(rows: Sequence[TimelineRow], handed: str = "") -> list[str]:
    """A line for each: time, kind, service, who, what; `handed` is the entry's name for a program, '' for none."""
    return [
        "  ".join(
            part
            for part in (
                words.when(row.entry.when).ljust(16) or _("uten dato").ljust(16),
                kind_word(row).ljust(9),
                row.entry.service,
                row.entry.author,
                entry_words(row).plain,
                handed,
            )
            if part
        )
        for row in rows
    ]


def plans(shelf: Shelf[CarePlan], goals: dict[Ref, str], width: int) -> list[str]:
    """Each plan with its goals and its activities."""
    if not shelf.rows:
        return [_("Plan: ") + held.empty(shelf, _("ingen plan")).plain]
    found: list[str] = []
    for plan in shelf.rows:
        span = " – ".join(part for part in (words.day(plan.since), words.day(plan.until)) if part)
        found += ["", *wrapped("  ".join(part for part in (plan.title or _("Plan uten navn"), span) if part), width)]
        for ref in plan.goals:
            found += wrapped(INDENT + _("Mål: {goal}").format(goal=goals.get(ref) or _("ikke hentet")), width)
        for activity in plan.activities:
            said = activity.text if activity.held else activity.text or _("(tiltak som ikke er hentet)")
            facts = (said or _("uten navn"), activity.timing, activity.responsible)
            found += wrapped(f"{INDENT}– " + ", ".join(fact for fact in facts if fact), width)
    if hidden := held.hidden(shelf).plain:
        found += ["", hidden]
    return found[1:]


def fresh(fetched: Fetched, now: datetime) -> str:
    """hentet 12.03, and how far back it reaches; nobody fetches once the command has ended."""
    if fetched.status is FetchStatus.FETCHING and fetched.at is not None:
        fetched = replace(fetched, status=FetchStatus.COMPLETE)
    said = held.age(fetched, now).plain
    if fetched.horizon is not None:
        said += _("; går tilbake til {date}").format(date=words.date(fetched.horizon))
    return said
