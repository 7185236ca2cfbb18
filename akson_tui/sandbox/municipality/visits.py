"""A home-care visit: what is measured, and the note that tells it, in one go so that text and Observations agree."""

from collections.abc import Sequence
from typing import NamedTuple

from .body import Usual, Vitals, values
from .journals import Journal
from .measurements import told
from .medication import medicine
from .people import Person
from .problems import PROBLEMS
from .staff import clinician
from .words import MEASURED, closers, fresh, heading, nights, openers, phrase, pronouns, situation

_SHIFTS = {
    "morning": ((7, 10), 0.5),
    "day": ((11, 14), 0.2),
    "evening": ((19, 21), 0.26),
    "night": ((2, 5), 0.04),
}
_TITLES = {
    ("SP", "nb"): "Sykepleienotat",
    ("HF", "nb"): "Pleienotat",
    ("SP", "nn"): "Sjukepleienotat",
    ("HF", "nn"): "Pleienotat",
}
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
_SLOTS = {
    "spo2": "spo2",
    "rf": "respiration",
    "puls": "pulse",
    "temp": "temperature",
    "kg": "weight",
    "bs": "glucose",
}


# Slots without text: a sentence that bears one stands only in the notes of those who take the medicine.
_GIVEN = {
    "pcm": {"paracetamol"},
    "insulin": {"insulin-glargine", "insulin-aspart"},
    "neb": {"salbutamol"},
    "thin": {"apixaban", "apixaban-low", "warfarin"},
    "laxative": {"lactulose", "macrogol"},
    "diuretic": {"furosemide", "furosemide-twice"},
    "ssri": {"escitalopram", "sertraline"},
}


# Who is seen morning, evening and night.
_AROUND_THE_CLOCK = ("full", "palliative")


class Moment(NamedTuple):
    """When a visit is: days before today, clock time, and the shift that it belongs to."""

    days_ago: int
    hour: int
    minute: int
    shift: str


def themes_of(person: Person) -> list[str]:
    """What notes about this person take up."""
    themes = [theme for key in person.problems for theme in PROBLEMS[key].themes] or ["mobility"]
    if person.care == "support":
        # Worries of the old and frail are not theirs.
        themes = [theme for theme in themes if theme != "mood"] or ["talk"]
    return themes


def measurable(themes: Sequence[str]) -> list[str]:
    """What a visit with these themes may measure."""
    return list(dict.fromkeys(kind for theme in themes for kind in _BY_THEME.get(theme, ())))


def slots_of(measured: Vitals) -> dict[str, str]:
    """The measured values by the slots that texts name them with."""
    known = {slot: told(kind, measured[kind]) for slot, kind in _SLOTS.items() if kind in measured}
    if "over" in measured:
        known["bt"] = f"{measured['over']:.0f}/{measured['under']:.0f}"
    return known


def _known(journal: Journal, measured: Vitals, clock_time: str, language: str) -> dict[str, str]:
    person, rng = journal.person, journal.rng
    known = {
        **pronouns(person.female, language),
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
    # Nothing is given, inhaled or injected that does not stand in the list.
    known |= {slot: "" for slot, keys in _GIVEN.items() if keys & set(person.medicines)}
    if any(medicine(key).bag and not medicine(key).as_needed for key in person.medicines):
        known["bag"] = ""
    if journal.settled:
        known["daily"] = ""
    if person.kin is not None and person.kin[1] != "Nabo":
        known["kin"] = person.kin[0].split(" ")[0]
    return known | slots_of(measured)


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


def _text(
    journal: Journal, themes: Sequence[str], shift: str, known: dict[str, str], measured: Vitals, language: str
) -> str:
    rng = journal.rng
    lately = None if journal.settled else journal.said
    if shift == "night":
        return phrase(rng, nights(language), known, lately)
    different = sorted(set(themes))
    chosen = rng.sample(different, k=min(len(different), rng.choice((2, 2, 3, 3, 4))))
    told = [theme for theme in different if measured.keys() & set(_BY_THEME.get(theme, ()))]
    if told and not set(told) & set(chosen):
        chosen[0] = rng.choice(told)
    # A person with one theme only: two findings of it, never the same one.
    said = [
        (theme, situation(rng, theme, known, language=language, said=lately))
        for theme in (chosen if len(chosen) > 1 else chosen * 2)
    ]
    said = _distinct(said, known)
    person = journal.person
    opener = phrase(rng, openers(shift if person.care == "full" else person.care, language), known, lately)
    own = person.remarks if language == "nb" else ()
    ends = list(own) if own and rng.random() < 0.4 else closers(person.care, language)
    closer = phrase(rng, ends, known, lately) if rng.random() < 0.6 else ""
    if len(chosen) > 1 and rng.random() < 0.3:
        lines = [opener, *(f"{heading(theme, language)}: {text}" for theme, text in said), closer]
        return "\n".join(line for line in lines if line)
    return " ".join(part for part in (opener, *(text for _, text in said), closer) if part)


def _moment(journal: Journal, days_ago: int) -> Moment:
    rng = journal.rng
    shift = rng.choices(list(_SHIFTS), [weight for _, weight in _SHIFTS.values()])[0]
    if journal.person.care not in _AROUND_THE_CLOCK:
        shift = "day"
    (low, high), _ = _SHIFTS[shift]
    return Moment(days_ago, rng.randint(low, high), rng.randrange(60), shift)


def visit(
    journal: Journal,
    days_ago: int,
    themes: Sequence[str],
    *,
    usual: Usual | None = None,
    reach: int = 2900,
    most: int = 5,
    measuring: float = 0.5,
    team: Sequence[str] = (),
    moment: Moment | None = None,
) -> int:
    """Writes one visit of at most `most` entries and tells how many: the measurements first, then the note.

    `usual` is what the person measures where it is not that of `body`; `moment` fixes when it is.
    """
    rng = journal.rng
    days_ago, hour, minute, shift = moment or _moment(journal, days_ago)
    when = journal.clock.at(days_ago, hour, minute)
    team = team or journal.person.team
    who = journal.circle.night if shift == "night" and not moment else rng.choice(team)
    language = clinician(who).language
    kinds = measurable(themes)
    measured: Vitals = {}
    if kinds and most > 1 and shift != "night" and rng.random() < measuring:
        picked = rng.sample(kinds, k=min(len(kinds), most - 1, rng.choice((1, 1, 2, 2, 3))))
        measured = values(rng, usual or journal.usual, days_ago, reach, picked)
    before = len(journal.entries)
    journal.measure(when, who, measured)
    known = _known(journal, measured, f"{hour:02d}.{minute:02d}", language)

    def draw() -> str:
        return _text(journal, themes, shift, known, measured, language)

    text = draw() if journal.settled else fresh(journal.texts, draw)
    title = "Nattnotat" if shift == "night" else _TITLES.get((clinician(who).code, language), "Notat")
    journal.note(journal.clock.at(days_ago, hour, minute, 40), who, text, title=title)
    return len(journal.entries) - before
