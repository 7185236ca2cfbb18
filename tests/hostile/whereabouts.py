"""Which place stands on the screen, told by its heading as a person tells it, and how to go to each.

The easy mistake is to look for a heading's words anywhere: help and palette name other places, and notes say anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.tools.terminal import KEYS

NOWHERE = ""
HOME = b"\x1b" * 10 + b"gw"
"""From anywhere but the lock to the worklist, in one burst."""


class Hands(Protocol):
    """Who goes there."""

    def says(self, data: bytes) -> None:
        """Send keys, and wait until the screen is still."""

    def comes_to(self, name: str) -> bool:
        """Wait until the place `name` is on screen; whether it came."""

    def display(self) -> Sequence[str]:
        """The lines of the screen."""


@dataclass(frozen=True)
class Place:
    """`heading` begins a line of the screen; the first row that fits is the place."""

    name: str
    heading: re.Pattern[str]
    go: Callable[[Hands], None]


def _keys(*bursts: str) -> Callable[[Hands], None]:
    def go(hands: Hands) -> None:
        for burst in bursts:
            hands.says(burst.encode())

    return go


def _to_a_note_of_mine(hands: Hands) -> None:
    """To a note by Kari in Astrid's timeline, which she may move to another patient."""
    hands.says(b"/bakken\r")
    hands.says(b"2v")
    hands.comes_to("timeline")
    for _ in range(5):
        lines = hands.display()
        first = next((y for y, line in enumerate(lines) if line.startswith("Tidslinje")), 0) + 1
        for y in (y for y in range(first, len(lines)) if _MINE.search(lines[y])):
            hands.says(KEYS["home"].encode() + b"j" * (y - first) + b"p")
            if hands.comes_to("wrong-patient"):
                return
        hands.says(b" ")


_MINE = re.compile(r" Notat .*Kari Nil")


PLACES: tuple[Place, ...] = (
    Place("help", re.compile(r"Taster: "), _keys("?")),
    Place("palette", re.compile(r"Kommando  "), _keys(":")),
    Place("lock", re.compile(r"Låst *$"), _keys("\x1b[19~")),
    Place("choice", re.compile(r"Fargetema *$|Kaste utkastet|Fjerne |Ta "), _keys(":fargetema\r")),
    Place("filter", re.compile(r"Filter på tidslinjen"), _keys("\r", "2", "f")),
    Place("find", re.compile(r"Søk pasient|Riktig pasient"), _keys("/")),
    Place("sign", re.compile(r"Se over før sending"), _keys("w\r", "Sår på leggen, BT 142/88", "\x1b[20~")),
    Place("wrong-patient", re.compile(r"Feil pasient"), _to_a_note_of_mine),
    Place("templates", re.compile(r"Nytt notat"), _keys("w")),
    Place("timeline", re.compile(r"Tidslinje  |Søk i journalen"), _keys("\r", "2")),
    Place("overview", re.compile(r"Oversikt"), _keys("\r")),
    Place("editor", re.compile(r"Utkast  \S"), _keys("w\r")),
    Place("drafts", re.compile(r"Utkast *$"), _keys("gd")),
    Place("outbox", re.compile(r"Utboks *$"), _keys("gu")),
    Place("worklist", re.compile(r"\S+  Dagens liste "), _keys()),
)
BELOW_A_BANNER = frozenset(("sign", "wrong-patient", "templates", "timeline", "overview", "editor"))


def where(display: Sequence[str]) -> str:
    """The name of the place whose heading stands on the first line, or below a patient's banner."""
    for place in PLACES:
        for line in display[:6] if place.name in BELOW_A_BANNER else display[:1]:
            if place.heading.match(line):
                return place.name
    return NOWHERE
