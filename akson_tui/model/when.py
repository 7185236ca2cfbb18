"""Points in time as they were sent: the text, how precise it is, and the span of instants it may mean.

1980-05 is a month, not its first day; it sorts by its earliest instant and is shown as a month. FHIR date, dateTime and
instant (https://hl7.org/fhir/R4/datatypes.html#dateTime). A date without an offset is a day in Europe/Oslo.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)
"""Where time ends: registers write 9999-12-31 for what has no end, and no clock counts further."""


class Precision(IntEnum):
    """How much was said."""

    YEAR = 1
    MONTH = 2
    DAY = 3
    MINUTE = 4
    SECOND = 5


class WhenUnreadable(ValueError):
    """The text is not a FHIR date, dateTime or instant. Carries no text: it may come from a patient's record."""


_FORM = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d)"
    r"(T(?P<hour>\d\d):(?P<minute>\d\d)(:(?P<second>\d\d)(\.(?P<part>\d{1,12}))?)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class When:
    """`text` as sent; every instant meant lies in `earliest <= t < latest` (both UTC)."""

    text: str
    precision: Precision
    earliest: datetime
    latest: datetime

    @staticmethod
    def parse(text: str) -> When:
        """Read a FHIR date, dateTime or instant. Raises WhenUnreadable."""
        return _parse(text)

    @staticmethod
    def at(instant: datetime) -> When:
        """The second of an aware `instant`, written with Oslo's offset."""
        local = instant.astimezone(OSLO).replace(microsecond=0)
        return _parse(local.isoformat())

    @property
    def local(self) -> datetime:
        """`earliest` on the clock in Oslo, where every time is shown."""
        return self.earliest.astimezone(OSLO)


@lru_cache(maxsize=4096)
def _parse(text: str) -> When:
    found = _FORM.fullmatch(text)
    if found is None:
        raise WhenUnreadable
    part = found.groupdict()
    try:
        return _read(text, part)
    except (ValueError, OverflowError):
        raise WhenUnreadable from None


def _read(text: str, part: dict[str, str | None]) -> When:
    year, month, day = int(part["year"] or 0), int(part["month"] or 1), int(part["day"] or 1)
    if part["hour"] is None:
        first = datetime(year, month, day, tzinfo=OSLO)
        if part["day"]:
            precision, end = Precision.DAY, (year, month, day + 1)
        elif part["month"]:
            precision, end = Precision.MONTH, (year, month + 1, 1)
        else:
            precision, end = Precision.YEAR, (year + 1, 1, 1)
        return When(text, precision, first.astimezone(UTC), _first_moment(*end))
    second = min(int(part["second"] or 0), 59)  # a leap second (60) is shown as the second before it
    if int(part["second"] or 0) > 60:
        raise WhenUnreadable
    micro = int((part["part"] or "0")[:6].ljust(6, "0"))
    zone = part["zone"]
    offset = "+00:00" if zone == "Z" else zone
    naive = f"{year:04}-{month:02}-{day:02}T{part['hour']}:{part['minute']}:{second:02}"
    start = datetime.fromisoformat(naive + (offset or ""))
    if start.tzinfo is None:
        start = start.replace(tzinfo=OSLO)
    precision = Precision.SECOND if part["second"] else Precision.MINUTE
    length = timedelta(seconds=1) if part["second"] else timedelta(minutes=1)
    start = start.astimezone(UTC).replace(microsecond=micro)
    if start >= FOREVER:
        raise WhenUnreadable
    return When(text, precision, start, start + length)


def _first_moment(year: int, month: int, day: int) -> datetime:
    """When this day begins in Oslo; a day or month that is one too many is the first of the next."""
    if month > 12:
        year, month = year + 1, 1
    if year > FOREVER.year:
        return FOREVER
    first = date(year, month, 1)
    if first.toordinal() + day - 1 >= FOREVER.date().toordinal():
        return FOREVER
    begins = first + timedelta(days=day - 1)
    return datetime(begins.year, begins.month, begins.day, tzinfo=OSLO).astimezone(UTC)
