"""Reads a search as it was asked (`name:exact=…`, `patient.identifier=…`, `_sort=-date`) into what is to be found.

A parameter that is not known is set aside and told; a value or modifier that cannot be understood refuses the search,
since leaving it out would find more than was asked for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from akson_tui.sandbox import pages, subset
from akson_tui.sandbox.outcome import Issue, Trouble
from akson_tui.sandbox.params import Parameter, of_type
from akson_tui.sandbox.servers import FULL, Server
from akson_tui.sandbox.subset import WHOLE, Subset

MAX_PARAMETERS = 50
MAX_ALTERNATIVES = 500
# Steps from one resource to the next: each is a search of its own.
MAX_STEPS = 3
_UNESCAPED_COMMA = re.compile(r"(?<!\\),")
MODIFIERS = {
    "token": {"not", "missing"},
    "string": {"exact", "contains", "missing"},
    "date": {"missing"},
    "uri": {"missing"},
    "number": {"missing"},
    "quantity": {"missing"},
    "reference": {"identifier", "missing"},
}
# What is understood but asks nothing of this server: there is one format, and bodies are given as they came.
SILENT = {"_format", "_pretty", "_page", "_search"}

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One parameter of the search: any of `values`. With `chain`, these are criteria on what a reference leads to;
    with `back` (_has), they are criteria on what refers to `on` by `parameter`."""

    parameter: Parameter
    modifier: str
    values: tuple[str, ...]
    chain: tuple["Criterion", ...] = ()
    back: bool = False
    on: str = ""

    @property
    def type(self) -> str:
        """The type of the resources that are looked for."""
        return self.on or self.parameter.type


@dataclass(frozen=True, slots=True)
class Include:
    """Resources to be sent along: by these references, in their own direction or, `back`, against it; `iterate`: also
    of what was sent along."""

    parameters: tuple[Parameter, ...]
    target: str
    back: bool
    iterate: bool


@dataclass(slots=True)
class Query:
    """A search on one type, ready to be run; `within` a patient's compartment, where it is no empty id; `ignored` says
    what was asked and is not done."""

    type: str
    criteria: list[Criterion] = field(default_factory=list)
    sort: list[tuple[Parameter, bool]] = field(default_factory=list)
    includes: list[Include] = field(default_factory=list)
    count: int = pages.DEFAULT_COUNT
    total: bool = True
    only_count: bool = False
    subset: Subset = WHOLE
    within: str = ""
    server: Server = FULL
    ignored: list[str] = field(default_factory=list)

    @property
    def subset_of_others(self) -> Subset:
        """What is sent of resources that are sent along: elements are named of the matches only."""
        return Subset(summary=self.subset.summary)


def read(type_: str, pairs: Pairs, strict: bool = False, server: Server = FULL) -> Query:
    """The query. Raises Trouble 400: what cannot be understood and, if strict, what is not known (to a `server` that
    tells, at least)."""
    if len(pairs) > MAX_PARAMETERS:
        raise Trouble(400, f"more than {MAX_PARAMETERS} search parameters")
    query = Query(type_, server=server)
    known = [pair for pair in pairs if server.knows(pair[0])]
    query.subset = subset.asked(known)
    query.only_count = query.subset.summary == "count"
    for name, value in pairs:
        if name in SILENT or not value.strip():
            continue
        plain = re.split(r"[.:]", name, maxsplit=1)[0]
        if not server.knows(plain):
            query.ignored.append(name)
        elif plain in INCLUDES:
            _include(query, name, value)
        elif name in CONTROLS:
            CONTROLS[name](query, value)
        else:
            criterion = _criterion(type_, name, value, MAX_STEPS)
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


def _criterion(type_: str, name: str, value: str, steps: int) -> Criterion | None:
    if steps == 0:
        raise Trouble(400, f"a chain of more than {MAX_STEPS - 1} references is not supported")
    if name.startswith("_has:"):
        return _has(type_, name, value, steps)
    head, dot, chain = name.partition(".")
    plain, _, modifier = head.partition(":")
    parameter = of_type(type_).get(plain)
    if parameter is None:
        return None
    if dot:
        return _chained(parameter, modifier, chain, value, steps)
    if modifier and modifier not in MODIFIERS[parameter.kind] and not _is_type(parameter, modifier):
        raise Trouble(400, f"the modifier {modifier!r} is not supported for {plain}")
    values = tuple(_UNESCAPED_COMMA.split(value))
    if len(values) > MAX_ALTERNATIVES:
        raise Trouble(400, f"{plain} has more than {MAX_ALTERNATIVES} alternatives")
    if modifier == "missing" and (values not in (("true",), ("false",)) or not parameter.paths):
        raise Trouble(400, f"{plain}:missing is true or false, and not for _id and _lastUpdated")
    return Criterion(parameter, modifier, values)


def _has(on: str, name: str, value: str, steps: int) -> Criterion:
    """`_has:Observation:patient:code`: who is referred to by an Observation with that code."""
    parts = name.split(":", 3)
    if len(parts) < 4:
        raise Trouble(400, "_has is asked as _has:TYPE:REFERENCE:PARAMETER")
    _, type_, reference, rest = parts
    parameter = of_type(type_).get(reference)
    if parameter is None or parameter.kind != "reference":
        raise Trouble(400, f"_has: {reference} is no reference of {type_}")
    inner = _criterion(type_, rest, value, steps - 1)
    if inner is None:
        raise Trouble(400, f"_has: {rest} is not supported for {type_}")
    return Criterion(parameter, "", (value,), (inner,), back=True, on=on)


def _is_type(parameter: Parameter, modifier: str) -> bool:
    return parameter.kind == "reference" and (modifier in parameter.targets or parameter.targets == ("*",))


def _chained(parameter: Parameter, modifier: str, chain: str, value: str, steps: int) -> Criterion | None:
    if parameter.kind != "reference" or (modifier and not _is_type(parameter, modifier)):
        raise Trouble(400, f"{parameter.name} cannot be chained like this")
    targets = (modifier,) if modifier else parameter.targets
    if targets == ("*",):
        raise Trouble(400, f"{parameter.name} leads to any type: name it, as in {parameter.name}:Patient.{chain}")
    inner = [made for target in targets if (made := _criterion(target, chain, value, steps - 1)) is not None]
    return Criterion(parameter, modifier, (value,), tuple(inner)) if inner else None


def _count(query: Query, value: str) -> None:
    query.count = pages.count_of(value)
    if query.count == 0:
        query.only_count = True


def _sort(query: Query, value: str) -> None:
    for part in value.split(","):
        parameter = of_type(query.type).get(part.removeprefix("-"))
        if parameter is None or not query.server.knows(parameter.name):
            query.ignored.append(f"_sort={part}")
        else:
            query.sort.append((parameter, part.startswith("-")))


def _total(query: Query, value: str) -> None:
    if value not in ("none", "estimate", "accurate"):
        raise Trouble(400, "_total is none, estimate or accurate")
    query.total = value != "none"


def _subset(query: Query, value: str) -> None:
    """Read beforehand, all of it together."""


def _include(query: Query, name: str, value: str) -> None:
    """`TYPE:reference[:TARGET]`, or `TYPE:*` for all references of a type."""
    plain, _, modifier = name.partition(":")
    back = plain == "_revinclude"
    type_, _, rest = value.partition(":")
    reference, _, target = rest.partition(":")
    held = of_type(type_)
    parameters = [one for one in held.values() if one.kind == "reference" and reference in ("*", one.name)]
    own = back or type_ == query.type or modifier in ITERATE
    if not parameters or not own or modifier not in ("", *ITERATE):
        query.ignored.append(f"{name}={value}")
    else:
        query.includes.append(Include(tuple(parameters), target, back, modifier in ITERATE))


# The second is what STU3 called it; many clients still do.
ITERATE = ("iterate", "recurse")
INCLUDES = {"_include", "_revinclude"}
CONTROLS = {
    "_count": _count,
    "_sort": _sort,
    "_total": _total,
    "_summary": _subset,
    "_elements": _subset,
}
