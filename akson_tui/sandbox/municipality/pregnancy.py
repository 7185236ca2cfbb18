"""Controls of a pregnancy up to the week that it is in: by GP and midwife in turn, with what is measured in that week.

Weeks are counted back from today, so a woman in week 31 has had her control in week 28 three weeks ago, and no later.
"""

from typing import Any

from .body import Vitals, values
from .clock import later
from .journals import Journal
from .measurements import told
from .texts import load
from .visits import slots_of
from .words import assembled, fresh, pronouns


def controls(week: int) -> list[dict[str, Any]]:
    """The controls that lie behind a woman in that week."""
    rows: list[dict[str, Any]] = load("pregnancy")["control"]
    return [row for row in rows if row["week"] < week]


def next_control(week: int) -> str:
    """What she is seen for in that week."""
    rows: list[dict[str, Any]] = load("pregnancy")["control"]
    return str(next((row["reason"] for row in rows if row["week"] >= week), rows[-1]["reason"]))


def _measured(journal: Journal, row: dict[str, Any]) -> Vitals:
    rng, week = journal.rng, row["week"]
    made = values(rng, journal.usual, 0, 2900, [kind for kind in row["measured"] if kind in ("over",)])
    if "weight" in row["measured"]:
        # About a kilogram in the first third, then nearly half a kilogram a week.
        grown = 1.2 + max(0, week - 12) * 0.43 if week > 9 else 0.3
        made["weight"] = round(journal.usual.first["weight"] + grown + rng.uniform(-0.3, 0.3), 1)
    if "fundal-height" in row["measured"]:
        made["fundal-height"] = float(week - 1 + rng.randint(-1, 1))
        made["fetal-pulse"] = float(rng.randint(128, 152))
    return made


def _new(journal: Journal, parts: list[list[str]], known: dict[str, str]) -> str:
    return fresh(journal.texts, lambda: assembled(journal.rng, parts, known, journal.said))


def write(journal: Journal) -> int:
    """Writes the controls behind her, and a call or two between them; tells how many entries they became."""
    rng, person, before = journal.rng, journal.person, len(journal.entries)
    for row in controls(person.week):
        days_ago = (person.week - row["week"]) * 7 + rng.randint(0, 3) - 1
        if days_ago < 2:
            continue
        midwife = row["who"] == "midwife"
        who = person.team[0] if midwife else person.doctor
        days_ago = journal.clock.workday(days_ago)
        at = journal.clock.at(days_ago, rng.randint(8, 14), rng.randrange(0, 60, 5))
        contact = journal.encounter(at, 30, who, "AMB", row["reason"])
        measured = _measured(journal, row)
        journal.measure(later(at, 5), who, measured)
        known = {**pronouns(True), **slots_of(measured), "week": str(row["week"])}
        for slot, kind in (("sf", "fundal-height"), ("fetal", "fetal-pulse")):
            if kind in measured:
                known[slot] = told(kind, measured[kind])
        parts = list(row["parts"])
        if "gestational-diabetes" in person.problems and row["week"] > 28:
            parts.append(load("pregnancy")["diabetes"]["parts"])
        text = _new(journal, parts, known)
        journal.note(later(at, 20), who, text, title="Jordmornotat" if midwife else "Legenotat", encounter=contact)
        if "blood" in row:
            journal.laboratory(later(at, 25), person.doctor, values(rng, journal.usual, days_ago, 2900, row["blood"]))
    if person.week > 20:
        call = load("pregnancy")["between"][0]
        at = journal.clock.at(journal.clock.workday(rng.randint(8, 40)), rng.randint(9, 14), rng.randrange(60))
        contact = journal.encounter(at, 10, person.team[0], "VR", call["reason"])
        text = assembled(rng, call["parts"], pronouns(True))
        journal.note(later(at, 8), person.team[0], text, title="Jordmornotat", encounter=contact)
    return len(journal.entries) - before
