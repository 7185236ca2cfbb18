"""The worklists of the many: who of the inhabitants is to be seen on a day, by whom, when and why.

Counted out from the inhabitant's number and the date alone, so one person's list never depends on another's. What a
visit is for is taken from the plan, the age or the week, so that lists, plans and journals fit each other.
"""

from random import Random
from typing import NamedTuple

from .children import due
from .clock import Clock
from .consultations import for_problem, general
from .districts import circle
from .inhabitants import inhabitant, place
from .journals import Journal
from .legevakt import Case, cases, triage, urgency
from .people import Person
from .plans import errand
from .pregnancy import next_control
from .resources import Resource
from .work import appointment, arrived

_PRIORITY = {"red": 1, "yellow": 3, "green": 6}
_EVENING_FROM = 15
# How far from its day a consultation of the programme may lie.
_NEAR_DAYS = 13


class Waiting(NamedTuple):
    """One who waits at the legevakt: since how many minutes, and with what."""

    since: int
    case: Case


def _chance(what: str, number: int, clock: Clock) -> float:
    return Random(f"{what}:{number}:{clock.today}").random()


def waiting(number: int, clock: Clock) -> Waiting | None:
    """Whether that inhabitant waits at the legevakt now; only those of the first districts, or nobody could work."""
    at = place(number)
    if at.kind != "legevakt" or at.district > 2 or _chance("queue", number, clock) > 0.6:
        return None
    born = inhabitant(number).birth(clock)
    rng = Random(f"case:{number}:{clock.today}")
    open_to = cases(None if born is None else clock.age(born))
    return Waiting(6 + 13 * at.neighbour + rng.randint(0, 8), rng.choice(open_to))


def _queue(number: int, person: Person, clock: Clock) -> list[Resource]:
    row = waiting(number, clock)
    if row is None:
        return []
    around = circle(place(number).key, person.district)
    start = clock.minutes_ago_today(row.since)
    made = appointment(person, around.legevakt_doctor, start, 20, row.case["reason"])
    return [arrived(made, _PRIORITY[row.case["urgency"]], urgency(row.case), around.legevakt_nurse)]


def _home(number: int, person: Person, clock: Clock) -> list[Resource]:
    at = place(number)
    if _chance("home", number, clock) > 0.85:
        return []
    evening = clock.now.hour >= _EVENING_FROM and person.care == "full"
    staff = person.team if at.kind == "home" else person.team[:2]
    slot = at.neighbour // len(staff) + (15 if at.kind == "young" else 0)
    first, step = ((16, 0), 24) if evening else ((7, 30), 28)
    minutes = first[0] * 60 + first[1] + slot * step
    start = clock.at(0, minutes // 60, minutes % 60)
    who = staff[at.neighbour % len(staff)]
    return [appointment(person, who, start, 20, "Kveldsstell og medisiner" if evening else errand(person.problems))]


def _gp(number: int, person: Person, clock: Clock) -> list[Resource]:
    at = place(number)
    # Twenty-four times a day; those beyond them come on the other days.
    turn = (at.neighbour // 24 + clock.today.toordinal()) % 2
    if turn or _chance("gp", number, clock) > 0.7:
        return []
    rng = Random(f"reason:{number}:{clock.today}")
    own = [row for key in person.problems for row in for_problem(key)]
    row = rng.choice(own) if own and rng.random() < 0.7 else rng.choice(general())
    minutes = 8 * 60 + 20 * (at.neighbour % 24)
    return [appointment(person, person.doctor, clock.at(0, minutes // 60, minutes % 60), 20, row.reason)]


def _child(number: int, person: Person, clock: Clock, since: Clock) -> list[Resource]:
    at = place(number)
    born = person.birth(since)
    assert born is not None
    age = (clock.today - born).days
    consultation = due(age)
    first_day = clock.today == since.today
    if abs(age - consultation.age) > _NEAR_DAYS or (at.kind != "today" if first_day else at.neighbour > 15):
        return []
    if not first_day and _chance("child", number, clock) > 0.3:
        return []
    minutes = 8 * 60 + 30 + 45 * (at.neighbour // 2)
    start = clock.at(0, minutes // 60, minutes % 60)
    return [appointment(person, person.team[0], start, 40, consultation.name)]


def _pregnant(number: int, person: Person, clock: Clock, since: Clock) -> list[Resource]:
    at = place(number)
    week = person.week + (clock.today - since.today).days // 7
    if week > 41 or _chance("pregnant", number, clock) > 0.5:
        return []
    minutes = 9 * 60 + 40 * at.neighbour
    start = clock.at(0, minutes // 60, minutes % 60)
    reason = next_control(week).rsplit(" uke ", 1)[0] + f" uke {week}"
    return [appointment(person, person.team[0], start, 40, reason)]


def round_of(number: int, clock: Clock, since: Clock | None = None) -> list[Resource]:
    """What the inhabitant of that number has today. `since` is the moment from which the journals count back."""
    since = since or clock
    person, kind = inhabitant(number), place(number).kind
    if kind == "legevakt":
        return _queue(number, person, clock)
    if kind in ("home", "young"):
        return _home(number, person, clock)
    if clock.today.weekday() >= 5:
        # The offices are closed.
        return []
    if kind == "gp":
        return _gp(number, person, clock)
    if kind == "pregnant":
        return _pregnant(number, person, clock, since)
    return _child(number, person, clock, since)


def triage_of(number: int, clock: Clock, journal: Journal) -> None:
    """Writes the triage of today into the journal of one who waits."""
    row = waiting(number, clock)
    if row is not None:
        triage(journal, row.case, clock.minutes_ago_today(row.since))
