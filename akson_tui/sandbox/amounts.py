"""Numbers and quantities: the range that a stored one covers, and the range that a searched one means.

A searched number means as many digits as it has: 5.4 is anything from 5.35 to below 5.45, 100 from 99.5 to below 100.5.
Units are compared as they are written: 1 g is not found as 1000 mg.
"""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from akson_tui.sandbox.outcome import Trouble

# Beyond any number that is measured: a range without beginning or end.
LEAST, MOST = -1e300, 1e300
MAX_TEXT = 100
_SEARCHED = re.compile(r"(eq|ne|gt|lt|ge|le|sa|eb|ap)?([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)", re.ASCII)


class Amount(NamedTuple):
    """From `low` to `high`, both included; system and code (or currency) and unit as written, or empty."""

    low: float
    high: float
    system: str = ""
    code: str = ""
    unit: str = ""


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    return min(max(float(value), LEAST), MOST)


def _text(value: Any) -> str:
    return value[:MAX_TEXT] if isinstance(value, str) else ""


def _units(value: dict[str, Any]) -> tuple[str, str, str]:
    return _text(value.get("system")), _text(value.get("code")), _text(value.get("unit"))


def _plain(value: Any) -> Amount | None:
    number = _number(value)
    return None if number is None else Amount(number, number)


def _quantity(value: Any) -> Amount | None:
    number = _number(value.get("value")) if isinstance(value, dict) else None
    if number is None:
        return None
    before, after = value.get("comparator") in ("<", "<="), value.get("comparator") in (">", ">=")
    return Amount(LEAST if before else number, MOST if after else number, *_units(value))


def _money(value: Any) -> Amount | None:
    number = _number(value.get("value")) if isinstance(value, dict) else None
    return None if number is None else Amount(number, number, "urn:iso:std:iso:4217", _text(value.get("currency")))


def _range(value: Any) -> Amount | None:
    if not isinstance(value, dict):
        return None
    low, high = _quantity(value.get("low")), _quantity(value.get("high"))
    held = low or high
    if held is None:
        return None
    return Amount(low.low if low else LEAST, high.high if high else MOST, held.system, held.code, held.unit)


def _sampled(value: Any) -> Amount | None:
    if not isinstance(value, dict):
        return None
    low, high, origin = _number(value.get("lowerLimit")), _number(value.get("upperLimit")), value.get("origin")
    if low is None or high is None or not isinstance(origin, dict):
        return None
    return Amount(low, high, *_units(origin))


READERS: dict[str, Callable[[Any], Amount | None]] = {
    "decimal": _plain,
    "integer": _plain,
    "positiveInt": _plain,
    "unsignedInt": _plain,
    "Quantity": _quantity,
    "Age": _quantity,
    "Duration": _quantity,
    "Money": _money,
    "Range": _range,
    "SampledData": _sampled,
}


class Searched(NamedTuple):
    """A condition on the columns `low` and `high`, and its values."""

    text: str
    values: list[str | int | float]


# exact: the number itself; [a, b): what its digits mean.
_COMPARED: dict[str, Callable[[float, float, float], tuple[str, list[str | int | float]]]] = {
    "eq": lambda exact, a, b: ("(low >= ? AND high < ?)", [a, b]),
    "ne": lambda exact, a, b: ("(low < ? OR high >= ?)", [a, b]),
    "gt": lambda exact, a, b: ("high > ?", [exact]),
    "lt": lambda exact, a, b: ("low < ?", [exact]),
    "ge": lambda exact, a, b: ("high >= ?", [exact]),
    "le": lambda exact, a, b: ("low <= ?", [exact]),
    "sa": lambda exact, a, b: ("low > ?", [exact]),
    "eb": lambda exact, a, b: ("high < ?", [exact]),
    "ap": lambda exact, a, b: ("(low <= ? AND high >= ?)", [exact + abs(exact) / 10, exact - abs(exact) / 10]),
}


def number(value: str) -> Searched:
    """`[prefix]number` as a condition. Raises Trouble 400."""
    found = _SEARCHED.fullmatch(value.strip())
    if not found:
        raise Trouble(400, "a number is digits, with . and e where needed, after eq ne gt lt ge le sa eb ap")
    try:
        exact = Decimal(found[2])
        half = Decimal(5).scaleb(int(exact.as_tuple().exponent) - 1)
        if "e" in found[2].lower():
            # R4's own example: 1e2 means 95 to 105.
            half = min(half, abs(exact) / 20)
        low, high = float(exact - half), float(exact + half)
    except (InvalidOperation, OverflowError):
        low = high = MOST
    if max(abs(low), abs(high)) >= MOST:
        raise Trouble(400, "a number beyond all measure")
    return Searched(*_COMPARED[found[1] or "eq"](float(exact), low, high))


def quantity(value: str) -> Searched:
    """`[prefix]number|system|code`, or `||unit` for a code or unit of any system. Raises Trouble 400."""
    parts = [re.sub(r"\\([\\,|$])", r"\1", part) for part in re.split(r"(?<!\\)\|", value)]
    if len(parts) not in (1, 3):
        raise Trouble(400, "a quantity is NUMBER, NUMBER|SYSTEM|CODE or NUMBER||UNIT")
    text, values = number(parts[0])
    if len(parts) == 3 and parts[1]:
        text, values = text + " AND system = ?", [*values, parts[1]]
        if parts[2]:
            text, values = text + " AND code = ?", [*values, parts[2]]
    elif len(parts) == 3 and parts[2]:
        text, values = text + " AND (code = ? OR unit = ?)", [*values, parts[2], parts[2]]
    return Searched(f"({text})", values)
