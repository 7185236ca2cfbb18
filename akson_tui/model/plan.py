"""The care plan: what is aimed at, what is to be done, by whom, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from akson_tui.model.entry import EntryState
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


class Outcome(StrEnum):
    """What became of an activity this time."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not-done"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often: every so many `days` or `months` (0: not said), on these weekdays (Monday 0), at these minutes."""

    days: int = 0
    months: int = 0
    weekdays: frozenset[int] = frozenset()
    minutes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """One time that an activity was done, partly done or not done. `key` names the activity within its plan.

    `state` WAITING where it is ours and the journal does not have it yet: then `ref` is (source, "Act", the act's id).
    """

    ref: Ref
    plans: tuple[Ref, ...]
    key: str
    text: str
    at: When | None
    outcome: Outcome
    reason: str = ""
    note: str = ""
    who: str = ""
    service: str = ""
    state: EntryState = EntryState.CURRENT
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An activity as its plan shows it.

    `place` is where it stands in the plan's list, None where the plan does not name it yet (a task that only says that
    it belongs to the plan). `ref` is what it points to, None where it stands in the plan itself; `basis` how a resource
    of ours refers to that (`Type/id` or a urn). `due` is the next time, None where nothing says one. `held` False: it
    points to what is not fetched. `ended`: nothing more is to be done. `new`: by others since this user last looked.
    """

    plan: Ref
    key: str
    text: str
    status: str
    timing: str = ""
    responsible: str = ""
    service: str = ""
    goals: tuple[Ref, ...] = ()
    ref: Ref | None = None
    basis: str = ""
    place: int | None = None
    held: bool = True
    ended: bool = False
    reason: str = ""
    ticks: tuple[Tick, ...] = ()
    due: When | None = None
    state: EntryState = EntryState.CURRENT
    new: bool = False


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal in a plan: what it is for (problems in words), how it goes, and whether it is the citizen's own."""

    ref: Ref | None
    text: str
    status: str = ""
    reached: str = ""
    target: str = ""
    problems: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole plan: problems → goals → activities, whose it is, and what the citizen says (`own`)."""

    ref: Ref
    title: str
    status: str
    since: When | None
    until: When | None
    author: str
    service: str
    problems: tuple[str, ...] = ()
    aims: tuple[Aim, ...] = ()
    steps: tuple[Step, ...] = ()
    own: tuple[str, ...] = ()
