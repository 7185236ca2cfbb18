"""The inhabitants beside those who always exist: a row each, made from their number alone.

Number n always is the same person, whatever the population and the seed: one more inhabitant changes nobody. Birth
dates and the place where a free national id is looked for are both counted out from n, so that no two of the many get
the same number and nobody has to remember which are taken.
"""

import datetime as dt
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple

from .allergies import ALLERGIES
from .districts import KEYS, SIZE, circle, municipality
from .people import Person
from .texts import load

MOST = 40_000
"""More people than these have no numbers left."""
# Of twenty neighbours: who they are to the services.
_PATTERN = (
    "home", "gp", "child", "home", "pregnant", "home", "gp", "today", "home", "home", "gp", "legevakt", "home", "today",
    "young", "home", "gp", "home", "child", "gp",
)  # fmt: skip
_STEP = 7919
# The ages in days at which the programme of the health station sees a child.
_PROGRAMME = (28, 42, 93, 122, 155, 185, 245, 306, 366, 457, 530, 731, 1461)
_LATE = 12


class _Group(NamedTuple):
    """Those of one kind: their first and last birth date, and the first slot of their national ids."""

    first: dt.date
    last: dt.date
    slot: int


_GROUPS = {
    "home": _Group(dt.date(1929, 1, 1), dt.date(1956, 12, 31), 0),
    "young": _Group(dt.date(1962, 1, 1), dt.date(1997, 12, 31), 4),
    "gp": _Group(dt.date(1952, 1, 1), dt.date(2005, 12, 31), 8),
    "pregnant": _Group(dt.date(1987, 1, 1), dt.date(2003, 12, 31), 12),
    "legevakt": _Group(dt.date(1944, 1, 1), dt.date(2012, 12, 31), 16),
}
# Children are born so many days before today; their slots begin anew, since nobody else is born in these years.
_YOUNGEST, _OLDEST = 9, 1800
_TODAY_SLOT, _CHILD_SLOT = 0, 14
_ALERTS_OF_LANGUAGE = ("so", "ti", "ar", "ur", "vi", "uk", "pl", "tr")
_INTERPRETED = {
    "so": "somali", "ti": "tigrinja", "ar": "arabisk", "ur": "urdu", "vi": "vietnamesisk", "uk": "ukrainsk",
    "pl": "polsk", "tr": "tyrkisk", "se": "nordsamisk",
}  # fmt: skip
_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "aa", "ä": "a", "ö": "o", " ": "-", "ł": "l", "ı": "i", "đ": "d", "ŋ": "n", "ŧ": "t"}
)


class Place(NamedTuple):
    """Where number n stands: municipality, district, the place among the neighbours, and the one in the whole kind."""

    key: str
    district: int
    within: int
    kind: str
    member: int
    """Counts those of the kind in the whole land."""
    neighbour: int
    """Counts those of the kind in the district: worklists are made of it."""


@lru_cache(maxsize=4096)
def place(number: int) -> Place:
    """Where the inhabitant of that number (from 0) stands."""
    key, index = KEYS[number % len(KEYS)], number // len(KEYS)
    within = index % SIZE
    kind = _PATTERN[index % len(_PATTERN)]
    share = _PATTERN.count(kind)
    rank = _PATTERN[: index % len(_PATTERN)].count(kind)
    turns = within // len(_PATTERN)
    member = ((index // len(_PATTERN)) * share + rank) * len(KEYS) + number % len(KEYS)
    return Place(key, index // SIZE + 1, within, kind, member, turns * share + rank)


def _birth(at: Place) -> tuple[str, int]:
    """The birth date as `Person.born` has it, and the slot."""
    if at.kind == "today":
        spread = len(_PROGRAMME) * _LATE
        turn, row = divmod(at.member % spread, len(_PROGRAMME))
        # Nobody comes before the day; and the small ones hardly late.
        return f"-{_PROGRAMME[row] + turn}", _TODAY_SLOT + at.member // spread
    if at.kind == "child":
        days = _OLDEST - _YOUNGEST
        return f"-{_YOUNGEST + (at.member * _STEP) % days}", _CHILD_SLOT + at.member // days
    group = _GROUPS[at.kind]
    days = (group.last - group.first).days
    born = group.first + dt.timedelta(days=(at.member * _STEP) % days)
    return born.isoformat(), group.slot + at.member // days


def _profile(rng: Random, kind: str, female: bool, age: int) -> dict[str, Any]:
    rows: list[dict[str, Any]] = load("profiles")["child" if kind == "today" else kind]
    sex = "f" if female else "m"
    open_to = [row for row in rows if row.get("sex", sex) == sex and row.get("from", 0) <= age <= row.get("to", 200)]
    return rng.choices(open_to, [row.get("weight", 4) for row in open_to])[0]


def _name(rng: Random, at: Place, female: bool, generation: str) -> tuple[str, str, str | None]:
    """Given name, family name, and the language where it is another than Norwegian."""
    names = load("names")
    sex = "women" if female else "men"
    if rng.randrange(1000) < (240 if generation != "old" else 90):
        cultures = list(names["culture"].items())
        language, culture = rng.choices(cultures, [row["weight"] for _, row in cultures])[0]
        return rng.choice(culture[sex]), rng.choice(culture["families"]), language
    return rng.choice(names[generation][sex]), rng.choice(municipality(at.key)["families"]), None


def ascii_of(text: str) -> str:
    """A name as it may stand in an id: letters, digits, hyphens."""
    import unicodedata

    plain = unicodedata.normalize("NFD", text.lower().translate(_LETTERS))
    return "".join(letter for letter in plain if letter.isascii() and (letter.isalnum() or letter == "-"))


def _kin(rng: Random, at: Place, family: str, language: str | None, generation: str) -> dict[str, tuple[str, str]]:
    """Next of kin: for children the guardians, one or two; for the old a child or a neighbour."""
    names, kind = load("names"), at.kind
    known = names["grown"] if language is None else names["culture"][language]
    women, men = known["women"], known["men"]
    if generation == "young":
        mother, father = (f"{rng.choice(women)} {family}", "Mor"), (f"{rng.choice(men)} {family}", "Far")
        return {"kin": mother, "kin2": father} if rng.random() < 0.85 else {"kin": mother}
    if kind in ("home", "young"):
        if generation == "old" and rng.random() < 0.35:
            neighbour = rng.choice([other for other in municipality(at.key)["families"] if other != family])
            return {"kin": (f"{rng.choice(names['old']['women'])} {neighbour}", "Nabo")}
        daughter = rng.random() < 0.5
        relation = ("Datter" if daughter else "Sønn") if generation == "old" else ("Søster" if daughter else "Bror")
        return {"kin": (f"{rng.choice(women if daughter else men)} {family}", relation)}
    return {}


@lru_cache(maxsize=4096)
def inhabitant(number: int) -> Person:
    """The inhabitant of that number, from 0. Raises ValueError above MOST."""
    if number >= MOST:
        raise ValueError(f"there are no more than {MOST} inhabitants")
    at = place(number)
    rng = Random(f"inhabitant:{number}")
    born, slot = _birth(at)
    small = born.startswith("-")
    # About: who is a few months older or younger has the same problems.
    age = 2 if small else 2026 - int(born[:4])
    generation = "young" if age < 16 else "grown" if age < 68 else "old"
    female = at.kind == "pregnant" or rng.random() < (0.6 if at.kind == "home" else 0.5)
    given, family, language = _name(rng, at, female, generation)
    profile = _profile(rng, at.kind, female, age)
    around = circle(at.key, at.district)
    doctor = around.doctors[at.within % len(around.doctors)]
    street, postcode = rng.choice(municipality(at.key)["streets"]).split(":")
    alerts = list(profile.get("alerts", ()))
    speaks = language if language is not None and rng.random() < (0.75 if generation == "old" else 0.5) else None
    if speaks in _ALERTS_OF_LANGUAGE and rng.random() < 0.6:
        alerts.append(f"{'Tolk for foreldrene' if generation == 'young' else 'Tolk'}: {_INTERPRETED[speaks]}")
    allergies = tuple(rng.sample(_OFTEN if age > 15 else _CHILDRENS, 1)) if rng.random() < 0.14 else ()
    kin = _kin(rng, at, family, language, generation)
    return Person(
        ident=f"{ascii_of(given)}-{ascii_of(family)}-{number + 1}",
        given=tuple(given.split(" ")),
        family=family,
        female=female,
        born=born,
        city=municipality(at.key)["city"],
        line=f"{street} {rng.randint(1, 120)}",
        postcode=postcode,
        doctor=doctor,
        team=_team(at, profile),
        problems=tuple(profile["problems"]),
        medicines=tuple(profile["medicines"]),
        entries=_entries(rng, at.kind),
        language=speaks,
        number="d" if language not in (None, "se") and rng.random() < 0.1 else "fnr",
        alerts=tuple(alerts),
        allergies=allergies,
        care=profile.get("care", "full"),
        reach=profile.get("reach", rng.choice((400, 700, 1100, 1500, 2200))),
        district=at.district,
        slot=slot,
        week=_week(rng, profile) if at.kind == "pregnant" else 0,
        grade="fortrolig" if number % 997 == 500 else None,
        kin=kin.get("kin"),
        kin2=kin.get("kin2"),
    )


_OFTEN = tuple(key for key in ALLERGIES if key not in ("peanut", "egg"))
_CHILDRENS = ("peanut", "egg")


def _team(at: Place, profile: dict[str, Any]) -> tuple[str, ...]:
    around = circle(at.key, at.district)
    if at.kind in ("child", "today"):
        return (around.health_nurses[at.neighbour % len(around.health_nurses)],)
    return {
        "home": around.team,
        "young": around.team,
        "gp": (),
        "pregnant": (around.midwife,),
        "legevakt": (around.legevakt_nurse,),
    }[at.kind]


def _week(rng: Random, profile: dict[str, Any]) -> int:
    """How far the pregnancy is; its diabetes is found in week 28."""
    return rng.randint(30 if "gestational-diabetes" in profile["problems"] else 9, 39)


def _entries(rng: Random, kind: str) -> int:
    low, high = {"home": (36, 84), "young": (30, 60), "gp": (14, 40), "legevakt": (10, 34)}.get(kind, (16, 40))
    return rng.randint(low, high)
