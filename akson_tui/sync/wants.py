"""What the engine is asked for and what it answers, as shapes: the workspace is a neighbour that is not known here.

`workspace.line.Want` fits `Wanted` as it is; wiring turns `Found` into the workspace's own word for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from akson_tui.model.ref import PersonId, Ref


class Wanted(Protocol):
    """Something to be fetched: `kind` is "worklist" or "person"; `fresh` asks although it was fetched just now (F5)."""

    @property
    def kind(self) -> str: ...

    @property
    def person(self) -> PersonId: ...

    @property
    def fresh(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Found:
    """The register's answer: which patients (already in the store), a token for further pages, a trouble."""

    found: tuple[Ref, ...] = ()
    more: str = ""
    trouble: str = ""


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
