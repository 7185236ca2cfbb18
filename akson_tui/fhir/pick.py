"""Reading leniently: each function takes whatever stands in the tree and answers the type it is named for, or nothing.

The easy mistake is `resource["code"]["text"]`: any element may be missing, null, a list where an object is expected, a
number where a text is. None of these functions raises, whatever it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from akson_tui.fhir.syntax import Json
from akson_tui.model.health import Code
from akson_tui.model.when import When, WhenUnreadable

_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?", re.ASCII)
_WIDEST = 40
"""More digits than this, before or behind the point, are no clinical number."""


def obj(value: object) -> Json:
    """The object; the first one of a list; an empty one for all else."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list):
        return next((inner for inner in value if isinstance(inner, dict)), {})
    return {}


def objs(value: object) -> tuple[Json, ...]:
    """The objects of a list, in their order; an object alone counts as a list of one."""
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple([inner for inner in value if isinstance(inner, dict)])
    return (value,) if isinstance(value, dict) else ()


def text(value: object) -> str:
    """The text as sent; a number as it was written; '' for all else and for blanks only."""
    if value is None:
        return ""
    if isinstance(value, str):
        return "" if value.isspace() else value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    return ""


def texts(value: object) -> tuple[str, ...]:
    """The texts of a list that are not blank; a text alone counts as a list of one."""
    values = value if isinstance(value, list) else [value]
    return tuple(found for found in map(text, values) if found)


def at(value: object, *path: str) -> Any:
    """What lies under `path`, taking the first object where a list stands in between; None where nothing does."""
    for name in path[:-1]:
        value = obj(value).get(name)
    return obj(value).get(path[-1])


def true(value: object) -> bool:
    """Whether it says yes."""
    return value is True or value == "true"


def when(value: object) -> When | None:
    """The point in time, or None where it is none or not readable."""
    if not isinstance(value, str):
        return None
    try:
        return When.parse(value.strip())
    except WhenUnreadable:
        return None


def first_when(resource: Json, *names: str) -> When | None:
    """The first of these elements that tells a time: a date, dateTime, instant, Period (start, else end), Timing."""
    for name in names:
        value = resource.get(name)
        found = when(value)
        if found is None and isinstance(value, dict | list):
            inner = obj(value)
            found = (
                when(inner.get("start")) or when(inner.get("end")) or next(map(when, texts(inner.get("event"))), None)
            )
        if found is not None:
            return found
    return None


def decimal(value: object) -> Decimal | None:
    """The number with the digits sent, from a number or a text that is one; None for what no person can read."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = Decimal(value.strip())
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value) if abs(value) < 10**_WIDEST else None
    if not isinstance(value, Decimal) or not value.is_finite():
        return None
    exponent = value.as_tuple().exponent
    narrow = isinstance(exponent, int) and exponent >= -_WIDEST and value.adjusted() <= _WIDEST
    return value if narrow else None


def codings(concept: object) -> tuple[Json, ...]:
    """The codings of a CodeableConcept, or of a list of them; a Coding alone counts as one."""
    found: list[Json] = []
    for one in objs(concept):
        inner = objs(one.get("coding"))
        found.extend(inner or ((one,) if "code" in one else ()))
    return tuple(found)


def concept(value: object) -> str:
    """A CodeableConcept (the first of several) in words: its text, else a display, else a code."""
    for one in objs(value):
        said = text(one.get("text")) or text(one.get("display"))
        if said:
            return said
        inner = objs(one.get("coding"))
        for name in ("display", "code"):
            for coding in inner:
                if found := text(coding.get(name)):
                    return found
        if code := text(one.get("code")):
            return code
    return text(value)


def concepts(value: object) -> tuple[str, ...]:
    """Each of several CodeableConcepts in words."""
    values = value if isinstance(value, list) else [value]
    return tuple(found for found in map(concept, values) if found)


def code(value: object) -> Code:
    """A CodeableConcept with its first coding that holds a code."""
    coding = next((one for one in codings(value) if text(one.get("code"))), {})
    return Code(concept(value), text(coding.get("system")), text(coding.get("code")))


def has_code(value: object, *codes: str) -> bool:
    """Whether one of the codings of `value` has one of these codes, whatever its system."""
    return any(text(coding.get("code")) in codes for coding in codings(value))


def status(value: object) -> str:
    """A status code, sent as a code or as a CodeableConcept."""
    return text(value) if isinstance(value, str) else text(next(iter(codings(value)), {}).get("code"))


def notes(resource: Json) -> str:
    """The texts of its Annotations, one below the other."""
    return "\n\n".join(found for found in (text(one.get("text")) for one in objs(resource.get("note"))) if found)


def extensions(holder: Json, tail: str) -> Iterator[Json]:
    """The extensions of `holder` whose address ends in `tail`, whatever its case."""
    for extension in objs(holder.get("extension")):
        if text(extension.get("url")).casefold().endswith(tail.casefold()):
            yield extension


def extension_value(extension: Json) -> Any:
    """The value[x] of an extension, None where it has none."""
    return next((value for name, value in extension.items() if name.startswith("value")), None)
