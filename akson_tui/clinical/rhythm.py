"""How often something is to be done, read from words, and when that is next.

The easy mistake is to guess: words that are not understood whole give no time at all, and an activity that was never
done has no next time unless its days or hours say one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from akson_tui.model.plan import Rhythm
from akson_tui.model.when import OSLO, When

_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_UNITS = {"dag": (1, 0), "uke": (7, 0), "måned": (0, 1), "kvartal": (0, 3), "halvår": (0, 6), "år": (0, 12)}
_SIMPLE = {"daglig": (1, 0), "ukentlig": (7, 0), "månedlig": (0, 1), "årlig": (0, 12), "kvartalsvis": (0, 3)}
_DAY_NAMES = "|".join(_WEEKDAYS)
_EVERY = re.compile(r"(?:(?P<second>annenhver|annethvert)|hver[t]?(?: (?P<n>\d{1,3})\.)?) (?P<unit>\w+)")
_ON = re.compile(rf"(?:hver )?(?P<days>(?:{_DAY_NAMES})(?:(?:, | og )(?:{_DAY_NAMES}))*)")
_CLOCK = re.compile(r"kl\.? ?(?P<times>\d{1,2}(?:[.:]\d\d)?(?:(?:, | og )\d{1,2}(?:[.:]\d\d)?)*)")
_LEAD = timedelta(hours=2)
"""What is done this much before its time counts for that time; or half the way from the time before it, if less."""
_FARTHEST = 400
"""Days that are looked through for the next time."""


def read(words: str) -> Rhythm | None:
    """`daglig kl. 8 og 20`, `hver mandag`, `tirsdag og fredag`, `hver 14. dag`; None where it says no rhythm."""
    said = " ".join(words.casefold().replace("kl:", "kl").split())[:200]
    minutes: tuple[int, ...] = ()
    clock = _CLOCK.search(said)
    if clock is not None:
        minutes = _minutes(clock["times"])
        if not minutes:
            return None
        said = " ".join((said[: clock.start()] + " " + said[clock.end() :]).split())
    said = said.strip(" ,.;")
    if not said:
        return Rhythm(days=1, minutes=minutes) if minutes else None
    if said in _SIMPLE:
        days, months = _SIMPLE[said]
        return Rhythm(days, months, minutes=minutes)
    on = _ON.fullmatch(said)
    if on is not None:
        return Rhythm(7, 0, frozenset(_WEEKDAYS.index(day) for day in re.findall(_DAY_NAMES, on["days"])), minutes)
    every = _EVERY.fullmatch(said)
    if every is None or every["unit"] not in _UNITS:
        return None
    times = 2 if every["second"] else int(every["n"] or 1)
    days, months = _UNITS[every["unit"]]
    return Rhythm(days * times, months * times, minutes=minutes) if times else None


def _minutes(said: str) -> tuple[int, ...]:
    found = []
    for one in re.findall(r"\d{1,2}(?:[.:]\d\d)?", said):
        hour, _dot, minute = one.replace(":", ".").partition(".")
        if int(hour) > 23 or int(minute or 0) > 59:
            return ()
        found.append(int(hour) * 60 + int(minute or 0))
    return tuple(sorted(set(found)))


def next_due(rhythm: Rhythm, last: datetime | None, now: datetime) -> When | None:
    """When it is next to be done, `last` being the last time that it was seen to; None where nothing says when.

    A day, or a minute of it where the rhythm has hours. What has a weekday or an hour is never due before today.
    """
    today = now.astimezone(OSLO).date()
    done = last.astimezone(OSLO) if last is not None else None
    by_day = bool(rhythm.weekdays) or rhythm.days == 1
    if not by_day:
        if done is None:
            return None
        day = _months_on(done.date(), rhythm.months) if rhythm.months else done.date() + timedelta(days=rhythm.days)
        return _when(day, rhythm.minutes[0] if rhythm.minutes else None)
    for on in range(_FARTHEST):
        day = today + timedelta(days=on)
        if rhythm.weekdays and day.weekday() not in rhythm.weekdays:
            continue
        if not rhythm.minutes:
            if done is None or done.date() < day:
                return _when(day, None)
            continue
        for minute in rhythm.minutes:
            at = _at(day, minute)
            seen = done is not None and done > at - _lead(rhythm.minutes, minute)
            if not seen and (done is not None or at >= now - _LEAD):
                return _when(day, minute)
    return None


def _lead(minutes: tuple[int, ...], minute: int) -> timedelta:
    before = [minute - one for one in minutes if one < minute] or [minute - minutes[-1] + 24 * 60]
    return min(_LEAD, timedelta(minutes=min(before)) / 2)


def _at(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=OSLO)


def _when(day: date, minute: int | None) -> When:
    if minute is None:
        return When.parse(day.isoformat())
    return When.parse(f"{day.isoformat()}T{minute // 60:02}:{minute % 60:02}")


def _months_on(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = min(count // 12, 9998), count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
