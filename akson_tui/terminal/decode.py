"""What a terminal sends, byte by byte, into letters, keys, pastes and answers: pure, and never in a hurry.

The easy mistake is to decide by the clock. Nothing here knows the time: an Esc that may be the beginning of a cursor
key is held (`held`) until what follows tells, or until the feeder says that nothing will (`settle`).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from enum import Enum
from typing import NamedTuple

LONGEST_SEQUENCE = 64
LONGEST_PASTE = 1_000_000
"""Characters of one paste that are kept; the rest is left out."""


class Kind(Enum):
    """What came."""

    TEXT = "one printable character"
    KEY = "a key without a character, by its name"
    PASTE = "a bracketed paste, as it came"
    MOUSE = "a mouse report (SGR 1006), as it came"
    ANSWER = "the answer to CSI 5 n"


class Token(NamedTuple):
    """One thing that a person or the terminal did."""

    kind: Kind
    value: str = ""


ESCAPE = Token(Kind.KEY, "escape")
ANSWER = Token(Kind.ANSWER)

_ANSWER = re.compile("\x1b\\[[03]n")
_CSI = re.compile("\x1b\\[(?P<parameters>[0-?]*)[ -/]*(?P<final>[@-~])")
_CSI_BEGUN = re.compile("\x1b\\[[0-?]*[ -/]*\\Z")
_MOUSE = re.compile("\x1b\\[<-?\\d+;-?\\d+;-?\\d+[Mm]\\Z")
_PASTE_BEGIN, _PASTE_END = "\x1b[200~", "\x1b[201~"

_CONTROLS = {
    "\r": "enter",
    "\t": "tab",
    "\x7f": "backspace",
    "\x08": "backspace",
    "\x00": "ctrl+@",
    "\x1c": "ctrl+backslash",
    "\x1d": "ctrl+right_square_bracket",
    "\x1e": "ctrl+circumflex_accent",
    "\x1f": "ctrl+underscore",
}
_FINALS = {
    "A": "up",
    "B": "down",
    "C": "right",
    "D": "left",
    "F": "end",
    "H": "home",
    "P": "f1",
    "Q": "f2",
    "R": "f3",
    "S": "f4",
}
"""Last letters of CSI and SS3, for all terminals that follow the VT220 or xterm."""
_TILDES = {
    1: "home",
    2: "insert",
    3: "delete",
    4: "end",
    5: "pageup",
    6: "pagedown",
    7: "home",
    8: "end",
    **{11 + n: f"f{1 + n}" for n in range(5)},
    **{17 + n: f"f{6 + n}" for n in range(5)},
    **{23 + n: f"f{11 + n}" for n in range(2)},
}
_CONSOLE = {"A": "f1", "B": "f2", "C": "f3", "D": "f4", "E": "f5"}
"""CSI [ letter, the Linux console."""
_RXVT = {"a": "shift+up", "b": "shift+down", "c": "shift+right", "d": "shift+left"}
_MODIFIERS = ((1, "shift"), (2, "alt"), (4, "ctrl"))
_FOCUS = frozenset("IO")


class Decoder:
    """The state between two reads: half a character, half a sequence, half a paste."""

    def __init__(self) -> None:
        self._utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        self._buffer = ""
        self._paste: list[str] | None = None

    @property
    def held(self) -> bool:
        """Whether an Esc waits that may be a key of its own or the beginning of another: `settle` makes it keys."""
        return self._paste is None and self._buffer in ("\x1b", "\x1b\x1b", "\x1bO")

    def feed(self, data: bytes) -> list[Token]:
        """What `data` completes. Answers come first: they may stand within what the line has cut in two."""
        self._buffer += self._utf8.decode(data)
        self._buffer, answers = _ANSWER.subn("", self._buffer)
        tokens = [ANSWER] * answers
        while self._buffer and self._take(tokens):
            pass
        return tokens

    def settle(self) -> list[Token]:
        """What is `held` is all there was: the keys it stands for."""
        if not self.held:
            return []
        held, self._buffer = self._buffer, ""
        return [ESCAPE if letter == "\x1b" else Token(Kind.TEXT, letter) for letter in held]

    def _take(self, tokens: list[Token]) -> bool:
        """Take one thing from the front of the buffer; False where more must come before it is known."""
        if self._paste is not None:
            return self._take_paste(tokens)
        first = self._buffer[0]
        if first == "\x1b":
            return self._take_escape(tokens)
        self._buffer = self._buffer[1:]
        if first >= " " and first != "\x7f":
            if first.isprintable():
                tokens.append(Token(Kind.TEXT, first))
            elif unicodedata.category(first) == "Zs":
                # AltGr and space, pressed by who still held AltGr, is a no-break space.
                tokens.append(Token(Kind.TEXT, " "))
        elif first in _CONTROLS:
            tokens.append(Token(Kind.KEY, _CONTROLS[first]))
        else:
            tokens.append(Token(Kind.KEY, f"ctrl+{chr(ord(first) + 96)}"))
        return True

    def _take_escape(self, tokens: list[Token]) -> bool:
        buffer = self._buffer
        if len(buffer) == 1:
            return False
        if buffer[1] == "\x1b":
            # Both may belong to an answer that the line has cut: wait for the second to show what it is.
            if "\x1b[0".startswith(buffer[1:]):
                return False
        elif buffer[1] == "O":
            if len(buffer) == 2:
                return False
            if buffer[2] in _FINALS:
                self._buffer = buffer[3:]
                tokens.append(Token(Kind.KEY, _FINALS[buffer[2]]))
                return True
        elif buffer[1] == "[":
            return self._take_csi(tokens)
        self._buffer = buffer[1:]
        tokens.append(ESCAPE)
        return True

    def _take_csi(self, tokens: list[Token]) -> bool:
        buffer = self._buffer
        if buffer.startswith("\x1b[["):
            if len(buffer) == 3:
                return False
            if buffer[3] in _CONSOLE:
                self._buffer = buffer[4:]
                tokens.append(Token(Kind.KEY, _CONSOLE[buffer[3]]))
                return True
        elif (found := _CSI.match(buffer)) is not None:
            if buffer.startswith(_PASTE_BEGIN):
                self._paste = []
                self._buffer = buffer[len(_PASTE_BEGIN) :]
                return True
            token = _of_csi(found)
            if token is not None or found.end() > 3 or found["final"] in _FOCUS:
                self._buffer = buffer[found.end() :]
                if token is not None:
                    tokens.append(token)
                return True
        elif _CSI_BEGUN.match(buffer):
            if len(buffer) <= LONGEST_SEQUENCE:
                return False
            self._buffer = ""
            return False
        # No terminal sends this: a person typed Esc, then a bracket.
        self._buffer = buffer[2:]
        tokens += [ESCAPE, Token(Kind.TEXT, "[")]
        return True

    def _take_paste(self, tokens: list[Token]) -> bool:
        assert self._paste is not None
        end = self._buffer.find(_PASTE_END)
        if end < 0:
            # The last characters may be the beginning of the end.
            keep = len(_PASTE_END) - 1
            if len(self._buffer) > keep:
                self._keep_pasted(self._buffer[:-keep])
                self._buffer = self._buffer[-keep:]
            return False
        self._keep_pasted(self._buffer[:end])
        self._buffer = self._buffer[end + len(_PASTE_END) :]
        tokens.append(Token(Kind.PASTE, "".join(self._paste)))
        self._paste = None
        return True

    def _keep_pasted(self, text: str) -> None:
        assert self._paste is not None
        room = LONGEST_PASTE - sum(map(len, self._paste))
        if room > 0:
            self._paste.append(text[:room])


def _of_csi(found: re.Match[str]) -> Token | None:
    """The key or mouse report of a whole CSI sequence; None where it is none that we know."""
    whole, parameters, final = found.group(), found["parameters"], found["final"]
    if _MOUSE.match(whole):
        return Token(Kind.MOUSE, whole)
    numbers = [int(number) if number.isdecimal() else 0 for number in re.split("[;:]", parameters)]
    modifiers = numbers[1] if len(numbers) == 2 else 1
    if final == "~":
        name = _TILDES.get(numbers[0])
    elif final == "Z":
        name, modifiers = "tab", 2
    elif final in _RXVT and not parameters:
        return Token(Kind.KEY, _RXVT[final])
    elif numbers[0] <= 1:
        name = _FINALS.get(final)
    else:
        name = None
    if name is None:
        return None
    held = "".join(f"{word}+" for bit, word in _MODIFIERS if (modifiers - 1) & bit)
    return Token(Kind.KEY, _ordered(held) + name)


def _ordered(held: str) -> str:
    """Modifiers in the order that Textual writes them: alphabetic."""
    words = sorted(word for word in held.split("+") if word)
    return "".join(f"{word}+" for word in words)
