"""Numbers that identify the invented people and organisations: right check digits, ranges that are given to nobody.

Check digits are computed on the number as written, the synthetic month (+ 80) included.
"""

import datetime as dt
from collections.abc import Sequence
from zlib import crc32

FNR = "urn:oid:2.16.578.1.12.4.1.4.1"
DNR = "urn:oid:2.16.578.1.12.4.1.4.2"
FH = "urn:oid:2.16.578.1.12.4.1.4.3"
HPR = "urn:oid:2.16.578.1.12.4.1.4.4"
ORG = "urn:oid:2.16.578.1.12.4.1.4.101"
HER = "urn:oid:2.16.578.1.12.4.1.2"

_K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_K2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_ORG = (3, 2, 7, 6, 5, 4, 3, 2)
_SYNTHETIC_MONTH = 80
# The register's highest number has eight digits; nine are only met in test registers.
_HPR_FROM = 565_900_000


def _check(digits: str, weights: Sequence[int]) -> str | None:
    """The modulo 11 digit, or None where the number has none and is skipped."""
    rest = -sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return None if rest == 10 else str(rest)


def _closed(nine: str) -> str | None:
    first = _check(nine, _K1)
    if first is None:
        return None
    second = _check(nine + first, _K2)
    return None if second is None else nine + first + second


def _serials(year: int) -> range:
    """The individual numbers of a birth year's century."""
    return range(0, 500) if year < 2000 else range(500, 1000)


# One slot of individual numbers: ten for each sex, of which several have check digits.
_SLOT = 20
SLOTS = 500 // _SLOT


def national_id(who: str, born: dt.date, female: bool, *, d_number: bool = False, slot: int | None = None) -> str:
    """Eleven digits for a person: synthetic month, the sex in the ninth digit, always the same for the same `who`.

    With `slot` the number is looked for in that part of the birth date's numbers only: people with the same birth date
    and different slots never get the same one. Raises ValueError where no number is left.
    """
    serials = _serials(born.year)
    day = born.day + (40 if d_number else 0)
    head = f"{day:02d}{born.month + _SYNTHETIC_MONTH:02d}{born.year % 100:02d}"
    start = crc32(who.encode()) % len(serials)
    if slot is not None:
        start, serials = 0, serials[slot * _SLOT : (slot + 1) * _SLOT]
    for step in range(len(serials)):
        serial = serials[(start + step) % len(serials)]
        if (serial % 2 == 0) != female:
            continue
        number = _closed(f"{head}{serial:03d}")
        if number is not None:
            return number
    raise ValueError(f"no national id is left for {who}")


def help_number(who: str) -> str:
    """A felles hjelpenummer: first digit 8 or 9, tells neither birth date nor sex."""
    start = crc32(who.encode()) % 100_000_000
    for step in range(1000):
        number = _closed(f"8{(start + step) % 100_000_000:08d}")
        if number is not None:
            return number
    raise ValueError(f"no help number is left for {who}")


def hpr_number(place: int) -> str:
    """The number of the clinician who stands at this place in the staff list."""
    return str(_HPR_FROM + 17 * place)


def organisation_number(who: str) -> str:
    """Nine digits beginning with 3, as the synthetic organisations of the public test registers."""
    start = crc32(who.encode()) % 10_000_000
    for step in range(100):
        body = f"3{(start + step) % 10_000_000:07d}"
        last = _check(body, _ORG)
        if last is not None:
            return body + last
    raise ValueError(f"no organisation number is left for {who}")
