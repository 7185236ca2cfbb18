"""What all desks of one clinician share: the store, the line, the clock, and who is at work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from akson_tui.config.settings import Settings
from akson_tui.model.line import SourceState
from akson_tui.model.people import Clinician
from akson_tui.model.when import OSLO
from akson_tui.store import fetches, worklist
from akson_tui.workspace.line import Line, NoLine

if TYPE_CHECKING:
    from akson_tui.store.files import Store


@dataclass
class Room:
    """`named` is the author who was named by hand in this session; kept in memory only."""

    store: Store
    settings: Settings
    clock: Callable[[], datetime]
    ids: Callable[[], str]
    line: Line = field(default_factory=NoLine)
    named: Clinician | None = None

    @property
    def user(self) -> str:
        """Who this is, as named at start (`--as`, settings); '' for nobody."""
        return self.settings.user

    def today(self) -> date:
        """The day in Oslo."""
        return self.clock().astimezone(OSLO).date()

    async def clinician(self) -> Clinician | None:
        """The user as the journal knows them, else as named in this session, else None."""
        known = await self.store.run(worklist.user, self.user) if self.user else None
        return known or self.named

    async def source(self, source: str) -> SourceState:
        """The state of one source."""
        return await self.store.run(fetches.source, source)

    async def sources(self) -> tuple[SourceState, ...]:
        """The state of each source of this site, in the settings' order; one that was never asked is *untried*."""
        return tuple([replace(await self.source(source.id), name=source.name) for source in self.settings.site.sources])
