"""Care plans: activities in words and those that point to a Task or a ServiceRequest, with their goals.

An activity has either a detail or a reference, never both (R4, cpl-3).
"""

from typing import NamedTuple

from .journals import Journal
from .resources import Resource, goal, ref
from .staff import author, employer


class Activity(NamedTuple):
    """One row; `kind` is `detail`, `Task` or `ServiceRequest`; `when` is how often, in words."""

    text: str
    when: str
    kind: str = "detail"


class Plan(NamedTuple):
    """A plan: title, goals, activities."""

    title: str
    goals: tuple[str, ...]
    activities: tuple[Activity, ...]


ASTRID = Plan(
    "Tiltaksplan hjemmetjenesten",
    (
        "Trygg hjemme om natten, færre enn én alarm i uken på grunn av tung pust",
        "Vekt 54 kg eller mer om tre måneder",
        "Hel hud over korsbein og hæler",
        "Går til postkassen med rullator uten stans",
    ),
    (
        Activity("Morgenstell med tilrettelegging, oppmuntre til egen innsats", "daglig kl. 8"),
        Activity("Medisiner fra multidose, ses tatt", "daglig kl. 8 og 20"),
        Activity("Inhalasjon: veiledning i teknikk", "daglig kl. 8"),
        Activity("Forstøver ved tung pust, inntil 4 ganger daglig", "ved behov"),
        Activity("SpO2 og respirasjonsfrekvens, mål 88–92 %", "hver mandag"),
        Activity("Vekt før frokost; beskjed til lege ved + 2 kg på tre dager", "hver mandag"),
        Activity("Blodtrykk og puls, sittende og stående", "hver mandag"),
        Activity("NEWS2, skala 2, ved endret tilstand", "ved behov"),
        Activity("Næringsdrikk og beriket kost, matkort tre dager i måneden", "daglig"),
        Activity("Støttestrømper på før hun står opp, av til kvelden", "daglig"),
        Activity("Hud over korsbein og hæler ses over, barrierekrem", "daglig ved stell"),
        Activity("Kveldstilsyn med hjelp i seng, hodeenden hevet", "daglig kl. 20"),
        Activity("Trygghetsalarm prøves", "første mandag i måneden"),
        Activity("Dusj og hårvask", "tirsdag og fredag"),
        Activity("Bestille og fylle opp multidose", "hver 14. dag", "Task"),
        Activity("Bestille inkontinensutstyr", "hver måned", "Task"),
        Activity("Samtale med datteren om hvordan det går hjemme", "hver måned", "Task"),
        Activity("Fysioterapi hjemme, lungerehabilitering", "hver 14. dag", "ServiceRequest"),
        Activity("Ergoterapeut: vurdere bad og terskler", "én gang", "ServiceRequest"),
        Activity("Legemiddelgjennomgang med farmasøyt", "hvert halvår", "ServiceRequest"),
    ),
)


_BY_PROBLEM: dict[str, tuple[str, tuple[Activity, ...]]] = {
    "diabetes": (
        "Blodsukker 5–10 om morgenen, ingen føling",
        (Activity("Blodsukker før frokost", "daglig"), Activity("Insulin settes etter plan", "daglig kl. 8")),
    ),
    "heart-failure": (
        "Stabil vekt, ikke våkne av tung pust",
        (Activity("Vekt før frokost", "mandag, onsdag og fredag"), Activity("Se etter ødem i leggene", "daglig")),
    ),
    "dementia": (
        "Trygg hjemme, spiser tre måltider",
        (Activity("Medisiner ses svelget", "daglig kl. 8 og 20"), Activity("Sitte med under frokosten", "daglig")),
    ),
    "parkinson": (
        "Jevn funksjon gjennom dagen",
        (Activity("Parkinsonmedisin til klokkeslett", "kl. 7, 10, 13, 16 og 19"),),
    ),
    "ms": ("Ingen urinveisinfeksjon", (Activity("Kateterstell", "daglig"), Activity("Skifte kateter", "hver 8. uke"))),
    "lung-cancer": (
        "Smertefri nok til å være sammen med familien",
        (Activity("Smertepumpe: kontroll og påfyll", "daglig"), Activity("Munnstell", "hver annen time")),
    ),
    "post-op": ("Såret grodd", (Activity("Sårstell i buken", "daglig"),)),
    "venous": ("Leggsåret halvert på to måneder", (Activity("Sårstell og kompresjon", "annenhver dag"),)),
    "rheumatoid": ("Metotreksat trygt, én dag i uken", (Activity("Levere multidose og metotreksat", "hver onsdag"),)),
    "stroke": (
        "Ingen aspirasjon",
        (Activity("Sondeernæring, sittende", "kl. 9, 13 og 18"), Activity("PEG-stell", "daglig")),
    ),
    "fall": ("Ingen fall", (Activity("Gangtrening i gangen", "daglig"), Activity("Alarmen bæres", "daglig"))),
    "depression": ("Stå opp før klokka ti", (Activity("Støttesamtale", "tirsdag og fredag"),)),
    "opioid": (
        "Stabil i behandling",
        (Activity("LAR-injeksjon", "hver 4. uke"), Activity("Støttesamtale", "hver uke")),
    ),
}


def plan_for(problems: tuple[str, ...]) -> Plan:
    """A small plan that fits the problems; with none known here, a visit and a call."""
    rows = [_BY_PROBLEM[key] for key in problems if key in _BY_PROBLEM]
    if not rows:
        rows = [("Klare seg hjemme", (Activity("Tilsyn", "daglig"),))]
    goals = tuple(goal_text for goal_text, _ in rows)
    activities = tuple(activity for _, these in rows for activity in these)
    return Plan(ASTRID.title, goals, (*activities, Activity("Trygghetsalarm prøves", "første mandag i måneden")))


def _referenced(journal: Journal, row: Activity, days_ago: int, who: str) -> Resource:
    """The Task (standing) or ServiceRequest (an entry) that carries an activity."""
    when = journal.clock.at(days_ago, 12, 20)
    if row.kind == "Task":
        made: Resource = {
            "resourceType": "Task",
            "id": journal.ident("task"),
            "status": "accepted",
            "intent": "plan",
            "code": {"text": row.text},
            "description": f"{row.text}, {row.when}",
            "for": journal.patient,
            "authoredOn": when,
            "lastModified": when,
            "requester": author(who),
            "owner": employer(who),
        }
        journal.standing.append(made)
        return made
    return journal.add(
        {
            "resourceType": "ServiceRequest",
            "id": journal.ident("order"),
            "status": "active",
            "intent": "plan",
            "code": {"text": row.text},
            "subject": journal.patient,
            "occurrenceTiming": {"code": {"text": row.when}},
            "authoredOn": when,
            "requester": author(who),
        }
    )


def care_plan(journal: Journal, plan: Plan, days_ago: int, who: str) -> Resource:
    """Writes goals, tasks and orders, then the plan that points to them; not newer than `days_ago`."""
    clock, person = journal.clock, journal.person
    goals = []
    for text in plan.goals:
        made = goal(
            journal.ident("goal"), journal.patient, text, clock.date(days_ago), clock.date(days_ago - 180), author(who)
        )
        journal.standing.append(made)
        goals.append(made)
    activities: list[Resource] = []
    for row in plan.activities:
        if row.kind == "detail":
            detail = {
                "kind": "ServiceRequest",
                "code": {"text": row.text},
                "status": "in-progress",
                "scheduledString": row.when,
                "performer": [employer(who)],
            }
            activities.append({"detail": detail})
        else:
            target = _referenced(journal, row, days_ago, who)
            activities.append({"reference": ref(target["resourceType"], target["id"], row.text)})
    made = {
        "resourceType": "CarePlan",
        "id": f"{person.ident}-plan",
        "status": "active",
        "intent": "plan",
        "category": [{"text": "Tiltaksplan"}],
        "title": plan.title,
        "subject": journal.patient,
        "period": {"start": clock.date(days_ago)},
        "created": clock.at(days_ago, 12, 30),
        "author": author(who),
        "addresses": [ref("Condition", f"{person.ident}-problem-{key}") for key in person.problems[:3]],
        "goal": [ref("Goal", made["id"]) for made in goals],
        "activity": activities,
    }
    journal.standing.append(made)
    return made
