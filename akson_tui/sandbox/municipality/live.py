"""What happens while the municipality runs: others write notes, answers arrive, plans change.

Step n of a seed is always the same person and the same kind of event. A plan change starts from the plan as the server
holds it, so that what a user changed is not taken back; where nothing is held, from the plan as it was made.
"""

import datetime as dt
from collections.abc import Callable
from random import Random

from . import children, legevakt
from .clock import Clock, later
from .consultations import blood, consultation, for_problem, general
from .inhabitants import inhabitant
from .journals import Journal
from .others import neighbour, other
from .people import ASTRID, LISTED, ODD_ARNE, Person
from .resources import Resource
from .staff import author, clinician, employer, workplace
from .texts import load
from .visits import Moment, themes_of, visit

Held = Callable[[str, str], Resource | None]
"""What the server holds: type and id to the resource as it stands, or None."""

_ADDED = (
    ("Næringsdrikk mellom måltidene", "daglig kl. 14"),
    ("Hud over korsbein og hæler ses over", "daglig ved stell"),
    ("Gangtrening i gangen", "daglig"),
    ("Drikkeskjema", "i tre dager"),
    ("Smerter kartlegges med NRS", "ved hvert besøk"),
    ("Vekt før frokost", "hver mandag"),
)


def _kind(person: Person) -> str:
    return workplace(clinician((person.team or (person.doctor,))[0]).place).kind


def _visit(journal: Journal) -> None:
    now = journal.clock.now
    shifts = (("night", 6), ("morning", 11), ("day", 17), ("evening", 24))
    shift = next(name for name, until in shifts if now.hour < until)
    shift = shift if journal.person.care in ("full", "palliative") else "day"
    visit(journal, 0, themes_of(journal.person), moment=Moment(0, now.hour, now.minute, shift))


def _answer(journal: Journal) -> None:
    """A laboratory answer: of the blood that one with these problems is asked for."""
    rows = [row for key in journal.person.problems for row in for_problem(key) if row.blood]
    row = journal.rng.choice(rows or [row for row in general() if row.blood])
    # Taken this morning: the answer is issued five hours later, which is now.
    when = later(journal.clock.now.isoformat(), -300)
    journal.laboratory(when, journal.person.doctor, blood(journal, row.blood))


def _message(journal: Journal) -> None:
    """Home care asks the GP, or the GP tells home care something."""
    person, when = journal.person, journal.clock.now.isoformat()
    questions = load("gp")["health_information"]
    asked = next((questions[key] for key in person.problems if key in questions), None)
    if asked is not None and journal.rng.random() < 0.5:
        journal.message(when, "Helseopplysninger til lege", person.team[0], person.doctor, asked)
    else:
        said = journal.rng.choice(load("gp")["to_home_care"])
        journal.message(when, "Medisinske opplysninger", person.doctor, person.team[0], said)


def _consultation(journal: Journal) -> None:
    rows = [row for key in journal.person.problems for row in for_problem(key)] or list(general())
    now = journal.clock.now
    # The answer to what is taken now arrives at another step.
    row = journal.rng.choice(rows)._replace(blood=())
    consultation(journal, 0, row, 6, at=(now.hour, now.minute))


def _call(journal: Journal) -> None:
    now = journal.clock.now
    legevakt.contact(journal, 0, 3, at=(now.hour, now.minute))


def _child(journal: Journal) -> None:
    children.between(journal, 0, at=(journal.clock.now.hour, journal.clock.now.minute))


# What may happen to whom; more common things stand more than once.
_EVENTS: dict[str, tuple[Callable[[Journal], None], ...]] = {
    "home-care": (_visit, _visit, _visit, _visit, _answer, _message),
    "gp": (_consultation, _consultation, _answer),
    "legevakt": (_call,),
    "health-station": (_child,),
}


def _change(plan: Resource, rng: Random, now: str, who: str) -> Resource:
    """The plan with one activity ended or one added, and a line that tells who did it."""
    running = [row["detail"] for row in plan["activity"] if row.get("detail", {}).get("status") == "in-progress"]
    named = {row["detail"]["code"]["text"] for row in plan["activity"] if "code" in row.get("detail", {})}
    new = [row for row in _ADDED if row[0] not in named]
    if new and (len(running) < 3 or rng.random() < 0.6):
        text, when = rng.choice(new)
        detail: Resource = {
            "kind": "ServiceRequest",
            "code": {"text": text},
            "status": "in-progress",
            "scheduledString": when,
            "performer": [employer(who)],
        }
        plan["activity"].append({"detail": detail})
        said = f"Nytt tiltak: {text}, {when}."
    else:
        detail = rng.choice(running)
        detail["status"] = "completed"
        said = f"Avsluttet tiltak: {detail.get('code', {}).get('text', 'uten navn')}."
    plan.setdefault("note", []).append({"authorReference": author(who), "time": now, "text": said})
    return plan


def _as_made(person: Person, number: int | None, since: Clock, seed: int) -> Resource | None:
    """The plan with which the person's journal was made; `number` where the person is one of the many."""
    made = other(person, since, seed) if number is None else neighbour(number, since, seed)
    return next((one for one in made if one["resourceType"] == "CarePlan"), None)


def event(seed: int, now: dt.datetime, step: int, many: int, since: dt.datetime, held: Held) -> list[Resource]:
    """The resources of that step, in the order in which they are to be stored; a plan is a new version of one."""
    rng = Random(f"live:{seed}:{step}")
    # Minutes are enough for a note's time, and none may lie before its own visit's end.
    clock = Clock(now - dt.timedelta(minutes=1))
    number: int | None = None
    if many and rng.random() < 0.4:
        number = rng.randrange(many)
        person = inhabitant(number)
    else:
        person = rng.choice([one for one in LISTED if one.given and one.merged is None and one.problems])
    kind = _kind(person)
    if kind == "home-care" and person not in (ASTRID, ODD_ARNE) and rng.random() < 0.2:
        plan = held("CarePlan", f"{person.ident}-plan") or _as_made(person, number, Clock(since), seed)
        if plan is not None and plan.get("activity"):
            return [_change(plan, rng, clock.now.isoformat(), person.team[0])]
    journal = Journal(person, clock, seed, mark=f"live-{step}")
    rng.choice(_EVENTS["gp" if person.week else kind])(journal)
    return [*journal.standing, *journal.entries]
