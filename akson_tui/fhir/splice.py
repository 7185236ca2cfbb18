"""Changing single values anywhere in the bytes of a resource that was received; every other byte stays as it came.

The easy mistake is to dump the tree anew: numbers lose their zeros, members their order, and what we do not understand
comes back otherwise than it was written.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from akson_tui.fhir.spans import BOM, expect, scan, skip, walk_object
from akson_tui.fhir.syntax import FhirUnreadable, dump

Path = tuple[str | int, ...]
"""Members by name and places in lists, from the top."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A member (or an item) of a container: where it begins, name included, and where its value does and ends."""

    name: str | int
    start: int
    value: int
    end: int


def put(raw: bytes, path: Path, value: object) -> bytes:
    """`raw` with `value` at `path`: in the place of what stands there, else as the last of its object or list.

    Raises FhirUnreadable where there is nothing to put it into, or `raw` is no JSON object in UTF-8.
    """
    head, text = _text(raw)
    *way, last = path
    start = _find(text, tuple(way))
    parts, _end = _parts(text, start)
    written = dump(value).decode()
    there = next((part for part in parts if part.name == last), None)
    if there is not None:
        return head + (text[: there.value] + written + text[there.end :]).encode()
    if isinstance(last, int) and (text[start] != "[" or last != len(parts)):
        raise FhirUnreadable("no such place")
    if isinstance(last, str) and text[start] != "{":
        raise FhirUnreadable("no object")
    if isinstance(last, str):
        written = f"{json.dumps(last, ensure_ascii=False)}:{written}"
    at = parts[-1].end if parts else start + 1
    return head + (text[:at] + ("," if parts else "") + written + text[at:]).encode()


def drop(raw: bytes, path: Path) -> bytes:
    """`raw` without what stands at `path`; as it is where nothing does. Raises FhirUnreadable."""
    head, text = _text(raw)
    *way, last = path
    parts, _end = _parts(text, _find(text, tuple(way)))
    at = next((place for place, part in enumerate(parts) if part.name == last), None)
    if at is None:
        return raw
    if at:
        first, end = parts[at - 1].end, parts[at].end
    elif len(parts) > 1:
        first, end = parts[0].start, parts[1].start
    else:
        first, end = parts[0].start, parts[0].end
    return head + (text[:first] + text[end:]).encode()


def _text(raw: bytes) -> tuple[bytes, str]:
    head = BOM if raw.startswith(BOM) else b""
    try:
        text = raw[len(head) :].decode("utf-8")
    except UnicodeDecodeError:
        raise FhirUnreadable("no UTF-8") from None
    start = skip(text, 0)
    _found, end = _parts(text, start)
    if text[start] != "{" or skip(text, end) != len(text):
        raise FhirUnreadable("no JSON")
    return head, text


def _find(text: str, path: Path) -> int:
    at = skip(text, 0)
    for name in path:
        parts, _end = _parts(text, at)
        found = next((part for part in parts if part.name == name), None)
        if found is None:
            raise FhirUnreadable("no such place")
        at = found.value
    return at


def _parts(text: str, at: int) -> tuple[list[_Part], int]:
    """What the object or list at `at` holds, and where it ends."""
    found: list[_Part] = []
    if expect(text, at, "{[") == "[":
        return found, _list(text, at, found)

    def member(name: str, value: int) -> int:
        end = scan(text, value)[1]
        # A member begins where the one before it ends, past the comma and blanks.
        start = skip(text, at + 1) if not found else skip(text, skip(text, found[-1].end) + 1)
        found.append(_Part(name, start, value, end))
        return end

    return found, walk_object(text, at, member)


def _list(text: str, at: int, found: list[_Part]) -> int:
    at = skip(text, at + 1)
    if at < len(text) and text[at] == "]":
        return at + 1
    while True:
        end = scan(text, at)[1]
        found.append(_Part(len(found), at, at, end))
        at = skip(text, end)
        if expect(text, at, ",]") == "]":
            return at + 1
        at = skip(text, at + 1)
