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
