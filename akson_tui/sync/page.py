"""A received Bundle cut into its entries, each resource as the bytes that came: one bad entry spoils no other.

The easy mistake: parsing the page and writing its resources anew. What is stored must be what came, digit for digit,
and a resource that nobody can read must not take its two hundred neighbours with it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from json.scanner import make_scanner
from typing import Any

from akson_tui.journal.troubles import NotFhir
from akson_tui.model.when import When, WhenUnreadable

MOST_ENTRIES = 5000
"""Entries read of one Bundle; where a server sends more in one page, the rest is left and the list is not whole."""
_scan: Callable[[str, int], tuple[Any, int]] = make_scanner(
    json.JSONDecoder(strict=False)  # type: ignore[arg-type]  # any object with a decoder's settings does
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry: its resource's bytes (b"" for none), and what a search or a batch said of it."""

    raw: bytes
    full_url: str = ""
    mode: str = "match"
    status: int = 0
    location: str = ""
    etag: str = ""
    outcome: bytes = b""


@dataclass(frozen=True, slots=True)
class Page:
    """A Bundle: `next` and `self_link` as sent, `total` where told, `at` its own meta.lastUpdated."""

    type: str
    pieces: tuple[Piece, ...]
    next: str = ""
    self_link: str = ""
    total: int | None = None
    at: datetime | None = None
    left: bool = False
    """True where it held more than MOST_ENTRIES."""

    @property
    def matches(self) -> int:
        """How many entries are what was asked for, not what came along with it."""
        return sum(1 for piece in self.pieces if piece.mode == "match")


def cut(raw: bytes) -> Page:
    """Cut a Bundle. Raises NotFhir for anything else."""
    cursor = _Cursor(raw.decode("utf-8", errors="replace"))
    head: dict[str, Any] = {}
    pieces: list[Piece] = []
    left = False
    try:
        for key in cursor.members():
            if key != "entry" or not cursor.stands_at("["):
                head[key] = cursor.value()
                continue
            for _ in cursor.elements():
                piece = _piece(cursor)
                left = len(pieces) >= MOST_ENTRIES
                if not left:
                    pieces.append(piece)
    except (RecursionError, ValueError):
        raise NotFhir from None
    if head.get("resourceType") != "Bundle":
        raise NotFhir
    return _page(head, tuple(pieces), left)


def only(raw: bytes, type_: str) -> Page:
    """A single resource, as a page with one entry: what `read` answers goes through the same door."""
    return Page(type_, (Piece(raw),))


def _piece(cursor: _Cursor) -> Piece:
    if not cursor.stands_at("{"):
        cursor.value()
        return Piece(b"")
    rest: dict[str, Any] = {}
    raw = outcome = b""
    for key in cursor.members():
        if key == "resource" and cursor.stands_at("{"):
            raw = cursor.bytes_of_value()
        else:
            rest[key] = cursor.value()
    response = _object(rest.get("response"))
    told = response.get("outcome")
    if isinstance(told, dict):
        outcome = json.dumps(told).encode()
    status = _text(response.get("status"))[:3]
    return Piece(
        raw,
        full_url=_text(rest.get("fullUrl")),
        mode=_text(_object(rest.get("search")).get("mode")) or "match",
        status=int(status) if status.isascii() and status.isdigit() else 0,
        location=_text(response.get("location")),
        etag=_text(response.get("etag")),
        outcome=outcome,
    )


def _page(head: dict[str, Any], pieces: tuple[Piece, ...], left: bool) -> Page:
    links: dict[str, str] = {}
    listed = head.get("link")
    for link in listed if isinstance(listed, list) else []:
        if isinstance(link, dict):
            links.setdefault(_text(link.get("relation")), _text(link.get("url")))
    total = head.get("total")
    return Page(
        _text(head.get("type")),
        pieces,
        next=links.get("next", ""),
        self_link=links.get("self", ""),
        total=total if type(total) is int else None,
        at=_instant(_text(_object(head.get("meta")).get("lastUpdated"))),
        left=left,
    )


def _instant(text: str) -> datetime | None:
    try:
        return When.parse(text).earliest if text else None
    except WhenUnreadable:
        return None


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


class _Cursor:
    """A place in a JSON text. Whoever is given a key or an element must take its value before asking for the next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def stands_at(self, sign: str) -> bool:
        """True where the next sign that is no blank is `sign`."""
        while self.text[self.at : self.at + 1] in (" ", "\t", "\r", "\n"):
            self.at += 1
        return self.text.startswith(sign, self.at)

    def take(self, sign: str) -> None:
        """Step over `sign`. Raises ValueError where something else stands."""
        if not self.stands_at(sign):
            raise ValueError
        self.at += len(sign)

    def value(self) -> Any:
        """Read and step over a value."""
        self.stands_at("")
        try:
            read, self.at = _scan(self.text, self.at)
        except StopIteration:  # which would end whatever generator asked
            raise ValueError from None
        return read

    def bytes_of_value(self) -> bytes:
        """Step over a value; how it was written."""
        self.stands_at("")
        start = self.at
        self.value()
        return self.text[start : self.at].encode("utf-8", errors="replace")

    def members(self) -> Iterator[str]:
        """The keys of the object that stands here, each with the cursor before its value."""
        self.take("{")
        if self.stands_at("}"):
            self.take("}")
            return
        while True:
            key = self.value()
            if not isinstance(key, str):
                raise ValueError
            self.take(":")
            yield key
            if self.stands_at("}"):
                break
            self.take(",")
        self.take("}")

    def elements(self) -> Iterator[None]:
        """Each element of the array that stands here, with the cursor before it."""
        self.take("[")
        if self.stands_at("]"):
            self.take("]")
            return
        while True:
            yield None
            if self.stands_at("]"):
                break
            self.take(",")
        self.take("]")
