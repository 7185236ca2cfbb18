"""What can be done in the timeline: its commands, and what is begun from the selected entry.

The easy mistake is to offer an act that the record does not bear: addendum and correction need a note that the journal
has; what still waits in the outbox is taken back there instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from akson_tui.i18n import _, later
from akson_tui.model.entry import Entry, EntryKind, EntryState
from akson_tui.model.ref import Ref
from akson_tui.screens import places
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command
from akson_tui.screens.everywhere import BACK, EVERYWHERE
from akson_tui.screens.timeline import detail
from akson_tui.screens.timeline.entries import ACT

if TYPE_CHECKING:
    from akson_tui.screens.timeline.screen import Timeline

TIMELINE: tuple[Command, ...] = (
    Command("timeline.open", ("enter",), later("Vis teksten; en gang til: les den"), "open_selected"),
    Command("timeline.filter", ("f",), later("Filtrer tidslinjen"), "choose_filter"),
    Command("timeline.seek", ("s",), later("Søk i journalen"), "seek"),
    Command("timeline.all", ("v",), later("Vis alt: ta bort filteret"), "show_all"),
    Command("timeline.add", ("a",), later("Skriv tillegg til notatet"), "add"),
    Command("timeline.correct", ("c",), later("Rett notatet"), "correct"),
    Command("timeline.wrong", ("p",), later("Notatet gjelder feil pasient"), "wrong_patient"),
)
SEEKING: tuple[Command, ...] = (
    Command("timeline.seek_now", ("enter",), later("Vis det som har ordene"), "seek_now", later("søk"), palette=False),
    BACK,
    *EVERYWHERE,
)
"""While the field for words has the focus."""
ADDED_AT_MOST = 10
"""Addenda that are shown below their note."""


async def opened(case: Case, ref: Ref) -> detail.Opened | None:
    """An entry with what it replaces or adds to, and what was added to it; None where it is not held any more."""
    desk = case.workspace.record
    found = await desk.detail(case.opened, ref)
    if found is None:
        return None
    before = found.entry.replaces or found.entry.appends
    older = await desk.detail(case.opened, before) if before is not None else None
    added = [await desk.detail(case.opened, each) for each in found.appended_by[:ADDED_AT_MOST]]
    return detail.Opened(found, older, tuple(each for each in added if each is not None))


def _note(place: Timeline) -> Entry | None:
    """The selected entry where it is a note that can be added to or corrected; else it is told why not."""
    row = place.selected_row
    entry = row.entry if row is not None else None
    if entry is None:
        return None
    if entry.ref.type == ACT:
        place.tell(_("Notatet er ikke sendt ennå: ta det tilbake i utboksen (g u)"))
    elif entry.kind is not EntryKind.NOTE or entry.withheld:
        place.tell(_("Dette er ikke et notat"))
    elif entry.state is EntryState.ERROR:
        place.tell(_("Notatet er ført opp som feil"))
    elif row is not None and (row.replaced or entry.state is EntryState.SUPERSEDED):
        place.tell(_("Notatet er erstattet: velg den nyeste utgaven"))
    else:
        return entry
    return None


async def add(place: Timeline) -> None:
    """See `Timeline.add`."""
    entry = _note(place)
    if entry is not None:
        draft = await place.akson.workspace.notes.addendum(place.case.opened, entry.ref)
        await place.akson.show(places.kind("editor")(place.case, draft))  # type: ignore[call-arg]


async def correct(place: Timeline) -> None:
    """See `Timeline.correct`."""
    entry = _note(place)
    if entry is not None:
        draft = await place.akson.workspace.notes.correct(place.case.opened, entry.ref)
        await place.akson.show(places.kind("editor")(place.case, draft))  # type: ignore[call-arg]


async def wrong_patient(place: Timeline) -> None:
    """See `Timeline.wrong_patient`. Who wrote a note may move it, nobody else."""
    entry = _note(place)
    if entry is None:
        return
    who = await place.akson.workspace.clinician()
    if who is not None and entry.author and who.name.casefold() not in entry.author.casefold():
        place.tell(_("Bare den som skrev notatet, kan flytte det"))
    else:
        await place.akson.show(places.kind("wrong-patient")(place.case, entry))  # type: ignore[call-arg]
