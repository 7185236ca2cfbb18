"""What stands in a journal: problems, allergies, alerts, medicines and next of kin of the person's row.

None of it is newer than sixty days where the person is old enough; `journal.started` remembers when each medicine was
begun, so that notes and earlier medicines can fit it.
"""

from random import Random

from .allergies import ALLERGIES
from .journals import Journal
from .medication import medication, medicine
from .named import related
from .people import Person
from .problems import PROBLEMS
from .resources import allergy, condition, flag
from .staff import author


def _days(person: Person, key: str, days: int) -> int:
    """How long ago a problem began; of what belongs to a pregnancy by its week."""
    if key == "pregnancy":
        return max(7, person.week * 7 - 35)
    if key == "gestational-diabetes":
        return max(5, (person.week - 28) * 7)
    return days


def stand(journal: Journal) -> None:
    """Writes all of it to `journal.standing`."""
    person, clock = journal.person, journal.clock
    born = person.birth(clock)
    old = 0 if born is None else max(1, (clock.today - born).days - 30)
    reach = min(3000, old)
    rng = None if journal.settled else Random(f"standing:{person.ident}")
    journal.standing += related(person)
    for number, key in enumerate(person.problems):
        row = PROBLEMS[key]
        since = max(61, int(reach * (0.97 - 0.9 * number / max(1, len(person.problems))))) if reach > 61 else reach
        if rng is not None and reach > 61:
            # A child's illnesses are new; a grown person has had them for years.
            since = int(rng.uniform(0.2, 0.6) * old) if old < 3000 else int(since * rng.uniform(0.5, 2.2))
            since = max(61, min(since, int(old * 0.8)))
        since = _days(person, key, since if row.days is None else row.days)
        journal.standing.append(
            condition(
                f"{person.ident}-problem-{key}", journal.patient, row.icpc, row.icd, row.text, clock.date(since),
                clock.at(since, 10, 15), author(person.doctor),
            )
        )  # fmt: skip
    for key in person.allergies:
        since = max(61, reach - 40) if reach > 61 else reach
        made = ALLERGIES[key]
        journal.standing.append(
            allergy(
                f"{person.ident}-allergy-{key}", journal.patient, made.code(), made.reaction(), clock.at(since, 11, 5),
                author(person.doctor), critical=made.critical, category=made.category, note=made.note,
            )
        )  # fmt: skip
    for number, text in enumerate(person.alerts, 1):
        since = min(reach, 400 - 60 * number) if reach > 61 else 0
        writer = author((person.team or (person.doctor,))[0])
        journal.standing.append(flag(f"{person.ident}-flag-{number}", journal.patient, text, clock.date(since), writer))
    for number, key in enumerate(person.medicines):
        since = medicine(key).days or min(reach, 95 + (number * 137) % 1900)
        if rng is not None and medicine(key).days is None:
            since = max(1, min(old - 12, rng.randint(95, 2400)))
            if key == "vitamin-d-drops" and born is not None:
                # From the first days on.
                since = max(0, (clock.today - born).days - 12)
            if len(person.problems) == 1 and (ill := PROBLEMS[person.problems[0]].days) is not None:
                since = min(since, ill - number)
        if person.week:
            since = min(since, person.week * 7 - 40) if key == "folate" else since
        journal.started[key] = since
        journal.standing.append(
            medication(f"{person.ident}-medicine-{key}", journal.patient, key, clock.date(since), author(person.doctor))
        )
