"""Running one statement: its rows, its first row, its one value.

Easy to get wrong: RETURNING is only carried out as far as its rows are read (these read all), and makes SQLite keep a
journal for the one statement, which costs five times the insert: where rows come by the thousand, `insert` is used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import apsw

Arguments = Sequence[str | int | float | bytes | None] | Mapping[str, str | int | float | bytes | None]


def select(connection: apsw.Connection, statement: str, arguments: Arguments = ()) -> list[tuple[Any, ...]]:
    return connection.execute(statement, arguments).fetchall()


def first(connection: apsw.Connection, statement: str, arguments: Arguments = ()) -> tuple[Any, ...] | None:
    """The first row, None where there is none."""
    found = select(connection, statement, arguments)
    return found[0] if found else None


def value(connection: apsw.Connection, statement: str, arguments: Arguments = (), otherwise: Any = None) -> Any:
    """The first column of the first row; `otherwise` where there is none."""
    found = select(connection, statement, arguments)
    return found[0][0] if found else otherwise


def insert(connection: apsw.Connection, statement: str, arguments: Arguments) -> int:
    """The number of the row that was inserted."""
    connection.execute(statement, arguments)
    return connection.last_insert_rowid()
