"""Astrid Bakken's journal: 640 entries over eight years, exactly 40 of them within the last thirty days.

What happened (`_events`) is fixed; visits fill up to the exact number, so a change of the events never changes the size.
"""

from . import plans
from .astrid_recent import write_recent
from .clock import Clock
from .dates import entry_date
from .journals import Journal
from .people import ASTRID
from .resources import Resource
from .visits import Usual, visit

ENTRIES = 640
RECENT = 40
_YEARS = 8
_THEMES = ("breath", "breath", "heart", "nutrition", "mobility", "pain", "mood", "elimination", "pressure")
_USUAL = Usual(
    {
        "pulse": 76,
        "spo2": 92,
        "respiration": 18,
        "temperature": 36.7,
        "weight": 63,
        "over": 148,
        "under": 84,
        "glucose": 5.6,
    },
    {
        "pulse": 84,
        "spo2": 89,
        "respiration": 21,
        "temperature": 36.8,
        "weight": 53.5,
        "over": 135,
        "under": 77,
        "glucose": 5.6,
    },
)
_STAYS = (
    (2410, 6, "KOLS, akutt forverring",
     "Innlagt med tiltakende tung pust og gult slim i fire dager. Røntgen thorax uten infiltrat. Doksycyklin på grunn av "
     "penicillinallergi, prednisolon 40 mg i fem dager. Klar bedring.\nRøykesluttveiledning gitt; sluttet under oppholdet."),
    (1830, 9, "Lårhalsbrudd venstre side, operert",
     "Falt hjemme. Lårhalsbrudd venstre, operert med hemiprotese uten komplikasjoner. Full belastning. Atrieflimmer i forløpet, "
     "apiksaban startet. Alendronsyre anbefales startet av fastlege."),
    (902, 7, "Hjertesvikt og KOLS",
     "Innlagt med ødemer og tung pust. EKKO: EF 45 %, forstørret venstre atrium. Furosemid trappet opp, ramipril beholdt. Vekt ved "
     "utreise 58,2 kg. CO2-retensjon ved 2 l oksygen: mål SpO2 88–92 %."),
    (58, 6, "KOLS, akutt forverring",
     "Innlagt med forverring, RS-virus påvist. BiPAP første døgn, pCO2 8,1 fallende til 6,4. Prednisolon 30 mg i fem dager, "
     "ingen antibiotika. Forstøver hjem. Vekt ved utreise 54,1 kg. Penicillinallergi: anafylaksi 1998."),
)  # fmt: skip
_GP = (
    ("Årskontroll", "Årskontroll KOLS og blodtrykk. Spirometri FEV1 {fev} % av forventet. Bruker inhalasjon riktig. Ingen endring."),
    ("Knesmerter", "Vondt i begge knær, mest høyre. Krepitasjoner, ingen hydrops. Artrose. Paracetamol fast, fysioterapi."),
    ("Svimmelhet", "Svimmel ved reising. BT faller 18 mmHg. Ramipril redusert til 2,5 mg. Kontroll om en måned."),
    ("Angst", "Våkner om natten og får ikke puste, redd for å dø. Samtale. Escitalopram prøves, oksazepam kun ved behov."),
    ("Kontroll atrieflimmer", "Frekvens 80, uregelmessig. Ingen blødning. Vekt under 60 kg og kreatinin over 100: apiksaban 2,5 mg x 2."),
    ("Vekttap", "Gått ned tre kilo på et år. CRP og røntgen thorax uten funn. Ernæringsråd, ny vekt om to måneder."),
    ("Stoffskifte", "TSH 6,8, sliten. Levotyroksin økt til 75 µg. Ny prøve om åtte uker."),
    ("Urinlekkasje", "Lekkasje ved hoste og hastverk. Stix negativ. Bekkenbunnstrening, utstyr på blå resept."),
    ("Influensa hos datter", "Datteren syk; ønsker råd. Vaksinert. Avventer, ring ved feber eller mer tung pust."),
    ("Førerkort", "Helseattest ikke fornyet på grunn av syn og kortpust. Tar det fint, datteren kjører."),
    ("Obstipasjon", "Hard avføring, strever. Ingen blod. Laktulose ved behov, drikke mer."),
    ("Beinskjørhet", "DXA T-score −3,1. Alendronsyre en gang i uken, kalsium og vitamin D."),
)  # fmt: skip


def _stay(journal: Journal, days_ago: int, nights: int, reason: str, letter: str) -> None:
    """A hospital stay with its messages, laboratory and letters: nine entries."""
    at = journal.clock.at
    home, hospital = "kari-nilsen", "henrik-falck"
    out = days_ago - nights
    journal.message(
        at(days_ago, 16, 20), "Innleggelsesrapport", home, hospital,
        f"Innlegges fra hjemmet: {reason}. Bor alene, tilsyn morgen og kveld. Allergi: penicillin (anafylaksi). "
        "Medisinliste vedlagt, multidose stoppes.",
    )  # fmt: skip
    stay = journal.encounter(at(days_ago, 17, 5), nights * 1440 - 300, hospital, "IMP", reason)
    journal.laboratory(
        at(days_ago, 17, 40), hospital,
        {"crp": journal.rng.randint(22, 90), "haemoglobin": 11.9, "creatinine": journal.rng.randint(88, 112)},
        "Se enkeltsvar.",
    )  # fmt: skip
    journal.message(
        at(out + 1, 13, 10),
        "Melding om utskrivningsklar pasient",
        hospital,
        home,
        f"Utskrivningsklar i morgen. {reason}, i bedring.",
    )
    journal.note(at(out, 10, 30), hospital, letter, title="Epikrise", kind="A03-2", encounter=stay)
    journal.message(
        at(out, 11, 15), "Utskrivningsrapport", hospital, home,
        f"Reiser hjem i dag kl. 12. {reason}. Trenger hjelp til stell morgen og kveld den første tiden. Nye medisiner er sendt "
        "med for tre døgn. Ser gjerne at hun veies etter en uke.",
    )  # fmt: skip
    journal.note(
        at(out, 15, 30), home,
        f"Hjemkomst etter innleggelse ({reason}). Sliten, men glad for å være hjemme. Medisiner gjennomgått mot "
        "epikrisen, multidose bestilt på nytt. Seng og rullator klargjort, mat i kjøleskapet. Tilsyn tre ganger daglig den "
        "første uken.",
        title="Innkomstnotat",
    )  # fmt: skip


def _consultations(journal: Journal) -> None:
    rng = journal.rng
    for number, (reason, text) in enumerate(_GP * 2):
        days_ago = 2870 - number * 117 - rng.randint(0, 30)
        if days_ago < 40:
            return
        hour, minute = rng.randint(8, 14), rng.randrange(0, 60, 5)
        contact = journal.encounter(journal.clock.at(days_ago, hour, minute), 20, "ingrid-aanensen", "AMB", reason)
        fev = 46 - number // 2
        journal.note(
            journal.clock.at(days_ago, hour, minute, 30), "ingrid-aanensen", text.format(fev=fev), title="Legenotat",
            encounter=contact,
        )  # fmt: skip


def _laboratory(journal: Journal) -> None:
    rng = journal.rng
    for number in range(9):
        days_ago = 2700 - number * 310 - rng.randint(0, 20)
        journal.laboratory(
            journal.clock.at(days_ago, 9, rng.randrange(60)), "ingrid-aanensen",
            {
                "haemoglobin": round(12.4 - number * 0.1 + rng.gauss(0, 0.2), 1),
                "creatinine": 78 + number * 2 + rng.randint(-4, 4),
                "potassium": round(rng.gauss(4.2, 0.2), 1),
                "tsh": round(rng.uniform(1.1, 4.9), 1),
            },
            rng.choice(("Som før.", "Uendret nyrefunksjon.", "Ingen tiltak nå.", "Kontroll om et halvt år.")),
        )  # fmt: skip


def _vaccines(journal: Journal) -> None:
    today = journal.clock.today
    for back in range(8):
        autumn = today.replace(year=today.year - back, month=10, day=20)
        days_ago = (today - autumn).days
        if 40 < days_ago < 2900:
            journal.vaccine(
                journal.clock.at(days_ago, 11, 30),
                "kari-nilsen",
                "J07BB02",
                f"Influensavaksine {autumn.year}/{autumn.year + 1}",
            )
    journal.vaccine(journal.clock.at(1990, 10, 40), "ingrid-aanensen", "J07AL01", "Pneumokokkvaksine")


def _events(journal: Journal) -> None:
    at = journal.clock.at
    for stay in _STAYS:
        _stay(journal, *stay)
    _consultations(journal)
    _laboratory(journal)
    _vaccines(journal)
    journal.procedure(at(1829, 12, 0), "henrik-falck", "Hemiprotese venstre hofte")
    journal.procedure(at(1320, 9, 30), "henrik-falck", "Kataraktoperasjon høyre øye")
    journal.procedure(at(640, 10, 15), "ingrid-aanensen", "Spirometri")
    journal.referral(at(1345, 13, 30), "ingrid-aanensen", "Henvisning øye: katarakt høyre side", "henrik-falck")
    journal.referral(at(1800, 12, 5), "henrik-falck", "Henvisning fysioterapi etter hoftebrudd", "siv-mollestad")
    journal.referral(at(47, 14, 45), "ingrid-aanensen", "Henvisning lungerehabilitering i kommunen", "siv-mollestad")
    for days_ago, spo2, rf, pulse in ((905, 84, 26, 112), (410, 88, 20, 86), (122, 89, 21, 90), (58, 83, 30, 116)):
        values = {"spo2": spo2, "respiration": rf, "pulse": pulse, "over": 142.0, "temperature": 37.6}
        journal.news2(at(days_ago, 14, 30), "kari-nilsen", values, scale2=True)


def astrid(clock: Clock, seed: int) -> list[Resource]:
    """All of Astrid's resources but the Patient: standing things first, then the entries, newest first."""
    journal = Journal(ASTRID, clock, seed)
    journal.stand()
    plans.care_plan(journal, plans.ASTRID, 52, "kari-nilsen")
    _events(journal)
    older = ENTRIES - RECENT
    missing = older - len(journal.entries)
    planned = missing * 10 // 17
    number = 0
    while missing > 0:
        # More often towards today: the square root of the way back would be too steep, 1.6 gives a visit a week at the end.
        way = min(1.0, (number + 0.5) / planned)
        days_ago = 31 + int((1 - way) ** 1.6 * (_YEARS * 365 - 40))
        missing -= visit(journal, days_ago, _THEMES, usual=_USUAL, most=missing)
        number += 1
    write_recent(journal)
    journal.entries.sort(key=entry_date)
    return journal.resources()
