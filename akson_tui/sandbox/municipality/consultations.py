"""What a GP writes: for each problem a few reasons with the note, what was measured and which blood was taken.

The texts hold no figures that a measurement could contradict; figures come from the Observations written beside them.
"""

from typing import Any, NamedTuple

from .body import Usual, Vitals, values
from .clock import later
from .journals import Journal
from .texts import load
from .visits import slots_of
from .words import assembled, fresh, pronouns

_REACH = 2900
_CLASSES = {"Telefon": "VR", "Hjemmebesøk": "HH"}


class Reason(NamedTuple):
    """One consultation: its reason, the parts of its note, what is measured and what blood is taken."""

    reason: str
    parts: list[list[str]]
    measured: tuple[str, ...] = ()
    blood: tuple[str, ...] = ()


def _rows(rows: list[dict[str, Any]]) -> tuple[Reason, ...]:
    return tuple(
        Reason(row["reason"], row["parts"], tuple(row.get("measured", ())), tuple(row.get("blood", ()))) for row in rows
    )


def general() -> tuple[Reason, ...]:
    """What anybody may come with."""
    return _rows(load("gp")["general"])


# Problems that the doctor sees the same way as others.
_SAME = {
    "worry": "anxiety",
    "bones": "osteoporosis",
    "diabetes-foot": "diabetes",
    "palliative-heart": "heart-failure",
    "stroke-mild": "stroke",
}


def for_problem(key: str) -> tuple[Reason, ...]:
    """What people with that problem come with; empty where nothing is written for it."""
    return _rows(load("gp")["problems"].get(_SAME.get(key, key), []))


def consultation(journal: Journal, days_ago: int, row: Reason, most: int, at: tuple[int, int] | None = None) -> int:
    """Writes one consultation of at most `most` entries (at least one) and tells how many it became; `at` fixes the
    clock time at which it ended."""
    rng, who = journal.rng, journal.person.doctor
    days_ago = days_ago if at else journal.clock.workday(days_ago)
    hour, minute = at or (rng.randint(8, 14), rng.randrange(0, 60, 5))
    when = journal.clock.at(days_ago, hour, minute)
    when = later(when, -25) if at else when
    before = len(journal.entries)
    room = most - 1
    if len(row.measured) > room:
        # Without room for the figures the text must not tell them.
        row = rng.choice([other for other in general() if not other.measured])
    measured: Vitals = values(rng, journal.usual, days_ago, _REACH, row.measured)
    room -= len(row.measured)
    contact = None
    if room > 0:
        code = next((code for word, code in _CLASSES.items() if row.reason.startswith(word)), "AMB")
        contact = journal.encounter(when, 20, who, code, row.reason)
        room -= 1
    journal.measure(later(when, 5), who, measured)
    known = {**pronouns(journal.person.female), **slots_of(measured)}
    born = journal.person.birth(journal.clock)
    if born is not None and 18 <= journal.clock.age(born) < 67:
        known["work"] = ""
    if born is not None and journal.person.female and 14 <= journal.clock.age(born) < 52:
        known["menses"] = ""
    text = fresh(journal.texts, lambda: assembled(rng, row.parts, known, journal.said))
    journal.note(later(when, 15), who, text, title="Legenotat", encounter=contact)
    if row.blood and room > len(row.blood):
        journal.laboratory(later(when, 20), who, blood(journal, row.blood, days_ago))
    return len(journal.entries) - before


def blood(journal: Journal, kinds: tuple[str, ...], days_ago: int = 0, usual: Usual | None = None) -> Vitals:
    """The person's values of that day."""
    return values(journal.rng, usual or journal.usual, days_ago, _REACH, kinds)
