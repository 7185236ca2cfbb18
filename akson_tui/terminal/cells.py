"""A screen as a grid of cells: what stands in each, how wide it is, and with which pen it was drawn.

A wide character fills two cells; the second one is TAIL, and neither half may be left alone.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len, split_graphemes


class Cell(NamedTuple):
    """One cell: a grapheme (its combining marks included), its width in columns, the pen (an id from `pen.Pens`)."""

    text: str
    width: int
    pen: int


DEFAULT_PEN = 0
"""The terminal's own colours, no attributes."""

BLANK = Cell(" ", 1, DEFAULT_PEN)
TAIL = Cell("", 0, DEFAULT_PEN)
"""The second column of a wide character."""

UNKNOWN = Cell("\0", 1, -1)
"""What stands there is not known: never equal to what is wanted, so that it is written."""

Row = list[Cell]
Cursor = tuple[int, int] | None
"""(column, line) from zero, or None where no cursor is shown."""

MARKS_AT_MOST = 8
"""Combining marks kept on one cell; a text with thousands of them would make one cell a flood."""

_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")
_UNSAFE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def _ordinary() -> frozenset[str]:
    """Characters that every terminal draws one column wide. East Asian ambiguous letters such as æ and ø are among
    them: a terminal that draws those wide is set up for another language than any of ours."""
    ranges = (
        (0x20, 0x7E),
        (0xA0, 0xAC),
        (0xAE, 0x2FF),
        (0x370, 0x377),
        (0x391, 0x3A1),
        (0x3A3, 0x3FF),
        (0x400, 0x482),
        (0x1E00, 0x1EFF),
        (0x2010, 0x2027),
        (0x2030, 0x205E),
        (0x20A0, 0x20BF),
        (0x2190, 0x2193),
        (0x2200, 0x22FF),
        (0x2500, 0x25A9),
        (0x25B2, 0x25B5),
        (0x25B8, 0x25BF),
        (0x25C2, 0x25D0),
        (0x2800, 0x28FF),
    )
    letters = (chr(code) for first, last in ranges for code in range(first, last + 1))
    return frozenset(letter for letter in letters if cell_len(letter) == 1 and unicodedata.category(letter) != "Cn")


ORDINARY = _ordinary()
"""Where the cursor stands after any other character is not relied on."""


class _Ordinary(dict[str, Cell]):
    """The cells of one pen by character, each made once, so that equal cells are mostly the same object."""

    def __init__(self, pen: int) -> None:
        super().__init__()
        self.pen = pen

    def __missing__(self, text: str) -> Cell:
        made = self[text] = Cell(text, 1, self.pen)
        return made


_by_pen: dict[int, _Ordinary] = {}


def _of_pen(pen: int) -> _Ordinary:
    try:
        return _by_pen[pen]
    except KeyError:
        made = _by_pen[pen] = _Ordinary(pen)
        return made


def blank(pen: int) -> Cell:
    """An empty cell in the ground of `pen`."""
    return BLANK if pen == DEFAULT_PEN else _of_pen(pen)[" "]


@lru_cache(maxsize=4096)
def _graphemes(text: str) -> tuple[tuple[str, int], ...]:
    """`text` cut as Textual measures it: (grapheme without what must not reach a terminal, width) in order."""
    if text.startswith("\u200d"):
        # Textual counts neither the joiner nor what it joins to the cell before.
        return ((_harmless(text[:2]), 0), *_graphemes(text[2:]))
    spans, _ = split_graphemes(text)
    return tuple((_harmless(text[start:end]), width) for start, end, width in spans)


def _harmless(grapheme: str) -> str:
    """`grapheme` without controls and formatting characters, and with a bounded number of marks."""
    kept: list[str] = []
    for letter in grapheme:
        category = unicodedata.category(letter)
        if category == "Cs":
            letter = "\ufffd"
        elif category in _UNSAFE and letter not in _JOINERS:
            continue
        kept.append(letter)
    # A joiner with nothing after it would draw the next cell's letter into this one.
    return "".join(kept[: MARKS_AT_MOST + 1]).rstrip("\u200d")


class Grid:
    """`lines` rows of `columns` cells."""

    __slots__ = ("columns", "dirty", "lines", "rows")

    def __init__(self, columns: int, lines: int, fill: Cell = BLANK) -> None:
        self.columns = columns
        self.lines = lines
        self.rows: list[Row] = [[fill] * columns for _ in range(lines)]
        self.dirty: set[int] = set(range(lines))
        """Numbers of the rows that may have changed since somebody emptied this set."""

    def put(self, x: int, y: int, text: str, pen: int) -> int:
        """Write `text` with `pen` from column `x` of line `y` on, and return the column after it as Textual counts.

        Nothing is written outside the grid; a wide character of which only one half fits becomes a blank there, and
        so does the half that is left of a wide character written over. Marks without a letter of their own join the
        cell before. Controls and formatting characters are left out.
        """
        if not 0 <= y < self.lines:
            return x + cell_len(text)
        if ORDINARY.issuperset(text):
            return self._put_ordinary(x, y, text, pen)
        row = self.rows[y]
        for grapheme, width in _graphemes(text):
            if width == 0:
                self._join(x, y, grapheme)
                continue
            end = x + width
            if end > 0 and x < self.columns:
                start, stop = max(x, 0), min(end, self.columns)
                self._part(row, start, stop)
                if width == 1:
                    row[x] = _of_pen(pen)[grapheme] if grapheme in ORDINARY else Cell(grapheme or " ", 1, pen)
                elif stop - start == width and grapheme:
                    row[x] = Cell(grapheme, width, pen)
                    row[x + 1 : stop] = [TAIL] * (width - 1)
                else:
                    row[start:stop] = [blank(pen)] * (stop - start)
            x = end
        self.dirty.add(y)
        return x

    def fill(self, x: int, y: int, width: int, pen: int) -> None:
        """Blank `width` columns from column `x` of line `y` on, in the ground of `pen`."""
        self.put(x, y, " " * width, pen)

    def _put_ordinary(self, x: int, y: int, text: str, pen: int) -> int:
        end = x + len(text)
        if x < 0:
            text, x = text[-x:], 0
        stop = min(end, self.columns)
        if x < stop:
            row = self.rows[y]
            self._part(row, x, stop)
            row[x:stop] = map(_of_pen(pen).__getitem__, text[: stop - x])
            self.dirty.add(y)
        return end

    @staticmethod
    def _part(row: Row, start: int, stop: int) -> None:
        """Blank the halves that writing columns `start` … `stop` leaves of wide characters at either edge."""
        if row[start].width == 0 and start:
            row[start - 1] = blank(row[start - 1].pen)
        if stop < len(row) and row[stop].width == 0:
            row[stop] = blank(row[stop - 1].pen if row[stop - 1].width else row[stop - 2].pen)

    def _join(self, x: int, y: int, marks: str) -> None:
        """Add `marks` to the cell before column `x`; where there is none, or an empty one, they are left out."""
        if not marks or not 0 < x <= self.columns:
            return
        row, x = self.rows[y], x - 1
        if row[x].width == 0 and x:
            x -= 1
        before = row[x]
        if before.width and len(before.text) <= MARKS_AT_MOST:
            text = (before.text + marks)[: MARKS_AT_MOST + 1].rstrip("\u200d")
            row[x] = Cell(text, before.width, before.pen)
            self.dirty.add(y)


def ordinary(row: Row) -> bool:
    """Whether every cell of `row` is known and one column wide in every terminal."""
    text = "".join([cell[0] for cell in row])
    return len(text) == len(row) and ORDINARY.issuperset(text)
