"""How *none*, *not fetched*, *being fetched*, *withheld*, *unreadable* and *failed* look: never like one another.

The easy mistake is an empty space, which reads as "there is none". A list is called empty only when the source answered
that it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from textual.content import Content

from akson_tui.i18n import _, later, n_
from akson_tui.model.held import Fetched, FetchStatus, Shelf
from akson_tui.screens import text, words

T = TypeVar("T")

NONE = later("ingen registrert")


def empty(shelf: Shelf[T], none: str) -> Content:
    """What stands where a list has no rows to show; `none` is the word for a list that really is empty."""
    fetched = shelf.fetched
    if shelf.withheld or shelf.unreadable:
        return hidden(shelf)
    match fetched.status:
        case FetchStatus.COMPLETE:
            return text.line(none)
        case FetchStatus.FETCHING:
            return text.line(_("hentes …"))
        case FetchStatus.NEVER if not fetched.trouble:
            return text.line(_("ikke hentet"), "warning")
        case FetchStatus.PARTIAL:
            return text.line(
                _("bare delvis hentet: {trouble}").format(trouble=words.trouble(fetched.trouble)), "warning"
            )
        case _:
            return text.line(_("ikke hentet: {trouble}").format(trouble=words.trouble(fetched.trouble)), "warning")


def hidden(shelf: Shelf[T]) -> Content:
    """How many more there are that are not shown, and why; empty where all are."""
    said: list[str] = []
    if shelf.withheld:
        said.append(n_("{n} sperret", "{n} sperret", shelf.withheld).format(n=shelf.withheld))
    if shelf.unreadable:
        said.append(n_("{n} kan ikke leses", "{n} kan ikke leses", shelf.unreadable).format(n=shelf.unreadable))
    return text.line(", ".join(said), "warning")


def age(fetched: Fetched, now: datetime) -> Content:
    """How old what is shown is: hentet 12.03; ikke hentet; what went wrong at the last try."""
    at = words.moment(fetched.at, now) if fetched.at is not None else ""
    trouble = words.trouble(fetched.trouble)
    if fetched.status is FetchStatus.FETCHING:
        return text.line(_("hentes …"))
    if not at:
        said = _("ikke hentet: {trouble}").format(trouble=trouble) if trouble else _("ikke hentet")
        return text.line(said, "warning")
    if fetched.status is FetchStatus.PARTIAL:
        return text.line(_("delvis hentet {at}: {trouble}").format(at=at, trouble=trouble), "warning")
    if trouble or fetched.status is FetchStatus.FAILED:
        return text.line(_("slik det var {at}: {trouble}").format(at=at, trouble=trouble), "warning")
    return text.line(_("hentet {at}").format(at=at))


def reach(fetched: Fetched) -> Content:
    """How far back a list reaches; empty where it is whole."""
    if fetched.horizon is None:
        return text.EMPTY
    return text.line(_("tilbake til {date}").format(date=words.date(fetched.horizon)), "warning")


def shelf(fetched: Fetched) -> Shelf[object]:
    """A list of which only the freshness is known, for `empty`."""
    return Shelf((), fetched)
