"""The servers that this one can pass for: each a row of data/servers.toml that says what it lacks.

What a row lacks is truly not there: the route is missing, the header is not heard, the parameter is not known. Only
`claims` lets the CapabilityStatement say otherwise.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("data") / "servers.toml"

INTERACTIONS = frozenset(
    {
        "read", "vread", "create", "update", "patch", "delete", "history-instance", "history-type", "history-system",
        "search-type", "search-post", "search-compartment", "transaction", "batch", "everything",
        "conditional-update", "conditional-delete", "conditional-patch",
    }
)  # fmt: skip
HEADERS = frozenset({"if-none-exist", "if-match", "if-none-match", "if-modified-since"})
# Of everything that can be asked for by a name beginning with _, what a row may lack.
CONTROLS = frozenset(
    {
        "_sort", "_count", "_total", "_summary", "_elements", "_include", "_revinclude", "_has", "_since", "_type",
        "_id", "_lastUpdated", "_tag", "_security", "_profile", "_source",
    }
)  # fmt: skip


class UnknownServer(Exception):
    """No row has this name; the text lists those that there are."""


@dataclass(frozen=True, slots=True)
class Server:
    """One row: `says` in a sentence what kind of server it is; `knows` is None where it knows every parameter."""

    name: str
    says: str
    lacks: frozenset[str] = frozenset()
    claimed: frozenset[str] = frozenset()
    known: frozenset[str] | None = None
    silent: bool = False

    def does(self, what: str) -> bool:
        """Whether it has this interaction, or hears this header."""
        return what not in self.lacks

    def knows(self, parameter: str) -> bool:
        """Whether it knows this search parameter (without modifier or chain)."""
        return parameter not in self.lacks and (self.known is None or parameter in self.known)

    def claims(self, what: str) -> bool:
        """Whether its CapabilityStatement says that it has this."""
        return what in self.claimed or self.does(what)

    def offers(self, parameter: str) -> bool:
        """Whether its CapabilityStatement lists this search parameter."""
        return parameter in self.claimed or self.knows(parameter)


def _row(name: str, row: dict[str, Any]) -> Server:
    lacks = _checked(name, row.pop("lacks", ()))
    claims = _checked(name, row.pop("claims", ()))
    known = row.pop("knows", None)
    made = Server(
        name, row.pop("says"), lacks, claims, None if known is None else frozenset(known), row.pop("silent", False)
    )
    if row:
        raise ValueError(f"{TABLE.name}: {name} has {', '.join(row)}, which nothing reads")
    return made


def _checked(name: str, words: Iterable[str]) -> frozenset[str]:
    made = frozenset(words)
    unknown = made - INTERACTIONS - HEADERS - CONTROLS
    if unknown:
        raise ValueError(f"{TABLE.name}: {name} names {', '.join(sorted(unknown))}, which nothing asks for")
    return made


def all_servers() -> dict[str, Server]:
    """Every row by name, in the table's order."""
    return {name: _row(name, dict(row)) for name, row in tomllib.loads(TABLE.read_text("utf-8")).items()}


def named(name: str) -> Server:
    """The row of this name. Raises UnknownServer."""
    rows = all_servers()
    if name not in rows:
        raise UnknownServer(f"there is no server {name!r}; there are {', '.join(rows)}")
    return rows[name]


FULL = Server("full", "all that this sandbox can do")
