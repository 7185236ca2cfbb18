"""The journals of everyone beside Astrid and Odd Arne: about as many entries as the person's row says.

Which kind of journal it is follows from who writes it: home care, a GP alone, the legevakt, the health station. What
matters to each entry is told by hand (`told`) and written first; the rest grows around it.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

from . import changes, children, legevakt, photographs, pregnancy, stays
from .clock import Clock
from .consultations import Reason, consultation, for_problem, general
from .dates import entry_date
from .inhabitants import inhabitant
from .journals import Journal
from .people import Person
from .plans import care_plan, plan_for
from .resources import Resource
from .rounds import triage_of, waiting
from .staff import clinician, workplace
from .standing import stand
from .texts import load
from .told import tell
from .visits import measurable, themes_of, visit
from .work import QUEUE, coming, elsewhere

_WITHHELD = "camilla-strand"
_TOLD = {
    "fatima-hassan-ali": "fatima",
    "ingrid-marie-vik": "ingrid_vik",
    "aile-cahput": "aile",
    "johannes-ostbo": "johannes",
    "johannes-ostbo-2": "johannes_old",
}


def _reasons(person: Person) -> list[Reason]:
    own = [row for key in person.problems for row in for_problem(key)]
    return own or list(general())


def _told(person: Person) -> dict[str, Any]:
    """The file in which the person's entries are told by hand; empty for most."""
    return load(_TOLD[person.ident]) if person.ident in _TOLD else {}


def _consultations(journal: Journal, days_ago: int) -> None:
    """Consultations back in time until the journal has its size; nobody comes with the same thing twice in a row."""
    rng, person = journal.rng, journal.person
    born = person.birth(journal.clock)
    oldest = 2900 if born is None else min(2900, (journal.clock.today - born).days - 30)
    oldest = min(oldest, _told(person).get("moved", oldest))
    own, missing = _reasons(person), person.entries - len(journal.entries)
    lately: deque[Reason] = deque(maxlen=5)
    while missing > 0 and days_ago < oldest:
        rows = own if rng.random() < 0.6 else list(general())
        # A row of one's own may come again, but not the next time.
        row = rng.choice([one for one in rows if one not in lately] or list(general()))
        lately.append(row)
        missing -= consultation(journal, days_ago, row, missing)
        days_ago += rng.randint(40, 140)


def _gp_only(journal: Journal) -> None:
    changes.write(journal)
    if journal.person.district and journal.rng.random() < 0.3:
        legevakt.contact(journal, journal.rng.randint(60, 800), 2)
    _consultations(journal, journal.rng.randint(20, 60))


def _pregnant(journal: Journal) -> None:
    pregnancy.write(journal)
    # Before she was pregnant.
    _consultations(journal, journal.person.week * 7 + journal.rng.randint(30, 90))


def _busy(journal: Journal) -> set[int]:
    """The days, counted back from today, on which somebody has written already, and those that are told whole."""
    today = journal.clock.today
    written = {(today - entry_date(entry).date()).days for entry in journal.entries}
    return written | set(range(_told(journal.person).get("quiet", 0) + 1))


def _away(journal: Journal) -> set[int]:
    """The days on which the person lies in hospital by what is written already."""
    today = journal.clock.today
    made: set[int] = set()
    for entry in journal.entries:
        if entry["resourceType"] == "Encounter" and entry["class"]["code"] == "IMP":
            start, end = (entry_date({"date": entry["period"][name]}).date() for name in ("start", "end"))
            made |= set(range((today - end).days, (today - start).days + 1))
    return made


def _letters(journal: Journal, nurse: str) -> None:
    """What home care asked the GP last, and the answer."""
    rng, person, at = journal.rng, journal.person, journal.clock.at
    information = load("gp")["health_information"]
    question = next((information[key] for key in person.problems if key in information), None)
    if question is None or clinician(nurse).language != "nb":
        return
    days_ago = rng.randint(8, 25) if person.reach > 200 else 5
    answer = rng.choice(load("gp")["answers"])
    journal.message(at(days_ago, 13, 5), "Helseopplysninger til lege", nurse, person.doctor, question)
    journal.message(at(days_ago - 2, 10, 40), "Medisinske opplysninger", person.doctor, nurse, answer)


def _stay(journal: Journal) -> None:
    """A hospital stay, for those of whom one can be believed and whose journal has room for it."""
    rng, person = journal.rng, journal.person
    row = stays.stay_for(person.problems)
    if row is None or person.care != "full" or person.entries < stays.SIZE + 20 or person.reach < 100:
        return
    if "days_ago" in row:
        stays.write(journal, row, rng.randint(*row["days_ago"]))
    elif rng.random() < 0.5:
        stays.write(journal, row, rng.randint(34, min(person.reach - 30, 420)), as_pdf=rng.random() < 0.3)


def _home_care(journal: Journal) -> None:
    """Messages, stays and consultations first, then visits up to the size; none today."""
    rng, person = journal.rng, journal.person
    nurse = person.team[0]
    hand_told = bool(journal.entries)
    changes.write(journal)
    if not hand_told:
        _letters(journal, nurse)
        _stay(journal)
    if person.district and rng.random() < 0.25:
        legevakt.contact(journal, rng.randint(40, 300), 2)
    themes = themes_of(person)
    reach = person.reach
    # Where care began lately everything lies closer together.
    first, step, spread = (35, 160, 20) if reach > 200 else (12, 40, 0)
    own = _reasons(person)
    for turn in range(max(1, person.entries // 22)):
        consultation(journal, first + turn * step + rng.randint(0, spread), own[turn % len(own)], 5)
    away = _away(journal)
    taken = away | (_busy(journal) if hand_told else set())
    missing = person.entries - len(journal.entries)
    # How many entries a visit is in the mean: it measures half of the times, one thing or two.
    planned = max(1, int(missing / (1 + 0.5 * min(1.7, len(measurable(themes))))))
    count, days_ago = 0, 0
    while missing > 0 and days_ago < reach:
        # Denser towards today, but one visit a day at most.
        days_ago = max(days_ago + 1, 1 + int((count / planned) ** 2 * (reach - 10)))
        while days_ago in taken:
            days_ago += 1
        missing -= visit(journal, days_ago, themes, reach=max(reach, 100), most=missing)
        count += 1
    if "ulcer" in themes:
        photographs.wound(journal, rng.randint(9, 30))
    lately = 2 if person.ident in _TOLD and 2 in away else min(70, reach - 2)
    care_plan(journal, plan_for(person.problems, alarm=person.care == "full"), lately, nurse)


def _legevakt(journal: Journal) -> None:
    waits = next((row for row in QUEUE if row.person == journal.person.ident), None)
    if waits is not None:
        legevakt.write(journal)
        since = journal.clock.minutes_ago_today(waits.since)
        legevakt.told_today(journal, since, waits.urgency, waits.reason)
    elif not journal.entries:
        legevakt.write(journal)


def _health_station(journal: Journal) -> None:
    if journal.person.week:
        _pregnant(journal)
    else:
        children.write(journal)


_KINDS: dict[str, Callable[[Journal], None]] = {
    "home-care": _home_care,
    "gp": _gp_only,
    "legevakt": _legevakt,
    "health-station": _health_station,
}


def _withhold(journal: Journal) -> None:
    """One note that its patient keeps from the staff: labelled, its text still in it."""
    text = load("gp")["withheld"]
    note = journal.note(journal.clock.at(33, 13, 20), journal.person.doctor, text, title="Legenotat")
    journal.withhold(note, "NORS")


def _write(journal: Journal) -> None:
    person = journal.person
    stand(journal)
    if person.ident == _WITHHELD:
        _withhold(journal)
    told = _told(person)
    for kind, (first, last) in told.get("body", {}).items():
        journal.usual.first[kind], journal.usual.last[kind] = first, last
    tell(journal, told.get("entry", ()))
    _KINDS[workplace(clinician((person.team or (person.doctor,))[0]).place).kind](journal)


def other(person: Person, clock: Clock, seed: int) -> list[Resource]:
    """The resources but the Patient of one who always exists, entries newest first."""
    journal = Journal(person, clock, seed)
    _write(journal)
    journal.standing += coming(person, clock)
    journal.standing += elsewhere(person, clock)
    journal.entries.sort(key=entry_date)
    return journal.resources()


def neighbour(number: int, clock: Clock, seed: int) -> list[Resource]:
    """The same of the inhabitant of that number; today's appointments stand in the register."""
    journal = Journal(inhabitant(number), clock, seed)
    row = waiting(number, clock)
    journal.waits_with = row.case["reason"] if row is not None else ""
    _write(journal)
    triage_of(number, clock, journal)
    journal.entries.sort(key=entry_date)
    return journal.resources()
