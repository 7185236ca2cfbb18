"""Today's worklists of the people who always exist, all on today's date in Oslo whatever the hour is.

The legevakt's queue counts back from now, and is held at midnight rather than let slip into yesterday. The ids hold the
date: a kept municipality that is started on another day gets that day's lists beside the old ones.
"""

from typing import NamedTuple

from .clock import Clock, later
from .named import patient_ref
from .people import Person
from .resources import Resource
from .staff import author, clinician, service, service_concept


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
    Visit("anne-marja-eira", "08:45", 20, "Vekt, ødemkontroll og medisiner"),
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
    Visit("emil-johansen-lien", "14:00", 30, "Oppfølging hørsel og språk", "Begge foreldre kommer"),
)
# Those who always exist and stand on the lists of others than the four who sign in.
ELSEWHERE = (
    ("stavanger-1-nurse-1", Visit("johannes-ostbo", "06:50", 35, "Stell, lindring og medisiner", "Datteren er der")),
    ("stavanger-1-carer-1", Visit("johannes-ostbo", "14:40", 30, "Mat, snuing og munnstell")),
    ("vinje-1-carer-1", Visit("aile-cahput", "14:40", 40, "Kateterstell og dusj", "Latexfrie hansker")),
    ("baerum-1-gp-2", Visit("ingrid-marie-vik", "16:10", 40, "Samtale", "Ikke SMS, ikke brev")),
    ("oslo-1-midwife", Visit("fatima-hassan-ali", "14:30", 40, "Svangerskapskontroll", "Kvinnelig tolk på skjerm")),
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


def appointment(
    person: Person, who: str, start: str, minutes: int, reason: str, comment: str | None = None
) -> Resource:
    """One appointment: the person, the clinician in that role, and the service."""
    place = clinician(who).place
    made: Resource = {
        "resourceType": "Appointment",
        "id": f"{who}-{start[:10].replace('-', '')}-{person.ident}",
        "status": "booked",
        "serviceType": [service_concept(place)],
        "reasonCode": [{"text": reason}],
        "description": reason,
        "start": start,
        "end": later(start, minutes),
        "minutesDuration": minutes,
        "participant": [
            {"actor": patient_ref(person), "required": "required", "status": "accepted"},
            {"actor": author(who), "required": "required", "status": "accepted"},
            {"actor": service(place), "required": "information-only", "status": "accepted"},
        ],
    }
    if comment is not None:
        made["comment"] = comment
    return made


def arrived(made: Resource, priority: int, urgency: str, who: str) -> Resource:
    """The appointment of one who waits at the legevakt: urgency in words, never only a number."""
    nurse = clinician(who)
    made["status"] = "arrived"
    made["priority"] = priority
    made["comment"] = f"Hastegrad satt av {nurse.name}, {nurse.title.lower()}: {urgency}"
    made["description"] = f"{urgency}: {made['description']}"
    return made


def coming(person: Person, clock: Clock) -> list[Resource]:
    """The person's appointments after today."""
    made = []
    for number, (days, start, who, reason) in enumerate(COMING.get(person.ident, ()), 1):
        hour, minute = start.split(":")
        entry = appointment(person, who, clock.at(-days, int(hour), int(minute)), 30, reason)
        made.append({**entry, "id": f"{person.ident}-coming-{number}"})
    return made


def _visit(person: Person, who: str, visit: Visit, clock: Clock) -> Resource:
    hour, minute = visit.start.split(":")
    start = clock.at(0, int(hour), int(minute))
    return appointment(person, who, start, visit.minutes, visit.reason, visit.comment)


def appointments(people: dict[str, Person], clock: Clock) -> list[Resource]:
    """Every appointment of today of the four who sign in, list by list."""
    made = [_visit(people[visit.person], who, visit, clock) for who, visits in _LISTS for visit in visits]
    for row in QUEUE:
        start = clock.minutes_ago_today(row.since)
        entry = appointment(people[row.person], "leila-said", start, 20, row.reason)
        made.append(arrived(entry, row.priority, row.urgency, "mina-fossum"))
    return made


def elsewhere(person: Person, clock: Clock) -> list[Resource]:
    """What one who always exists has today with others than the four who sign in."""
    return [_visit(person, who, visit, clock) for who, visit in ELSEWHERE if visit.person == person.ident]
