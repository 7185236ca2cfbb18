"""Journals of the health station's children: the programme's consultations up to their age, growth, vaccines.

Which vaccine belongs to which consultation stands in `texts/children.toml`, as for children born in 2020 or later.
"""

from .journals import Journal
from .texts import load

_NURSE = "anne-moen"
_DOCTOR = "eirik-saltnes"


def _weight(age: int, female: bool) -> float:
    """Kilograms near the middle of the growth chart: fast in the first months, then slower."""
    months = age / 30.4
    grown = 3.5 + 0.85 * min(months, 4) + 0.42 * max(0.0, min(months, 12) - 4) + 0.2 * max(0.0, months - 12)
    return grown * (0.95 if female else 1.0)


def _length(age: int) -> float:
    months = age / 30.4
    return 50.5 + 3.2 * min(months, 4) + 1.5 * max(0.0, min(months, 12) - 4) + 0.85 * max(0.0, months - 12)


def _head(age: int) -> float:
    months = age / 30.4
    return 35.2 + 1.5 * min(months, 4) + 0.55 * max(0.0, min(months, 12) - 4) + 0.09 * max(0.0, months - 12)


def write(journal: Journal) -> None:
    """Every consultation that the child is old enough for, but not today's."""
    person, rng, clock = journal.person, journal.rng, journal.clock
    born = person.birth(clock)
    assert born is not None
    old = (clock.today - born).days
    premature = 0.85 if "premature" in person.problems else 1.0
    words = {"barnet": "hun" if person.female else "han", "Barnet": "Hun" if person.female else "Han"}
    for row in load("children")["programme"]:
        age, name = row["age"], row["name"]
        days_ago = old - age
        if days_ago <= 10:
            break
        hour, minute = rng.randint(8, 14), rng.choice((0, 15, 30, 45))
        at = clock.at(days_ago, hour, minute)
        who = _DOCTOR if row.get("doctor", False) else _NURSE
        contact = journal.encounter(at, 30, who, "HH" if "Hjemmebesøk" in name else "AMB", name)
        growth = {
            "weight": _weight(age, person.female) * premature * rng.uniform(0.98, 1.02),
            "height": _length(age) * rng.uniform(0.99, 1.01),
            "head": _head(age) * rng.uniform(0.99, 1.01),
        }
        journal.measure(at, _NURSE, growth)
        for key in row.get("vaccines", ()):
            given = load("children")["vaccines"][key]
            journal.vaccine(clock.at(days_ago, hour, minute, 30), _NURSE, given["atc"], given["text"])
        title = "Helsestasjonsnotat"
        journal.note(
            clock.at(days_ago, hour, minute, 50), who, row["text"].format(**words), title=title, encounter=contact
        )
    for _ in range(3):
        days_ago = rng.randint(2, max(3, min(old - 6, 400)))
        between = rng.choice(load("children")["between"])
        reason, text = between["reason"], between["text"]
        at = clock.at(days_ago, rng.randint(9, 14), rng.randrange(60))
        contact = journal.encounter(at, 10, _NURSE, "VR" if reason == "Telefon" else "AMB", reason)
        journal.note(at, _NURSE, text.format(**words), title="Helsestasjonsnotat", encounter=contact)
