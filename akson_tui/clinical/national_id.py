"""Norwegian national numbers: which kind, whether the check digits hold, what birth date is in it.

The easy mistake is to refuse: test persons (month + 40, + 65, + 80) and published examples are shown too. A failed
check is a doubt that one tells, and a birth date from a number gives way to the one that the record has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from akson_tui.model.when import When

_NUMBER = re.compile(r"\d{11}", re.ASCII)
_K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_K2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
NEW_RULE = 2032
"""From this year on the first check digit may leave the remainder 0, 1, 2 or 3."""


class IdKind(StrEnum):
    FNR = "fnr"
    DNR = "dnr"
    FH = "fh"
    """Felles hjelpenummer: tells neither birth date nor sex."""
    HNR = "hnr"
    """Month + 40: an enterprise's own H-number, or a synthetic person of Nav: the two look alike."""
    SYNTHETIC = "synthetic"
    """Month + 80 (tax authority) or + 65 (NHN), D-numbers among them."""
    UNKNOWN = "unknown"
    """No eleven digits, or a date that no kind has."""


@dataclass(frozen=True, slots=True)
class IdCheck:
    """`doubt` names what failed: '' nothing, `length`, `check-digits`, `date`; `born` None where none is told."""

    kind: IdKind
    ok: bool
    doubt: str = ""
    born: When | None = None


def digits(text: str) -> str:
    """`text` without the blanks, points and hyphens that people write between the groups."""
    return re.sub(r"[\s.\-]", "", text)


def check(number: str, today: date | None = None) -> IdCheck:
    """What kind of number this is and whether it holds. Check digits are computed on the number as written.

    `today` decides whether the rule of 2032 holds yet; without it the new rule is allowed.
    """
    number = digits(number)
    if not _NUMBER.fullmatch(number):
        return IdCheck(IdKind.UNKNOWN, False, "length")
    good = _check_digits(number, today is None or today.year >= NEW_RULE)
    if number[0] in "89":
        return IdCheck(IdKind.FH, good, "" if good else "check-digits")
    kind, born = _read(number)
    doubt = "" if good else "check-digits"
    if born is None:
        doubt = doubt or "date"
    return IdCheck(kind, not doubt, doubt, When.parse(born.isoformat()) if born else None)


def _check_digits(number: str, new_rule: bool) -> bool:
    values = [int(digit) for digit in number]
    first = (sum(a * b for a, b in zip(values, _K1, strict=False)) + values[9]) % 11
    second = (sum(a * b for a, b in zip(values, _K2, strict=False)) + values[10]) % 11
    return second == 0 and (first == 0 or (new_rule and first <= 3))


# Offset of the month → kind; the tax authority's is sought first, since + 80 and + 65 do not overlap.
_OFFSETS = ((80, IdKind.SYNTHETIC), (65, IdKind.SYNTHETIC), (40, IdKind.HNR), (0, IdKind.FNR))


def _read(number: str) -> tuple[IdKind, date | None]:
    day, month = int(number[:2]), int(number[2:4])
    d_number = day > 40
    for offset, kind in _OFFSETS:
        if 1 <= month - offset <= 12:
            if d_number:
                kind = IdKind.DNR if kind is IdKind.FNR else IdKind.SYNTHETIC
            return kind, _birth(day - 40 * d_number, month - offset, int(number[4:6]), int(number[6:9]))
    return IdKind.UNKNOWN, None


def _birth(day: int, month: int, year: int, individual: int) -> date | None:
    """The birth date; the individual number tells the century."""
    if individual < 500:
        century = 1900
    elif individual < 750 and year >= 54:
        century = 1800
    elif year < 40:
        century = 2000
    elif individual >= 900:
        century = 1900
    else:
        return None
    try:
        return date(century + year, month, day)
    except ValueError:
        return None
