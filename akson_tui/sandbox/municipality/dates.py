"""When an entry happened, whatever its type calls it.

Compared as instants: the text of an autumn night's two 02:30 would sort wrongly.
"""

import datetime as dt

from .resources import Resource

_ELEMENTS = ("date", "effectiveDateTime", "sent", "performedDateTime", "occurrenceDateTime", "authoredOn")


def entry_date(entry: Resource) -> dt.datetime:
    """The instant at which the entry stands in the timeline."""
    for name in _ELEMENTS:
        if name in entry:
            return dt.datetime.fromisoformat(entry[name])
    return dt.datetime.fromisoformat(entry["period"]["start"])
