"""Medicines that were changed for others: the ended one in the list, and the GP's note of the day.

The change follows what the person takes today (`texts/changes.toml`), so the list and the notes tell the same story.
"""

from .clock import later
from .journals import Journal
from .medication import medication
from .staff import author
from .texts import load
from .words import assembled, pronouns

_MOST = 2


def write(journal: Journal) -> None:
    """At most two changes; nothing where the medicine was begun lately or the person is new here."""
    person, clock, rng = journal.person, journal.clock, journal.rng
    done = 0
    for row in load("changes")["change"]:
        since = journal.started.get(row["to"], 0)
        if done == _MOST or row["problem"] not in person.problems or not 90 < since < person.reach:
            continue
        if row["from"] in person.medicines or rng.random() < 0.35:
            continue
        done += 1
        begun = since + rng.randint(120, 900)
        ended = medication(
            f"{person.ident}-medicine-{row['from']}", journal.patient, row["from"], clock.date(begun),
            author(person.doctor),
        )  # fmt: skip
        if ended["resourceType"] == "MedicationStatement":
            ended |= {"status": "stopped", "effectivePeriod": {"start": clock.date(begun), "end": clock.date(since)}}
        else:
            ended |= {"status": "stopped"}
        ended["statusReason"] = [{"text": row["why"]}] if "effectivePeriod" in ended else {"text": row["why"]}
        journal.standing.append(ended)
        when = clock.at(since, rng.randint(8, 14), rng.randrange(0, 60, 5))
        contact = journal.encounter(when, 20, person.doctor, "AMB", "Medisinendring")
        text = assembled(rng, row["parts"], pronouns(person.female))
        journal.note(later(when, 15), person.doctor, text, title="Legenotat", encounter=contact)
