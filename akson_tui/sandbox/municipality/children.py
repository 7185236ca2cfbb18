"""Journals of the health station's children: the programme's consultations up to their age, growth, vaccines.

Which vaccine belongs to which consultation stands in `texts/children.toml`, as for children born in 2020 or later. A
child keeps its place on the growth chart: what is measured never leaps from one curve to another.
"""

from typing import Any, NamedTuple

from .body import Vitals
from .clock import later
from .journals import Journal
from .measurements import told
from .texts import load
from .words import assembled, fresh


class Due(NamedTuple):
    """A consultation of the programme: at how many days of age, and what it is called."""

    age: int
    name: str


def programme() -> list[dict[str, Any]]:
    """The rows of the programme, youngest first."""
    rows: list[dict[str, Any]] = load("children")["programme"]
    return rows


def due(age: int) -> Due:
    """The consultation of the programme that is nearest to an age in days."""
    row = min(programme(), key=lambda row: abs(int(row["age"]) - age))
    return Due(int(row["age"]), str(row["name"]))


def _weight(age: int) -> float:
    """Kilograms near the middle of the growth chart: fast in the first months, then slower."""
    months = age / 30.4
    return 3.5 + 0.85 * min(months, 4) + 0.42 * max(0.0, min(months, 12) - 4) + 0.2 * max(0.0, months - 12)


def _length(age: int) -> float:
    months = age / 30.4
    first = 50.5 + 3.2 * min(months, 4) + 1.5 * max(0.0, min(months, 12) - 4)
    return first + 1.0 * max(0.0, min(months, 24) - 12) + 0.65 * max(0.0, months - 24)


def _head(age: int) -> float:
    months = age / 30.4
    return 35.2 + 1.5 * min(months, 4) + 0.55 * max(0.0, min(months, 12) - 4) + 0.07 * max(0.0, months - 12)


class _Growth:
    """One child's place on the chart; the premature catch up within two years."""

    def __init__(self, journal: Journal) -> None:
        rng = journal.rng
        self._sex = 0.95 if journal.person.female else 1.0
        self._weight, self._length, self._head = rng.gauss(1, 0.08), rng.gauss(1, 0.025), rng.gauss(1, 0.015)
        self._early = "premature" in journal.person.problems
        self._rng = rng

    def at(self, age: int) -> Vitals:
        late = 1 - 0.2 * max(0.0, 1 - age / 730) if self._early else 1.0
        return {
            "weight": _weight(age) * self._sex * self._weight * late * self._rng.uniform(0.99, 1.01),
            "height": _length(age) * self._length * (late + 1) / 2 * self._rng.uniform(0.997, 1.003),
            "head": _head(age) * self._head * (late + 2) / 3 * self._rng.uniform(0.997, 1.003),
        }


def _words(journal: Journal, growth: Vitals | None) -> dict[str, str]:
    female = journal.person.female
    known = {"languages": ""} if journal.person.language is not None else {}
    known["late" if "language" in journal.person.problems else "fluent"] = ""
    known |= {
        "barnet": "hun" if female else "han",
        "Barnet": "Hun" if female else "Han",
        "hans": "hennes" if female else "hans",
    }
    if growth is not None:
        known |= {slot: told(kind, growth[kind]) for slot, kind in (("kg", "weight"), ("cm", "height"))}
        known["hode"] = told("head", growth["head"])
    return known


def _nurse(journal: Journal) -> str:
    return journal.person.team[0]


def write(journal: Journal) -> None:
    """Every consultation that the child is old enough for, but not today's."""
    rng, clock = journal.rng, journal.clock
    born = journal.person.birth(clock)
    assert born is not None
    old = (clock.today - born).days
    growth = _Growth(journal)
    nurse, doctor = _nurse(journal), journal.circle.station_doctor
    title = "Helsestasjonsnotat"
    for row in programme():
        # Nobody comes on the very day.
        age = row["age"] + (rng.randint(-1, 1) if row["age"] < 60 else rng.randint(-6, 9))
        days_ago = old - age
        if days_ago <= 10:
            break
        # The first days are not chosen by the office's calendar.
        days_ago = clock.workday(days_ago) if age > 20 else days_ago
        at = clock.at(days_ago, rng.randint(8, 14), rng.choice((0, 15, 30, 45)))
        who = doctor if row.get("doctor", False) else nurse
        contact = journal.encounter(at, 30, who, "HH" if "Hjemmebesøk" in row["name"] else "AMB", row["name"])
        measured = growth.at(age)
        journal.measure(later(at, 5), nurse, measured)
        for key in row.get("vaccines", ()):
            given = load("children")["vaccines"][key]
            journal.vaccine(later(at, 15), nurse, given["atc"], given["text"])
        known = _words(journal, measured)
        text = _new(journal, row["parts"], known)
        journal.note(later(at, 25), who, text, title=title, encounter=contact)
    for _ in range(3):
        between(journal, rng.randint(2, max(3, min(old - 6, 400))), growth)
    for own in load("children")["own"].get(journal.person.ident, ()):
        days_ago = old - own["age"]
        if days_ago > 0:
            at = clock.at(clock.workday(days_ago), rng.randint(9, 14), rng.randrange(0, 60, 5))
            contact = journal.encounter(at, 30, nurse, "AMB", "Oppfølging")
            journal.note(later(at, 20), nurse, own["text"], title=own["title"], encounter=contact)


def between(journal: Journal, days_ago: int, growth: _Growth | None = None, at: tuple[int, int] | None = None) -> None:
    """One contact that the programme does not know: a call, a weight, a talk. `at` fixes the time at which it ended."""
    rng, clock = journal.rng, journal.clock
    born = journal.person.birth(clock)
    age = 365 if born is None else (clock.day(days_ago) - born).days
    rows = [
        row
        for row in load("children")["between"]
        if row.get("from", 0) <= age <= row.get("until", 2000) and (growth or not row.get("measured", False))
    ]
    row = rng.choice(rows)
    hour, minute = at or (rng.randint(9, 14), rng.randrange(60))
    when = clock.at(days_ago if at else clock.workday(days_ago), hour, minute)
    when = later(when, -10) if at else when
    nurse = _nurse(journal)
    contact = journal.encounter(when, 10, nurse, "VR" if row["reason"] == "Telefon" else "AMB", row["reason"])
    measured = growth.at(age) if growth is not None and row.get("measured", False) else None
    if measured is not None:
        journal.measure(when, nurse, {"weight": measured["weight"]})
    text = _new(journal, row["parts"], _words(journal, measured))
    journal.note(later(when, 8), nurse, text, title="Helsestasjonsnotat", encounter=contact)


def _new(journal: Journal, parts: list[list[str]], known: dict[str, str]) -> str:
    return fresh(journal.texts, lambda: assembled(journal.rng, parts, known, journal.said))
