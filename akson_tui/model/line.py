"""The state of the line to one source, in words that a screen can show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class LineStatus(StrEnum):
    UNTRIED = "untried"
    UP = "up"
    DOWN = "down"
    REFUSED = "refused"
    """The source answers, but not to us (sign-in, forbidden)."""
    ODD = "odd"
    """Something answers that is no FHIR R4 server."""


class Lack(StrEnum):
    """What a source does without, where a clinician may notice: what each is told as stands in `screens/words`.

    In the order in which they matter. Which of FHIR's abilities each follows from: `journal/capability`.
    """

    NOTES = "notes"
    """It takes no notes."""
    SEARCH = "search"
    """Names and numbers could only be sought by address, and the site has not given leave."""
    STRANGERS = "strangers"
    """It sends others' rows too."""
    GUARD = "guard"
    """It writes over what somebody else has changed meanwhile."""
    PIECEMEAL = "piecemeal"
    """It takes a note and its measurements one by one."""
    TWICE = "twice"
    """It takes the same note twice."""
    ADDRESS = "address"
    """Names and numbers go in addresses."""
    PAGES = "pages"
    """It sends no further pages."""
    ORDER = "order"
    """It does not send the newest first."""
    NEWS = "news"
    """It cannot be asked for what is new."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of one source.

    `at` the last answer; `clock_off` seconds that this machine's clock is ahead of the server's.
    `creates`, `updates`: FHIR types that the server says it takes; `demo` where it is our own sandbox.
    """

    source: str
    status: LineStatus = LineStatus.UNTRIED
    at: datetime | None = None
    trouble: str = ""
    clock_off: float = 0.0
    software: str = ""
    demo: bool = False
    creates: frozenset[str] = frozenset()
    updates: frozenset[str] = frozenset()
    known: bool = False
    """True once a CapabilityStatement was read."""
    lacks: tuple[Lack, ...] = ()
    """What it does without, as told and as seen, in the order in which it matters."""
    name: str = ""
    """What the site calls it; '' where it has no other name than `source`."""

    @property
    def called(self) -> str:
        """How it is named on a screen."""
        return self.name or self.source
