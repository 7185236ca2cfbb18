"""Reads what the program writes to the line, and refuses all that its painter could not have written.

The easy mistake is to allow a kind of sequence: data from a patient may hold that kind too. Each row is one form, as
`painter`, `moves`, `pen`, `diff`, `scroll` and `writer` write it for TERM=xterm-256color; what hostile texts say is
chosen to be none of them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

_OURS = re.compile(
    rb"""
      \x1b\[ (?:[1-9]\d*)? (?:;[1-9]\d*)? H       # to a place
    | \x1b\[ (?:[1-9]\d*)? [ABCDGd]               # within a line, within a column
    | \x1b\[ (?:[1-9]\d*)? [@PLM]                 # shift the rest of a line, or the lines below
    | \x1b\[ [1-9]\d* X                           # erase cells
    | \x1b\[ [KJ]                                 # erase to the end of the line, of the screen
    | \x1b\[ (?P<sgr>[0-9;]*) m
    | \x1b\[\?25[hl] | \x1b\[\?7[hl]              # the cursor; wrapping, for marks on the last column
    | \x1b\[\?1049;2004h | \x1b\[\?2004;1049l     # coming and going
    | \x1b\[\?7(?:;25)?h
    | \x1b\[5n                                    # the one question
    | \x1bM | \r | \n | \x08
    """,
    re.VERBOSE,
)
_LONG = re.compile(rb"[34]8;5;\d{1,3}")
_SGR = frozenset(
    [0, *range(1, 10), *range(22, 26), 27, 28, 29, *range(30, 38), 39, *range(40, 48), 49, *range(90, 98),
     *range(100, 108)]
)  # fmt: skip
LONGEST = 40
"""Bytes of a sequence of ours."""
UNPRINTABLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


@dataclass
class Wire:
    """Is fed everything, in pieces as they come; `wrong` are the first bytes that are not ours, with some before."""

    extra: re.Pattern[bytes] | None = None
    """Further sequences that are awaited, such as a text for the clipboard."""
    wrong: list[bytes] = field(default_factory=list)
    sequences: int = 0
    characters: int = 0
    _rest: bytes = b""
    _before: bytes = b""

    def feed(self, data: bytes) -> None:
        """Look through `data`, which goes on where the last piece ended."""
        data = self._rest + data
        at = 0
        while at < len(data):
            end = self._one(data, at)
            if end is None:
                break  # cut in the midst: the rest comes
            at = end
        self._before = (self._before + data[:at])[-60:]
        self._rest = data[at:]

    def end(self) -> None:
        """Nothing more comes: what is left must have been whole."""
        if self._rest:
            self._refuse(self._rest, 0)
            self._rest = b""

    def _one(self, data: bytes, at: int) -> int | None:
        """The end of what begins at `at`; None where it is not whole yet."""
        if data[at] >= 0x20 and data[at] != 0x7F:
            return self._text(data, at)
        for form in (_OURS, self.extra):
            found = form.match(data, at) if form is not None else None
            if found is not None and (found.re is not _OURS or self._pen_is_ours(found)):
                self.sequences += 1
                return found.end()
        if data[at] == 0x1B and len(data) - at < LONGEST and re.fullmatch(rb"\x1b(?:\[[?0-9;]*)?", data[at:]):
            return None
        if self.extra is not None and data.startswith(b"\x1b]", at) and b"\x07" not in data[at:]:
            return None
        self._refuse(data, at)
        return at + 1

    def _pen_is_ours(self, found: re.Match[bytes]) -> bool:
        codes = found["sgr"]
        if not codes:
            return True
        left = _LONG.sub(b"", codes)
        return all(not code or int(code) in _SGR for code in left.split(b";"))

    def _text(self, data: bytes, at: int) -> int | None:
        end = at
        while end < len(data) and data[end] >= 0x20 and data[end] != 0x7F:
            end += 1
        piece = data[at:end]
        try:
            text = piece.decode()
        except UnicodeDecodeError as error:
            if end == len(data) and error.reason == "unexpected end of data":
                if error.start == 0:
                    return None
                end = at + error.start
                text = piece[: error.start].decode()
            else:
                self._refuse(data, at + error.start)
                return at + error.start + 1
        self.characters += len(text)
        for letter in text:
            if unicodedata.category(letter) in UNPRINTABLE:
                self._refuse(letter.encode("utf-8", "replace") + b" in " + piece[:200], 0)
                break
        return end

    def _refuse(self, data: bytes, at: int) -> None:
        if len(self.wrong) < 20:
            self.wrong.append((self._before + data[:at])[-40:] + b"  >>>  " + data[at : at + 60])
