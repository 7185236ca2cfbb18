"""Times of the invented municipality: days before `now`, told in Europe/Oslo with that day's own offset.

A clock time that summer time skips or doubles still gets one valid offset; nothing here reads the machine's clock.
"""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")


# The holidays that have the same date every year.
_CLOSED = frozenset({(1, 1), (5, 1), (5, 17), (12, 24), (12, 25), (12, 26)})


@lru_cache(maxsize=8192)
def _offset(day: dt.date, hour: int) -> dt.timedelta:
    """The offset from UTC at the beginning of that hour: the same for every minute of it."""
    wall = dt.datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)
    real = wall.astimezone(dt.UTC).astimezone(OSLO)
    return real.utcoffset() or dt.timedelta(0)


class Clock:
    """`now` as the municipality sees it; every date of a journal is counted back from it."""

    def __init__(self, now: dt.datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("now needs an offset: a time without one has no date in Oslo")
        self.now = now.astimezone(OSLO).replace(microsecond=0)
        self.today = self.now.date()

    def day(self, days_ago: int) -> dt.date:
        """The date so many days before today in Oslo (negative: to come)."""
        return self.today - dt.timedelta(days=days_ago)

    def date(self, days_ago: int) -> str:
        """That day as a FHIR date."""
        return self.day(days_ago).isoformat()

    def at(self, days_ago: int, hour: int, minute: int = 0, second: int = 0) -> str:
        """That day and clock time in Oslo as a FHIR instant, offset included."""
        day = self.day(days_ago)
        zone = dt.timezone(_offset(day, hour))
        return dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone).isoformat()

    def workday(self, days_ago: int) -> int:
        """That day, or the nearest before it on which offices are open, counted back from today."""
        while self.day(days_ago).weekday() > 4 or (self.day(days_ago).month, self.day(days_ago).day) in _CLOSED:
            days_ago += 1
        return days_ago

    def minutes_ago_today(self, minutes: int) -> str:
        """So many minutes before now, but never before midnight: it stays on today's date in Oslo."""
        then = (self.now.astimezone(dt.UTC) - dt.timedelta(minutes=minutes)).astimezone(OSLO)
        if then.date() < self.today:
            return self.at(0, 0)
        return then.isoformat()

    def age(self, born: dt.date) -> int:
        """Whole years today."""
        return self.today.year - born.year - ((self.today.month, self.today.day) < (born.month, born.day))


def later(instant: str, minutes: int) -> str:
    """A FHIR instant moved by minutes, its offset worked out anew."""
    then = dt.datetime.fromisoformat(instant).astimezone(dt.UTC) + dt.timedelta(minutes=minutes)
    return then.astimezone(OSLO).isoformat()
