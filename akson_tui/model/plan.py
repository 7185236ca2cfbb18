"""The care plan: what is aimed at, what is to be done, by whom, when."""

from __future__ import annotations

from dataclasses import dataclass

from akson_tui.model.ref import Ref
from akson_tui.model.when import When


@dataclass(frozen=True, slots=True)
class Activity:
    """CarePlan.activity.detail, or what activity.reference points to (None where that is not held)."""

    text: str
    status: str
    timing: str = ""
    responsible: str = ""
    ref: Ref | None = None
    held: bool = True


@dataclass(frozen=True, slots=True)
class Goal:
    ref: Ref
    text: str
    status: str


@dataclass(frozen=True, slots=True)
class CarePlan:
    ref: Ref
    title: str
    status: str
    since: When | None
    until: When | None
    activities: tuple[Activity, ...] = ()
    goals: tuple[Ref, ...] = ()
