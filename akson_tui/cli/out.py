"""What commands print: lines made safe on stdout, JSON as UTF-8, remarks on stderr so that a pipe carries only what was
asked for.

Easy to get wrong: JSON that is printed as it came. In a terminal a C1 control or a bidi mark in a name acts; inside a
JSON string it can be written as an escape, and means the same to who reads it.
"""

from __future__ import annotations

import json
import os
import re
import sys
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import Any

from akson_tui.terminal.safe import one_line

VERSION = 1
"""Of the JSON forms: goes up where a field changes its meaning or goes. Fields may be added."""
_BEYOND = re.compile(r"[^\x00-\x7e]")


class TooMuch(Exception):
    """More was handed in than anybody means to."""


def prepare() -> None:
    """Letters that the locale cannot show become question marks, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def row(text: str) -> None:
    """One line of the answer."""
    print(one_line(text))


def rows(texts: Iterable[str]) -> None:
    """Lines of the answer, printed as they come."""
    for text in texts:
        row(text)


def remark(text: str) -> None:
    """Something beside the answer, on stderr."""
    print(one_line(text), file=sys.stderr)


def dump(form: dict[str, Any], indent: int | None = None) -> str:
    """A JSON text in which nothing acts on a terminal."""
    return _BEYOND.sub(_shown, json.dumps(form, ensure_ascii=False, indent=indent))


def _shown(found: re.Match[str]) -> str:
    letter = found[0]
    if unicodedata.category(letter)[0] not in "CZ" or letter == "\xa0":
        return letter
    return json.dumps(letter)[1:-1]


def form(answer: dict[str, Any]) -> None:
    """The answer as JSON: indented for a person, on one line for a program."""
    sys.stdout.flush()
    text = dump(answer, 2 if sys.stdout.isatty() else None)
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()


WIDE = 100
"""Columns to wrap at where no terminal says how many it has."""


def width() -> int:
    """Columns to wrap at."""
    return max(size()[0], 20) if sys.stdout.isatty() else WIDE


def size() -> tuple[int, int]:
    """Columns and lines of the terminal behind stdout, whatever the environment says; (0, 0) where there is none."""
    try:
        found = os.get_terminal_size(sys.stdout.fileno())
    except OSError:
        return 0, 0
    return found.columns, found.lines


def asked(prompt: str, limit: int) -> str:
    """All of stdin, at most `limit` bytes of UTF-8; where a person types there, one line after `prompt` on stderr.

    Raises UnicodeDecodeError, and TooMuch where there is more.
    """
    if sys.stdin.isatty():
        print(prompt, end="", file=sys.stderr, flush=True)
        raw = sys.stdin.buffer.readline(limit + 1)
    else:
        raw = sys.stdin.buffer.read(limit + 1)
    if len(raw) > limit:
        raise TooMuch
    return raw.decode("utf-8")


def table(cells: Iterable[tuple[str, ...]]) -> list[str]:
    """Columns side by side, two blanks between; the last is not padded."""
    made = [tuple(one_line(cell) for cell in each) for each in cells]
    if not made:
        return []
    widths = [max(len(each[at]) for each in made) for at in range(len(made[0]) - 1)]
    return [
        "  ".join([*(cell.ljust(wide) for cell, wide in zip(each, widths, strict=False)), each[-1]]).rstrip()
        for each in made
    ]


def wrapped(text: str, columns: int) -> list[str]:
    """`text` on lines of at most `columns`, parted at words; the first is not indented, and none is empty."""
    return textwrap.wrap(one_line(text), max(columns, 20))
