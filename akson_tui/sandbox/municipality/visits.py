"""A home-care visit: what is measured, and the note that tells it, in one go so that text and Observations agree."""

from collections.abc import Sequence
from typing import NamedTuple

from .journals import Journal, Vitals
from .problems import PROBLEMS
from .staff import CLINICIANS
from .words import MEASURED, closers, heading, nights, openers, phrase, situation

_SHIFTS = {
    "morning": ((7, 10), 0.5),
    "day": ((11, 14), 0.2),
    "evening": ((19, 21), 0.26),
    "night": ((2, 5), 0.04),
}
_TITLES = {"SP": "Sykepleienotat", "HF": "Pleienotat"}
_BY_THEME = {
    "breath": ("spo2", "respiration"),
    "heart": ("weight", "pulse"),
    "rhythm": ("pulse",),
    "pressure": ("over", "pulse"),
    "nutrition": ("weight",),
    "glucose": ("glucose",),
    "parkinson": ("over",),
    "catheter": ("temperature",),
    "wound": ("temperature",),
}


class Usual(NamedTuple):
    """What a person usually measures, today and at the beginning; values drift from the one to the other."""

    first: Vitals
    last: Vitals


USUAL = Usual(
    {
        "pulse": 74,
        "spo2": 96,
        "respiration": 16,
        "temperature": 36.7,
        "weight": 74,
        "over": 142,
        "under": 82,
        "glucose": 8.6,
    },
    {
        "pulse": 76,
        "spo2": 95,
        "respiration": 17,
        "temperature": 36.8,
        "weight": 71,
        "over": 138,
        "under": 78,
        "glucose": 9.1,
    },
)
_SPREAD = {
    "pulse": 6.0, "spo2": 1.2, "respiration": 1.6, "temperature": 0.25, "weight": 0.6, "over": 9.0,
    "under": 5.0, "glucose": 2.2,
}  # fmt: skip


def measurable(themes: Sequence[str]) -> list[str]:
    """What a visit with these themes may measure."""
    return list(dict.fromkeys(kind for theme in themes for kind in _BY_THEME.get(theme, ())))


def vitals(journal: Journal, usual: Usual, days_ago: int, reach: int, kinds: Sequence[str]) -> Vitals:
    """Values of that day: between the first and the last, with the day's own chance."""
    way = 1 - min(days_ago, reach) / reach
    made: Vitals = {}
    for kind in kinds:
        middle = usual.first[kind] + (usual.last[kind] - usual.first[kind]) * way
        value = journal.rng.gauss(middle, _SPREAD[kind])
        made[kind] = round(value, 1) if kind in ("temperature", "weight", "glucose") else float(round(value))
        if kind == "over":
            low = usual.first["under"] + (usual.last["under"] - usual.first["under"]) * way
            made["under"] = float(round(journal.rng.gauss(low, _SPREAD["under"])))
    if "spo2" in made:
        made["spo2"] = min(made["spo2"], 99.0)
    if "glucose" in made:
        made["glucose"] = max(made["glucose"], 3.4)
    return made


def number(value: float) -> str:
    """As a Norwegian writes it."""
    return f"{value:.1f}".replace(".", ",") if value % 1 else f"{value:.0f}"


def _known(journal: Journal, measured: Vitals, clock_time: str) -> dict[str, str]:
    person, rng = journal.person, journal.rng
    known = {
        "hun": "hun" if person.female else "han",
        "Hun": "Hun" if person.female else "Han",
        "henne": "henne" if person.female else "ham",
        "kl": clock_time,
        "antall": str(rng.randint(2, 4)),
        "dager": rng.choice(("to", "tre", "fire")),
        "timer": str(rng.randint(4, 7)),
        "m": str(rng.randrange(15, 90, 5)),
        "nrs": str(rng.randint(2, 5)),
        "ml": str(rng.randrange(150, 600, 50)),
    }
    if not any("peg" in PROBLEMS[key].themes for key in person.problems):
        known["eats"] = ""
    if person.kin is not None:
        known["kin"] = person.kin[0].split(" ")[0]
    for slot, kind in (("spo2", "spo2"), ("rf", "respiration"), ("puls", "pulse"), ("temp", "temperature"),
                       ("kg", "weight"), ("bs", "glucose")):  # fmt: skip
        if kind in measured:
            known[slot] = (
                f"{measured[kind]:.1f}".replace(".", ",")
                if kind in ("temperature", "weight", "glucose")
                else number(measured[kind])
            )
    if "over" in measured:
        known["bt"] = f"{measured['over']:.0f}/{measured['under']:.0f}"
    return known


def _distinct(said: list[tuple[str, str]], known: dict[str, str]) -> list[tuple[str, str]]:
    """Without what is said twice: the same finding, or one measured value under two themes."""
    values = [known[slot] for slot in MEASURED if slot in known]
    kept: list[tuple[str, str]] = []
    for theme, text in said:
        earlier = [other for _, other in kept]
        again = any(text.split(".")[0] == other.split(".")[0] for other in earlier)
        retold = any(value in text and value in other for value in values for other in earlier)
        if text and not again and not retold:
            kept.append((theme, text))
    return kept


def _text(journal: Journal, themes: Sequence[str], shift: str, known: dict[str, str], measured: Vitals) -> str:
    rng = journal.rng
    if shift == "night":
        return phrase(rng, nights(), known)
    different = sorted(set(themes))
    chosen = rng.sample(different, k=min(len(different), rng.choice((2, 2, 3, 3, 4))))
    told = [theme for theme in different if measured.keys() & set(_BY_THEME.get(theme, ()))]
    if told and not set(told) & set(chosen):
        chosen[0] = rng.choice(told)
    # A person with one theme only: two findings of it, never the same one.
    said = [(theme, situation(rng, theme, known)) for theme in (chosen if len(chosen) > 1 else chosen * 2)]
    said = _distinct(said, known)
    person = journal.person
    opener = phrase(rng, openers(shift if person.care == "full" else person.care), known)
    ends = list(person.remarks) if person.remarks and rng.random() < 0.4 else closers(person.care)
    closer = phrase(rng, ends, known) if rng.random() < 0.6 else ""
    if len(chosen) > 1 and rng.random() < 0.3:
        lines = [opener, *(f"{heading(theme)}: {text}" for theme, text in said), closer]
        return "\n".join(line for line in lines if line)
    return " ".join(part for part in (opener, *(text for _, text in said), closer) if part)


def visit(
    journal: Journal,
    days_ago: int,
    themes: Sequence[str],
    *,
    usual: Usual = USUAL,
    reach: int = 2900,
    most: int = 5,
    measuring: float = 0.5,
    team: Sequence[str] = (),
) -> int:
    """Writes one visit of at most `most` entries and tells how many: the measurements first, then the note."""
    rng = journal.rng
    shift = rng.choices(list(_SHIFTS), [weight for _, weight in _SHIFTS.values()])[0]
    if journal.person.care != "full":
        shift = "day"
    (low, high), _ = _SHIFTS[shift]
    hour, minute = rng.randint(low, high), rng.randrange(60)
    when = journal.clock.at(days_ago, hour, minute)
    team = team or journal.person.team
    who = "marte-haugland" if shift == "night" and "kari-nilsen" in team else rng.choice(team)
    kinds = measurable(themes)
    measured: Vitals = {}
    if kinds and most > 1 and shift != "night" and rng.random() < measuring:
        picked = rng.sample(kinds, k=min(len(kinds), most - 1, rng.choice((1, 1, 2, 2, 3))))
        measured = vitals(journal, usual, days_ago, reach, picked)
    before = len(journal.entries)
    journal.measure(when, who, measured)
    text = _text(journal, themes, shift, _known(journal, measured, f"{hour:02d}.{minute:02d}"), measured)
    title = "Nattnotat" if shift == "night" else _TITLES.get(CLINICIANS[who].code, "Notat")
    journal.note(journal.clock.at(days_ago, hour, minute, 40), who, text, title=title)
    return len(journal.entries) - before
