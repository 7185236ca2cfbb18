"""Running a command on the desks: settings, unlocking, opening, the work, the ending.

Easy to get wrong: reading stdin after unlocking. In a pipeline both ends would ask for the passphrase at once; a
command reads what it is handed first, and so waits until the one before it has ended.
"""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from akson_tui.cli import LOCKED, out
from akson_tui.cli.ending import Ended, ending
from akson_tui.i18n import _

if TYPE_CHECKING:
    from akson_tui.config.settings import Settings
    from akson_tui.model.people import Clinician
    from akson_tui.wiring import Errand

Work = Callable[["Errand"], Awaitable[int]]


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings in force, their language spoken from now on. Raises SettingsWrong."""
    from akson_tui import i18n
    from akson_tui.cli.workstation import flags
    from akson_tui.config.load import load

    settings = load(flags(options), os.environ)
    i18n.use(settings.language)
    return settings


def on_the_desks(options: argparse.Namespace, prepared: Callable[[], Work]) -> int:
    """Run a command. `prepared` reads what it is handed and gives the work, before anything is unlocked."""
    out.prepare()

    def work() -> int:
        settings = settings_of(options)
        to_do = prepared()
        from akson_tui import wiring
        from akson_tui.cli.unlock import data_key

        directory = wiring.data_folder(settings)
        key = data_key(settings, directory)
        return asyncio.run(_do(settings, to_do, directory, key))

    return ending(work, _run_folder(options))


async def _do(settings: Settings, work: Work, directory: Path, key: bytes) -> int:
    from akson_tui import wiring

    async with wiring.errand(settings, directory, key) as errand:
        for told in errand.workspace.environment.told:
            out.remark(told)
        return await work(errand)


def _run_folder(options: argparse.Namespace) -> Path:
    """Where a report of an error would go."""
    from akson_tui.config.paths import places

    return places(options.home or os.environ.get("AKSON_HOME", "")).run


async def head(errand: Errand, **more: object) -> dict[str, object]:
    """What each JSON answer begins with: the form's version, the journal's name, and `more`."""
    await errand.workspace.lines()  # after which an address alone is called what it says that it is
    return {"version": out.VERSION, "journal": errand.workspace.environment.name, **more}


async def clinician(errand: Errand) -> Clinician:
    """Who is at work, asked of the journal where it is not known yet. Raises Ended with 3 where nobody is named."""
    from akson_tui.model.want import Want, WantKind

    workspace = errand.workspace
    if not workspace.user:
        raise Ended(LOCKED, _("Ingen bruker er oppgitt: si hvem du er med --as (HPR-nummer)."))
    who = await workspace.clinician()
    if who is None:
        await errand.fetch(Want(WantKind.WORKLIST))
        who = await workspace.clinician()
    if who is None:
        raise Ended(LOCKED, _("Journalen kjenner ikke brukeren, eller kan ikke nås: prøv «akson-tui doctor»."))
    return who
