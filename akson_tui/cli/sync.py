"""`akson-tui sync`: fetch the day's list with its records, and send what waits; ends when nothing more can go.

Easy to get wrong: sending beside a workstation that is sending. Who holds the lease sends; this one then asks for a new
try of what waited, and watches the outbox until each has been tried.
"""

from __future__ import annotations

import argparse
import asyncio
from functools import partial
from typing import TYPE_CHECKING

from akson_tui.cli import DONE, NO_LINE, REFUSED, forms, out
from akson_tui.cli.progress import Progress
from akson_tui.cli.running import head, on_the_desks
from akson_tui.i18n import _, n_
from akson_tui.model.act import ActState
from akson_tui.model.held import NEVER, FetchStatus
from akson_tui.model.trouble import WORTH_RETRYING
from akson_tui.screens import words

if TYPE_CHECKING:
    from akson_tui.sync.engine import Engine
    from akson_tui.wiring import Errand

PATIENCE = 120.0
"""Seconds without news from who sends, after which this one goes."""


def run(options: argparse.Namespace) -> int:
    """Fetch and send; returns the exit code."""
    return on_the_desks(options, lambda: partial(_sync, options))


async def _sync(options: argparse.Namespace, errand: Errand) -> int:
    workspace = errand.workspace
    before = {row.act.id: row.act for row in await workspace.outbox.all()}
    with Progress() as progress:
        progress.at(_("sender det som venter"))
        engine = await errand.connect(sends=True)
        for act in before.values():
            if act.state in _UNSENT and act.due is not None:
                await workspace.outbox.retry(act.id)
        people = await _fetched(errand, engine, progress)
        progress.at(_("sender det som venter"))
        await _sent(errand, engine)
        errand.unforeseen()
    acts = [row.act for row in await workspace.outbox.all()]
    sent = [act for act in acts if act.state is ActState.SENT and before.get(act.id, act).state is not ActState.SENT]
    waiting = [act for act in acts if act.state in _UNSENT]
    refused = [act for act in acts if act.state is ActState.REFUSED]
    held = (await workspace.worklist.today()).fetched if workspace.user else NEVER
    troubles = [act.trouble for act in waiting if act.trouble] + ([held.trouble] if held.trouble else [])
    line_lost = any(trouble in {each.value for each in WORTH_RETRYING} for trouble in troubles)
    top = await head(errand)
    if options.json:
        counts = {"sent": len(sent), "waiting": len(waiting), "refused": len(refused), "records": people}
        out.form({**top, **counts, "worklist": forms.fetched(held), "troubles": list(dict.fromkeys(troubles))})
    else:
        said = _("{sent} sendt, {waiting} venter, {refused} avvist; {records} journaler hentet").format(
            sent=len(sent), waiting=len(waiting), refused=len(refused), records=people
        )
        out.remark(f"{top['journal']}: {said}")
    for trouble in dict.fromkeys(troubles):
        out.remark(words.trouble(trouble))
    if refused:
        n = len(refused)
        out.remark(n_("{n} er avvist: se utboksen.", "{n} er avvist: se utboksen.", n).format(n=n))
    return NO_LINE if line_lost else REFUSED if refused or troubles else DONE


_UNSENT = (ActState.WAITING, ActState.SENDING)


async def _fetched(errand: Errand, engine: Engine, progress: Progress) -> int:
    """The day's list and its records, where there is a user; how many records are held."""
    workspace = errand.workspace
    if not workspace.user:
        return 0
    workspace.worklist.refresh()
    await engine.finished("worklist")
    people = {row.person for row in (await workspace.worklist.today()).rows if row.person}
    changed = asyncio.Event()
    stop = workspace.changes(lambda _change: changed.set())
    round_ = asyncio.ensure_future(engine.finished("round"))
    try:
        while not round_.done():
            done = [person for person in people if await _settled(errand, person)]
            progress.at(_("henter journaler"), len(done), len(people))
            news = asyncio.ensure_future(changed.wait())
            await asyncio.wait((round_, news), return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            changed.clear()
    finally:
        stop()
        round_.cancel()
    return len([person for person in people if await _settled(errand, person)])


async def _settled(errand: Errand, person: str) -> bool:
    entries = (await errand.workspace.people.fetched(person)).entries
    return entries.at is not None and entries.status is not FetchStatus.FETCHING


async def _sent(errand: Errand, engine: Engine) -> None:
    """Until nothing more can go; the session that sends may be another, beside this."""
    changed = asyncio.Event()
    stop = errand.workspace.changes(lambda change: changed.set() if change.topic == "outbox" else None)
    try:
        await engine.sent()
        while await errand.workspace.outbox.can_go():
            async with asyncio.timeout(PATIENCE):
                await changed.wait()
            changed.clear()
    except TimeoutError:
        out.remark(_("Den økten som sender, har ikke gjort noe på en stund: se om den står stille."))
    finally:
        stop()
