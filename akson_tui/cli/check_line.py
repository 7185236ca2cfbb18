"""What `doctor` says of the journals' answers: who answers, what it takes, and how far apart the clocks are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from akson_tui.cli.checks import Fact, Finding, State
from akson_tui.i18n import _
from akson_tui.model.line import LineStatus, SourceState
from akson_tui.screens import words

if TYPE_CHECKING:
    from akson_tui.config.settings import Settings

OFF = 60.0
"""Seconds that this machine's clock may be off before it is told."""


def journal_found(state: SourceState, settings: Settings) -> Finding:
    """One journal: whether it answers, and whether it takes notes."""
    source = next(one for one in settings.site.sources if one.id == state.source)
    address = urlsplit(source.base)
    origin = f"{address.scheme}://{address.hostname}" + (f":{address.port}" if address.port else "")
    notes = source.notes if source.notes is not None else "DocumentReference" in state.creates
    facts: dict[str, Fact] = {
        "source": state.source,
        "origin": origin,
        "status": state.status.value,
        "trouble": state.trouble,
        "software": state.software,
        "token": bool(source.token_env),
        "notes": notes,
        "measurements": "Observation" in state.creates,
    }
    said = f"{state.source}: " + _SAID[state.status]()
    if state.software:
        said += f" ({state.software})"
    if state.status is LineStatus.UP and not state.trouble:
        if notes:
            return Finding("journal", State.FINE, said, facts=facts)
        do = _("Den tar ikke imot notater: lesing virker, skriving blir ikke tilbudt.")
        return Finding("journal", State.WARNING, said, do, facts)
    why = words.trouble(state.trouble)
    do = {
        LineStatus.DOWN: _(
            "{why}. Det som er hentet, kan leses, og det som skrives, sendes når linjen er der. "
            "Se om {origin} kan nås fra denne maskinen (brannmur, navneoppslag, mellomtjener, sertifikat)."
        ),
        LineStatus.REFUSED: _("{why}. Se tokenet, og om det gjelder denne journalen."),
        LineStatus.ODD: _("{why}. Se om adressen er FHIR-adressen: {origin} svarer noe annet."),
    }.get(state.status, "{why}")
    return Finding("journal", State.TROUBLE, said, do.format(why=why.capitalize(), origin=origin), facts)


_SAID = {
    LineStatus.UNTRIED: lambda: _("ikke spurt"),
    LineStatus.UP: lambda: _("svarer"),
    LineStatus.DOWN: lambda: _("svarer ikke"),
    LineStatus.REFUSED: lambda: _("svarer, men gir ikke tilgang"),
    LineStatus.ODD: lambda: _("svarer, men ikke som en FHIR R4-journal"),
}


def clock_found(states: Sequence[SourceState]) -> Finding:
    """How far this machine's clock is ahead of the journals', by the one that it is furthest from."""
    asked = [state for state in states if state.status is not LineStatus.DOWN and state.at is not None]
    if not asked:
        do = _("Ingen journal svarte, så klokken er ikke sammenlignet.")
        return Finding("clock", State.WARNING, _("ikke sammenlignet"), do, {"compared": False})
    off = max((state.clock_off for state in asked), key=abs)
    facts: dict[str, Fact] = {"compared": True, "seconds_ahead": round(off)}
    if abs(off) <= OFF:
        return Finding("clock", State.FINE, _("går likt med journalen"), facts=facts)
    template = _("går {n} s foran journalens") if off > 0 else _("går {n} s etter journalens")
    do = _("Still klokken (NTP). Notater får tid fra denne maskinen.")
    return Finding("clock", State.WARNING, template.format(n=abs(round(off))), do, facts)
