"""Who lives in the municipality: a row each in `texts/people.toml`.

Astrid Bakken is the only Bakken anywhere here: scripts search for her by that name. Family names of other rows and of
`names` must not begin so.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from .clock import Clock
from .texts import load


@dataclass(frozen=True)
class Person:
    """One inhabitant.

    `born` is a date, days of age for the small children (`-42`), or empty when nobody knows. `care` is `full`,
    `support` (talks, no help with washing), `treatment` (a wound and no more) or `palliative` (in bed); `reach` how
    many days back home care goes; `remarks` are sentences that only this person's notes hold. `number` is `fnr`, `d`,
    `fh` or `moved` (a D-number that has ended and the national id that replaced it). `kin2` is a second guardian.
    `district` is 0 for those who always exist. `merged` names the record that replaced this one. `week` is how far a
    pregnancy is.
    """

    ident: str
    given: tuple[str, ...]
    family: str
    female: bool
    born: str
    city: str
    line: str
    postcode: str
    doctor: str
    team: tuple[str, ...]
    problems: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    entries: int = 40
    language: str | None = None
    number: str = "fnr"
    alerts: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    kin: tuple[str, str] | None = None
    kin2: tuple[str, str] | None = None
    grade: str | None = None
    care: str = "full"
    reach: int = 1500
    remarks: tuple[str, ...] = ()
    district: int = 0
    slot: int | None = None
    """Where to look for a free national id, so that no two of the many ever take the same."""
    merged: str | None = None
    week: int = 0

    def birth(self, clock: Clock) -> dt.date | None:
        """The birth date; small children are born so many days before today, to fit their consultation."""
        if not self.born:
            return None
        return clock.day(-int(self.born)) if self.born.startswith("-") else dt.date.fromisoformat(self.born)

    @property
    def name(self) -> str:
        """As it is read: given names first."""
        return " ".join((*self.given, self.family))


def _person(row: dict[str, Any]) -> Person:
    made: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return Person(**{"line": "", "postcode": "", "born": "", **made})


LISTED = tuple(_person(row) for row in load("people")["person"])
BY_IDENT = {person.ident: person for person in LISTED}
ASTRID = BY_IDENT["astrid-bakken"]
ODD_ARNE = BY_IDENT["odd-arne-solheim"]
# Kari's round is who lives in Kristiansand, Astrid among them.
ROUND = tuple(person for person in LISTED if person.city == "Kristiansand")
