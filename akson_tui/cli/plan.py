"""`akson-tui plan`: what is aimed at for one patient, and what is to be done about it."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from akson_tui.cli import DONE, copies, forms, lines, out, person
from akson_tui.cli.running import Work, head, on_the_desks
from akson_tui.cli.show import goals_of

if TYPE_CHECKING:
    from akson_tui.wiring import Errand


def run(options: argparse.Namespace) -> int:
    """Print; returns the exit code."""

    def prepared() -> Work:
        copies.wanted(options)
        return partial(_plan, options, person.handle_of(options))

    return on_the_desks(options, prepared)


async def _plan(options: argparse.Namespace, handle: str, errand: Errand) -> int:
    workspace = errand.workspace
    who = await person.opened(errand, handle, options.fresh)
    top = await head(errand, handle=who.handle)
    plans = (await workspace.record.overview(who.opened)).plans
    goals = await goals_of(errand, who.opened, plans.rows)
    if options.json:
        out.form({**top, "plans": forms.shelf(plans, lambda one: forms.plan(one, goals))})
        return DONE
    text = lines.plans(plans, goals, copies.width(options))
    fresh = lines.fresh(plans.fetched, workspace.now())
    if copies.wanted(options):
        await copies.take(errand, options, who.opened, [*text, "", fresh])
        return DONE
    out.rows(text)
    out.remark(f"{workspace.environment.name}: {fresh}")
    return DONE
