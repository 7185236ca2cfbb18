"""What a resource is found by: tokens, words, moments, links and amounts, read from the elements that parameters name.

Indexing never fails: what is not shaped as expected is left out, since validation is the place to refuse it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from akson_tui.sandbox import amounts
from akson_tui.sandbox.amounts import Amount
from akson_tui.sandbox.fold import words
from akson_tui.sandbox.instants import EARLIEST, LATEST, instant
from akson_tui.sandbox.params import Element, Parameter, of_type

_HISTORY = re.compile(r"/_history/[A-Za-z0-9\-.]{1,64}$")
_TYPE = re.compile(r"(?:^|/)([A-Z][A-Za-z]+)/[A-Za-z0-9\-.]{1,64}$")
# Longer values are cut, in the index as in what is searched for.
MAX_VALUE = 300


@dataclass(slots=True)
class Found:
    """Rows by kind; the first field of each is the parameter's name (`name:exact`, `subject:identifier` among them)."""

    tokens: set[tuple[str, str, str]] = field(default_factory=set)
    words: set[tuple[str, str]] = field(default_factory=set)
    moments: set[tuple[str, int, int]] = field(default_factory=set)
    links: set[tuple[str, str]] = field(default_factory=set)
    amounts: set[tuple[str, Amount]] = field(default_factory=set)


def index(resource: dict[str, Any], base: str = "") -> Found:
    """All rows of a resource; `base` is this server's own, taken off absolute references."""
    found = Found()
    plan = _plan(str(resource.get("resourceType")))
    for first in resource.keys() & plan.keys():
        for parameter, path, reader in plan[first]:
            for value in _values(resource, path.steps):
                reader(found, parameter, path, value, base)
    return found


Reader = Callable[[Found, str, Element, Any, str], None]


@cache
def _plan(type_: str) -> dict[str, list[tuple[str, Element, Reader]]]:
    plan: dict[str, list[tuple[str, Element, Reader]]] = {}
    for parameter in of_type(type_).values():
        for path in parameter.paths:
            plan.setdefault(path.steps[0], []).append((parameter.name, path, _reader(parameter, path)))
    return plan


def _reader(parameter: Parameter, path: Element) -> Reader:
    return READERS[parameter.kind, path.datatype]


def _values(node: Any, steps: tuple[str, ...]) -> Iterator[Any]:
    held = node.get(steps[0]) if isinstance(node, dict) else None
    if held is None:
        return
    for one in held if isinstance(held, list) else (held,):
        if len(steps) == 1:
            yield one
        else:
            yield from _values(one, steps[1:])


def _text(value: Any) -> str:
    return value[:MAX_VALUE] if isinstance(value, str) else ""


def _listed(node: Any, key: str) -> list[Any]:
    held = node.get(key) if isinstance(node, dict) else None
    return held if isinstance(held, list) else []


# --- tokens: (system, value) ---------------------------------------------------------------------------------------


def _coding(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    if isinstance(value, dict) and isinstance(value.get("code"), str):
        found.tokens.add((name, _text(value["code"]), _text(value.get("system"))))


def _concept(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    for coding in _listed(value, "coding"):
        _coding(found, name, path, coding, base)


def _identifier(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    if isinstance(value, dict) and isinstance(value.get("value"), str):
        found.tokens.add((name, _text(value["value"]), _text(value.get("system"))))


def _contact(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    if path.where and not (isinstance(value, dict) and value.get(path.where[0]) == path.where[1]):
        return
    _identifier(found, name, path, value, base)


def _code(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    if isinstance(value, bool):
        found.tokens.add((name, "true" if value else "false", ""))
    elif isinstance(value, str):
        found.tokens.add((name, _text(value), ""))


def _there(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    """`Patient.deceased`: a date of death says that it is true."""
    found.tokens.add((name, "true", ""))


# --- strings: words, and the whole for `:exact` --------------------------------------------------------------------


def _string(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    if not isinstance(value, str):
        return
    found.words.update((name, word) for word in words(value[:10_000]))
    found.words.add((name + ":exact", _text(value)))


def _parts(*keys: str) -> Reader:
    def read(found: Found, name: str, path: Element, value: Any, base: str) -> None:
        for key in keys:
            held = value.get(key) if isinstance(value, dict) else None
            for one in held if isinstance(held, list) else (held,):
                _string(found, name, path, one, base)

    return read


def _uri(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    if isinstance(value, str):
        found.tokens.add((name, _text(value), ""))


# --- dates ---------------------------------------------------------------------------------------------------------


def _range(value: Any) -> tuple[int, int] | None:
    try:
        return instant(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _moment(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    held = _range(value)
    if held:
        found.moments.add((name, *held))


def _period(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    if isinstance(value, dict):
        start, end = _range(value.get("start")), _range(value.get("end"))
        if start or end:
            found.moments.add((name, start[0] if start else EARLIEST, end[1] if end else LATEST))


def _timing(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    events = [held for held in map(_range, _listed(value, "event")) if held]
    if events:
        found.moments.add((name, min(low for low, _ in events), max(high for _, high in events)))
    elif isinstance(value, dict) and isinstance(value.get("repeat"), dict):
        _period(found, name, path, value["repeat"].get("boundsPeriod"), base)


# --- references ----------------------------------------------------------------------------------------------------


def target_of(reference: str, base: str = "") -> str:
    """A reference as it is compared: without version, relative where it is this server's."""
    plain = _HISTORY.sub("", reference)
    if base and plain.startswith(base + "/"):
        plain = plain[len(base) + 1 :]
    return plain[:MAX_VALUE]


def _reference(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    if not isinstance(value, dict):
        return
    reference = value.get("reference")
    if path.target:
        named = _TYPE.search(_HISTORY.sub("", reference)) if isinstance(reference, str) else None
        kind = named[1] if named else value.get("type")
        if kind is not None and kind != path.target:
            return
    if isinstance(reference, str) and not reference.startswith("#"):
        found.links.add((name, target_of(reference, base)))
    _identifier(found, name + ":identifier", path, value.get("identifier"), base)


def _canonical(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    if isinstance(value, str):
        found.links.add((name, target_of(value, base)))


# --- numbers and quantities ----------------------------------------------------------------------------------------


def _amount(found: Found, name: str, path: Element, value: Any, base: str) -> None:
    held = amounts.READERS[path.datatype](value)
    if held is not None:
        found.amounts.add((name, held))


READERS: dict[tuple[str, str], Reader] = {
    ("token", "Coding"): _coding,
    ("token", "CodeableConcept"): _concept,
    ("token", "Identifier"): _identifier,
    ("token", "ContactPoint"): _contact,
    ("token", "code"): _code,
    ("token", "boolean"): _code,
    ("token", "id"): _code,
    ("token", "string"): _code,
    ("token", "uri"): _code,
    ("token", "canonical"): _code,
    ("token", "dateTime"): _there,
    ("string", "string"): _string,
    ("string", "markdown"): _string,
    ("string", "HumanName"): _parts("family", "given", "prefix", "suffix", "text"),
    ("string", "Address"): _parts("line", "city", "district", "state", "postalCode", "country", "text"),
    ("date", "date"): _moment,
    ("date", "dateTime"): _moment,
    ("date", "instant"): _moment,
    ("date", "Period"): _period,
    ("date", "Timing"): _timing,
    ("reference", "Reference"): _reference,
    ("reference", "canonical"): _canonical,
    ("reference", "uri"): _canonical,
    ("uri", "uri"): _uri,
    ("uri", "url"): _uri,
    ("uri", "canonical"): _uri,
    **{(kind, datatype): _amount for kind in ("number", "quantity") for datatype in amounts.READERS},
}
