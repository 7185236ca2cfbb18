"""Chooses and fills the sentences of home care's notes (`texts/home_care.toml`).

A slot in braces must be known to the note, else the sentence is not chosen: `{spo2}`, `{bt}` and the like stand only
where the same visit measured it, so that a note never tells another figure than its Observations.
"""

from functools import lru_cache
from random import Random
from string import Formatter

from .texts import load

# Slots that stand for a value of the same visit.
MEASURED = frozenset({"spo2", "rf", "puls", "temp", "bt", "kg", "bs"})


def openers(shift: str) -> list[str]:
    """How a note of that shift begins."""
    return list(load("home_care")["openers"][shift])


def nights() -> list[str]:
    """Whole notes of the night."""
    return list(load("home_care")["nights"])


def closers(care: str) -> list[str]:
    """How a note may end; `care` as in people.Person."""
    return list(load("home_care")["closers" if care == "full" else "brief_closers"])


def heading(theme: str) -> str:
    """The heading under which a theme is written."""
    return str(load("home_care")["themes"][theme]["heading"])


@lru_cache(maxsize=1024)
def slots(sentence: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


def phrase(rng: Random, sentences: list[str], known: dict[str, str]) -> str:
    """One of the sentences whose slots are all known, filled in; empty when there is none."""
    fitting = [text for text in sentences if slots(text) <= known.keys()]
    return rng.choice(fitting).format(**known) if fitting else ""


def situation(rng: Random, theme: str, known: dict[str, str], acting: float = 0.65) -> str:
    """A finding of the theme and, as often as `acting` says, one act that answers it."""
    rows: list[str] = load("home_care")["themes"][theme]["rows"]
    telling = [row for row in rows if slots(row) & MEASURED and slots(row) <= known.keys()]
    # Who measured something mostly writes it down too.
    finding, *acts = phrase(rng, telling if telling and rng.random() < 0.7 else rows, known).split("|")
    if acts and rng.random() < acting:
        return f"{finding} {rng.choice(acts)}"
    return finding
