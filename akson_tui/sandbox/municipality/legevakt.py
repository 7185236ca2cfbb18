"""Journals of those who sit in the legevakt's queue: earlier contacts, and today's triage by the nurse.

Triage counts back from now: it is the one thing here that may be dated today.
"""

from .clock import later
from .journals import Journal, Vitals
from .work import QUEUE

_ADVICE = (
    ("Sår hals", "Ringer 116117. Vondt i halsen i to dager, drikker bra, ikke pustevansker. Hastegrad vanlig. Råd om smertestillende, fastlege ved behov."),
    ("Ankel", "Tråkket over på trening. Kan gå fire skritt, ikke øm over malleolene. Hastegrad vanlig. Hvile, bandasje, høyt leie."),
    ("Feber", "Feber og verk siden i går, ikke nakkestiv, ikke utslett. Hastegrad vanlig. Drikke, hvile, ring igjen ved endring."),
    ("Hodepine", "Kjent hodepine, sterkere enn vanlig. Ikke lammelser, ikke synsforstyrrelser. Hastegrad vanlig. Råd, ring igjen om to timer."),
    ("Magesmerter", "Krampevise smerter og løs mage etter restaurantbesøk. Drikker. Hastegrad vanlig. Avventer hjemme."),
    ("Utslett", "Kløende utslett på armene etter ny såpe. Ikke hevelse i ansikt eller pust. Hastegrad vanlig. Antihistamin."),
    ("Brystsmerter", "Stikkende smerter som følger pusten. Hastegrad haster. Bedt komme inn, taxi."),
    ("Sårskade", "Kuttet seg på glass, blødningen stanset. Hastegrad vanlig. Kommer for stripsing."),
)  # fmt: skip
_SEEN = (
    "Undersøkt av lege. Upåvirket, normale funn. Ikke holdepunkter for alvorlig sykdom. Reiser hjem, ny kontakt ved forverring.",
    "Vurdert av lege. CRP lav. Virusinfeksjon. Råd gitt, fastlege om det ikke er bedre innen en uke.",
    "Såret skylt og lukket med strips. Stivkrampevaksine for under ti år siden. Fjernes etter sju dager.",
)  # fmt: skip
_VITALS: dict[str, Vitals] = {
    "unknown-man": {"respiration": 11, "spo2": 93, "over": 104, "under": 58, "pulse": 58, "temperature": 34.6},
    "mohammed-aziz": {"respiration": 18, "spo2": 97, "over": 168, "under": 98, "pulse": 96, "temperature": 36.9},
    "ingeborg-skaug": {"respiration": 26, "spo2": 90, "over": 142, "under": 78, "pulse": 104, "temperature": 37.4},
    "emma-lunde": {"respiration": 36, "spo2": 95, "pulse": 138, "temperature": 39.6},
    "yonas-tesfay": {"respiration": 16, "spo2": 99, "over": 122, "under": 74, "pulse": 82, "temperature": 37.3},
    "kristoffer-wiik": {"respiration": 14, "spo2": 99, "over": 128, "under": 76, "pulse": 74, "temperature": 36.6},
}
_TRIAGE = {
    "unknown-man": "Brakt inn av ambulanse, funnet i park. Ingen papirer, ingen telefon. Åpner øynene på tiltale, svarer ikke. GCS 9. "
    "Kald. Blodsukker 5,1. Lukter ikke alkohol. Ingen synlig skade. Stikkmerker ikke sett. Politi orientert om identitet.",
    "mohammed-aziz": "Trykkende smerte midt i brystet siden kl. 7, stråler ikke. Blek, klam. EKG tatt og vist lege. Acetylsalisylsyre 300 mg "
    "gitt. Snakker norsk, kona tolker ikke.",
    "ingeborg-skaug": "Mer tung pust i to døgn, sover i stol. Kjent hjertesvikt og KOLS. Ødem til knærne. Snakker i korte setninger. "
    "Penicillinallergi. Oksygen 1 l på nesekateter, mål 88–92 %.",
    "emma-lunde": "Feber siden i natt og pipende pust. Drikker litt, tisset i formiddag. Inndragninger mellom ribbeina. Våken, klamrer seg til "
    "mor. Paracetamol gitt hjemme for fire timer siden. Peanøttallergi.",
    "yonas-tesfay": "Smerter rundt navlen, flyttet mot høyre side i dag. Kvalm, ikke kastet opp. Øm ved gange. Telefontolk på tigrinja brukt. "
    "Faster til lege har sett.",
    "kristoffer-wiik": "Kuttet seg på brødkniv i venstre håndflate, 3 cm. Beveger alle fingre, kjenner i fingertuppene. Trykkforbinding. "
    "Stivkrampe usikkert.",
}  # fmt: skip


def _contact(journal: Journal, days_ago: int, room: int) -> None:
    rng = journal.rng
    reason, text = rng.choice(_ADVICE)
    hour, minute = rng.choice((8, 12, 17, 19, 21, 23)), rng.randrange(60)
    at = journal.clock.at
    if room == 1:
        journal.note(at(days_ago, hour, minute), "mina-fossum", text, title="Telefonnotat legevakt")
        return
    contact = journal.encounter(at(days_ago, hour, minute), 8, "mina-fossum", "VR", reason)
    journal.note(at(days_ago, hour, minute, 30), "mina-fossum", text, title="Telefonnotat legevakt", encounter=contact)
    if room > 3 and rng.random() < 0.4:
        seen = journal.encounter(at(days_ago, hour, minute, 50), 40, "leila-said", "EMER", reason)
        journal.note(
            later(at(days_ago, hour, minute), 45), "leila-said", rng.choice(_SEEN), title="Legevaktnotat", kind="A03-2",
            encounter=seen,
        )  # fmt: skip


def write(journal: Journal) -> None:
    """Earlier contacts up to the person's size, then today's triage: its measurements and one note."""
    person, rng, clock = journal.person, journal.rng, journal.clock
    row = next(row for row in QUEUE if row.person == person.ident)
    values = _VITALS[person.ident]
    triage = len(values) - ("under" in values) + 1
    days_ago = rng.randint(40, 90)
    born = person.birth(clock)
    youngest = 10_000 if born is None else (clock.today - born).days - 60
    while person.given and len(journal.entries) < person.entries - triage and days_ago < youngest:
        _contact(journal, days_ago, person.entries - triage - len(journal.entries))
        days_ago += rng.randint(30, 160)
    since = clock.minutes_ago_today(row.since)
    journal.measure(since, "mina-fossum", values)
    text = f"{row.urgency}. {row.reason}.\n{_TRIAGE[person.ident]}"
    journal.note(since, "mina-fossum", text, title="Triage")
