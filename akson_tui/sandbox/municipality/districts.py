"""The districts of the seven municipalities: home care, GP office and health station each, with their staff.

A clinician's id tells all (`bodo-2-nurse-1`: municipality, district, post), so nobody has to be kept: the same id
always gives the same person. District 0 is what a whole municipality shares: legevakt, hospital, physiotherapy.
"""

from collections.abc import Iterator
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple

from .resources import Resource
from .staff import WORKPLACES, Clinician, Workplace, clinician_resources, place_resources, team
from .texts import load

KEYS = ("kristiansand", "bergen", "oslo", "stavanger", "baerum", "bodo", "vinje")
# So many inhabitants share one district's home care, GPs and health station.
SIZE = 150
# Above the numbers of those who always exist.
_FIRST_NUMBER = 100
_POSTS = 20
_MOST_DISTRICTS = 64


class Post(NamedTuple):
    """One post: which workplace it belongs to, Volven 9060, title, and how often (in a hundred) a woman has it."""

    place: str
    code: str
    title: str
    women: int


_LOCAL = {
    "nurse-1": Post("home-care", "SP", "Sykepleier", 85),
    "nurse-2": Post("home-care", "SP", "Sykepleier", 85),
    "carer-1": Post("home-care", "HF", "Helsefagarbeider", 75),
    "carer-2": Post("home-care", "HF", "Helsefagarbeider", 75),
    "night": Post("home-care", "SP", "Sykepleier", 80),
    "gp-1": Post("gp", "LE", "Fastlege", 55),
    "gp-2": Post("gp", "LE", "Fastlege", 55),
    "gp-3": Post("gp", "LE", "Fastlege", 55),
    "health-nurse-1": Post("health-station", "SP", "Helsesykepleier", 97),
    "health-nurse-2": Post("health-station", "SP", "Helsesykepleier", 97),
    "midwife": Post("health-station", "JO", "Jordmor", 99),
    "station-doctor": Post("health-station", "LE", "Helsestasjonslege", 60),
}
_SHARED = {
    "legevakt-nurse-1": Post("legevakt", "SP", "Sykepleier", 75),
    "legevakt-nurse-2": Post("legevakt", "SP", "Sykepleier", 75),
    "legevakt-doctor-1": Post("legevakt", "LE", "Legevaktlege", 50),
    "legevakt-doctor-2": Post("legevakt", "LE", "Legevaktlege", 50),
    "physician": Post("hospital", "LE", "Overlege", 50),
    "surgeon": Post("hospital", "LE", "Overlege", 40),
    "ward-nurse": Post("hospital", "SP", "Sykepleier", 85),
    "physiotherapist": Post("rehab", "FT", "Fysioterapeut", 70),
    "occupational-therapist": Post("rehab", "ET", "Ergoterapeut", 88),
}
_SERVICES = {
    "home-care": ("KP02", "Sykepleietjeneste", "Hjemmetjenesten"),
    "gp": (None, "Fastlege", ""),
    "health-station": ("KF01", "Helsestasjons- og skolehelsetjeneste", "Helsestasjonen"),
    "legevakt": ("KA02", "Legevakttjeneste", ""),
    "hospital": (None, "Spesialisthelsetjeneste", ""),
    "rehab": (None, "Fysioterapitjeneste", ""),
}
_OFFICES = ("legesenter", "legekontor", "legegruppe")


def municipality(key: str) -> dict[str, Any]:
    """The row of that key in `texts/places.toml`."""
    row: dict[str, Any] = load("places")[key]
    return row


def key_of(city: str) -> str:
    """The key of the municipality with that name."""
    return next(key for key in KEYS if municipality(key)["city"] == city)


def _split(ident: str) -> tuple[str, int, str]:
    key, _, rest = ident.partition("-")
    number, _, name = rest.partition("-")
    if key not in KEYS or not number.isdigit() or int(number) > _MOST_DISTRICTS:
        raise KeyError(ident)
    return key, int(number), name


def _area(key: str, number: int) -> str:
    areas: list[str] = municipality(key)["areas"]
    name = areas[(number - 1) % len(areas)]
    return name if number <= len(areas) else f"{name} {(number - 1) // len(areas) + 1}"


@lru_cache(maxsize=512)
def place(ident: str) -> Workplace:
    """The workplace of that id: `bodo-2-home-care`, or the shared ones by the id in `texts/places.toml`."""
    for number, key in enumerate(KEYS):
        row = municipality(key)
        for step, kind in enumerate(("legevakt", "hospital", "rehab")):
            if row[kind][0] == ident:
                code, text, _ = _SERVICES[kind]
                return Workplace(ident, row[kind][1], row["city"], code, text, kind, 50 + 3 * number + step)
    key, number, kind = _split(ident)
    code, text, name = _SERVICES[kind]
    area = _area(key, number)
    shown = f"{area} {_OFFICES[number % len(_OFFICES)]}" if kind == "gp" else f"{name} {area}"
    kinds = ("home-care", "gp", "health-station")
    place_number = 100 + (KEYS.index(key) * (_MOST_DISTRICTS + 1) + number) * len(kinds) + kinds.index(kind)
    return Workplace(ident, shown, municipality(key)["city"], code, text, kind, place_number)


@lru_cache(maxsize=256)
def _names(key: str, number: int, female: bool) -> list[tuple[str, str]]:
    """Names for the posts of one district, each family name and each given name once."""
    rng = Random(f"names:{key}:{number}")
    families = rng.sample(municipality(key)["families"], _POSTS)
    return list(zip(rng.sample(load("names")["grown"]["women" if female else "men"], _POSTS), families, strict=True))


@lru_cache(maxsize=2048)
def member(who: str) -> Clinician:
    """The clinician of that id. Raises KeyError for an id that is no post of a district."""
    key, number, name = _split(who)
    posts = _LOCAL if number else _SHARED
    post, turn = posts[name], tuple(posts).index(name)
    rng = Random(f"clinician:{who}")
    female = rng.randrange(100) < post.women
    names = load("names")
    given, family = _names(key, number, female)[turn]
    if rng.random() < 0.12:
        culture = rng.choice(tuple(names["culture"].values()))
        given, family = rng.choice(culture["women" if female else "men"]), rng.choice(culture["families"])
    workplace = f"{key}-{number}-{post.place}" if number else municipality(key)[post.place][0]
    # Up in Telemark most of those who care write nynorsk; their doctors came from elsewhere.
    nynorsk = key == "vinje" and name in ("nurse-2", "carer-1", "carer-2")
    title = {"Sykepleier": "Sjukepleiar", "Helsefagarbeider": "Helsefagarbeidar"}
    place_in_all = _FIRST_NUMBER + (KEYS.index(key) * (_MOST_DISTRICTS + 1) + number) * _POSTS + turn
    return Clinician(
        who,
        given,
        family,
        female,
        post.code,
        title[post.title] if nynorsk else post.title,
        workplace,
        post.place,
        "nn" if nynorsk else "nb",
        place_in_all,
    )


class Circle(NamedTuple):
    """Who treats the people of one district, by clinician id."""

    team: tuple[str, ...]
    night: str
    doctors: tuple[str, ...]
    health_nurses: tuple[str, ...]
    midwife: str
    station_doctor: str
    legevakt_nurse: str
    legevakt_doctor: str
    physician: str
    surgeon: str
    physiotherapist: str


# Where those who always exist do the work.
_ELSEWHERE: dict[str, dict[str, Any]] = {
    "kristiansand": {"night": "marte-haugland", "physician": "henrik-falck", "physiotherapist": "siv-mollestad"},
    "bergen": {"physician": "maria-holmas"},
    "oslo": {"legevakt_nurse": "mina-fossum", "legevakt_doctor": "leila-said"},
    "bodo": {"health_nurses": ("anne-moen",), "station_doctor": "eirik-saltnes"},
}


@lru_cache(maxsize=256)
def circle(key: str, number: int) -> Circle:
    """The circle of a district. District 0 is that of the people who always exist: their own clinicians where there are
    such, the first district's for the rest."""
    local = f"{key}-{number or 1}-"
    shared = f"{key}-0-"
    made = Circle(
        team=tuple(local + post for post in ("nurse-1", "nurse-2", "carer-1", "carer-2")),
        night=local + "night",
        doctors=tuple(local + post for post in ("gp-1", "gp-2", "gp-3")),
        health_nurses=(local + "health-nurse-1", local + "health-nurse-2"),
        midwife=local + "midwife",
        station_doctor=local + "station-doctor",
        legevakt_nurse=shared + "legevakt-nurse-1",
        legevakt_doctor=shared + "legevakt-doctor-1",
        physician=shared + "physician",
        surgeon=shared + "surgeon",
        physiotherapist=shared + "physiotherapist",
    )
    changes: dict[str, Any] = {} if number else _ELSEWHERE.get(key, {})
    return made._replace(**changes)


def _staffed(key: str, number: int) -> Iterator[Resource]:
    staff = [member(f"{key}-{number}-{post}") for post in (_LOCAL if number else _SHARED)]
    idents = tuple(dict.fromkeys(one.place for one in staff))
    for ident in idents:
        if ident not in WORKPLACES:
            yield from place_resources(place(ident))
    yield from clinician_resources(staff)
    for ident in idents:
        together = [one for one in staff if one.place == ident]
        if ident not in WORKPLACES and len(together) > 1:
            shown = place(ident)
            yield team(f"{ident}-team", shown, f"Team {shown.name}", together)


def resources(key: str, number: int) -> list[Resource]:
    """Workplaces, services, staff and teams of a district, or (0) of what its municipality shares."""
    return list(_staffed(key, number))
