"""The lists of a day: for a municipality that was kept and is started again, perhaps weeks after it was made.

People's ages and weeks go on from the moment at which the municipality was made, so a child is called to the
consultation that it has reached. Nothing of what stands there already is made again: ids hold the date.
"""

from . import legevakt, work
from .children import due
from .clock import Clock
from .inhabitants import inhabitant
from .journals import Journal
from .people import BY_IDENT, LISTED
from .resources import Resource
from .rounds import round_of, triage_of

_NEAR_DAYS = 13
_ANNE = "anne-moen"
_UNKNOWN = "unknown-man"
_STILL_UNKNOWN = "Til observasjon, identitet fortsatt ukjent"


def _aged(entry: Resource, clock: Clock, since: Clock) -> Resource:
    """A child's appointment with the reason of its age on that day."""
    ident = entry["participant"][0]["actor"]["reference"].removeprefix("Patient/")
    born = BY_IDENT[ident].birth(since)
    assert born is not None
    age = (clock.today - born).days
    reached = due(age)
    reason = reached.name if abs(age - reached.age) <= _NEAR_DAYS else "Samtale og vekt"
    entry["reasonCode"], entry["description"] = [{"text": reason}], reason
    return entry


def _lists(clock: Clock, since: Clock) -> list[Resource]:
    """The lists of the four who sign in."""
    made = work.appointments(BY_IDENT, clock)
    if clock.today == since.today:
        return made
    for entry in made:
        if entry["id"].startswith(_ANNE):
            _aged(entry, clock, since)
        elif entry["id"].endswith(_UNKNOWN):
            entry["reasonCode"], entry["description"] = [{"text": _STILL_UNKNOWN}], _STILL_UNKNOWN
            entry["priority"] = 3
            del entry["comment"]
    return made


def _triages(seed: int, clock: Clock, many: int) -> list[Resource]:
    """What the nurse wrote of those who wait on a day that the journals do not know."""
    made: list[Resource] = []
    mark = f"{clock.today:%Y%m%d}"
    for row in work.QUEUE:
        if row.person != _UNKNOWN:
            journal = Journal(BY_IDENT[row.person], clock, seed, mark=mark)
            legevakt.told_today(journal, clock.minutes_ago_today(row.since), row.urgency, row.reason)
            made += journal.resources()
    for number in range(many):
        journal = Journal(inhabitant(number), clock, seed, mark=mark)
        triage_of(number, clock, journal)
        made += journal.resources()
    return made


def day(seed: int, clock: Clock, since: Clock, many: int) -> list[Resource]:
    """Appointments of that day, the four who sign in first; on another day than the first also its triages."""
    made = _lists(clock, since)
    made += [entry for person in LISTED for entry in work.elsewhere(person, clock)]
    for number in range(many):
        made += round_of(number, clock, since)
    if clock.today != since.today:
        made += _triages(seed, clock, many)
    return made
