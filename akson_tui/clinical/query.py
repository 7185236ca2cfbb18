"""What was typed into the search field: a name, a birth date, a national number.

The easy mistake is to guess a century and be silent: 170526 may be a child of this year or somebody who is a hundred.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from akson_tui.clinical import national_id, search_text
from akson_tui.model.when import When

OLDEST = 120
"""Years that nobody is older than."""

_NUMBER = re.compile(r"\d[\d\s.\-]*", re.ASCII)
_DATE = re.compile(r"(\d{1,2})[.\-/ ]{1,2}(\d{1,2})[.\-/ ]{1,2}(\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_PACKED = re.compile(r"(\d\d)(\d\d)(\d{4}|\d\d)", re.ASCII)
_YEAR = re.compile(r"(18|19|20)\d\d", re.ASCII)
_LONGEST = 200


class QueryKind(StrEnum):
    NAME = "name"
    BIRTH_DATE = "birth-date"
    NATIONAL_ID = "national-id"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Query:
    """What is sought. `doubt` names a failed check: '' none, `check-digits`, `date`.

    A NAME may have `born` too (`bakken 1942`). `born_also` is the other century where two digits leave it open.
    """

    kind: QueryKind
    text: str
    folded_words: tuple[str, ...] = ()
    born: When | None = None
    number: str = ""
    doubt: str = ""
    born_also: When | None = None


def parse(text: str, today: date) -> Query:
    """Read what was typed, as of `today`. Never raises."""
    said = " ".join(text[:_LONGEST].split())
    words = search_text.words(said)
    if not words:
        return Query(QueryKind.EMPTY, said)
    if _NUMBER.fullmatch(said):
        number = national_id.digits(said)
        if len(number) == 11:
            return _by_number(said, number, today)
    if _NUMBER.fullmatch(said) or _DATE.fullmatch(said):
        found = _dates(said, today)
        if found is not None:
            return _by_date(QueryKind.BIRTH_DATE, said, (), found)
    return _by_name(said, words, today)


def _by_number(said: str, number: str, today: date) -> Query:
    checked = national_id.check(number, today)
    return Query(QueryKind.NATIONAL_ID, said, (), checked.born, number, checked.doubt)


def _by_name(said: str, words: tuple[str, ...], today: date) -> Query:
    """A name, with a birth date among its words where exactly one of them is one."""
    tokens = said.split()
    dated = [(token, found) for token in tokens if (found := _dates(token.strip(",()"), today))]
    if len(dated) == 1 and len(tokens) > 1:
        token, found = dated[0]
        tokens.remove(token)
        rest = search_text.words(" ".join(tokens))
        if rest and not any(word.isdigit() for word in rest):
            return _by_date(QueryKind.NAME, said, rest, found)
    return Query(QueryKind.NAME, said, words)


def _by_date(kind: QueryKind, said: str, words: tuple[str, ...], found: list[When]) -> Query:
    born, also = (*found, None, None)[:2]
    return Query(kind, said, words, born, doubt="" if found else "date", born_also=also)


def _dates(said: str, today: date) -> list[When] | None:
    """The birth dates that `said` may mean, the likelier first; [] for a date that is none; None for no date at all."""
    if _YEAR.fullmatch(said):
        return [When.parse(said)] if today.year - OLDEST <= int(said) <= today.year else None
    if iso := _ISO.fullmatch(said):
        return _days(iso[3], iso[2], iso[1], today)
    if found := _DATE.fullmatch(said) or _PACKED.fullmatch(said):
        return _days(found[1], found[2], found[3], today)
    return None


def _days(day: str, month: str, year: str, today: date) -> list[When]:
    years = [int(year)] if len(year) == 4 else [2000 + int(year), 1900 + int(year)]
    found = []
    for full in years:
        try:
            born = date(full, int(month), int(day))
        except ValueError:
            continue
        if born <= today and today.year - full <= OLDEST:
            found.append(When.parse(born.isoformat()))
    return found
