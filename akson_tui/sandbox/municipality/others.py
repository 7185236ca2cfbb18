"""The journals of everyone beside Astrid and Odd Arne: the size of each is fixed by the person's row.

Which kind of journal it is follows from who writes it: home care, a GP alone, the legevakt, the health station.
"""

from . import children, legevakt
from .clock import Clock
from .consultations import Reason, consultation, for_problem, general
from .dates import entry_date
from .journals import Journal
from .people import Person
from .plans import care_plan, plan_for
from .problems import PROBLEMS
from .resources import WITHHELD, Resource, coding
from .staff import CLINICIANS
from .texts import load
from .visits import visit

_REACH = 1500
_WITHHELD = "camilla-strand"


def _reasons(person: Person) -> list[Reason]:
    own = [row for key in person.problems for row in for_problem(key)]
    return own or list(general())


def _gp_only(journal: Journal) -> None:
    """Consultations back in time until the journal has its size."""
    rng, person = journal.rng, journal.person
    own, missing, days_ago = _reasons(person), person.entries, rng.randint(20, 60)
    while missing > 0:
        row = rng.choice(own) if rng.random() < 0.65 else rng.choice(general())
        missing -= consultation(journal, days_ago, row, missing)
        days_ago += rng.randint(40, 140)


def _home_care(journal: Journal) -> None:
    """Messages and consultations first, then visits up to the size; none today."""
    rng, person, at = journal.rng, journal.person, journal.clock.at
    nurse = person.team[0]
    themes = [theme for key in person.problems for theme in PROBLEMS[key].themes] or ["mobility"]
    reach = 120 if person.problems == ("post-op",) else _REACH
    information = load("gp")["health_information"]
    question = next((information[key] for key in person.problems if key in information), None)
    if question is not None:
        days_ago = rng.randint(8, 25)
        journal.message(at(days_ago, 13, 5), "Helseopplysninger til lege", nurse, person.doctor, question)
        journal.message(
            at(days_ago - 2, 10, 40), "Medisinske opplysninger", person.doctor, nurse,
            rng.choice(("Takk for melding. Ser på det ved neste kontroll, uendret til da.",
                        "Takk. Jeg ringer pasienten i morgen og gir beskjed.",
                        "Takk for melding. Kommer på hjemmebesøk denne uken.")),
        )  # fmt: skip
    own = _reasons(person)
    for turn in range(max(1, person.entries // 22)):
        consultation(journal, 35 + turn * 160 % (reach - 40) + rng.randint(0, 20), own[turn % len(own)], 5)
    missing = person.entries - len(journal.entries)
    planned = max(1, missing * 10 // 17)
    count = 0
    while missing > 0:
        way = min(1.0, (count + 0.5) / planned)
        days_ago = 1 + int((1 - way) ** 2.2 * (reach - 10))
        missing -= visit(journal, days_ago, themes, reach=reach, most=missing)
        count += 1
    care_plan(journal, plan_for(person.problems), min(70, reach - 20), nurse)


def _withhold(journal: Journal) -> None:
    """One note that its patient keeps from the staff: labelled, its text still in it."""
    text = load("gp")["withheld"]
    note = journal.note(journal.clock.at(33, 13, 20), journal.person.doctor, text, title="Legenotat")
    note["meta"] = {"security": [coding(WITHHELD, "NORS", "Nektet, helsepersonell")]}


def other(person: Person, clock: Clock, seed: int) -> list[Resource]:
    """One person's resources but the Patient, entries newest first."""
    journal = Journal(person, clock, seed)
    journal.stand()
    if person.ident == _WITHHELD:
        _withhold(journal)
    if not person.team:
        _gp_only(journal)
    elif CLINICIANS[person.team[0]].place == "oslo-legevakt":
        legevakt.write(journal)
    elif CLINICIANS[person.team[0]].place == "bodo-health-station":
        children.write(journal)
    else:
        _home_care(journal)
    journal.entries.sort(key=entry_date)
    return journal.resources()
