"""Journals of those who sit in the legevakt's queue: earlier contacts, and today's triage by the nurse.

Triage counts back from now: it is the one thing here that may be dated today.
"""

from .clock import later
from .journals import Journal
from .texts import load
from .work import QUEUE


def _contact(journal: Journal, days_ago: int, room: int) -> None:
    rng = journal.rng
    born = journal.person.birth(journal.clock)
    grown = born is None or journal.clock.age(born) >= 16
    advice = rng.choice([row for row in load("legevakt")["advice"] if grown or not row.get("adult", False)])
    reason, text = advice["reason"], advice["text"]
    hour, minute = rng.choice((8, 12, 17, 19, 21, 23)), rng.randrange(60)
    at = journal.clock.at
    if room == 1:
        journal.note(at(days_ago, hour, minute), "mina-fossum", text, title="Telefonnotat legevakt")
        return
    contact = journal.encounter(at(days_ago, hour, minute), 8, "mina-fossum", "VR", reason)
    journal.note(at(days_ago, hour, minute, 30), "mina-fossum", text, title="Telefonnotat legevakt", encounter=contact)
    if room > 3 and rng.random() < 0.4:
        seen = journal.encounter(at(days_ago, hour, minute, 50), 40, "leila-said", "EMER", reason)
        text = rng.choice(load("legevakt")["seen"])
        when = later(at(days_ago, hour, minute), 45)
        journal.note(when, "leila-said", text, title="Legevaktnotat", kind="A03-2", encounter=seen)


def write(journal: Journal) -> None:
    """Earlier contacts up to the person's size, then today's triage: its measurements and one note."""
    person, rng, clock = journal.person, journal.rng, journal.clock
    row = next(row for row in QUEUE if row.person == person.ident)
    today = load("legevakt")["triage"][person.ident]
    values = today["vitals"]
    triage = len(values) - ("under" in values) + 1
    days_ago = rng.randint(40, 90)
    born = person.birth(clock)
    youngest = 10_000 if born is None else (clock.today - born).days - 60
    while person.given and len(journal.entries) < person.entries - triage and days_ago < youngest:
        _contact(journal, days_ago, person.entries - triage - len(journal.entries))
        days_ago += rng.randint(30, 160)
    since = clock.minutes_ago_today(row.since)
    journal.measure(since, "mina-fossum", values)
    text = f"{row.urgency}. {row.reason}.\n{today['text']}"
    journal.note(since, "mina-fossum", text, title="Triage")
