"""What is known of a field or a list, and how old it is: one sum type, so that no screen can take one for another.

Absent (there is none), Withheld (there is one, not for you), NotFetched (nobody has asked), Unreadable (there is one
that we cannot read) and a list that failed (asked, no answer) must never look alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Present(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing is there; `reason` is the code of data-absent-reason, or '' where the source just has none."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something is there that this user may not see (Volven 9603 NORS)."""


@dataclass(frozen=True, slots=True)
class NotFetched:
    """Nobody has asked the source."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The source sent something that could not be read; the bytes are kept."""


Held = Present[T] | Absent | Withheld | NotFetched | Unreadable


class FetchStatus(StrEnum):
    NEVER = "never"
    FETCHING = "fetching"
    """Asked; parts may have come."""
    PARTIAL = "partial"
    """Some pages or types came, others failed."""
    COMPLETE = "complete"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Fetched:
    """How fresh a list is: the last answer's time (server-corrected UTC), how far back it reaches, what went wrong.

    `horizon` is None where the list is whole; otherwise nothing older than it is claimed.
    `trouble` names a trouble (`model.trouble.Trouble.value`) of the last try, '' where it went well.
    """

    status: FetchStatus = FetchStatus.NEVER
    at: datetime | None = None
    horizon: datetime | None = None
    trouble: str = ""


NEVER = Fetched()


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """A list with its freshness: `rows` that may be shown, `withheld` and `unreadable` how many more there are."""

    rows: tuple[T, ...] = ()
    fetched: Fetched = field(default=NEVER)
    withheld: int = 0
    unreadable: int = 0
