"""A measurement found in a text, in words: Blodtrykk 142/88 mmHg."""

from __future__ import annotations

from akson_tui.clinical import vitals
from akson_tui.i18n import _
from akson_tui.model.note import Recognised
from akson_tui.screens import words


def said_of(measured: Recognised) -> str:
    """Name, values and unit; a kind that nobody named as itself."""
    row = next((row for row in vitals.ROWS if row.key == measured.kind), None)
    name, unit = (_(row.name), row.unit) if row is not None else (measured.kind, words.unit(measured.unit))
    values = "/".join(words.number(value) for value in measured.values)
    return f"{name} {values} {unit}"
