"""What the panel tells of one kind of measurement: how many, from when to when, how low and high; curve; newest values.

The easy mistake is a curve without words: a braille display reads the first line and the values, not the picture.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from textual.content import Content

from akson_tui.clinical.shown import number_text
from akson_tui.i18n import _, n_
from akson_tui.model.entry import EntryState
from akson_tui.model.health import Measurement
from akson_tui.screens import text, words
from akson_tui.screens.measurements.plot import Point, plot
from akson_tui.screens.measurements.table import band_words, figures, name_of, unit_of, value_words
from akson_tui.workspace.measurements import Measured, Series

LIST = 27
"""Columns of the newest values: 22.11.2026 08.35, value and flag."""
BY = 24
"""Columns more for who measured, where there is room."""
NARROW = 60
"""Columns below which there are values only."""


PERIODS = (timedelta(days=31), timedelta(days=92), timedelta(days=366), timedelta(days=1827))
ENOUGH = 8
"""Values that a period must have: the shortest that has them is shown."""


def lately(one: Series) -> Series:
    """The series cut to the shortest period up to its newest value that holds enough of its values; else all of it."""
    times = [value.measurement.when.earliest for value in one.values if value.measurement.when is not None]
    for period in PERIODS:
        inside = [
            value
            for value in one.values
            if value.measurement.when is not None and times[0] - value.measurement.when.earliest <= period
        ]
        if len(inside) >= ENOUGH:
            return replace(one, values=tuple(inside))
    return one


def lines(whole: Series, width: int, height: int, all_of_it: bool = False) -> list[Content]:
    """The first line in words, below it the curve and beside that the newest values."""
    one = whole if all_of_it else lately(whole)
    head = text.cut(_head(one, len(whole.values)), width)
    rows = max(height - 1, 1)
    listed = LIST + (BY + 1 if width >= 110 else 0)
    room = width - listed - 2
    curve = _curve(one, room, rows) if width >= NARROW else []
    if not curve:
        return [head, *(_value(value, width) for value in one.values[:rows])]
    made = [head]
    for at in range(rows):
        left = text.line(curve[at]) if at < len(curve) else text.EMPTY
        right = _value(one.values[at], listed) if at < len(one.values) else text.EMPTY
        made.append(text.fit(left, room + 2) + right if right.plain else left)
    return made


def _head(one: Series, of: int) -> Content:
    unit = unit_of(one)
    count = len(one.values)
    parts = [text.line(f"{name_of(one)}, {unit}" if unit else name_of(one), "heading")]
    said = n_("{n} måling", "{n} målinger", count).format(n=count)
    parts.append(text.line(said if count == of else _("{n} av {of} (v viser alle)").format(n=said, of=of)))
    columns = _columns(one)
    if columns:
        spans = [f"{number_text(min(column))}–{number_text(max(column))}" for column in columns]
        parts.append(text.line(_("mellom {low_high}").format(low_high=" / ".join(spans))))
    band = one.values[0].bands if one.values else ()
    said = band_words(band)
    if said:
        by = next((each.source for each in band if each.source), "") or _("avsenderens")
        parts.append(text.line(_("referanse {band} ({by})").format(band=said, by=by)))
    return text.join(parts)


def _columns(one: Series) -> list[list[Decimal]]:
    """The numbers of each part of all values that have the same number of parts as the newest."""
    numbers = [numbers for value in one.values if (numbers := _numbers(value.measurement))]
    length = len(numbers[0]) if numbers else 0
    return [[each[at] for each in numbers if len(each) == length] for at in range(length)]


def _numbers(measured: Measurement) -> tuple[Decimal, ...]:
    """The numbers of a value; none where one of its parts has none."""
    if measured.value is not None:
        return (measured.value,)
    parts = [part.value for part in measured.components]
    return tuple(part for part in parts if part is not None) if None not in parts and len(parts) <= 2 else ()


def _curve(one: Series, width: int, height: int) -> list[str]:
    """The picture with the first and last day below it; nothing where there are fewer than two points."""
    points = [
        Point(value.measurement.when.earliest, numbers)
        for value in one.values
        if value.measurement.when is not None and (numbers := _numbers(value.measurement))
    ]
    if len(points) < 2 or height < 4:
        return []
    marks = [bound for band in one.values[0].bands for bound in (band.low, band.high) if bound is not None]
    drawn = plot(points, marks, width, height - 1)
    first, last = min(point.at for point in points), max(point.at for point in points)
    left, right = words.date(first), words.date(last)
    gutter = next((at for at, letter in enumerate(drawn[0]) if letter in "┤│"), 0)
    return [*drawn, " " * gutter + left + right.rjust(width - gutter - len(left))]


def _value(value: Measured, width: int) -> Content:
    states = {EntryState.WAITING: _("venter"), EntryState.REFUSED: _("avvist"), EntryState.PRELIMINARY: _("foreløpig")}
    at = words.when(value.measurement.when) or _("uten dato")
    columns = [(text.line(at), 16), (value_words(value), max(10, len(figures(value.measurement)[:14])))]
    rest = width - sum(wide + 1 for _column, wide in columns)
    more = [each for each in (states.get(value.state, ""), value.measurement.by) if each]
    if rest > 3 and more:
        columns.append((text.line(", ".join(more)), rest))
    return text.cells(*columns)
