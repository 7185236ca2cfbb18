"""What the workspace may ask of the network: three calls, which are *no line* until wiring gives a real one.

The answer to `fetch` never comes back here: it comes through the store, which tells who listens.
"""

from __future__ import annotations

from typing import Protocol

from akson_tui.clinical.query import Query
from akson_tui.model.trouble import Trouble
from akson_tui.model.want import RegisterAnswer, Want


class Line(Protocol):
    """The network, as far as the workspace knows it."""

    def fetch(self, want: Want) -> None:
        """Fetch it when possible; returns at once."""

    async def search(self, query: Query, page: str = "") -> RegisterAnswer:
        """Ask the register; never raises for the line's troubles: they are in the answer."""

    def send(self) -> None:
        """The outbox has something to send; returns at once."""


class NoLine:
    """No network yet, or none at all; what was wanted meanwhile is kept for the line that may come."""

    def __init__(self) -> None:
        self.wanted: dict[Want, None] = {}

    def fetch(self, want: Want) -> None:
        """Remember it."""
        self.wanted[want] = None

    async def search(self, query: Query, page: str = "") -> RegisterAnswer:
        """Says that there is no line."""
        return RegisterAnswer(trouble=Trouble.NO_LINE)

    def send(self) -> None:
        """Nothing to send with: the outbox keeps it."""
