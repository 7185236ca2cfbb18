"""The legevakt: calls that end as advice, those who are seen, and the triage of who waits today.

One case (`texts/legevakt.toml`) goes from the call to the doctor's note, so that they fit each other. Triage counts
back from now: it is the one thing in a journal that may be dated today.
"""

from typing import Any

from .body import Vitals, values
from .clock import later
from .journals import Journal
from .texts import load
from .visits import slots_of
from .words import assembled, fresh, pronouns

Case = dict[str, Any]
_MEASURED = ("respiration", "spo2", "over", "pulse", "temperature")


def cases(age: int | None, days_ago: int = 0) -> list[Case]:
    """What somebody of that age, so many days ago, may come with."""
    then = 45 if age is None else age - days_ago // 365
    rows: list[Case] = load("legevakt")["case"]
    return [row for row in rows if row["ages"][0] <= then <= row["ages"][1]]


def urgency(case: Case) -> str:
    """Level and scheme in words."""
    return str(load("legevakt")["urgency"][case["urgency"]])


def _age(journal: Journal) -> int | None:
    born = journal.person.birth(journal.clock)
    return None if born is None else journal.clock.age(born)


def _measured(journal: Journal, case: Case, days_ago: int) -> Vitals:
    made = values(journal.rng, journal.usual, days_ago, 2900, _MEASURED)
    age = _age(journal)
    if age is not None and age - days_ago // 365 < 12:
        # Nobody puts a cuff on a frightened child; its own values are far from an adult's.
        made = {"respiration": 26.0, "pulse": 112.0, "spo2": 97.0, "temperature": made["temperature"]}
    for kind, value in case["vitals"].items():
        if kind in made:
            made[kind] = round(value + journal.rng.uniform(-1, 1) * (0.3 if kind == "temperature" else 2), 1)
            made[kind] = made[kind] if kind == "temperature" else float(round(made[kind]))
    return made


def _paired(case: Case, turn: int, name: str) -> list[list[str]]:
    """The parts of a text; of a paired case only those that belong to the same of its histories."""
    parts: list[list[str]] = case[name]
    histories = len(case["triage"][0])
    if not case.get("paired", False):
        return parts
    return [[part[turn % histories]] if len(part) == histories else part for part in parts]


def _text(journal: Journal, parts: list[list[str]], measured: Vitals) -> str:
    known = {**pronouns(journal.person.female), **slots_of(measured)}
    return fresh(journal.texts, lambda: assembled(journal.rng, parts, known))


def contact(journal: Journal, days_ago: int, room: int = 6, at: tuple[int, int] | None = None) -> None:
    """One earlier contact: advice by telephone, or a visit with triage and the doctor's note (epikrise to the GP).
    `at` fixes the clock time at which a call ended."""
    rng, circle = journal.rng, journal.circle
    open_to = [case for case in cases(_age(journal), days_ago) if room >= 8 or case["advice"]]
    known = {journal.waits_with} | {
        entry["reasonCode"][0]["text"] for entry in journal.entries if entry["resourceType"] == "Encounter"
    }
    # Nobody comes with the same thing again, unless it can be told in another way.
    new = [case for case in open_to if case["reason"] not in known]
    again = [case for case in open_to if case["reason"] != journal.waits_with and case["advice"]]
    new = new or [case for case in again if len(case["advice"][0]) > 1]
    if not new:
        return
    case = rng.choice(new)
    hour, minute = at or (rng.choice((8, 12, 17, 19, 21)), rng.randrange(60))
    when = journal.clock.at(days_ago, hour, minute)
    when = later(when, -8) if at else when
    nurse, doctor = circle.legevakt_nurse, circle.legevakt_doctor
    if case["advice"] and (room < 8 or rng.random() < 0.6):
        text = f"{_text(journal, case['advice'], {})} Hastegrad: {urgency(case)}."
        call = journal.encounter(when, 8, nurse, "VR", case["reason"]) if room > 1 else None
        journal.note(later(when, 6), nurse, text, title="Telefonnotat legevakt", encounter=call)
        return
    visit = journal.encounter(when, 75, doctor, "EMER", case["reason"])
    # The doctor's text may name a pressure: the one that triage measured.
    turn = rng.randrange(12)
    measured = triage(journal, case, when, days_ago=days_ago, visit=visit, turn=turn)
    text = _text(journal, _paired(case, turn, "seen"), measured)
    journal.note(later(when, 60), doctor, text, title="Legevaktnotat", kind="A03-2", encounter=visit)
    journal.message(later(when, 80), "Epikrise", doctor, journal.person.doctor, f"{case['reason']}. {text}")
    if "hospital" in case:
        _admitted(journal, case, turn, later(when, 180))


def _admitted(journal: Journal, case: Case, turn: int, when: str) -> None:
    """Who was sent on: a short stay and its epikrise."""
    doctor = journal.circle.surgeon if case.get("surgeon", False) else journal.circle.physician
    nights = journal.rng.randint(1, 3)
    stay = journal.encounter(when, nights * 1440 - 300, doctor, "IMP", case["reason"])
    text = _text(journal, _paired(case, turn, "hospital"), {})
    journal.note(later(when, nights * 1440 - 360), doctor, text, title="Epikrise", kind="A03-2", encounter=stay)


def triage(
    journal: Journal,
    case: Case,
    when: str,
    *,
    days_ago: int = 0,
    visit: dict[str, Any] | None = None,
    turn: int | None = None,
) -> Vitals:
    """The nurse's triage of a case: measurements (given back), then one note with level, scheme and reason. `turn`
    says which of a paired case's histories it is."""
    nurse = journal.circle.legevakt_nurse
    measured = _measured(journal, case, days_ago)
    journal.measure(when, nurse, measured)
    which = journal.rng.randrange(12) if turn is None else turn
    said = _text(journal, _paired(case, which, "triage"), measured)
    text = f"{urgency(case)}. {case['reason']}.\n{said}"
    journal.note(when, nurse, text, title="Triage", encounter=visit)
    return measured


def write(journal: Journal) -> None:
    """Earlier contacts up to the person's size; what the triage of today adds is counted in."""
    person, rng, clock = journal.person, journal.rng, journal.clock
    days_ago = rng.randint(40, 90)
    born = person.birth(clock)
    youngest = 2900 if born is None else min(2900, (clock.today - born).days - 400)
    while person.given and len(journal.entries) < person.entries - 5 and days_ago < youngest:
        contact(journal, days_ago, person.entries - 5 - len(journal.entries))
        days_ago += rng.randint(30, 160)


def told_today(journal: Journal, since: str, level: str, reason: str) -> None:
    """The triage of one who always exists and waits today, told by hand; by the nurse who had the watch."""
    row = load("legevakt")["triage"][journal.person.ident]
    nurse = journal.circle.legevakt_nurse
    journal.measure(since, nurse, row["vitals"])
    journal.note(since, nurse, f"{level}. {reason}.\n{row['text']}", title="Triage")
