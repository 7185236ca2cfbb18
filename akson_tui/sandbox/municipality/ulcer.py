"""The course of Odd Arne's leg ulcer through the years, and the notes and sizes that come of it.

Size is drawn between the knots of `_COURSE`; a note's words follow from whether the ulcer grows, stands still or
heals.
"""

from itertools import pairwise
from typing import Any

from .journals import Journal
from .resources import Resource
from .staff import clinician
from .texts import load

# Days before today and length in centimetres; 0 is a healed leg.
_COURSE = (
    (3460, 1.8), (3300, 5.6), (3150, 6.2), (2900, 3.0), (2700, 0.0), (2320, 0.0), (2300, 1.4), (2140, 6.8), (1980, 6.4),
    (1700, 3.6), (1440, 0.9), (1390, 0.0), (960, 0.0), (940, 2.2), (760, 7.9), (640, 7.4), (420, 5.5), (210,
    4.4), (90, 3.7),
    (40, 3.4), (0, 3.1),
)  # fmt: skip
_STEADY = 0.004


def length(days_ago: int) -> float:
    """The ulcer's length that day, in centimetres, without the day's chance."""
    for (older, before), (newer, after) in pairwise(_COURSE):
        if newer <= days_ago <= older:
            return before + (after - before) * (older - days_ago) / (older - newer)
    return _COURSE[-1][1]


def state(days_ago: int) -> str:
    """`healed`, `worse`, `still` or `better`, by how the length changes around that day."""
    now = length(days_ago)
    if now < 0.2:
        return "healed"
    slope = length(max(0, days_ago - 10)) - length(days_ago + 10)
    if slope > _STEADY * 20:
        return "worse"
    return "better" if slope < -_STEADY * 20 else "still"


def _text(journal: Journal, words: dict[str, Any], days_ago: int, size: str) -> str:
    rng = journal.rng
    here = state(days_ago)
    if here == "healed":
        parts = [rng.choice(words["healed"])]
        if rng.random() < 0.4:
            parts.append(rng.choice(words["aside"]))
        return " ".join(parts)
    # Healing has its bad days, and a bad ulcer a quiet one.
    mood = here if rng.random() < 0.82 else "still"
    granulation = rng.randrange(30, 95, 5)
    known = {"size": size, "nrs": str(rng.randint(2, 6)), "g": str(granulation), "f": str(100 - granulation)}
    parts = [rng.choice(words["opener"]), rng.choice(words["bed"][mood]), rng.choice(words["skin"][mood])]
    if rng.random() < 0.5:
        parts.append(rng.choice(words["pain"]))
    parts.append(rng.choice(words["dressing"][mood]))
    if rng.random() < 0.4:
        parts.append(rng.choice(words["aside"]))
    if rng.random() < 0.7:
        parts.append(rng.choice(words["plan"][mood]))
    return " ".join(parts).format(**known)


def _told(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def dressing(journal: Journal, days_ago: int) -> Resource:
    """One dressing: the note, and every third time the size as two Observations; gives the note."""
    rng = journal.rng
    who = rng.choices(journal.person.team, (5, 3, 4))[0]
    hour, minute = rng.randint(8, 13), rng.randrange(60)
    here = max(0.3, length(days_ago) + rng.gauss(0, 0.12))
    long, wide = round(here, 1), round(here * 0.66 + 0.1, 1)
    text = _text(journal, load("ulcer")[clinician(who).language], days_ago, f"{_told(long)} x {_told(wide)}")
    if state(days_ago) != "healed" and rng.random() < 0.33:
        when = journal.clock.at(days_ago, hour, minute)
        journal.measure(when, who, {"ulcer-length": long, "ulcer-width": wide})
    return journal.note(journal.clock.at(days_ago, hour, minute, 45), who, text, title="Sårstell")
