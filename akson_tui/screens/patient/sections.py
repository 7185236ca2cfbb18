"""The parts of the overview as lines of a column: problems, medicines, measurements, plan, appointments, latest.

The easy mistake is to cut a dose at the column's edge: what matters wraps, with the rest indented below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from textual.content import Content

from akson_tui.clinical.shown import number_text
from akson_tui.i18n import _
from akson_tui.model.entry import TimelineRow
from akson_tui.model.health import Certainty, Measurement, Medicine, Problem
from akson_tui.model.held import Fetched, Shelf
from akson_tui.model.plan import CarePlan
from akson_tui.model.work import Appointment
from akson_tui.screens import text, words
from akson_tui.screens.parts import held
from akson_tui.screens.parts.entry_line import entry_words
from akson_tui.workspace.views import Overview

T = TypeVar("T")
INDENT = "  "
GAP = 2
AHEAD = 2
"""Appointments that are shown."""


def page(overview: Overview, now: datetime, width: int) -> list[Content]:
    """All of the overview: what changes from day to day across the whole width, the rest in two columns below it."""
    column = (width - GAP) // 2
    left = _stack(problems(overview, column), plans(overview, column))
    right = _stack(medicines(overview, column), latest(overview, column))
    lines = [*measurements(overview, now, width), *appointments(overview, now, width)]
    for at in range(max(len(left), len(right))):
        one = left[at] if at < len(left) else text.EMPTY
        other = right[at] if at < len(right) else text.EMPTY
        lines.append(text.fit(one, column + GAP) + other if other.plain else one)
    return lines


def _stack(*sections: list[Content]) -> list[Content]:
    lines: list[Content] = []
    for section in sections:
        if lines:
            lines.append(text.EMPTY)
        lines += section
    return lines


def _section(title: str, shelf: Shelf[T], none: str, rows: Sequence[Content], width: int) -> list[Content]:
    heading = text.line(title, "heading")
    if not rows:
        return [text.cut(text.join([heading, held.empty(shelf, none)]), width)]
    beside = [heading, held.hidden(shelf)]
    if shelf.fetched.trouble:
        beside.append(text.line(words.trouble(shelf.fetched.trouble), "warning"))
    return [text.cut(text.join(beside), width), *rows]


def _wrapped(content: Content, width: int) -> list[Content]:
    """`content` with what does not fit on lines below it, indented."""
    if content.cell_length <= width:
        return [content]
    first, *rest = text.wrap(content, width)
    more = text.wrap(text.join(rest, " "), width - len(INDENT)) if rest else []
    return [first, *(text.line(INDENT) + line for line in more)]


def problems(overview: Overview, width: int) -> list[Content]:
    """What this person suffers from, active first."""
    rows: list[Content] = []
    for problem in overview.problems.rows:
        rows += _wrapped(_problem(problem), width)
    return _section(_("Problemer"), overview.problems, _("ingen registrert"), rows, width)


def _problem(problem: Problem) -> Content:
    said = problem.code.text or problem.code.code or _("uten navn")
    more = {
        Certainty.REFUTED: _("avkreftet"),
        Certainty.UNCONFIRMED: _("ikke bekreftet"),
        Certainty.PRESUMED: _("antatt"),
    }.get(problem.certainty, "")
    notes = [note for note in (more, "" if problem.active else _("ikke aktiv"), words.year(problem.onset)) if note]
    ink = "struck" if problem.certainty is Certainty.REFUTED else "" if problem.active else "quiet"
    return text.join([text.line(said, ink), text.line(", ".join(notes), "quiet")])


def medicines(overview: Overview, width: int) -> list[Content]:
    """What this person takes: in the multidose bags and outside them apart; what has ended stands in the timeline."""
    taken = [medicine for medicine in overview.medicines.rows if medicine.active]
    groups = (
        (_("Multidose"), [medicine for medicine in taken if medicine.multidose]),
        (_("Utenom multidose"), [medicine for medicine in taken if not medicine.multidose and not medicine.requested]),
        (_("Resepter"), [medicine for medicine in taken if not medicine.multidose and medicine.requested]),
    )
    filled = [(title, group) for title, group in groups if group]
    rows: list[Content] = []
    for title, group in filled:
        if len(filled) > 1 or title != groups[1][0]:
            rows.append(text.line(title, "quiet"))
        for medicine in group:
            rows += _wrapped(_medicine(medicine), width)
    ended = len(overview.medicines.rows) - len(taken)
    if ended:
        rows.append(text.line(_("{n} avsluttet: se tidslinjen").format(n=ended), "quiet"))
    return _section(_("Medisiner"), overview.medicines, _("ingen registrert"), rows, width)


def _medicine(medicine: Medicine) -> Content:
    name = medicine.name.text or medicine.name.code or _("uten navn")
    dose = text.line(medicine.dosage or _("dosering ikke oppgitt"), "" if medicine.dosage else "warning")
    return text.join([text.line(name), dose])


def measurements(overview: Overview, now: datetime, width: int) -> list[Content]:
    """The latest of each kind, grouped by day: i dag 08.35: Vekt 52,9 kg, SpO2 89 %."""
    days: dict[str, list[Content]] = {}
    for measured in overview.measurements.rows:
        name = text.line(measured.code.text or measured.code.code or _("uten navn"))
        at = words.lately(measured.when, now) or _("uten dato")
        days.setdefault(at, []).append(text.join([name, value(measured)], " "))
    parts = [
        text.line(f"{at}: " if first else "", "quiet") + each
        for at, measured in days.items()
        for first, each in zip((True, *(False for _each in measured[1:])), measured, strict=True)
    ]
    return _across(_("Siste målinger"), overview.measurements, _("ingen registrert"), parts, width)


def _across(title: str, shelf: Shelf[T], none: str, parts: Sequence[Content], width: int) -> list[Content]:
    """A heading with its parts beside it, wrapped to the whole width."""
    heading = text.line(title, "heading")
    if not parts:
        return [text.cut(text.join([heading, held.empty(shelf, none)]), width)]
    trouble = text.line(words.trouble(shelf.fetched.trouble), "warning")
    return text.pack([heading, *parts, held.hidden(shelf), trouble], width, INDENT)


def value(measured: Measurement) -> Content:
    """142/88 mmHg; what was said in words; why there is none."""
    parts = [part for part in measured.components if part.value is not None or part.text]
    if parts and measured.value is None:
        same = {words.unit(part.unit) for part in parts}
        said = [number_text(part.value) if part.value is not None else part.text for part in parts]
        if len(same) == 1:
            return text.line(f"{'/'.join(said)} {same.pop()}".strip())
        return text.line(", ".join(f"{one} {words.unit(part.unit)}" for one, part in zip(said, parts, strict=True)))
    if measured.value is not None:
        return text.line(f"{number_text(measured.value)} {words.unit(measured.unit)}".strip())
    if measured.text:
        return text.line(measured.text)
    return text.line(words.absent(measured.absent), "warning")


def plans(overview: Overview, width: int) -> list[Content]:
    """What is to be done."""
    rows: list[Content] = []
    for plan in overview.plans.rows:
        rows += _plan(plan, width)
    return _section(_("Plan"), overview.plans, _("ingen plan"), rows, width)


def _plan(plan: CarePlan, width: int) -> list[Content]:
    """Who is responsible for most of it stands beside the title, and only others beside their activities."""
    named = Counter(activity.responsible for activity in plan.activities if activity.responsible)
    mostly = named.most_common(1)[0][0] if named else ""
    since = _("fra {date}").format(date=words.day(plan.since)) if plan.since else ""
    facts = ", ".join(fact for fact in (since, mostly) if fact)
    lines = _wrapped(text.join([text.line(plan.title or _("Plan uten navn")), text.line(facts, "quiet")]), width)
    for activity in plan.activities:
        if not activity.held:
            lines.append(text.line(INDENT + _("(tiltak som ikke er hentet)"), "warning"))
            continue
        who = activity.responsible if activity.responsible != mostly else ""
        said = ", ".join(each for each in (activity.timing, who) if each)
        line = text.join([text.line(activity.text or _("uten navn")), text.line(said, "quiet")])
        lines += [text.line(INDENT) + each for each in _wrapped(line, width - len(INDENT))]
    return lines


def appointments(overview: Overview, now: datetime, width: int) -> list[Content]:
    """What is ahead, the soonest first; the rest stands in the timeline."""
    visits = overview.appointments.rows
    parts = [_appointment(visit, now) for visit in visits[:AHEAD]]
    if len(visits) > AHEAD:
        parts.append(text.line(_("+{n}: se tidslinjen").format(n=len(visits) - AHEAD), "quiet"))
    return _across(_("Neste avtaler"), overview.appointments, _("ingen"), parts, width)


def _appointment(visit: Appointment, now: datetime) -> Content:
    at = visit.start
    when = words.lately(at, now)
    said = f"{when} {words.hour(at)}" if at is not None and when == words.day(at) else when
    facts = text.line(", ".join(part for part in (visit.reason or _("uten grunn oppgitt"), visit.place) if part))
    return text.line(f"{said.strip()}: ", "quiet") + facts


def latest(overview: Overview, width: int) -> list[Content]:
    """The newest entries, as the timeline has them."""
    heading = _("Siste oppføringer")
    days = ["", *(words.day(row.entry.when) for row in overview.latest)]
    rows = [_latest(row, days[at], width) for at, row in enumerate(overview.latest)]
    shelf: Shelf[Fetched] = Shelf((), overview.fetched)
    return _section(heading, shelf, _("ingen"), rows, width)


def _latest(row: TimelineRow, above: str, width: int) -> Content:
    day = words.day(row.entry.when) or "–"
    star = text.line("* ", "new") if row.new else text.EMPTY
    return text.cells((text.line(day if day != above else ""), 10), (star + entry_words(row), width - 11))
