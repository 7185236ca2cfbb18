"""Opening a record: on which ground, by whom.

Every read of clinical rows takes an `Opened`, which only `workspace.record.open` makes, and logs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from akson_tui.model.ref import PersonId, Ref


class Ground(StrEnum):
    ON_MY_LIST = "on-my-list"
    SEARCHED_FOR = "searched-for"
    MY_DRAFT = "my-draft"
    """Opened from a draft or an act of one's own that waits."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that was opened and logged: the person, the patient records behind them, the ground, the log's row."""

    person: PersonId
    patients: tuple[Ref, ...]
    ground: Ground
    at: datetime
    logged: int


@dataclass(frozen=True, slots=True)
class AccessEvent:
    """One row of the log (pjl § 22; journal regulation § 14)."""

    at: datetime
    who: str
    hpr: str
    role: str
    organisation: str
    person: PersonId
    patient: Ref | None
    act: str
    """opened | printed | exported | signed …"""
    ground: str
