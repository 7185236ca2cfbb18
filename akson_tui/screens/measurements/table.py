"""The table of measurements as lines: a row for each kind, its newest values with their days from left to right.

The easy mistake is a column for each day: what is measured seldom would leave it empty. Each row has its own days.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from textual.content import Content

from akson_tui.clinical.shown import number_text
from akson_tui.i18n import _
from akson_tui.model.entry import EntryState
from akson_tui.model.health import Band, Measurement
from akson_tui.model.when import OSLO, Precision, When
from akson_tui.screens import text, words
from akson_tui.screens.parts.stops import Block
from akson_tui.workspace.measurements import Measured, MeasurementTable, Series

NAME = 26
VALUE, DAY = 8, 8
CELL = VALUE + DAY + 2
"""A value, its day, and a blank before each."""
WIDE = 100
"""Columns from which the band stands in the table too."""
BAND = 14


def blocks(table: MeasurementTable, now: datetime, width: int) -> list[Block]:
    """Headings and rows."""
    made: list[Block] = []
    groups = (
        (_("Kliniske målinger"), [one for one in table.series.rows if not one.laboratory]),
        (_("Prøvesvar"), [one for one in table.series.rows if one.laboratory]),
    )
    for title, rows in groups:
        if rows:
            above = [text.EMPTY] if made else []
            made.append(Block((*above, _heading(title, width))))
            made += [Block((_row(one, now, width),), one.key) for one in rows]
    return made


def _cells(width: int) -> int:
    taken = NAME + (BAND + 1 if width >= WIDE else 0)
    return max((width - taken) // CELL, 1)


def _heading(title: str, width: int) -> Content:
    columns = [(text.line(title, "heading"), NAME)]
    if width >= WIDE:
        columns.append((text.line(_("referanse")), BAND))
    columns.append((text.line(_("siste")), CELL - 1))
    if _cells(width) > 1:
        columns.append((text.line(_("før")), CELL - 1))
    return text.cells(*columns)


def _row(one: Series, now: datetime, width: int) -> Content:
    unit = unit_of(one)
    name = text.cut(text.line(name_of(one)), max(NAME - len(unit) - 1, NAME // 2))
    columns = [(text.join([name, text.line(unit)], " "), NAME)]
    if width >= WIDE:
        columns.append((text.line(band_words(one.values[0].bands)), BAND))
    for value in one.values[: _cells(width)]:
        said, day = value_words(value), day_words(value, now)
        if figures(value.measurement):
            columns += [(said, VALUE), (day, DAY)]
        else:
            both = text.join([said, day], " ")
            columns.append((both if both.cell_length < CELL else said, CELL - 1))
    return text.cells(*columns)


def name_of(one: Series) -> str:
    """What was measured."""
    return one.code.text or one.code.code or _("uten navn")


def unit_of(one: Series) -> str:
    """The unit of the newest value that has one."""
    for value in one.values:
        measured = value.measurement
        units = {part.unit for part in measured.components} if measured.value is None else {measured.unit}
        units.discard("")
        if len(units) == 1:
            found = words.unit(units.pop())
            return "" if found.startswith("{") else found
    return ""


def value_words(value: Measured) -> Content:
    """The figures, and H or L where they lie outside their band."""
    said = figures(value.measurement)
    if not said:
        return text.line(words.absent(value.measurement.absent), "warning")
    return text.line(f"{said} {value.flag}" if value.flag else said, "warning" if value.flag else "")


def figures(measured: Measurement) -> str:
    """142/88; 37,9; what was said in words; '' where there is no value."""
    if measured.value is not None:
        return number_text(measured.value)
    if measured.text:
        return measured.text
    said = [number_text(part.value) if part.value is not None else part.text for part in measured.components]
    return "/".join(said) if any(said) else ""


def day_words(value: Measured, now: datetime) -> Content:
    """The time where it is today, else the day; where the value is not the journal's yet, that."""
    states = {
        EntryState.WAITING: _("venter"),
        EntryState.REFUSED: _("avvist"),
        EntryState.PRELIMINARY: _("forel."),
    }
    if value.state in states:
        return text.line(states[value.state], "warning")
    return text.line(short_day(value.measurement.when, now))


def short_day(at: When | None, now: datetime) -> str:
    """kl 08.35 today; 22.11 this year; 22.11.25; 11.2025; –."""
    if at is None:
        return "–"
    if at.precision < Precision.DAY:
        return words.when(at)
    local, today = at.local, now.astimezone(OSLO)
    if local.date() == today.date() and at.precision >= Precision.MINUTE:
        return _("kl {time}").format(time=words.clock(at.earliest))
    day = f"{local.day:02}.{local.month:02}"
    return day if local.year == today.year else f"{day}.{local.year % 100:02}"


def band_words(bands: tuple[Band, ...]) -> str:
    """12–20; ≤ 89; 111–139/≤ 89; as its sender put it where it is no numbers."""
    said = [_band(band) for band in bands]
    return "/".join(one or "–" for one in said) if any(said) else ""


def _band(band: Band) -> str:
    low, high = band.low, band.high
    if low is None and high is None:
        return band.text
    if low is None:
        return f"≤ {_number(high)}"
    return f"≥ {_number(low)}" if high is None else f"{_number(low)}–{_number(high)}"


def _number(value: Decimal | None) -> str:
    return number_text(value) if value is not None else ""
