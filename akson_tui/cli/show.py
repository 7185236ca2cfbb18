"""`akson-tui show`: the overview of one patient, or one entry of theirs."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from akson_tui.cli import DONE, REFUSED, USAGE, copies, forms, lines, out, person
from akson_tui.cli.ending import Ended
from akson_tui.cli.running import Work, head, on_the_desks
from akson_tui.i18n import _
from akson_tui.model.access import Opened
from akson_tui.model.entry import TimelineRow
from akson_tui.model.plan import CarePlan
from akson_tui.model.ref import Ref
from akson_tui.screens.timeline.detail import Opened as Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from akson_tui.model.entry import Detail
    from akson_tui.wiring import Errand


def run(options: argparse.Namespace) -> int:
    """Show; returns the exit code."""

    def prepared() -> Work:
        copies.wanted(options)
        entry = ref_of(options.entry) if options.entry else None
        return partial(_show, options, person.handle_of(options), entry)

    return on_the_desks(options, prepared)


def ref_of(name: str) -> Ref:
    """The entry that `forms.name` named. Raises Ended."""
    parts = name.split("/")
    if len(parts) != 3 or not all(parts):
        raise Ended(USAGE, _("En oppføring nevnes som i timeline --json: journal/Type/id."))
    return Ref(*parts)


async def _show(options: argparse.Namespace, handle: str, entry: Ref | None, errand: Errand) -> int:
    who = await person.opened(errand, handle, options.fresh)
    top = await head(errand, handle=who.handle)
    if entry is not None:
        return await _entry(options, errand, who.opened, entry, top)
    record = errand.workspace.record
    banner, seen = await record.banner(who.opened), await record.overview(who.opened)
    if options.json:
        goals = await goals_of(errand, who.opened, seen.plans.rows)
        out.form({**top, **forms.overview(banner, seen, goals)})
        return DONE
    text = lines.overview(banner, seen, errand.workspace.now(), copies.width(options))
    await _out(options, errand, who.opened, text)
    return DONE


async def _out(options: argparse.Namespace, errand: Errand, opened: Opened, text: list[str]) -> None:
    if copies.wanted(options):
        await copies.take(errand, options, opened, text)
    else:
        out.rows(text)
        out.remark(errand.workspace.environment.name)


async def _entry(options: argparse.Namespace, errand: Errand, opened: Opened, ref: Ref, top: dict[str, object]) -> int:
    record = errand.workspace.record
    detail = await record.detail(opened, ref)
    if detail is None:
        raise Ended(REFUSED, _("Oppføringen finnes ikke i det som er hentet. Prøv --fresh."))
    if options.json:
        row = TimelineRow(detail.entry, False, bool(detail.replaced_by), len(detail.appended_by))
        out.form({**top, "entry": forms.entry(row), **forms.detail(detail)})
        return DONE
    older = detail.entry.replaces or detail.entry.appends
    added = [await record.detail(opened, each) for each in detail.appended_by]
    shown = Entry(detail, await record.detail(opened, older) if older else None, _held(added))
    await _out(options, errand, opened, lines.entry(shown, copies.width(options)))
    return DONE


def _held(found: Iterable[Detail | None]) -> tuple[Detail, ...]:
    return tuple(each for each in found if each is not None)


async def goals_of(errand: Errand, opened: Opened, plans: tuple[CarePlan, ...]) -> dict[Ref, str]:
    """What each goal of these plans says, where it is held."""
    found: dict[Ref, str] = {}
    for ref in {ref for plan in plans for ref in plan.goals}:
        detail = await errand.workspace.record.detail(opened, ref)
        if detail is not None:
            found[ref] = "  ".join(part for part in (detail.entry.title, detail.entry.summary) if part)
    return found
