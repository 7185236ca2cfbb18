"""Small things to remember from one session to the next. Never a name, a number or anything about a patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from akson_tui.store.sql import select

if TYPE_CHECKING:
    from akson_tui.store.files import Files


def get(files: Files, name: str) -> str:
    """'' where nothing was put."""
    for (value,) in select(files.precious, "SELECT value FROM memory WHERE name = ?", (name,)):
        return str(value)
    return ""


def put(files: Files, name: str, value: str) -> None:
    """Remember `value`; '' forgets."""
    with files.tx("precious") as precious:
        if value:
            precious.execute("INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)", (name, value))
        else:
            precious.execute("DELETE FROM memory WHERE name = ?", (name,))
