"""`doctor --terminal`: a test card, to be looked at by a person. Each row says what ought to be seen.

Easy to get wrong: a terminal that is left coloured. Every row ends with the pen put back, and nothing moves the cursor.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from akson_tui.cli import DONE, REFUSED, out
from akson_tui.i18n import _, later
from akson_tui.terminal.profile import NO_COLOURS, TRUE_COLOUR, profile_of

_END = "\x1b[0m"
ATTRIBUTES = ((later("fet"), 1), (later("svak"), 2), (later("understreket"), 4), (later("omvendt"), 7))
LETTERS = (
    (later("Norske"), "æ ø å Æ Ø Å é ò ô ü"),
    (later("Samiske"), "á č đ ŋ š ŧ ž Á Č Đ Ŋ Š Ŧ Ž ï ö ä"),
    (later("Andre"), "ł ő ş ğ ț ё ф Ω µ ° ½ ≥ – « » … ·"),
)
BOXES = "┌─┬─┐ │ ├─┼─┤ └─┴─┘ ═ ║ █ ▓ ▒ ░ ● ○ ✓ → ↑ ↓"
COMBINED = ("á", "a\u0301"), ("å", "a\u030a"), ("č", "c\u030c")
Row = tuple[str, Callable[[], str]]


def rows(term: str) -> list[tuple[str, str]]:
    """(what ought to be seen, what is sent) for a terminal of that TERM."""
    profile = profile_of(term)
    found = [(_("{which} bokstaver, alle ulike").format(which=_(which)), text) for which, text in LETTERS]
    found.append((_("streker som henger sammen, piler"), BOXES))
    pairs = "  ".join(f"{one}{other}" for one, other in COMBINED)
    found.append((_("to og to like bokstaver"), pairs))
    found.append(("", "æøåčŋ|日本|"))
    found.append((_("strekene står rett under hverandre"), "12345|1234|"))
    pens = " ".join(f"\x1b[{number}m{_(name)}{_END}" for name, number in ATTRIBUTES)
    found.append((_("fire skrifter"), pens))
    if profile.colours != NO_COLOURS:
        found.append((_("åtte farger"), " ".join(f"\x1b[3{n}m{n}███{_END}" for n in range(8))))
    if profile.colours >= 16:
        found.append((_("åtte lyse farger"), " ".join(f"\x1b[9{n}m{n}███{_END}" for n in range(8))))
    if profile.colours >= 256:
        ramp = "".join(f"\x1b[48;5;{n}m {_END}" for n in range(232, 256))
        found.append((_("en jevn overgang fra svart til hvitt"), ramp))
    if profile.colours >= TRUE_COLOUR:
        ramp = "".join(f"\x1b[48;2;{n};0;{255 - n}m {_END}" for n in range(0, 256, 8))
        found.append((_("en jevn overgang fra blått til rødt"), ramp))
    return found


def show() -> int:
    """Print the card; 1 where this is no terminal."""
    if not sys.stdout.isatty():
        out.remark(_("Prøvekortet må vises i en terminal."))
        return REFUSED
    term = os.environ.get("TERM", "")
    columns, lines = out.size()
    print(_("TERM={term}, {columns}×{lines}").format(term=term or "–", columns=columns, lines=lines))
    coloured = not os.environ.get("NO_COLOR")
    for ought, sent in rows(term if coloured else "vt100"):
        print(f"  {sent}{_END}" + (f"\n      {ought}" if ought else ""))
    print(_("Tastene prøves i programmet: ? viser hva hver tast gjør på hvert bilde."))
    return DONE
