"""The search parameters: what each is called, for which type, and which elements it looks at.

The table is R4's own, as data (data/search_parameters.tsv); the CapabilityStatement is made from it, so a parameter
that is not in it is neither offered nor silently half done.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("data") / "search_parameters.tsv"
# Of every type. `_id` and `_lastUpdated` are columns and have no index rows.
COMMON = (
    ("_id", "token", ""),
    ("_lastUpdated", "date", ""),
    ("_tag", "token", "meta.tag:Coding"),
    ("_security", "token", "meta.security:Coding"),
    ("_profile", "uri", "meta.profile:canonical"),
    ("_source", "uri", "meta.source:uri"),
)


@dataclass(frozen=True, slots=True)
class Element:
    """Where a parameter looks: member names, the datatype found there, and a condition.

    `target`: only references to this type. `where`: (member, value) that the element itself must hold."""

    steps: tuple[str, ...]
    datatype: str
    target: str = ""
    where: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One search parameter of one type; `kind` is token, string, date, reference, uri, number or
    quantity, `targets` may be ("*",)."""

    type: str
    name: str
    kind: str
    paths: tuple[Element, ...]
    targets: tuple[str, ...] = ()


def _path(text: str) -> Element:
    steps, _, datatype = text.partition(":")
    target, where = "", None
    if datatype.endswith(")"):
        datatype, _, target = datatype[:-1].partition("(")
    elif datatype.endswith("]"):
        datatype, _, condition = datatype[:-1].partition("[")
        member, _, value = condition.partition("=")
        where = (member, value)
    return Element(tuple(steps.split(".")), datatype, target, where)


@cache
def _rows() -> dict[str, list[list[str]]]:
    rows: dict[str, list[list[str]]] = {}
    for line in TABLE.read_text("utf-8").splitlines()[1:]:
        row = line.split("\t")
        rows.setdefault(row[0], []).append(row)
    return rows


@cache
def of_type(type_: str) -> dict[str, Parameter]:
    """The parameters of a type by name, common ones included."""
    made = {
        name: Parameter(type_, name, kind, tuple(_path(text) for text in paths.split())) for name, kind, paths in COMMON
    }
    for _, name, kind, paths, targets in _rows().get(type_, []):
        made[name] = Parameter(
            type_, name, kind, tuple(_path(text) for text in paths.split()), tuple(filter(None, targets.split(",")))
        )
    return made
