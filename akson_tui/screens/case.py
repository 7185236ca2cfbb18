"""A record that is open on screen: what its places share, so that the banner is read once and stands still.

The easy mistake is to keep clinical rows here: places read their own, with `opened`, each time they are shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from akson_tui.model.access import Ground, Opened
from akson_tui.model.entry import EVERYTHING, TimelineFilter
from akson_tui.model.ref import PersonId, Ref

if TYPE_CHECKING:
    from akson_tui.workspace import Workspace
    from akson_tui.workspace.views import Banner


class Case:
    """One person's open record. `banner` is as of the last reading."""

    def __init__(self, workspace: Workspace, opened: Opened, banner: Banner) -> None:
        self.workspace = workspace
        self.opened = opened
        self.banner = banner
        self.narrowed: TimelineFilter = EVERYTHING
        """What the timeline was narrowed to, for when one comes back to it."""
        self.selected: Ref | None = None
        """The entry that was selected in the timeline."""

    @staticmethod
    async def open(workspace: Workspace, person: PersonId, ground: Ground) -> Case:
        """Open and log. Raises NotOpened."""
        opened = await workspace.record.open(person, ground)
        return Case(workspace, opened, await workspace.record.banner(opened))

    async def reread(self) -> bool:
        """Read the banner again; True where it differs."""
        before, self.banner = self.banner, await self.workspace.record.banner(self.opened)
        return self.banner != before
