"""Astrid Bakken's last thirty days, told by hand in `texts/astrid_recent.toml`: forty entries.

A row may be given a `name`, by which a later row points to it (`contact`, `replaces`, `appends`).
"""

from collections.abc import Callable
from typing import Any

from .journals import Journal
from .resources import Resource
from .texts import load

Row = dict[str, Any]


def _note(journal: Journal, when: str, row: Row, named: dict[str, Resource]) -> Resource:
    note = journal.note(
        when,
        row["who"],
        row["text"],
        title=row["title"],
        content_type=row.get("format", "text/plain"),
        encounter=named[row["contact"]] if "contact" in row else None,
    )
    if "replaces" in row:
        journal.replace(named[row["replaces"]], note)
    if "appends" in row:
        journal.append(named[row["appends"]], note)
    if row.get("signed", False):
        journal.signed(note, row["who"])
    return note


def _measure(journal: Journal, when: str, row: Row, named: dict[str, Resource]) -> Resource:
    return journal.measure(when, row["who"], row["values"])[0]


def _news2(journal: Journal, when: str, row: Row, named: dict[str, Resource]) -> Resource:
    return journal.news2(when, row["who"], row["values"], scale2=True)


def _laboratory(journal: Journal, when: str, row: Row, named: dict[str, Resource]) -> Resource:
    return journal.laboratory(when, row["who"], row["values"], row["text"])


def _message(journal: Journal, when: str, row: Row, named: dict[str, Resource]) -> Resource:
    return journal.message(when, row["title"], row["who"], row["to"], row["text"])


def _contact(journal: Journal, when: str, row: Row, named: dict[str, Resource]) -> Resource:
    return journal.encounter(when, 30, row["who"], "HH", row["title"])


_WRITERS: dict[str, Callable[[Journal, str, Row, dict[str, Resource]], Resource]] = {
    "note": _note,
    "measure": _measure,
    "news2": _news2,
    "laboratory": _laboratory,
    "message": _message,
    "contact": _contact,
}


def write_recent(journal: Journal) -> None:
    """The forty entries, oldest first."""
    named: dict[str, Resource] = {}
    for row in load("astrid_recent")["entry"]:
        when = journal.clock.at(row["days_ago"], row["at"].hour, row["at"].minute)
        made = _WRITERS[row["kind"]](journal, when, row, named)
        if "name" in row:
            named[row["name"]] = made
