"""Care plans: activities in words and those that point to a Task or a ServiceRequest, with their goals.

An activity has either a detail or a reference, never both (R4, cpl-3).
"""

from typing import NamedTuple

from .journals import Journal
from .problems import PROBLEMS
from .resources import Resource, goal, ref
from .staff import author, clinician, employer


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
    "ms": (
        "Ingen urinveisinfeksjon",
        (Activity("Kateterstell", "daglig"), Activity("Skifte kateter", "hver 6.–8. uke")),
    ),
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
    "stroke-mild": (
        "Spiser trygt og går med følge",
        (Activity("Hjelp ved måltid, fortykket drikke", "til hvert måltid"), Activity("Gangtrening", "daglig")),
    ),
    "fall": ("Ingen fall", (Activity("Gangtrening i gangen", "daglig"), Activity("Alarmen bæres", "daglig"))),
    "depression": ("Stå opp før klokka ti", (Activity("Støttesamtale", "tirsdag og fredag"),)),
    "copd-mild": (
        "Kjenner igjen forverring og sier fra i tide",
        (
            Activity("Inhalasjon: veiledning i teknikk", "daglig"),
            Activity("SpO2 og pust vurderes", "mandag og torsdag"),
        ),
    ),
    "atrial-fibrillation": (
        "Ingen blødning, ingen glemte doser",
        (Activity("Medisiner fra multidose, ses tatt", "daglig kl. 8 og 20"),),
    ),
    "hypertension": ("Blodtrykk under 140/90", (Activity("Blodtrykk, sittende", "hver mandag"),)),
    "knee": ("Kommer seg ut hver dag", (Activity("Gangtrening og øvelser for kne", "daglig"),)),
    "incontinence": ("Tørr og hel hud", (Activity("Hjelp til toalett til faste tider", "daglig"),)),
    "bowel-cancer": (
        "Hel hud rundt stomien, skifter selv",
        (Activity("Stomistell", "daglig"), Activity("Skifte plate, opplæring", "annenhver dag")),
    ),
    "hip-fracture": (
        "Går ut med rullator om seks uker",
        (Activity("Opptrening etter program", "daglig"), Activity("Hjelp til dusj", "tirsdag og fredag")),
    ),
    "macula": ("Klarer medisiner og mat selv", (Activity("Øyedråper", "daglig"), Activity("Hjelp til post", "onsdag"))),
    "schizophrenia": (
        "Bor trygt, tar medisin frivillig",
        (Activity("Støttesamtale", "mandag, onsdag og fredag"), Activity("Handle mat sammen", "hver torsdag")),
    ),
    "alcohol": ("Avholdende på hverdager", (Activity("Støttesamtale", "tirsdag og fredag"),)),
    "uti": ("Drikker halvannen liter om dagen", (Activity("Drikkeskjema", "daglig"),)),
    "prostate": ("Smertefri om natten", (Activity("Smerter kartlegges", "daglig"),)),
    "palliative-heart": (
        "Hjemme, uten tung pust og uten redsel",
        (
            Activity("Lindring etter palliativ plan", "ved behov, hele døgnet"),
            Activity("Stell i seng, snuing, hud over korsbein", "daglig kl. 8, 12, 17 og 21"),
            Activity("Vekt når han orker", "mandag og torsdag"),
            Activity("Nattilsyn", "kl. 1 og 4"),
            Activity("Kontroll av medikamentskrin", "hver mandag", "Task"),
            Activity("Samtale med datteren", "to ganger i uken", "Task"),
            Activity("Hjemmebesøk av fastlege", "innen en uke", "ServiceRequest"),
        ),
    ),
    "infarct": (
        "Går tur hver dag uten brystsmerter",
        (Activity("Medisiner fra multidose, ses tatt", "daglig kl. 8"), Activity("Blodtrykk og puls", "hver mandag")),
    ),
    "kidney": ("Ikke mer enn 1,5 liter drikke, ingen ødem", (Activity("Vekt og ødem", "mandag og torsdag"),)),
    "anaemia": ("Krefter til egen husholdning", (Activity("Hjelp til dusj", "tirsdag og fredag"),)),
    "breast-cancer": ("Trygg hjemme, ut hver dag", (Activity("Støttesamtale", "onsdag"),)),
    "opioid": (
        "Stabil i behandling",
        (Activity("LAR-injeksjon", "hver 4. uke"), Activity("Støttesamtale", "hver uke")),
    ),
}


_ALARM = Activity("Trygghetsalarm prøves", "første mandag i måneden")


def errand(problems: tuple[str, ...]) -> str:
    """What a visit is for, in a line: the first things of the plan."""
    first, *rest = [row.text for row in plan_for(problems).activities if row != _ALARM]
    if not rest:
        return first
    # What begins with an abbreviation keeps its letters.
    second = rest[0][0].lower() + rest[0][1:] if rest[0][1].islower() else rest[0]
    return f"{first} og {second}"


def plan_for(problems: tuple[str, ...], *, alarm: bool = True) -> Plan:
    """A small plan that fits the problems; with none known here, a visit and a call."""
    # Who is dying has one plan, and it is about that.
    problems = ("palliative-heart",) if "palliative-heart" in problems else problems
    rows = [_BY_PROBLEM[key] for key in problems if key in _BY_PROBLEM][:3]
    if not rows:
        rows = [("Klare seg hjemme", (Activity("Tilsyn", "daglig"),))]
    goals = tuple(goal_text for goal_text, _ in rows)
    activities = tuple(dict.fromkeys(activity for _, these in rows for activity in these))
    return Plan(ASTRID.title, goals, (*activities, _ALARM) if alarm else activities)


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


def _shared_by(journal: Journal) -> list[str]:
    """Who shares the plan beside its author: the GP, and the hospital for those whom it follows."""
    followed = {"copd", "heart-failure", "lung-cancer", "palliative-heart", "parkinson", "ms", "stroke", "leg-ulcer"}
    hospital = [journal.circle.physician] if followed & set(journal.person.problems) else []
    return [journal.person.doctor, *hospital]


def care_team(journal: Journal, who: str, days_ago: int) -> Resource:
    """Those who stand around one person: home care, GP, hospital, physiotherapist, next of kin."""
    person = journal.person
    members = [(member, clinician(member).title) for member in (*person.team, *_shared_by(journal))]
    if any("mobility" in PROBLEMS[key].themes for key in person.problems):
        members.append((journal.circle.physiotherapist, "Fysioterapeut"))
    participants: list[Resource] = [
        {
            "role": [{"text": "Primærkontakt" if member == who else title}],
            "member": author(member),
            "onBehalfOf": employer(member),
        }
        for member, title in members
    ]
    if person.kin is not None:
        kin = ref("RelatedPerson", f"{person.ident}-kin", person.kin[0])
        participants.append({"role": [{"text": person.kin[1]}], "member": kin})
    made: Resource = {
        "resourceType": "CareTeam",
        "id": f"{person.ident}-team",
        "status": "active",
        "name": f"Teamet rundt {person.name}",
        "subject": journal.patient,
        "period": {"start": journal.clock.date(days_ago)},
        "participant": participants,
        "managingOrganization": [employer(who)],
    }
    journal.standing.append(made)
    return made


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
    group = care_team(journal, who, days_ago)
    made = {
        "resourceType": "CarePlan",
        "id": f"{person.ident}-plan",
        "status": "active",
        "intent": "plan",
        "category": [{"text": "Palliativ plan" if "palliative-heart" in person.problems else "Tiltaksplan"}],
        "title": plan.title,
        "subject": journal.patient,
        "period": {"start": clock.date(days_ago)},
        "created": clock.at(days_ago, 12, 30),
        "author": author(who),
        "contributor": [author(member) for member in _shared_by(journal)],
        "careTeam": [ref("CareTeam", group["id"], group["name"])],
        "addresses": [ref("Condition", f"{person.ident}-problem-{key}") for key in person.problems[:3]],
        "goal": [ref("Goal", made["id"]) for made in goals],
        "activity": activities,
    }
    journal.standing.append(made)
    return made
