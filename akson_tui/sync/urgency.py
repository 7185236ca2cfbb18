"""Who goes first to the line.

The easy mistake is to let what nobody waits for run beside what a clinician looks at: see `BACKGROUND`.
"""

from __future__ import annotations

from enum import IntEnum


class Urgency(IntEnum):
    """Who goes first to the line; the lower number."""

    SEARCH = 0
    OPEN = 1
    WORKLIST = 2
    NAMES = 3
    OLDER = 4
    ROUND = 5
    """The round's records, fetched ahead."""
    COMPARE = 6


BACKGROUND = Urgency.OLDER
"""From here on: one request at a time, and none while anything more urgent waits or is under way."""
