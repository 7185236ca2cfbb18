"""Every text in the code is said in nynorsk and English: whole, in both numbers, with the same placeholders.

The easy mistake: a text that is rightly the same as bokmål must stand in `tests/same_texts.toml`, or it is missing.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.tools.catalogue import catalogue, missing, texts

SAME = tomllib.loads((Path(__file__).parent / "same_texts.toml").read_text(encoding="utf-8"))
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%\(\w+\)[sd]|%[sd]")
Pair = tuple[tuple[str, ...], tuple[str, ...]]


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The singular alone, or the singular and the plural."""
    if text is None:
        return ()
    return (text,) if isinstance(text, str) else tuple(text)


def said(language: str) -> list[Pair]:
    """What the code says in bokmål, and what `language` says for it."""
    _path, held = catalogue(language)
    pairs = []
    for message in texts():
        if not message.id:
            continue
        known = held.get(message.id)
        pairs.append((forms(message.id), forms(known.string if known is not None else None)))
    return pairs


def untranslated(pairs: list[Pair], listed: list[str]) -> list[str]:
    """Texts that equal bokmål without standing on the list."""
    return [ours[0] for ours, theirs in pairs if ours == theirs and ours[0] not in listed]


def wrongly_filled(pairs: list[Pair]) -> list[str]:
    """Texts whose placeholders, plural forms or blanks at the ends differ from bokmål's."""
    wrong = []
    for ours, theirs in pairs:
        ends = [(len(o) - len(o.lstrip()), len(o) - len(o.rstrip())) for o in ours]
        if (
            len(ours) != len(theirs)
            or any(
                sorted(PLACEHOLDER.findall(o)) != sorted(PLACEHOLDER.findall(s))
                for o, s in zip(ours, theirs, strict=False)
            )
            or ends != [(len(s) - len(s.lstrip()), len(s) - len(s.rstrip())) for s in theirs]
        ):
            wrong.append(ours[0])
    return wrong


@pytest.mark.parametrize("language", ["nn", "en"])
def test_nothing_is_missing_or_empty(language: str) -> None:
    assert missing(language) == []
    assert [ours[0] for ours, theirs in said(language) if not theirs or not all(s.strip() for s in theirs)] == []


@pytest.mark.parametrize("language", ["nn", "en"])
def test_nothing_is_left_in_bokmal_by_oversight(language: str) -> None:
    assert untranslated(said(language), SAME[language]["texts"]) == []


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_list_names_only_texts_that_are_the_same(language: str) -> None:
    same = {ours[0] for ours, theirs in said(language) if ours == theirs}
    assert sorted(set(SAME[language]["texts"]) - same) == []


@pytest.mark.parametrize("language", ["nn", "en"])
def test_placeholders_plurals_and_blanks_are_those_of_bokmal(language: str) -> None:
    assert wrongly_filled(said(language)) == []


def test_the_checks_see_what_they_look_for() -> None:
    assert untranslated([(("Puls",), ("Puls",))], []) == ["Puls"]
    assert untranslated([(("Puls",), ("Puls",))], ["Puls"]) == []
    assert wrongly_filled([(("{n} ny",), ("{m} new",))]) == ["{n} ny"]
    assert wrongly_filled([(("{n} ny", "{n} nye"), ("{n} new",))]) == ["{n} ny"]
    assert wrongly_filled([(("Søk: ",), ("Search:",))]) == ["Søk: "]
