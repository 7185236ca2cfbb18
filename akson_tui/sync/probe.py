"""Asking each journal once how it is, without a store: what `doctor` tells.

The easy mistake: naming somebody to find out. Only the CapabilityStatement is asked for, which is about nobody.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime
from random import Random

from akson_tui.config.settings import SourceSettings
from akson_tui.journal.client import BaseRefused, Client, Limits, library
from akson_tui.journal.rest import Rest
from akson_tui.journal.troubles import JournalTrouble
from akson_tui.model.line import LineStatus, SourceState
from akson_tui.model.trouble import Trouble
from akson_tui.sync.line import Line
from akson_tui.sync.source import Source

LIMITS = Limits(seconds=20.0, connect=5.0)
"""Who asks how things are does not want to wait for long."""


async def ask(
    sources: Sequence[SourceSettings],
    clock: Callable[[], datetime],
    environ: Callable[[str], str | None],
    random: Random,
    limits: Limits | None = None,
) -> tuple[SourceState, ...]:
    """The state of each source, in their order; its trouble is in it. Never raises for a line's trouble."""
    library()
    return tuple(await asyncio.gather(*(_one(each, clock, environ, random, limits or LIMITS) for each in sources)))


async def _one(
    settings: SourceSettings,
    clock: Callable[[], datetime],
    environ: Callable[[str], str | None],
    random: Random,
    limits: Limits,
) -> SourceState:
    def token() -> str | None:
        return environ(settings.token_env) if settings.token_env else None

    line = Line(settings.id, clock, random.random)
    try:
        client = Client(settings.base, token, clock, limits, settings.insecure, None)
    except BaseRefused:
        return SourceState(settings.id, LineStatus.ODD, trouble=Trouble.NOT_FHIR.value)
    source = Source(settings.id, Rest(client, settings.get_search), line, settings.notes)
    try:
        with contextlib.suppress(JournalTrouble):  # `source` told the line, whose state is the answer
            await source.ready()
    finally:
        await source.rest.close()
    return line.state
