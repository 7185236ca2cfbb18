"""A hospital stay with all that goes between hospital and municipality: referral, reports, messages, epikrise, home.

The messages carry the names of the care messages (PLO); each is sent by the side that sends it in life, in the order of
life. While the person is away nobody from home care writes (`away`).
"""

from random import Random
from typing import Any

from . import papers
from .clock import later
from .journals import Journal
from .staff import clinician, workplace
from .texts import load
from .words import assembled, pronouns

# About as many entries as one stay becomes.
SIZE = 16
# What no letter tells the figure of.
_LOOSE = ("crp", "leukocytes", "nt-probnp", "creatinine")


def stay_for(problems: tuple[str, ...]) -> dict[str, Any] | None:
    """The stay that fits the first of these problems that has one."""
    rows: list[dict[str, Any]] = load("stays")["stay"]
    return next((row for key in problems for row in rows if row["problem"] == key), None)


def _said(rng: Random, name: str, known: dict[str, str]) -> str:
    return str(rng.choice(load("stays")["messages"][name])).format(**known)


def away(days_ago: int, nights: int) -> set[int]:
    """The days, counted back from today, on which nobody of home care finds the person at home."""
    return set(range(days_ago - nights, days_ago + 1))


def write(journal: Journal, row: dict[str, Any], days_ago: int, *, as_pdf: bool = False) -> int:
    """Writes the stay that began so many days ago, and tells how many nights it was. `as_pdf`: the epikrise is a
    document instead of a text."""
    rng, person, circle, at = journal.rng, journal.person, journal.circle, journal.clock.at
    nights = min(rng.randint(*row["nights"]), days_ago - 2)
    out = days_ago - nights
    known = {
        **pronouns(person.female),
        "reason": row["reason"],
        "help": row["help"],
        "nights": str(nights),
    }
    doctor = circle.surgeon if row["who"] == "surgeon" else circle.physician
    nurse = person.team[0]
    sender = person.doctor if rng.random() < 0.5 else circle.legevakt_doctor
    hour = rng.randint(10, 20)
    kin = f" Pårørende: {person.kin[0]}." if person.kin is not None else ""
    journal.referral(at(days_ago, hour, 5), sender, _said(rng, "referral", known), doctor)
    journal.message(at(days_ago, hour, 25), "Innleggelsesrapport", nurse, doctor, _said(rng, "admission", known) + kin)
    stay = journal.encounter(at(days_ago, hour, 50), nights * 1440 - (hour - 12) * 60, doctor, "IMP", row["reason"])
    journal.message(at(days_ago, hour, 55), "Melding om innlagt pasient", doctor, nurse, _said(rng, "admitted", known))
    values = {kind: value * (rng.uniform(0.85, 1.2) if kind in _LOOSE else 1) for kind, value in row["values"].items()}
    journal.laboratory(later(at(days_ago, hour, 55), 40), doctor, values)
    journal.message(at(days_ago - 1, 10, 30), "Helseopplysninger", doctor, nurse, _said(rng, "condition", known))
    journal.message(
        at(out + 1, 13, 10), "Melding om utskrivningsklar pasient", doctor, nurse, _said(rng, "ready", known)
    )
    journal.message(at(out + 1, 14, 20), "Svar på forespørsel", nurse, doctor, _said(rng, "answer", known))
    text = assembled(rng, row["epikrise"], known)
    when = at(out, 10, 30)
    file = None
    if as_pdf:
        head = f"{workplace(clinician(doctor).place).name}\nPasient: {person.name}\n\n"
        file = papers.file(papers.pdf("Epikrise", head + text), "application/pdf", "Epikrise.pdf", when, "nb")
    journal.note(when, doctor, text, title="Epikrise", kind="A03-2", encounter=stay, file=file)
    journal.message(at(out, 11, 15), "Utskrivningsrapport", doctor, nurse, _said(rng, "discharge", known))
    journal.message(at(out, 11, 50), "Melding om utskrevet pasient", doctor, nurse, "Utskrevet til hjemmet i dag.")
    journal.note(at(out, 15, 30), nurse, assembled(rng, row["home"], known), title="Innkomstnotat")
    return nights
