"""A FHIR Attachment: its text where it is text, else its name, type and size, so that nothing is shown as empty.

The easy mistake is to trust contentType: it may be missing, carry a charset, or promise text over bytes that are none.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass

from akson_tui.fhir import pick
from akson_tui.fhir.html import MAX_HTML, to_text
from akson_tui.fhir.syntax import Json
from akson_tui.model.entry import Attachment

MAX_TEXT = 1_000_000
"""Characters of a text that are shown; a longer one is named with its size instead of being cut in silence."""

_CHARSETS = frozenset(
    {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin1", "iso-8859-15", "windows-1252", "utf-16"}
)


def _same(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


_READERS: dict[str, tuple[Callable[[str], str], int]] = {
    "text/plain": (_same, MAX_TEXT),
    "text/markdown": (_same, MAX_TEXT),
    "text/html": (to_text, MAX_HTML),
    "application/xhtml+xml": (to_text, MAX_HTML),
}


@dataclass(frozen=True, slots=True)
class Content:
    """One of both: the `text` to show, or the `attachment` to name; `unreadable` where its bytes are damaged."""

    text: str = ""
    attachment: Attachment | None = None
    unreadable: bool = False


def read(value: object) -> Content:
    """What an Attachment holds. Never raises."""
    found = pick.obj(value)
    media, _, rest = pick.text(found.get("contentType")).partition(";")
    media = media.strip().casefold()
    data = _bytes(found)
    named = Attachment(
        pick.text(found.get("title")), media, len(data) if data else _size(found), pick.text(found.get("url"))
    )
    if data is None:
        return Content(attachment=named, unreadable=True)
    reader = _READERS.get(media or "text/plain")
    if not data or reader is None:
        return Content(attachment=named)
    text = _decoded(data, rest, known=bool(media))
    if text is None or len(text) > reader[1]:
        return Content(attachment=named)
    shown = reader[0](text)
    return Content(text=shown) if shown.strip() else Content(attachment=named)


def _bytes(found: Json) -> bytes | None:
    """The bytes of `data`, b'' where there are none, None where they are no base64."""
    said = found.get("data")
    if said is None:
        return b""
    try:
        return base64.b64decode("".join(pick.text(said).split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def _size(found: Json) -> int | None:
    size = pick.decimal(found.get("size"))
    return int(size) if size is not None and 0 <= size < 2**63 else None


def _decoded(data: bytes, parameters: str, known: bool) -> str | None:
    """The text of `data`; None where nobody said that it is text, and it is none."""
    charset = "utf-8"
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().casefold() == "charset" and value.strip(" \"'").casefold() in _CHARSETS:
            charset = value.strip(" \"'").casefold()
    try:
        text = data.decode(charset)
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace") if known else None
    return None if not known and "\0" in text else text.removeprefix("\ufeff")


def narrative(resource: Json) -> str:
    """The resource's own narrative (`text.div`) as text, '' where it has none."""
    div = pick.text(pick.at(resource, "text", "div"))
    return to_text(div) if len(div) <= MAX_HTML else ""


def first_words(text: str, most: int = 160) -> str:
    """The beginning of a text in one line."""
    line = " ".join(text[: most * 8].split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
