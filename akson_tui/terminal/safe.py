"""Any text into text that is safe to show: no controls, nothing invisible, nothing that turns the reading order.

The easy mistake is to clean what is stored or sent. What came is kept as it came; only what is shown passes here.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

MARKS_AT_MOST = 4
"""Combining marks kept on one letter: Sámi, Vietnamese and Hebrew need up to three."""
TAB = "    "
REPLACEMENT = "�"
"""Stands where a character was that cannot be shown but may have meant something."""
CUT = "…"
LONGEST = 1_000_000
"""Characters of one text that are looked at."""

_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_DROPPED = frozenset("\x00\ufeff")
"""Nothing to anybody: padding, byte order marks. Formatting characters (Cf) are dropped as well: bidi controls turn
the reading order (a dose backwards), and of zero-width ones, ZWJ in emoji included, each terminal makes a width of its
own."""


@lru_cache(maxsize=4096)
def _shown(letter: str) -> str:
    """What stands for one character: itself, nothing, a space or the replacement."""
    if letter in _BREAKS:
        return "\n"
    if letter == "\t":
        return TAB
    if letter in _DROPPED:
        return ""
    match unicodedata.category(letter):
        case "Cf":
            return ""
        case "Cc" | "Cs" | "Co" | "Cn":
            return REPLACEMENT
        case "Zs":
            return " " if letter != "\xa0" else letter
        case "Mn" | "Me" if 0xFE00 <= ord(letter) <= 0xFE0F or ord(letter) >= 0xE0100:
            return ""
        case _:
            return letter


def _clean(text: str) -> str:
    text = text[:LONGEST]
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    # Joined before the marks are counted, so that å from a and a ring counts as a letter; lone surrogates pass.
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", _few_marks(text))
    return _few_marks("".join(map(_shown, text)))


def _few_marks(text: str) -> str:
    """`text` with at most MARKS_AT_MOST combining marks in a row, and none without a letter."""
    kept: list[str] = []
    marks = MARKS_AT_MOST
    for letter in text:
        if unicodedata.category(letter) in ("Mn", "Me", "Mc"):
            marks += 1
            if marks > MARKS_AT_MOST:
                continue
        else:
            marks = MARKS_AT_MOST if letter in _BREAKS else 0
        kept.append(letter)
    return "".join(kept)


def lines(text: str, limit: int = LONGEST) -> list[str]:
    """`text` (any string) as lines that are safe to show, at most `limit` characters in all, the cut marked by "…".

    Tabs become spaces, every kind of line break parts lines; empty text is one empty line.
    """
    clean = _clean(text)
    if len(clean) > limit:
        clean = clean[: max(limit - 1, 0)] + CUT
    return clean.split("\n")


def one_line(text: str, limit: int = LONGEST) -> str:
    """`text` (any string) on one line that is safe to show, at most `limit` characters, the cut marked by "…".

    Line breaks and what stands around them become one space.
    """
    line = _clean(text)
    if "\n" in line:
        line = " ".join(part for part in (part.strip(" ") for part in line.split("\n")) if part)
    return line if len(line) <= limit else line[: max(limit - 1, 0)] + CUT
