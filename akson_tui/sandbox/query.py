"""Reads a search as it was asked (`name:exact=…`, `patient.identifier=…`, `_sort=-date`) into what is to be found.

A parameter that is not known is set aside and told; a value or modifier that cannot be understood refuses the search,
since leaving it out would find more than was asked for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from akson_tui.sandbox.outcome import Issue, Trouble
from akson_tui.sandbox.params import Parameter, of_type
from akson_tui.sandbox.servers import FULL, Server

DEFAULT_COUNT = 100
MAX_COUNT = 1000
MAX_PARAMETERS = 50
MAX_ALTERNATIVES = 500
_UNESCAPED_COMMA = re.compile(r"(?<!\\),")
MODIFIERS = {
    "token": {"not", "missing"},
    "string": {"exact", "contains", "missing"},
    "date": {"missing"},
    "uri": {"missing"},
    "reference": {"identifier", "missing"},
}
SORTED = {"date", "string"}
# What is understood but asks nothing of this server: there is one format, and bodies are given as they came.
SILENT = {"_format", "_pretty", "_page", "_search"}

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One parameter of the search: any of `values`. With `chain`, these are criteria on what a reference leads to."""

    parameter: Parameter
    modifier: str
    values: tuple[str, ...]
    chain: tuple["Criterion", ...] = ()


@dataclass(frozen=True, slots=True)
class Include:
    """Resources to be sent along: by a reference of `type`, in its own direction or, `back`, against it."""

    parameter: Parameter
    target: str
    back: bool


@dataclass(slots=True)
class Query:
    """A search on one type, ready to be run; `ignored` says what was asked and is not done."""

    type: str
    criteria: list[Criterion] = field(default_factory=list)
    sort: list[tuple[Parameter, bool]] = field(default_factory=list)
    includes: list[Include] = field(default_factory=list)
    count: int = DEFAULT_COUNT
    total: bool = True
    only_count: bool = False
    ignored: list[str] = field(default_factory=list)


def read(type_: str, pairs: Pairs, strict: bool = False, server: Server = FULL) -> Query:
    """The query. Raises Trouble 400: what cannot be understood and, if strict, what is not known (to a `server` that
    tells, at least)."""
    if len(pairs) > MAX_PARAMETERS:
        raise Trouble(400, f"more than {MAX_PARAMETERS} search parameters")
    query = Query(type_)
    for name, value in pairs:
        if name in SILENT or not value.strip():
            continue
        if not server.knows(re.split(r"[.:]", name, maxsplit=1)[0]):
            query.ignored.append(name)
        elif name in CONTROLS:
            CONTROLS[name](query, value)
        else:
            criterion = _criterion(type_, name, value)
            if criterion is None:
                query.ignored.append(name)
            else:
                query.criteria.append(criterion)
    if server.silent:
        query.ignored.clear()
    if strict and query.ignored:
        told = [Issue(f"{name} is not supported for {type_}", "not-supported") for name in query.ignored]
        raise Trouble(400, issues=told)
    return query


def _criterion(type_: str, name: str, value: str) -> Criterion | None:
    head, dot, chain = name.partition(".")
    plain, _, modifier = head.partition(":")
    parameter = of_type(type_).get(plain)
    if parameter is None:
        return None
    if dot:
        return _chained(parameter, modifier, chain, value)
    if modifier and modifier not in MODIFIERS[parameter.kind] and not _is_type(parameter, modifier):
        raise Trouble(400, f"the modifier {modifier!r} is not supported for {plain}")
    values = tuple(_UNESCAPED_COMMA.split(value))
    if len(values) > MAX_ALTERNATIVES:
        raise Trouble(400, f"{plain} has more than {MAX_ALTERNATIVES} alternatives")
    if modifier == "missing" and (values not in (("true",), ("false",)) or not parameter.paths):
        raise Trouble(400, f"{plain}:missing is true or false, and not for {plain}")
    return Criterion(parameter, modifier, values)


def _is_type(parameter: Parameter, modifier: str) -> bool:
    return parameter.kind == "reference" and (modifier in parameter.targets or parameter.targets == ("*",))


def _chained(parameter: Parameter, modifier: str, chain: str, value: str) -> Criterion | None:
    if parameter.kind != "reference" or (modifier and not _is_type(parameter, modifier)):
        raise Trouble(400, f"{parameter.name} cannot be chained like this")
    targets = (modifier,) if modifier else parameter.targets
    if targets == ("*",):
        raise Trouble(400, f"{parameter.name} leads to any type: name it, as in {parameter.name}:Patient.{chain}")
    if "." in chain:
        raise Trouble(400, "a chain of more than one reference is not supported")
    inner = [made for target in targets if (made := _criterion(target, chain, value)) is not None]
    return Criterion(parameter, modifier, (value,), tuple(inner)) if inner else None


def _count(query: Query, value: str) -> None:
    if not value.isascii() or not value.isdigit():
        raise Trouble(400, "_count is a number")
    query.count = min(int(value[:9]), MAX_COUNT)
    if query.count == 0:
        query.only_count = True


def _sort(query: Query, value: str) -> None:
    for part in value.split(","):
        parameter = of_type(query.type).get(part.removeprefix("-"))
        if parameter is not None and (parameter.kind in SORTED or parameter.name == "_id"):
            query.sort.append((parameter, part.startswith("-")))
        else:
            query.ignored.append(f"_sort={part}")


def _total(query: Query, value: str) -> None:
    if value not in ("none", "estimate", "accurate"):
        raise Trouble(400, "_total is none, estimate or accurate")
    query.total = value != "none"


def _summary(query: Query, value: str) -> None:
    if value == "count":
        query.only_count = True
    elif value != "false":
        query.ignored.append(f"_summary={value}")


def _include(query: Query, value: str) -> None:
    _included(query, value, query.type, back=False)


def _revinclude(query: Query, value: str) -> None:
    _included(query, value, value.partition(":")[0], back=True)


def _included(query: Query, value: str, type_: str, back: bool) -> None:
    source, _, rest = value.partition(":")
    name, _, target = rest.partition(":")
    parameter = of_type(type_).get(name)
    if parameter is None or parameter.kind != "reference" or source != type_:
        query.ignored.append(f"_{'rev' if back else ''}include={value}")
    else:
        query.includes.append(Include(parameter, target, back))


CONTROLS = {
    "_count": _count,
    "_sort": _sort,
    "_total": _total,
    "_summary": _summary,
    "_include": _include,
    "_revinclude": _revinclude,
}
