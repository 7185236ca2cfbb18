"""How old somebody is, told as one tells it: days, then weeks, months, years.

The easy mistake is to count from the first of January where only a year is known: then the age is `about`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from akson_tui.i18n import _, n_
from akson_tui.model.when import Precision, When


@dataclass(frozen=True, slots=True)
class Age:
    """Whole `years`; whole `months` and `days` in all, not the rest beside them; `about` where the day is unknown."""

    years: int
    months: int
    days: int
    about: bool = False

    def __str__(self) -> str:
        if self.about and self.years >= 1:
            return _("ca. {age}").format(age=n_("{n} år", "{n} år", self.years).format(n=self.years))
        if self.about:
            return _("under 1 år")
        if self.days < 14:
            return n_("{n} dag", "{n} dager", self.days).format(n=self.days)
        if self.months < 3:
            return n_("{n} uke", "{n} uker", self.days // 7).format(n=self.days // 7)
        if self.months < 24:
            return n_("{n} md.", "{n} md.", self.months).format(n=self.months)
        return n_("{n} år", "{n} år", self.years).format(n=self.years)


def age(born: When, today: date) -> Age | None:
    """The age on `today` (the day of death for the dead); None for a birth to come.

    Of a year or month only, the age is that of somebody born in its middle, and `about` unless it is the same for all.
    """
    first, last = born.earliest, born.latest
    day = born.local.date()
    about = False
    if born.precision < Precision.DAY:
        middle = (first + (last - first) / 2).date()
        about = born.precision is Precision.YEAR or _months(middle, today) < 24
        day = min(middle, today) if born.local.date() <= today else middle
    if day > today:
        return None
    months = _months(day, today)
    return Age(months // 12, months, (today - day).days, about)


def _months(day: date, today: date) -> int:
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
