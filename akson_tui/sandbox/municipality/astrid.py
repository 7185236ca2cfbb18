"""Astrid Bakken's journal: 640 entries over eight years, exactly 40 of them within the last thirty days.

What happened (`_events`) is fixed; visits fill up to the exact number, so a change of the events never changes the
size.
"""

from . import plans
from .astrid_recent import write_recent
from .body import Usual
from .clock import Clock
from .dates import entry_date
from .journals import Journal
from .people import ASTRID
from .resources import Resource
from .standing import stand
from .texts import load
from .visits import visit
from .work import coming

ENTRIES = 640
RECENT = 40
_YEARS = 8
_THEMES = ("breath", "heart", "rhythm", "nutrition", "mobility", "pain", "mood", "elimination", "pressure")
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


def _stay(journal: Journal, days_ago: int, nights: int, reason: str, letter: str) -> None:
    """A hospital stay with its messages, laboratory and letters: ten entries."""
    at, rng = journal.clock.at, journal.rng
    told = {key: text.format(reason=reason) for key, text in load("astrid")["stay"].items()}
    home, hospital = "kari-nilsen", "henrik-falck"
    out = days_ago - nights
    journal.message(at(days_ago, 16, 20), "Innleggelsesrapport", home, hospital, told["admission"])
    stay = journal.encounter(at(days_ago, 17, 5), nights * 1440 - 300, hospital, "IMP", reason)
    values = {"crp": rng.randint(22, 90), "haemoglobin": 11.9, "creatinine": rng.randint(88, 112)}
    journal.laboratory(at(days_ago, 17, 40), hospital, values, "Se enkeltsvar.")
    journal.message(at(out + 1, 13, 10), "Melding om utskrivningsklar pasient", hospital, home, told["ready"])
    journal.note(at(out, 10, 30), hospital, letter, title="Epikrise", kind="A03-2", encounter=stay)
    journal.message(at(out, 11, 15), "Utskrivningsrapport", hospital, home, told["discharge"])
    journal.note(at(out, 15, 30), home, told["home"], title="Innkomstnotat")


def _consultations(journal: Journal) -> None:
    rng = journal.rng
    for number, row in enumerate(load("astrid")["consultations"] * 2):
        days_ago = 2870 - number * 117 - rng.randint(0, 30)
        if days_ago < 40:
            return
        hour, minute = rng.randint(8, 14), rng.randrange(0, 60, 5)
        when = journal.clock.at(days_ago, hour, minute)
        contact = journal.encounter(when, 20, "ingrid-aanensen", "AMB", row["reason"])
        text = row["text"].format(fev=46 - number // 2)
        journal.note(when, "ingrid-aanensen", text, title="Legenotat", encounter=contact)


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
    for row in load("astrid")["stays"]:
        _stay(journal, row["days_ago"], row["nights"], row["reason"], row["letter"])
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
    journal = Journal(ASTRID, clock, seed, settled=True)
    stand(journal)
    journal.standing += coming(ASTRID, clock)
    plans.care_plan(journal, plans.ASTRID, 52, "kari-nilsen")
    _events(journal)
    older = ENTRIES - RECENT
    missing = older - len(journal.entries)
    planned = missing * 10 // 17
    # Nobody visits her at home while she is in hospital.
    stays = load("astrid")["stays"]
    away = {day for row in stays for day in range(row["days_ago"] - row["nights"], row["days_ago"] + 1)}
    number, days_ago = 0, 30
    while missing > 0:
        # Denser towards today: nearly two visits a week at the end, one a month at the beginning; one a day at most.
        days_ago = min(_YEARS * 365, max(days_ago + 1, 31 + int((number / planned) ** 1.6 * (_YEARS * 365 - 40))))
        while days_ago in away:
            days_ago += 1
        missing -= visit(journal, days_ago, _THEMES, usual=_USUAL, most=missing)
        number += 1
    write_recent(journal)
    journal.entries.sort(key=entry_date)
    return journal.resources()
