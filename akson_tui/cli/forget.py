"""`akson-tui forget`: drop what was fetched, of one patient or of all; never drafts, outbox or log."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from akson_tui.cli import DONE, out, person
from akson_tui.cli.running import Work, head, on_the_desks
from akson_tui.i18n import _, n_

if TYPE_CHECKING:
    from akson_tui.wiring import Errand


def run(options: argparse.Namespace) -> int:
    """Forget; returns the exit code."""

    def prepared() -> Work:
        return partial(_forget, options, person.handle_of(options) if options.patient else "")

    return on_the_desks(options, prepared)


async def _forget(options: argparse.Namespace, handle: str, errand: Errand) -> int:
    people = errand.workspace.people
    top = await head(errand, handle=handle or None)
    if handle:
        stay = int(await people.forget(await person.named(errand, handle)))
    else:
        stay = await people.forget_all()
    if options.json:
        out.form({**top, "stay": stay})
        return DONE
    out.remark(_("{journal}: det som var hentet, er slettet.").format(journal=top["journal"]))
    if stay:
        out.remark(
            n_(
                "{n} pasients navn står igjen fordi et utkast eller noe i utboksen gjelder dem.",
                "{n} pasienters navn står igjen fordi utkast eller noe i utboksen gjelder dem.",
                stay,
            ).format(n=stay)
        )
    return DONE
