"""A filter in words, and the periods that can be chosen.

The easy mistake is a filter that one cannot see: the heading says it as long as it is in force.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from akson_tui.i18n import _, later
from akson_tui.model.entry import TimelineFilter
from akson_tui.screens import words

PERIODS: tuple[tuple[str, int], ...] = (
    (later("siste 7 dager"), 7),
    (later("siste 30 dager"), 30),
    (later("siste 3 måneder"), 91),
    (later("siste år"), 365),
    (later("siste 5 år"), 1826),
)
"""(words, days back)."""


def since(days: int, now: datetime) -> datetime:
    """The beginning of a period."""
    return now - timedelta(days=days)


def in_words(narrowed: TimelineFilter) -> str:
    """Notat og Måling; Kari Nilsen; fra 01.11.2026; «sår». '' where nothing is narrowed."""
    parts = []
    if narrowed.kinds:
        parts.append(words.listed(sorted(_(words.KINDS[kind]) for kind in narrowed.kinds)))
    parts += [part for part in (narrowed.service, narrowed.author) if part]
    if narrowed.since is not None:
        parts.append(_("fra {date}").format(date=words.date(narrowed.since)))
    if narrowed.unread_since is not None:
        parts.append(_("bare nye"))
    if narrowed.text:
        parts.append(f"«{narrowed.text}»")
    return "; ".join(parts)
