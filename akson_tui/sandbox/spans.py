"""Reads JSON as strangers send it and changes single members of it, leaving every other character as it came.

Nothing is written back through a serialiser: 4.10 would come back as 4.1. Positions are indexes into the decoded text.
"""

import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple, NoReturn

MAX_DEPTH = 64
# JSON's white space; Python's own `\s` is wider.
_SPACE = re.compile(r"[ \t\r\n]*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LINK = re.compile(r'"(?:reference|url)"[ \t\r\n]*:[ \t\r\n]*("(?:[^"\\]|\\.)*")')
_skip = json.JSONDecoder()


class Malformed(ValueError):
    """What was sent is no JSON that this server takes; the text says why."""


class Member(NamedTuple):
    """A member of an object: its key, where its value begins and ends, the value, and where the key begins."""

    key: str
    start: int
    end: int
    value: Any
    at: int


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Malformed("an object has the same key twice")
    return made


def _no_constant(name: str) -> NoReturn:
    raise Malformed(f"{name} is not a JSON number")


_reader = json.JSONDecoder(object_pairs_hook=_object, parse_float=Decimal, parse_constant=_no_constant)


def decode(raw: bytes) -> str:
    """The text of these bytes, without a byte order mark. Raises Malformed where they are not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(f"not UTF-8 at byte {error.start}") from None


def parse(text: str) -> Any:
    """The value, with decimals as Decimal. Raises Malformed, also for what Python's json would take: NaN, a key
    that stands twice, half a surrogate pair, more than MAX_DEPTH levels, a number of thousands of digits."""
    try:
        made = _reader.decode(text)
    except Malformed:
        raise
    except RecursionError:
        raise Malformed(f"nested deeper than {MAX_DEPTH} levels") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"no JSON at line {error.lineno}, column {error.colno}: {error.msg}") from None
    except (ValueError, ArithmeticError):
        raise Malformed("a number is too long") from None
    _bound(made)
    if _SURROGATE.search(text):
        try:
            json.dumps(made, ensure_ascii=False, default=str).encode()
        except UnicodeEncodeError:
            raise Malformed("half a surrogate pair stands alone") from None
    return made


def _bound(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [
            inner
            for held in level
            if isinstance(held, (dict, list))
            for inner in (held.values() if isinstance(held, dict) else held)
        ]
        if not level:
            return
    raise Malformed(f"nested deeper than {MAX_DEPTH} levels")


def _past(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def members(text: str, at: int = 0) -> Iterator[Member]:
    """The members of the object that begins at or after `at`; the text must have been through `parse`."""
    at = _past(text, _past(text, at) + 1)
    while text[at] != "}":
        begun = at
        key, at = _skip.raw_decode(text, at)
        start = _past(text, _past(text, at) + 1)
        value, end = _skip.raw_decode(text, start)
        yield Member(key, start, end, value, begun)
        at = _past(text, end)
        if text[at] == ",":
            at = _past(text, at + 1)


def elements(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Where each element of the array that begins at `at` begins and ends."""
    at = _past(text, _past(text, at) + 1)
    while text[at] != "]":
        end = _skip.raw_decode(text, at)[1]
        yield at, end
        at = _past(text, end)
        if text[at] == ",":
            at = _past(text, at + 1)


def replace(text: str, edits: list[tuple[int, int, str]]) -> str:
    """The text with each (start, end) span replaced; spans do not overlap."""
    parts = []
    at = 0
    for start, end, new in sorted(edits):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def stamp(text: str, ident: str, version: str, updated: str) -> str:
    """The resource with `id`, `meta.versionId` and `meta.lastUpdated` set; what else stands in `meta` stays."""
    found = {member.key: member for member in members(text)}
    # Where there is no member to replace, the new one follows resourceType, which every resource has.
    after = found["resourceType"].end
    added = ""
    edits = []
    if "id" in found:
        edits.append((found["id"].start, found["id"].end, f'"{ident}"'))
    else:
        added += f',"id":"{ident}"'
    meta = found.get("meta")
    wanted = {"versionId": version, "lastUpdated": updated}
    if meta is None:
        added += f',"meta":{{"versionId":"{version}","lastUpdated":"{updated}"}}'
    else:
        inner = {member.key: member for member in members(text, meta.start)}
        for key, value in wanted.items():
            if key in inner:
                edits.append((inner[key].start, inner[key].end, f'"{value}"'))
        new = ",".join(f'"{key}":"{value}"' for key, value in wanted.items() if key not in inner)
        if new:
            edits.append((meta.start + 1, meta.start + 1, new + ("," if inner else "")))
    if added:
        edits.append((after, after, added))
    return replace(text, edits)


def relink(text: str, target: Callable[[str], str | None]) -> str:
    """The resource with each `reference` and `url` replaced for which `target` knows another.

    Only these members, since an identifier may hold the very same urn:uuid and must keep it."""
    edits = []
    for found in _LINK.finditer(text):
        new = target(json.loads(found[1]))
        if new is not None:
            edits.append((*found.span(1), json.dumps(new)))
    return replace(text, edits) if edits else text
