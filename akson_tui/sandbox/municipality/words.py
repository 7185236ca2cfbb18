"""Chooses and fills the sentences of home care's notes (`texts/home_care.toml`, in nynorsk `home_care_nn.toml`).

A slot in braces must be known to the note, else the sentence is not chosen: `{spo2}`, `{bt}` and the like stand only
where the same visit measured it, so that a note never tells another figure than its Observations.
"""

from collections.abc import Callable, MutableSequence, Sequence
from functools import lru_cache
from random import Random
from string import Formatter
from typing import Any

from .texts import load

# Slots that stand for a value of the same visit.
MEASURED = frozenset({"spo2", "rf", "puls", "temp", "bt", "kg", "bs"})
_NYNORSK = {"hun": "ho", "Hun": "Ho", "han": "han", "Han": "Han", "henne": "ho", "ham": "han"}


def _texts(language: str) -> dict[str, Any]:
    return load("home_care_nn" if language == "nn" else "home_care")


def pronouns(female: bool, language: str = "nb") -> dict[str, str]:
    """`hun`, `Hun` and `henne` as they are for that person in that language."""
    words = ("hun", "Hun", "henne") if female else ("han", "Han", "ham")
    return {
        slot: _NYNORSK[word] if language == "nn" else word
        for slot, word in zip(("hun", "Hun", "henne"), words, strict=True)
    }


def openers(shift: str, language: str = "nb") -> list[str]:
    """How a note of that shift begins."""
    return list(_texts(language)["openers"][shift])


def nights(language: str = "nb") -> list[str]:
    """Whole notes of the night."""
    return list(_texts(language)["nights"])


def closers(care: str, language: str = "nb") -> list[str]:
    """How a note may end; `care` as in people.Person."""
    return list(_texts(language)["closers" if care == "full" else "brief_closers"])


def heading(theme: str, language: str = "nb") -> str:
    """The heading under which a theme is written."""
    return str(_texts(language)["themes"][theme]["heading"])


@lru_cache(maxsize=4096)
def slots(sentence: str) -> frozenset[str]:
    """The names in braces."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name)


Said = MutableSequence[str]
"""What was said lately, newest last: it is not said again while something else can be said."""


def _chosen(rng: Random, sentences: Sequence[str], known: dict[str, str], said: Said | None) -> str:
    """One of the sentences whose slots are all known, not filled in; empty when there is none."""
    fitting = [text for text in sentences if slots(text.split("|")[0]) <= known.keys()]
    if not fitting:
        return ""
    if said is None:
        return rng.choice(fitting)
    chosen = rng.choice([text for text in fitting if text not in said] or fitting)
    said.append(chosen)
    return chosen


def phrase(rng: Random, sentences: Sequence[str], known: dict[str, str], said: Said | None = None) -> str:
    """One of the sentences whose slots are all known, filled in; empty when there is none."""
    return _chosen(rng, sentences, known, said).format(**known)


def situation(
    rng: Random,
    theme: str,
    known: dict[str, str],
    acting: float = 0.65,
    *,
    language: str = "nb",
    said: Said | None = None,
) -> str:
    """A finding of the theme and, as often as `acting` says, one act that answers it. With `said` also the rows of
    `more` are drawn from."""
    texts = _texts(language)
    rows: list[str] = texts["themes"][theme]["rows"]
    if said is not None:
        rows = [*rows, *texts.get("more", {}).get(theme, ())]
    telling = [row for row in rows if slots(row) & MEASURED and slots(row) <= known.keys()]
    # Who measured something mostly writes it down too.
    finding, *acts = _chosen(rng, telling if telling and rng.random() < 0.7 else rows, known, said).split("|")
    acts = [act for act in acts if slots(act) <= known.keys()]
    if acts and rng.random() < acting:
        return f"{finding} {rng.choice(acts)}".format(**known)
    return finding.format(**known)


def assembled(rng: Random, parts: list[list[str]], known: dict[str, str], said: Said | None = None) -> str:
    """One sentence of each part whose slots are known, in order."""
    return " ".join(text for part in parts if (text := phrase(rng, part, known, said)))


def fresh(seen: set[str], draw: Callable[[], str], tries: int = 40) -> str:
    """A text that the journal does not hold yet, and notes it there; the last drawn where none is found."""
    text = draw()
    for _ in range(tries):
        if text not in seen:
            break
        text = draw()
    seen.add(text)
    return text
