"""A terminal to check frames in: pyte's parser and moves, with what it lacks or does wrong put right.

pyte lacks dim, conceal, overline, REP, SU, SD and the alternate screen; it drops text after a character of no width,
keeps attributes in erased cells, forgets the ground in ED, and leaves the other half of a wide character that was
written over. Widths are the tester's to choose, since terminals disagree: see `Widths`.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from typing import Any, ClassVar, NamedTuple

import pyte
import pyte.graphics as graphics
from rich.cells import cell_len, get_character_cell_size

ALTERNATE = 1049 << 5
WRAP = 7 << 5


class Widths(Enum):
    """How a terminal measures what is neither ASCII nor plain Latin."""

    AGREES = "as rich and Textual do: joined emoji are one, two columns wide"
    APART = "each code point by itself: a joined emoji is several, a variation selector changes nothing"
    NARROW = "one column for everything"


class Char(NamedTuple):
    """A cell: pyte's, and the attributes that it forgets."""

    data: str
    fg: str = "default"
    bg: str = "default"
    bold: bool = False
    italics: bool = False
    underscore: bool = False
    strikethrough: bool = False
    reverse: bool = False
    blink: bool = False
    dim: bool = False
    conceal: bool = False
    overline: bool = False


BLANK = Char(" ")
_MORE = {
    2: ("dim", True),
    8: ("conceal", True),
    28: ("conceal", False),
    53: ("overline", True),
    55: ("overline", False),
}


class Screen(pyte.Screen):
    """The cells. `rows[y][x].data` is a grapheme, or "" for the second half of a wide one."""

    def __init__(self, columns: int, lines: int, widths: Widths = Widths.AGREES, bce: bool = True) -> None:
        self.widths = widths
        self.bce = bce
        self.rows: list[list[Char]] = []
        self.main: tuple[list[list[Char]], int, int] | None = None
        self.answers: list[str] = []
        self.scrolled = 0
        """How often the whole screen has scrolled: a full-screen program never lets it."""
        self._last = " "
        self._joining = False
        super().__init__(columns, lines)

    # -- what pyte calls

    def reset(self) -> None:
        super().reset()
        self.cursor.attrs = BLANK
        self.rows = [[BLANK] * self.columns for _ in range(self.lines)]

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Cut or grow at the right and at the bottom, as terminals with an alternate screen do."""
        self.lines, self.columns = lines or self.lines, columns or self.columns
        self.rows = self._fitting(self.rows)
        if self.main is not None:
            rows, x, y = self.main
            self.main = (self._fitting(rows), min(x, self.columns - 1), min(y, self.lines - 1))
        self.margins = None
        self.cursor.x, self.cursor.y = min(self.cursor.x, self.columns - 1), min(self.cursor.y, self.lines - 1)

    def _fitting(self, rows: list[list[Char]]) -> list[list[Char]]:
        cut = [(row + [BLANK] * self.columns)[: self.columns] for row in rows[: self.lines]]
        return cut + [[BLANK] * self.columns for _ in range(self.lines - len(cut))]

    @property
    def display(self) -> list[str]:
        """The lines as text."""
        return ["".join(cell.data for cell in row) for row in self.rows]

    def draw(self, data: str) -> None:
        for letter in data:
            self._draw(letter)

    def repeat(self, count: int = 1) -> None:
        """REP."""
        self.draw(self._last * (count or 1))

    def write_process_input(self, data: str) -> None:
        self.answers.append(data)

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and 1049 in modes and self.main is None:
            self.main = (self.rows, self.cursor.x, self.cursor.y)
            self.rows = [[BLANK] * self.columns for _ in range(self.lines)]
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and 1049 in modes and self.main is not None:
            self.rows, self.cursor.x, self.cursor.y = self.main
            self.main = None
        super().reset_mode(*modes, **kwargs)

    def select_graphic_rendition(self, *attrs: int, **kwargs: Any) -> None:
        if kwargs.get("private"):
            return
        attrs = attrs or (0,)
        at = 0
        while at < len(attrs):
            code = attrs[at]
            size = 1
            if code in (38, 48):
                size = 3 if attrs[at + 1 : at + 2] == (5,) else 5
                super().select_graphic_rendition(*attrs[at : at + size])
            elif code == 0:
                self.cursor.attrs = BLANK
            elif code in _MORE:
                self.cursor.attrs = self.cursor.attrs._replace(**dict([_MORE[code]]))
            else:
                super().select_graphic_rendition(code)
                if code == 22:
                    self.cursor.attrs = self.cursor.attrs._replace(bold=False, dim=False)
            at += size

    def erase_characters(self, count: int | None = None) -> None:
        self._erase(self.cursor.y, self.cursor.x, self.cursor.x + (count or 1))

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        start, stop = ((self.cursor.x, self.columns), (0, self.cursor.x + 1), (0, self.columns))[how]
        self._erase(self.cursor.y, start, stop)

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        below, above = range(self.cursor.y + 1, self.lines), range(self.cursor.y)
        for y in (below, above, range(self.lines), range(self.lines))[how]:
            self._erase(y, 0, self.columns)
        if how < 2:
            self.erase_in_line(how)

    def insert_characters(self, count: int | None = None) -> None:
        self._shift(min(count or 1, self.columns - self.cursor.x))

    def delete_characters(self, count: int | None = None) -> None:
        self._shift(-min(count or 1, self.columns - self.cursor.x))

    def insert_lines(self, count: int | None = None) -> None:
        self._shift_lines(count or 1, insert=True)

    def delete_lines(self, count: int | None = None) -> None:
        self._shift_lines(count or 1, insert=False)

    def scroll_up(self, count: int | None = None) -> None:
        """SU."""
        top, bottom = self.margins or (0, self.lines - 1)
        for _ in range(count or 1):
            self.rows[top : bottom + 1] = [*self.rows[top + 1 : bottom + 1], self._empty()]

    def scroll_down(self, count: int | None = None) -> None:
        """SD."""
        top, bottom = self.margins or (0, self.lines - 1)
        for _ in range(count or 1):
            self.rows[top : bottom + 1] = [self._empty(), *self.rows[top:bottom]]

    def index(self) -> None:
        if self.cursor.y == (self.margins or (0, self.lines - 1))[1]:
            self.scrolled += 1
            self.scroll_up()
        else:
            self.cursor_down()

    def reverse_index(self) -> None:
        if self.cursor.y == (self.margins or (0, self.lines - 1))[0]:
            self.scrolled += 1
            self.scroll_down()
        else:
            self.cursor_up()

    # -- how it is done

    def _width(self, letter: str) -> int:
        width = get_character_cell_size(letter)
        if unicodedata.category(letter) in ("Cc", "Cf", "Cs"):
            width = 0
        return min(width, 1) if self.widths is Widths.NARROW else width

    def _draw(self, letter: str) -> None:
        width = self._width(letter)
        if width == 0 or self._joining:
            self._join(letter)
            return
        self._last = letter
        if self.cursor.x + width > self.columns:
            if WRAP in self.mode:
                self.carriage_return()
                self.linefeed()
            else:
                self.cursor.x = self.columns - width
        row, x = self.rows[self.cursor.y], self.cursor.x
        self._part(row, x, x + width)
        row[x] = self.cursor.attrs._replace(data=letter)
        if width == 2:
            row[x + 1] = self.cursor.attrs._replace(data="")
        self.cursor.x += width

    def _join(self, letter: str) -> None:
        """Add to the cell before the cursor."""
        x, row = min(self.cursor.x, self.columns) - 1, self.rows[self.cursor.y]
        self._joining = letter == "\u200d" and self.widths is Widths.AGREES
        if x < 0:
            return
        if row[x].data == "" and x:
            x -= 1
        before = row[x].data
        row[x] = row[x]._replace(data=before + letter)
        wider = self.widths is Widths.AGREES and cell_len(before + letter) > cell_len(before) == 1
        if wider and x + 1 < self.columns:
            self._part(row, x + 1, x + 2)
            row[x + 1] = row[x]._replace(data="")
            self.cursor.x = x + 2

    @staticmethod
    def _part(row: list[Char], start: int, stop: int) -> None:
        """Blank the halves that a change of columns `start` … `stop` leaves of wide characters."""
        if 0 < start < len(row) and row[start].data == "":
            row[start - 1] = row[start - 1]._replace(data=" ")
        if stop < len(row) and row[stop].data == "":
            row[stop] = row[stop]._replace(data=" ")

    def _erased(self) -> Char:
        return BLANK._replace(bg=self.cursor.attrs.bg) if self.bce else BLANK

    def _empty(self) -> list[Char]:
        return [self._erased()] * self.columns

    def _erase(self, y: int, start: int, stop: int) -> None:
        start, stop = min(start, self.columns - 1), min(stop, self.columns)
        self._part(self.rows[y], start, stop)
        self.rows[y][start:stop] = [self._erased()] * (stop - start)

    def _shift(self, count: int) -> None:
        row, x = self.rows[self.cursor.y], min(self.cursor.x, self.columns - 1)
        self._part(row, x, x - count if count < 0 else x)
        empty = [self._erased()] * abs(count)
        moved = row[:x] + (empty + row[x:] if count > 0 else row[x - count :] + empty)
        self.rows[self.cursor.y] = moved[: self.columns]

    def _shift_lines(self, count: int, insert: bool) -> None:
        top, bottom = self.margins or (0, self.lines - 1)
        if not top <= self.cursor.y <= bottom:
            return
        part = self.rows[self.cursor.y : bottom + 1]
        count = min(count, len(part))
        empty = [self._empty() for _ in range(count)]
        self.rows[self.cursor.y : bottom + 1] = empty + part[: len(part) - count] if insert else part[count:] + empty
        self.carriage_return()


class Stream(pyte.ByteStream):
    """pyte's parser with the sequences that it lacks."""

    csi: ClassVar[dict[str, str]] = {
        **pyte.ByteStream.csi,
        "b": "repeat",
        "S": "scroll_up",
        "T": "scroll_down",
        "`": "cursor_to_column",
    }
    events = pyte.ByteStream.events | {"repeat", "scroll_up", "scroll_down"}


class Emulator:
    """A terminal of `columns` × `lines` that is fed bytes."""

    def __init__(self, columns: int, lines: int, widths: Widths = Widths.AGREES, bce: bool = True) -> None:
        self.screen = Screen(columns, lines, widths, bce)
        self._stream = Stream(self.screen)

    def feed(self, data: bytes) -> None:
        """Do what `data` says."""
        self._stream.feed(data)

    def resize(self, columns: int, lines: int) -> None:
        """Another size, the content cut or grown."""
        self.screen.resize(lines, columns)

    @property
    def cursor(self) -> tuple[int, int] | None:
        """(column, line), or None where it is hidden."""
        cursor = self.screen.cursor
        return None if cursor.hidden else (min(cursor.x, self.screen.columns - 1), cursor.y)

    def rows(self) -> list[list[Char]]:
        """The cells as they look: what a blank does not show is left out."""
        return [[seen(cell) for cell in row] for row in self.screen.rows]


_BRIGHT = {name: graphics.FG_BG_256[code - 82] for code, name in graphics.FG_AIXTERM.items()} | {
    name: graphics.FG_BG_256[code - 92] for code, name in graphics.BG_AIXTERM.items()
}
"""97 and 38;5;15 are one colour, and multiplexers write either for the other."""


def seen(cell: Char) -> Char:
    """`cell` without what does not show: a blank has a ground and lines, and no letter."""
    if cell.data == "":
        return Char("")
    if cell.fg in _BRIGHT or cell.bg in _BRIGHT:
        cell = cell._replace(fg=_BRIGHT.get(cell.fg, cell.fg), bg=_BRIGHT.get(cell.bg, cell.bg))
    if cell.data != " " or cell.underscore or cell.strikethrough or cell.overline:
        return cell
    if cell.reverse:
        return Char(" ", fg=cell.fg, reverse=True, bold=cell.bold, dim=cell.dim)
    return Char(" ", bg=cell.bg)


def colour_name(colour: int, ground: bool = False) -> str:
    """pyte's name for a colour of `pen.Style`."""
    if colour < 0:
        return "default"
    if colour < 8:
        return graphics.BG_ANSI[colour + 40] if ground else graphics.FG_ANSI[colour + 30]
    if colour < 256:
        return graphics.FG_BG_256[colour]
    return f"{colour & 0xFFFFFF:06x}"
