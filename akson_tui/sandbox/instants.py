"""FHIR dates as ranges of milliseconds: a day, a month and a year last as long as they last.

A time without zone is taken in Europe/Oslo, for stored values and search values alike; ranges are half open.
"""

import datetime as dt
import re
from functools import lru_cache
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
# Beyond any date that can be written: a period without beginning or end.
EARLIEST, LATEST = -(10**15), 10**15

_SHAPE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII
)


def instant(text: str) -> tuple[int, int]:
    """[low, high) in milliseconds since 1970. Raises ValueError where it is no date, or not in the calendar."""
    found = _SHAPE.fullmatch(text)
    if not found:
        raise ValueError("not a FHIR date")
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    if hour is None:
        return _whole(int(year), int(month or 0), int(day or 0))
    # A leap second has no place in Python's calendar: the second before it.
    seconds = min(int(second or 0), 59)
    at = dt.datetime(int(year), int(month), int(day), int(hour), int(minute), seconds, tzinfo=_zone(zone))
    low = int(at.timestamp()) * 1000 + int((fraction or "0").ljust(3, "0")[:3])
    if second is None:
        return low, low + 60_000
    if fraction is None:
        return low, low + 1000
    return low, low + {1: 100, 2: 10}.get(len(fraction), 1)


@lru_cache(maxsize=64)
def _zone(text: str | None) -> dt.tzinfo:
    if text is None:
        return OSLO
    if text == "Z":
        return dt.UTC
    away = dt.timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
    return dt.timezone(-away if text[0] == "-" else away)


@lru_cache(maxsize=4096)
def _whole(year: int, month: int, day: int) -> tuple[int, int]:
    first = dt.datetime(year, month or 1, day or 1, tzinfo=OSLO)
    if day:
        after = first.timestamp() + 86400 if (year, month, day) == (9999, 12, 31) else _midnight(first.date() + _DAY)
    elif month:
        after = (
            _midnight(dt.date(year + month // 12, month % 12 + 1, 1)) if (year, month) != (9999, 12) else LATEST / 1000
        )
    else:
        after = _midnight(dt.date(year + 1, 1, 1)) if year < 9999 else LATEST / 1000
    return int(first.timestamp()) * 1000, int(after) * 1000


_DAY = dt.timedelta(days=1)


def _midnight(day: dt.date) -> float:
    return dt.datetime(day.year, day.month, day.day, tzinfo=OSLO).timestamp()


def text(milliseconds: int) -> str:
    """A FHIR instant in UTC with milliseconds."""
    whole, rest = divmod(milliseconds, 1000)
    return f"{dt.datetime.fromtimestamp(whole, dt.UTC):%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"


def http_date(milliseconds: int) -> str:
    """The same for HTTP headers, which know whole seconds only."""
    from email.utils import formatdate

    return formatdate(milliseconds // 1000, usegmt=True)
