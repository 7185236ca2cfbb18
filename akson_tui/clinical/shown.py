"""How numbers and times are written for a reader in Norway, each at the precision it was sent with.

The easy mistake: a month shown as its first day, or 4.10 as 4,1.
"""

from __future__ import annotations

from decimal import Decimal

from akson_tui.model.when import FOREVER, Precision, When

_FORMS = {
    Precision.YEAR: "%Y",
    Precision.MONTH: "%m.%Y",
    Precision.DAY: "%d.%m.%Y",
    Precision.MINUTE: "%d.%m.%Y %H.%M",
    Precision.SECOND: "%d.%m.%Y %H.%M",
}


def number_text(value: Decimal) -> str:
    """The digits as sent, with a comma: 4,10."""
    return format(value, "f").replace(".", ",")


def when_text(value: When) -> str:
    """The date, and the time of day where one was sent, on the clock in Oslo: 04.11.2026 08.15."""
    return value.local.strftime(_FORMS[value.precision]) if value.earliest.year >= 1000 else value.text


def span_text(start: When | None, end: When | None) -> str:
    """A period in one line; the end's date is left out where it is the day of the start, and 9999 is no end."""
    if end is not None and end.latest >= FOREVER:
        end = None
    if start is None or end is None:
        return when_text(start) + " –" if start else "– " + when_text(end) if end else ""
    timed = end.precision >= Precision.MINUTE and start.precision >= Precision.MINUTE
    if timed and start.local.date() == end.local.date():
        return f"{when_text(start)}–{end.local.strftime('%H.%M')}"
    return f"{when_text(start)} – {when_text(end)}"
