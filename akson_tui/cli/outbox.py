"""`akson-tui outbox`: what was signed, and where it stands."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from akson_tui.cli import DONE, forms, out
from akson_tui.cli.running import head, on_the_desks
from akson_tui.i18n import _
from akson_tui.screens import words

if TYPE_CHECKING:
    from akson_tui.wiring import Errand
    from akson_tui.workspace.views import ActRow


def run(options: argparse.Namespace) -> int:
    """Print; returns the exit code."""
    return on_the_desks(options, lambda: partial(_outbox, options))


async def _outbox(options: argparse.Namespace, errand: Errand) -> int:
    workspace = errand.workspace
    top = await head(errand)
    rows = await workspace.outbox.all()
    handles = await workspace.people.handles([row.act.person for row in rows])
    if options.json:
        out.form({**top, "acts": [_form(row, handle) for row, handle in zip(rows, handles, strict=True)]})
        return DONE
    now = workspace.now()
    out.rows(
        out.table(
            (
                words.moment(row.act.signed, now),
                _(words.ACT_STATES[row.act.state]),
                _(words.ACTS[row.act.kind]),
                handle or "–",
                row.patient_name or "–",
                words.trouble(row.act.trouble),
                row.act.label,
            )
            for row, handle in zip(rows, handles, strict=True)
        )
    )
    out.remark(workspace.environment.name if rows else f"{workspace.environment.name}: " + _("utboksen er tom"))
    return DONE


def _form(row: ActRow, handle: str) -> forms.Form:
    return {"handle": handle or None, "name": row.patient_name, **forms.act(row.act)}
