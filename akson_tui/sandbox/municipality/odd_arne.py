"""Odd Arne Solheim's journal: exactly 10,000 entries over nine and a half years, most of them blood sugars.

Everything but the blood sugars is written first; they fill the rest evenly, so the size holds whatever else changes.
"""

from . import photographs, ulcer
from .body import Usual, values
from .clock import Clock
from .consultations import blood
from .dates import entry_date
from .journals import Journal
from .people import ODD_ARNE
from .plans import Activity, Plan, care_plan
from .resources import SNOMED, Resource, coding
from .standing import stand
from .texts import load
from .visits import visit
from .work import coming

ENTRIES = 10_000
_DAYS = 3460
_USUAL = Usual(
    {
        "pulse": 82,
        "spo2": 96,
        "respiration": 16,
        "temperature": 36.8,
        "weight": 118,
        "over": 156,
        "under": 90,
        "glucose": 10.4,
    },
    {
        "pulse": 78,
        "spo2": 96,
        "respiration": 17,
        "temperature": 36.8,
        "weight": 109,
        "over": 139,
        "under": 80,
        "glucose": 8.3,
    },
)
_PLAN = Plan(
    "Tiltaksplan hjemmesykepleien",
    ("Leggsåret under 2 cm om tre måneder", "HbA1c under 58", "Ingen føling", "Hele føtter"),
    (
        Activity("Sårstell og kompresjon, venstre legg", "annenhver dag"),
        Activity("Måle og fotografere leggsåret", "hver 14. dag"),
        Activity("Blodsukker før frokost og til kvelden", "daglig"),
        Activity("Se over begge føtter", "ved hvert sårstell"),
        Activity("Vekt og blodtrykk", "hver mandag"),
        Activity("Smittevern: MRSA-rutine", "ved hvert besøk"),
        Activity("Bestille sårutstyr på blå resept", "hver måned", "Task"),
        Activity("Sårpoliklinikk, kontroll", "hver tredje måned", "ServiceRequest"),
    ),
)
_DEBRIDEMENT = ("36777000", "Debridement")


def _quarterly(journal: Journal) -> None:
    """GP with blood each three months, the hospital's wound clinic each five, with messages between."""
    rng, at = journal.rng, journal.clock.at
    told = load("odd_arne")
    gp, clinic, nurse = "per-dahl", "maria-holmas", "berit-lonning"
    for number, days_ago in enumerate(map(journal.clock.workday, range(33, _DAYS, 88))):
        whole = ulcer.state(days_ago) == "healed"
        said = [text for text in told["gp"] if not (whole and "eggsår" in text)]
        reason = "Diabeteskontroll" if whole else "Diabeteskontroll og leggsår"
        contact = journal.encounter(at(days_ago, 10, 30), 20, gp, "AMB", reason)
        journal.note(at(days_ago, 10, 55), gp, said[number % len(said)], title="Legenotat", encounter=contact)
        kinds = ("hba1c", "creatinine", "potassium", "haemoglobin")
        values = blood(journal, kinds)
        values["hba1c"] = 57 + 17 * days_ago / _DAYS + rng.gauss(0, 2.5)
        journal.laboratory(
            at(days_ago, 10, 20), gp, values, rng.choice(("Som før.", "HbA1c litt bedre.", "Ingen endring nå."))
        )
    for number, days_ago in enumerate(map(journal.clock.workday, range(61, _DAYS, 152))):
        if ulcer.state(days_ago) == "healed":
            continue
        journal.referral(at(days_ago + 20, 14, 10), gp, "Henvisning sårpoliklinikk: leggsår", clinic)
        contact = journal.encounter(at(days_ago, 12, 15), 40, clinic, "AMB", "Leggsår")
        journal.procedure(at(days_ago, 12, 30), clinic, "Sårrevisjon venstre legg", coding(SNOMED, *_DEBRIDEMENT))
        journal.note(
            at(days_ago, 13, 5),
            clinic,
            told["clinic"][number % len(told["clinic"])],
            title="Poliklinisk epikrise",
            kind="A03-2",
            encounter=contact,
        )
        journal.message(at(days_ago - 1, 9, 45), "Svar på forespørsel", clinic, nurse, told["clinic_message"])
    for days_ago in range(140, _DAYS, 365):
        journal.vaccine(at(days_ago, 9, 30), nurse, "J07BB02", "Influensavaksine")


def _dressings(journal: Journal) -> None:
    """Dressings from the oldest on: daily when it gets worse, each third day when it heals, weekly when it is whole."""
    step = {"worse": 1, "still": 2, "better": 2, "healed": 9}
    days_ago = _DAYS - 2
    previous = None
    while days_ago >= 1:
        note = ulcer.dressing(journal, days_ago)
        if previous is not None and journal.rng.random() < 0.004:
            journal.append(previous, note)
        previous = note
        days_ago -= step[ulcer.state(days_ago)]


def _visits(journal: Journal) -> None:
    """Home care comes with the multidose each fortnight and looks at the feet; by those who write bokmål."""
    for days_ago in range(6, _DAYS, 14):
        visit(
            journal, days_ago, ("glucose", "foot", "pressure"), usual=_USUAL, reach=_DAYS, team=journal.person.team[1:]
        )


def _photographs(journal: Journal) -> None:
    """Every fourth week the nurse takes a picture of the open ulcer; the oldest three lie apart as Binary."""
    open_days = [days for days in range(12, 330, 28) if ulcer.state(days) != "healed"]
    notes = [photographs.wound(journal, days, ulcer.length(days)) for days in open_days]
    for note in notes[-3:]:
        photographs.apart(journal, note)


def _weekly(journal: Journal) -> None:
    for days_ago in range(4, _DAYS, 7):
        measured = values(
            journal.rng, _USUAL, days_ago, _DAYS, ("over", "pulse", "weight") if days_ago % 2 else ("over",)
        )
        journal.measure(journal.clock.at(days_ago, 9, 5), "kjetil-askeland", measured)


def _glucose(journal: Journal) -> None:
    """Blood sugars, morning and evening in turn, until the journal has its size."""
    rng = journal.rng
    missing = ENTRIES - len(journal.entries)
    half_days = 2 * (_DAYS - 2)
    for number in range(missing):
        place = number * half_days // missing
        days_ago, evening = 1 + place // 2, place % 2
        hour = rng.randint(19, 21) if evening else rng.randint(7, 9)
        measured = values(journal.rng, _USUAL, days_ago, _DAYS, ("glucose",))
        if evening:
            measured["glucose"] = round(measured["glucose"] + 1.3, 1)
        who = rng.choice(journal.person.team)
        journal.measure(journal.clock.at(days_ago, hour, rng.randrange(60)), who, measured)


def odd_arne(clock: Clock, seed: int) -> list[Resource]:
    """All of Odd Arne's resources but the Patient: standing things first, then the entries, newest first."""
    journal = Journal(ODD_ARNE, clock, seed)
    stand(journal)
    journal.standing += coming(ODD_ARNE, clock)
    care_plan(journal, _PLAN, 75, "berit-lonning")
    _quarterly(journal)
    _dressings(journal)
    _photographs(journal)
    _weekly(journal)
    _visits(journal)
    _glucose(journal)
    journal.entries.sort(key=entry_date)
    return journal.resources()
