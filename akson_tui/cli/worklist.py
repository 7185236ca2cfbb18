"""`akson-tui worklist`: today's list, with a handle for each patient."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from akson_tui.cli import DONE, LOCKED, forms, lines, out
from akson_tui.cli.ending import Ended, not_held
from akson_tui.cli.progress import Progress
from akson_tui.cli.running import head, on_the_desks
from akson_tui.i18n import _, n_
from akson_tui.model.want import Want, WantKind
from akson_tui.model.when import OSLO
from akson_tui.screens import words

if TYPE_CHECKING:
    from akson_tui.model.work import RoundRow
    from akson_tui.wiring import Errand


def run(options: argparse.Namespace) -> int:
    """Print; returns the exit code."""
    return on_the_desks(options, lambda: partial(_worklist, options))


async def _worklist(options: argparse.Namespace, errand: Errand) -> int:
    workspace = errand.workspace
    if not workspace.user:
        raise Ended(LOCKED, _("Ingen bruker er oppgitt: si hvem du er med --as (HPR-nummer)."))
    held = await workspace.worklist.today()
    if options.fresh or held.fetched.at is None:
        with Progress() as progress:
            progress.at(_("henter dagens liste"))
            await errand.fetch(Want(WantKind.WORKLIST, fresh=options.fresh))
        held = await workspace.worklist.today()
        if held.fetched.at is None:
            raise not_held(held.fetched.trouble)
        if held.fetched.trouble:
            out.remark(_("Ikke alt ble hentet: {trouble}").format(trouble=words.trouble(held.fetched.trouble)))
    top = await head(errand, day=workspace.now().astimezone(OSLO).date().isoformat())
    handles = await workspace.people.handles([row.person for row in held.rows])
    if options.json:
        rows = [_form(row, handle) for row, handle in zip(held.rows, handles, strict=True)]
        waiting = {"drafts": held.drafts, "waiting": held.waiting, "refused": held.refused}
        out.form({**top, "rows": rows, **waiting, "fetched": forms.fetched(held.fetched)})
        return DONE
    out.rows(out.table(_cells(row, handle) for row, handle in zip(held.rows, handles, strict=True)))
    out.remark(f"{top['journal']}: {lines.fresh(held.fetched, workspace.now())}")
    return DONE


def _cells(row: RoundRow, handle: str) -> tuple[str, ...]:
    visit = row.appointment
    new = "" if not row.new else n_("{n} ny", "{n} nye", row.new).format(n=row.new)
    said = _("avlyst") if visit.cancelled else visit.reason
    return (words.hour(visit.start) or "–", handle or "–", row.name, words.day(row.born), new, said)


def _form(row: RoundRow, handle: str) -> forms.Form:
    return {
        "handle": handle or None,
        "name": row.name,
        "born": forms.when(row.born),
        "new": row.new,
        "appointment": forms.appointment(row.appointment),
    }
