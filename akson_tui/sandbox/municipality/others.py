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
from .visits import measurable, visit

_WITHHELD = "camilla-strand"


def _reasons(person: Person) -> list[Reason]:
    own = [row for key in person.problems for row in for_problem(key)]
    return own or list(general())


def _gp_only(journal: Journal) -> None:
    """Consultations back in time until the journal has its size."""
    rng, person = journal.rng, journal.person
    own, missing, days_ago = _reasons(person), person.entries, rng.randint(20, 60)
    if "pregnancy" in person.problems:
        # Its controls lie in these months and nowhere else.
        control, first = for_problem("pregnancy")
        for days, row in ((112, first), (63, control), (27, control)):
            missing -= consultation(journal, days, row, missing)
        own = [row for row in own if row not in (control, first)]
        days_ago = 150
    while missing > 0:
        row = rng.choice(own) if rng.random() < 0.65 else rng.choice(general())
        missing -= consultation(journal, days_ago, row, missing)
        days_ago += rng.randint(40, 140)


def _home_care(journal: Journal) -> None:
    """Messages and consultations first, then visits up to the size; none today."""
    rng, person, at = journal.rng, journal.person, journal.clock.at
    nurse = person.team[0]
    themes = [theme for key in person.problems for theme in PROBLEMS[key].themes] or ["mobility"]
    if person.care == "support":
        # Worries of the old and frail are not theirs.
        themes = [theme for theme in themes if theme != "mood"]
    reach = person.reach
    # Where care began lately everything lies closer together.
    first, step, spread = (35, 160, 20) if reach > 200 else (12, 40, 0)
    information = load("gp")["health_information"]
    question = next((information[key] for key in person.problems if key in information), None)
    if question is not None:
        days_ago = rng.randint(8, 25) if reach > 200 else 5
        answer = rng.choice(load("gp")["answers"])
        journal.message(at(days_ago, 13, 5), "Helseopplysninger til lege", nurse, person.doctor, question)
        journal.message(at(days_ago - 2, 10, 40), "Medisinske opplysninger", person.doctor, nurse, answer)
    own = _reasons(person)
    for turn in range(max(1, person.entries // 22)):
        consultation(journal, first + turn * step + rng.randint(0, spread), own[turn % len(own)], 5)
    missing = person.entries - len(journal.entries)
    # A visit that may measure is 1.7 entries in the mean.
    planned = max(1, missing * 10 // 17 if measurable(themes) else missing)
    count, days_ago = 0, 0
    while missing > 0:
        # Denser towards today, but one visit a day at most.
        days_ago = max(days_ago + 1, 1 + int((count / planned) ** 2 * (reach - 10)))
        missing -= visit(journal, days_ago, themes, reach=max(reach, 100), most=missing)
        count += 1
    care_plan(journal, plan_for(person.problems), min(70, reach - 2), nurse)


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
