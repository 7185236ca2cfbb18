"""A plan as lines of a list: its title, problems, goals, then an activity a line with its time, last and next.

The easy mistake is to name the responsible on each line: most have the same, who stands beside the title; only others
stand beside their activities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from textual.content import Content

from akson_tui.i18n import _, later
from akson_tui.model.entry import EntryState
from akson_tui.model.plan import Aim, Outcome, Sheet, Step, Tick
from akson_tui.model.when import OSLO, When
from akson_tui.screens import text, words

WIDE = 100
TIMING, LAST, NEXT = 18, 12, 10
OUTCOMES = {Outcome.DONE: later("gjort"), Outcome.PARTLY: later("delvis"), Outcome.NOT_DONE: later("ikke gjort")}
SHORT = {Outcome.DONE: later("gjort"), Outcome.PARTLY: later("delvis"), Outcome.NOT_DONE: later("ikke")}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list; `step` is the activity that stands on it, None for a line to read only."""

    sheet: Sheet
    step: Step | None = None
    said: Content = text.EMPTY
    columns: bool = False
    """Whether it is the columns' heading."""


def of(sheets: Sequence[Sheet]) -> tuple[Line, ...]:
    """All plans one below the other; what is over stands last in its plan."""
    found: list[Line] = []
    for sheet in sheets:
        if found:
            found.append(Line(sheet))
        found += [Line(sheet, said=said) for said in _head(sheet)]
        grouped: list[Step] = []
        for aim in sheet.aims:
            found.append(Line(sheet, said=_aim(aim)))
            for step in sheet.steps:
                if aim.ref is not None and aim.ref in step.goals and step not in grouped:
                    grouped.append(step)
                    found.append(Line(sheet, step))
        rest = [step for step in sheet.steps if step not in grouped]
        if rest or not sheet.steps:
            found.append(Line(sheet, columns=True))
        found += [Line(sheet, step) for step in sorted(rest, key=lambda step: step.ended)]
    return tuple(found)


def _head(sheet: Sheet) -> list[Content]:
    since = _("fra {date}").format(date=words.day(sheet.since)) if sheet.since else ""
    facts = ", ".join(fact for fact in (since, sheet.author, mostly(sheet)) if fact)
    lines = [text.join([text.line(sheet.title or _("Plan uten navn"), "heading"), text.line(facts)])]
    if sheet.problems:
        lines.append(text.join([text.line(_("Problemer:")), text.line(", ".join(sheet.problems))], " "))
    lines += [text.join([text.line(_("Egne ord:"), "own"), text.line(said)], " ") for said in sheet.own]
    return lines


def mostly(sheet: Sheet) -> str:
    """Who, or which service, has most of the plan."""
    named = Counter(who(step) for step in sheet.steps if who(step))
    return named.most_common(1)[0][0] if named else ""


def who(step: Step) -> str:
    """Who is responsible, else which service."""
    return step.responsible or step.service


def _aim(aim: Aim) -> Content:
    said = aim.text or (_("mål som ikke er hentet") if aim.status == "unknown" else _("uten navn"))
    facts = ", ".join(part for part in (aim.target, aim.reached, ", ".join(aim.problems)) if part)
    mark = _("Eget mål:") if aim.own else _("Mål:")
    return text.join([text.join([text.line(mark), text.line(said)], " "), text.line(facts, "quiet")])


def row(line: Line, width: int, now: datetime) -> Content:
    """The line in `width` columns."""
    if line.columns:
        said = _("Tiltak") if line.sheet.steps else _("Ingen tiltak i planen")
        names = (_("Når"), _("Sist"), _("Neste")) if line.sheet.steps else ("", "", "")
        timing, seen, following = (text.line(name, "heading") for name in names)
        return _columns(text.line(said, "heading"), timing, seen, following, text.EMPTY, width)
    step = line.step
    if step is None:
        return text.cut(line.said, width)
    other = who(step) if who(step) != mostly(line.sheet) else ""
    said = step.text or (_("uten navn") if step.held else _("(tiltak som ikke er hentet)"))
    ink = "quiet" if step.ended else "" if step.held else "warning"
    named = text.line(said, ink)
    if width < WIDE:
        named = text.join([named, text.line(other, "quiet")], " · ")
    last = next(iter(step.ticks), None)
    seen = _last(last, now) if last is not None else text.EMPTY
    following = text.line(_("avsluttet"), "quiet") if step.ended else text.line(_next(step.due, now))
    marked = text.join([_mark(step), named], " ")
    return _columns(marked, text.line(step.timing), seen, following, text.line(other), width)


def _columns(named: Content, timing: Content, last: Content, following: Content, other: Content, width: int) -> Content:
    by = 24 if width >= WIDE else 0
    room = max(width - TIMING - LAST - NEXT - 3 - (by + 1 if by else 0), 10)
    cells = [(named, room), (timing, TIMING), (last, LAST), (following, NEXT)]
    return text.cut(text.cells(*cells, *([(other, by)] if by else [])), width)


def _mark(step: Step) -> Content:
    if step.state is EntryState.WAITING or any(tick.state is EntryState.WAITING for tick in step.ticks[:1]):
        return text.line(_("venter"), "own")
    if any(tick.state is EntryState.REFUSED for tick in step.ticks[:1]) or step.state is EntryState.REFUSED:
        return text.line(_("avvist"), "critical")
    return text.line("*", "new") if step.new else text.EMPTY


def _last(tick: Tick, now: datetime) -> Content:
    ink = {Outcome.DONE: "", Outcome.PARTLY: "warning", Outcome.NOT_DONE: "warning"}[tick.outcome]
    return text.line(f"{_(SHORT[tick.outcome])} {_short(tick.at, now)}".rstrip(), ink)


def _next(due: When | None, now: datetime) -> str:
    return _short(due, now) if due is not None else ""


def _short(at: When | None, now: datetime) -> str:
    """08.10 today; i dag where no hour is said; 30.11. otherwise."""
    if at is None:
        return ""
    if at.local.date() == now.astimezone(OSLO).date():
        return words.hour(at) or _("i dag")
    return f"{at.local.day:02}.{at.local.month:02}."


def details(step: Step, width: int, now: datetime) -> list[Content]:
    """All that is known of an activity: its words whole, who, how it stands, and each time that it was seen to."""
    lines = text.wrap(text.line(step.text or _("uten navn"), "heading"), width)
    next_ = _("neste {at}").format(at=words.when(step.due)) if step.due is not None else ""
    facts = dict.fromkeys([step.timing, next_, step.responsible, step.service, _status(step)])
    lines += text.pack([text.line(fact) for fact in facts if fact], width)
    if not step.ticks:
        lines.append(text.line(_("Ikke ført ennå."), "quiet"))
    for tick in step.ticks:
        said = " ".join(part for part in (words.when(tick.at), _(OUTCOMES[tick.outcome])) if part)
        more = ", ".join(part for part in (tick.who, tick.service) if part)
        why = ". ".join(part for part in (tick.reason, tick.note) if part)
        state = _(words.STATES[tick.state])
        parts = [text.line(said), text.line(more, "quiet"), text.line(why), text.line(state, "own")]
        lines += text.wrap(text.join(parts), width)
    return lines


def _status(step: Step) -> str:
    said = _("avsluttet") if step.ended else ""
    return ": ".join(part for part in (said, step.reason) if part)
