"""The commands that every place has, and those of moving about in a list."""

from __future__ import annotations

from akson_tui.i18n import later
from akson_tui.screens.command import Command

ALWAYS: tuple[Command, ...] = (
    Command("repaint", ("ctrl+l",), later("Tegn hele bildet på nytt"), "repaint", of_app=True),
    Command("lock", ("f8", "g l"), later("Lås nå"), "lock", of_app=True),
    Command("quit", ("ctrl+q", "g q"), later("Avslutt; utkast blir liggende"), "leave_program", of_app=True),
)
"""Even where a question is asked."""

EVERYWHERE: tuple[Command, ...] = (
    Command("find", ("/", "f3"), later("Søk etter pasient"), "find", later("søk"), of_app=True),
    Command("go.worklist", ("g w",), later("Gå til dagens liste"), "go_worklist", of_app=True),
    Command("go.drafts", ("g d",), later("Gå til utkast"), "go_drafts", of_app=True),
    Command("go.outbox", ("g u",), later("Gå til utboks"), "go_outbox", of_app=True),
    Command("help", ("?", "f1"), later("Vis tastene på dette bildet"), "help", later("taster"), of_app=True),
    Command("palette", ("ctrl+p", ":"), later("Finn en kommando"), "palette", palette=False, of_app=True),
    Command("theme", (), later("Velg fargetema"), "choose_theme", of_app=True),
    *ALWAYS,
)

MOVES: tuple[Command, ...] = (
    Command("move.down", ("down", "j"), later("Ned"), "move_down", palette=False),
    Command("move.up", ("up", "k"), later("Opp"), "move_up", palette=False),
    Command("move.page_down", ("pagedown", "space"), later("En side ned"), "move_page_down", palette=False),
    Command("move.page_up", ("pageup",), later("En side opp"), "move_page_up", palette=False),
    Command("move.home", ("home",), later("Til toppen"), "move_home", palette=False),
    Command("move.end", ("end",), later("Til bunnen"), "move_end", palette=False),
)

BACK = Command("back", ("escape",), later("Tilbake"), "back", palette=False)
