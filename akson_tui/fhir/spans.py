"""Changing one value of a resource in the bytes that were received, and no other byte.

The easy mistake is to search for `"status"` in the bytes: nested objects and texts hold the word too. Here only the
members of one object are walked; what lies inside their values is stepped over by the JSON scanner.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from akson_tui.fhir.syntax import DECODER, FhirUnreadable

_BLANK = " \t\r\n"
BOM = b"\xef\xbb\xbf"
_scan_once: Callable[[str, int], tuple[Any, int]] = DECODER.scan_once  # type: ignore[attr-defined]


def skip(text: str, at: int) -> int:
    """Past blanks."""
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at


def scan(text: str, at: int) -> tuple[Any, int]:
    """The value that begins at `at`, and where it ends."""
    try:
        value, end = _scan_once(text, at)
    except StopIteration:
        raise FhirUnreadable("no JSON") from None
    except RecursionError:
        raise FhirUnreadable("too deep") from None
    except ValueError as error:
        raise error if isinstance(error, FhirUnreadable) else FhirUnreadable("no JSON") from None
    return value, end


def expect(text: str, at: int, allowed: str) -> str:
    """The character at `at`, which must be one of `allowed`. Raises FhirUnreadable."""
    if at >= len(text) or text[at] not in allowed:
        raise FhirUnreadable("no JSON")
    return text[at]


def walk_object(text: str, at: int, visit: Callable[[str, int], int]) -> int:
    """Walk the members of the object at `at`: `visit(key, start of its value)` tells where the value ends.

    Answers where the object ends. Raises FhirUnreadable where it is none, or names a member twice.
    """
    expect(text, at, "{")
    at = skip(text, at + 1)
    if expect(text, at, '}"') == "}":
        return at + 1
    seen: set[str] = set()
    while True:
        expect(text, at, '"')
        key, at = scan(text, at)
        if key in seen:
            raise FhirUnreadable("doubled key")
        seen.add(key)
        at = skip(text, at)
        expect(text, at, ":")
        at = skip(text, visit(key, skip(text, at + 1)))
        if expect(text, at, ",}") == "}":
            return at + 1
        at = skip(text, at + 1)


def _whole(text: str, visit: Callable[[str, int], int]) -> None:
    end = walk_object(text, skip(text, 0), visit)
    if skip(text, end) != len(text):
        raise FhirUnreadable("no JSON")


def replace_member(raw: bytes, key: str, value: str) -> bytes:
    """`raw` with the text value of its top-level member `key` replaced; every other byte stays as it was received.

    Raises FhirUnreadable where `raw` is no object, is no UTF-8, or has no such member that is a text.
    """
    head = BOM if raw.startswith(BOM) else b""
    try:
        text = raw[len(head) :].decode("utf-8")
    except UnicodeDecodeError:
        raise FhirUnreadable("no UTF-8") from None
    found: list[tuple[int, int]] = []

    def member(name: str, start: int) -> int:
        old, end = scan(text, start)
        if name == key and isinstance(old, str):
            found.append((start, end))
        return end

    _whole(text, member)
    if not found:
        raise FhirUnreadable("no such member")
    start, end = found[0]
    return head + (text[:start] + json.dumps(value) + text[end:]).encode()
