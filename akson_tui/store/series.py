"""Entries of one FHIR type by their titles, the newest of each: what a table of measurements and a curve are made of.

Its cost goes with the titles and values that are asked for, not with the length of the journal (index placing_title).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from akson_tui.model.access import Opened
from akson_tui.store import audit, persons
from akson_tui.store.records import Body, by_rid
from akson_tui.store.sql import select, value

if TYPE_CHECKING:
    from akson_tui.store.files import Files


def titles(files: Files, opened: Opened, type_: str, limit: int) -> list[str]:
    """The titles of the opened person's entries of one type, at most `limit`; those without a title are withheld."""
    audit.require(files, opened)
    found = select(
        files.cache,
        "WITH RECURSIVE titles (title) AS ("
        "SELECT (SELECT min(title) FROM placing WHERE pid = ?1 AND type = ?2)"
        " UNION ALL SELECT (SELECT min(title) FROM placing WHERE pid = ?1 AND type = ?2 AND title > titles.title)"
        " FROM titles WHERE titles.title IS NOT NULL LIMIT ?3)"
        " SELECT title FROM titles WHERE title IS NOT NULL AND title != ''",
        (persons.pid_of(files, opened.person), type_, limit + 1),
    )
    return [str(title) for (title,) in found][:limit]


def newest(files: Files, opened: Opened, type_: str, title: str, each: int) -> list[Body]:
    """The `each` newest resources of one type whose entries have this title, newest first."""
    audit.require(files, opened)
    found = select(
        files.cache,
        "SELECT rid FROM placing WHERE pid = ? AND type = ? AND title = ? AND gone = 0 ORDER BY sort DESC LIMIT ?",
        (persons.pid_of(files, opened.person), type_, title, each),
    )
    return by_rid(files, [rid for (rid,) in found])


def withheld(files: Files, opened: Opened, type_: str) -> int:
    """How many entries of one type the patient withholds: all that is known of them is that they are there."""
    audit.require(files, opened)
    statement = "SELECT count(*) FROM placing WHERE pid = ? AND type = ? AND title = '' AND gone = 0"
    return int(value(files.cache, statement, (persons.pid_of(files, opened.person), type_)))
