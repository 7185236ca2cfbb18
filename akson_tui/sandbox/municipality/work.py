"""Today's worklists: the appointments of four clinicians, all on today's date in Oslo whatever the hour is.

The legevakt's queue counts back from now, and is held at midnight rather than let slip into yesterday.
"""

from typing import NamedTuple

from .clock import Clock, later
from .named import patient_ref
from .people import Person
from .resources import Resource, ref
from .staff import CLINICIANS, author, service_concept


class Visit(NamedTuple):
    """One row of a round or list: who, when (`HH:MM`), how many minutes, why, and what to remember."""

    person: str
    start: str
    minutes: int
    reason: str
    comment: str | None = None


class Waiting(NamedTuple):
    """One row of the queue: who, since how many minutes, urgency in words with its criterion, why."""

    person: str
    since: int
    priority: int
    urgency: str
    reason: str


ROUND = (
    Visit("torbjorn-eikeland", "07:30", 20, "Blodsukker, insulin og frokost", "Måles før insulin settes"),
    Visit("ruth-haraldsen", "07:50", 20, "Medisiner og frokost", "Medisinene skal ses svelget"),
    Visit("astrid-bakken", "08:15", 30, "Morgenstell og medisiner", "Vekt og SpO2 i dag"),
    Visit("aile-cahput", "08:45", 20, "Vekt, ødemkontroll og medisiner"),
    Visit("fadumo-warsame", "09:05", 25, "Blodsukker og insulin", "Telefontolk er bestilt kl. 09.05"),
    Visit("gunnar-tveit", "09:55", 20, "Parkinsonmedisin kl. 10.00", "Ikke forsinket"),
    Visit("solfrid-mjaland", "10:15", 35, "Dusj og kateterstell"),
    Visit("arne-kristian-roed", "10:50", 40, "Smertepumpe og samtale", "Kona ønsker en samtale alene"),
    Visit("wanda-kowalska", "11:30", 25, "Sårstell etter operasjon"),
    Visit("jorunn-ovrebo", "12:00", 35, "Sårstell og kompresjon"),
    Visit("thi-lan-nguyen", "12:40", 15, "Levere multidose, metotreksat"),
    Visit("sverre-aas", "13:00", 30, "Sondeernæring og PEG-stell"),
    Visit("ellinor-gronning", "13:30", 25, "Middag og gangtrening"),
    Visit("camilla-strand", "14:00", 30, "Støttesamtale og medisiner", "Fortrolig adresse"),
    Visit("roar-knutsen", "14:35", 20, "LAR-medisin", "Gå to"),
)
PER = (
    Visit("turid-askvik", "08:40", 20, "Årskontroll blodtrykk og stoffskifte"),
    Visit("magnus-hopland", "09:00", 20, "Ryggsmerter, vurdering av sykmelding"),
    Visit("elif-demir", "09:30", 30, "Svangerskapskontroll uke 24"),
    Visit("odd-arne-solheim", "10:30", 30, "Diabeteskontroll og leggsår"),
    Visit("leif-borge-sandvik", "11:10", 20, "KOLS-kontroll med spirometri"),
    Visit("synnove-myklebust", "12:30", 40, "Samtale, angst og søvn"),
)
ANNE = (
    Visit("nora-elvestad", "09:00", 30, "6-ukerskonsultasjon med lege, vaksine"),
    Visit("elias-jakobsen", "09:45", 30, "3-månederskonsultasjon, vaksine"),
    Visit("iver-sivertsen", "10:30", 30, "12-månederskonsultasjon, vaksine"),
    Visit("sara-utsi", "12:15", 30, "2-årskonsultasjon"),
    Visit("amina-hassan", "13:00", 45, "4-årskonsultasjon", "Tolk: arabisk, oppmøte"),
)
QUEUE = (
    Waiting("unknown-man", 6, 1, "Akutt (rød), norsk indeks", "Funnet bevisstløs i park, puster selv, GCS 9"),
    Waiting("mohammed-aziz", 22, 3, "Haster (gul), norsk indeks", "Trykkende brystsmerter i fem timer"),
    Waiting("ingeborg-skaug", 35, 3, "Haster (gul), norsk indeks", "Tung pust, økende siste to døgn"),
    Waiting("emma-lunde", 48, 3, "Haster (gul), norsk indeks", "Feber 39,6 og pipende pust"),
    Waiting("yonas-tesfay", 71, 6, "Vanlig (grønn), norsk indeks", "Magesmerter i to dager, tolk trengs"),
    Waiting("kristoffer-wiik", 95, 6, "Vanlig (grønn), norsk indeks", "Kuttskade i venstre hånd"),
)
# Days from today, clock time, with whom, why: what the overview shows as next appointments.
COMING = {
    "astrid-bakken": (
        (4, "11:15", "siv-mollestad", "Fysioterapi hjemme"),
        (10, "13:10", "ingrid-aanensen", "Hjemmebesøk, vekt og KOLS"),
        (34, "10:30", "henrik-falck", "Lungepoliklinikk, kontroll etter innleggelse"),
    ),
    "odd-arne-solheim": (
        (3, "12:00", "solveig-vinje", "Sårstell"),
        (21, "12:15", "maria-holmas", "Sårpoliklinikk"),
    ),
}
_LISTS = (("kari-nilsen", ROUND), ("per-dahl", PER), ("anne-moen", ANNE))


def _appointment(person: Person, who: str, start: str, minutes: int, reason: str) -> Resource:
    clinician = CLINICIANS[who]
    return {
        "resourceType": "Appointment",
        "id": f"{who}-today-{person.ident}",
        "status": "booked",
        "serviceType": [service_concept(clinician.place)],
        "reasonCode": [{"text": reason}],
        "description": reason,
        "start": start,
        "end": later(start, minutes),
        "minutesDuration": minutes,
        "participant": [
            {"actor": patient_ref(person), "required": "required", "status": "accepted"},
            {"actor": author(who), "required": "required", "status": "accepted"},
            {
                "actor": ref("HealthcareService", f"{clinician.place}-service"),
                "required": "information-only",
                "status": "accepted",
            },
        ],
    }


def coming(person: Person, clock: Clock) -> list[Resource]:
    """The person's appointments after today."""
    made = []
    for number, (days, start, who, reason) in enumerate(COMING.get(person.ident, ()), 1):
        hour, minute = start.split(":")
        entry = _appointment(person, who, clock.at(-days, int(hour), int(minute)), 30, reason)
        made.append({**entry, "id": f"{person.ident}-coming-{number}"})
    return made


def appointments(people: dict[str, Person], clock: Clock) -> list[Resource]:
    """Every appointment of today, list by list."""
    made: list[Resource] = []
    for who, visits in _LISTS:
        for visit in visits:
            hour, minute = visit.start.split(":")
            start = clock.at(0, int(hour), int(minute))
            entry = _appointment(people[visit.person], who, start, visit.minutes, visit.reason)
            if visit.comment is not None:
                entry["comment"] = visit.comment
            made.append(entry)
    for row in QUEUE:
        start = clock.minutes_ago_today(row.since)
        entry = _appointment(people[row.person], "leila-said", start, 20, row.reason)
        entry["status"] = "arrived"
        entry["priority"] = row.priority
        entry["description"] = f"{row.urgency}: {row.reason}"
        entry["comment"] = f"Hastegrad satt av Mina Fossum, sykepleier: {row.urgency}"
        made.append(entry)
    return made
