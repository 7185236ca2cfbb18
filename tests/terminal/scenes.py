"""Random screens that change as a program's do, for checking that a terminal shows what was wanted.

Everything follows from the seed.
"""

from __future__ import annotations

from random import Random

from akson_tui.terminal.cells import BLANK, Cursor, Grid, Row
from akson_tui.terminal.cells import blank as blank_cell
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import (
    BLINK,
    BOLD,
    CONCEAL,
    DIM,
    ITALIC,
    OVERLINE,
    REVERSE,
    STRIKE,
    UNDERLINE,
)
from tests.tools.emulator import Char, colour_name, seen

PLAIN = [
    "pasient", "sår", "leggsår", "blodtrykk", "142/88", "KOLS", "hjemmesykepleie", "i dag", "Bakken, Astrid", "·",
    "──────", "│", "ny", "Utkast", "æøå ÆØÅ", "penicillin", "→", "17.05.42", "a", "1", "    ", "          ",
]  # fmt: skip
ODD = [
    "漢字", "テスト", "e\u0301", "o\u0308\u0323", "👍", "👍🏽", "👨‍👩‍👧", "⚠️", "🇳🇴", "…→", "☎", "★", "Ａ",
    "e\u200d", "한", "क्षि", "ﬁ", "\u0301", "ｱ", "🧑‍⚕️",
]  # fmt: skip
MEASURED_ALIKE = ["漢字", "テスト", "e\u0301", "o\u0308\u0323", "👍", "…→", "☎", "★", "Ａ", "ﬁ", "ｱ"]
"""Those of ODD that tmux and mosh measure as rich does."""
DARK = "38;2;224;224;224;48;2;18;18;18"
SGRS = [
    "", "", "", "", "1", "2", "7", "4", "1;31", "32", "38;5;4", "38;5;202", "48;5;17", "9", "3;35", "1;7", "4;33",
    "44", "48;2;10;10;10", "38;2;200;100;0;48;2;10;10;10", "97;41", "2;7", "5", "90", "7;32",
]  # fmt: skip


class Scene:
    """A grid that changes at random, and the cursor in it."""

    def __init__(
        self,
        seed: int,
        pens: Pens,
        columns: int = 80,
        lines: int = 24,
        odd: list[str] = ODD,
        sgrs: list[str] = SGRS,
    ) -> None:
        self.random = Random(seed)
        self.pens = pens
        self.grid = Grid(columns, lines)
        self.cursor: Cursor = (0, 0)
        self.ground = 0
        self._words = PLAIN * 3 + odd
        self._sgrs = sgrs

    def step(self) -> None:
        """Change something, mostly little."""
        changes = (
            (self._type, 30),
            (self._insert, 12),
            (self._take_out, 12),
            (self._word, 30),
            (self._scroll, 14),
            (self._wipe, 10),
            (self._recolour, 8),
            (self._page, 3),
            (self._theme, 1),
            (self._nothing, 4),
        )
        change = self.random.choices([change for change, _ in changes], [weight for _, weight in changes])[0]
        change()
        if self.random.random() < 0.4:
            self._point()

    def resize(self, columns: int, lines: int) -> None:
        """Another size, painted anew."""
        self.grid = Grid(columns, lines)
        self._page()
        self._point()

    def _pen(self) -> int:
        sgr = self.random.choice(self._sgrs)
        return self.pens.of_sgr(f"{DARK};{sgr}" if self.ground else sgr)

    def _nothing(self) -> None:
        return

    def _point(self) -> None:
        draw = self.random
        hidden = draw.random() < 0.1
        self.cursor = None if hidden else (draw.randrange(self.grid.columns), draw.randrange(self.grid.lines))

    def _spot(self) -> tuple[int, int]:
        return self.random.randrange(-2, self.grid.columns), self.random.randrange(self.grid.lines)

    def _type(self) -> None:
        x, y = self.cursor or self._spot()
        x = self.grid.put(x, y, self.random.choice("abcæøå .1"), self.ground)
        self.cursor = (max(0, min(x, self.grid.columns - 1)), y)

    def _word(self) -> None:
        x, y = self._spot()
        pen = self._pen()
        for _ in range(self.random.randrange(1, 6)):
            x = self.grid.put(x, y, self.random.choice(self._words), pen)
            if self.random.random() < 0.3:
                pen = self._pen()

    def _rows(self, change: list[Row], top: int) -> None:
        self.grid.rows[top : top + len(change)] = change
        self.grid.dirty.update(range(top, top + len(change)))

    def _cut_line(self) -> tuple[int, int, int, Row]:
        """A window (from, to) on a line, cutting no wide character, and its row."""
        y = self.random.randrange(self.grid.lines)
        row = self.grid.rows[y]
        start = self.random.randrange(self.grid.columns)
        stop = self.random.choice((self.grid.columns, self.random.randrange(start, self.grid.columns) + 1))
        while start and row[start].width == 0:
            start -= 1
        while stop < len(row) and row[stop].width == 0:
            stop += 1
        return start, stop, y, row

    def _insert(self) -> None:
        start, stop, y, row = self._cut_line()
        text = [blank_cell(self.ground)._replace(text=letter) for letter in self.random.choice(PLAIN)]
        window = (text + row[start:stop])[: stop - start]
        if window and window[-1].width == 2:
            window[-1] = BLANK
        self._rows([row[:start] + window + row[stop:]], y)
        self.cursor = (min(start + len(text), self.grid.columns - 1), y)

    def _take_out(self) -> None:
        start, stop, y, row = self._cut_line()
        count = self.random.choice((1, 1, 1, 2, 5))
        window = row[start + count : stop]
        if window and window[0].width == 0:
            window[0] = BLANK
        window += [blank_cell(self.ground)] * (stop - start - len(window))
        self._rows([row[:start] + window + row[stop:]], y)
        self.cursor = (start, y)

    def _scroll(self) -> None:
        lines, draw = self.grid.lines, self.random
        top = draw.choice((0, min(2, lines - 1), draw.randrange(lines)))
        bottom = draw.choice((lines, lines - 1, draw.randrange(top, lines) + 1))
        if bottom <= top:
            return
        count = min(bottom - top, draw.choice((1, 1, 2, 5, 11)))
        part = self.grid.rows[top:bottom]
        fresh = Grid(self.grid.columns, count, blank_cell(self.ground))
        part = part[count:] + fresh.rows if draw.random() < 0.5 else fresh.rows + part[: len(part) - count]
        self._rows(part, top)
        for _ in range(count):
            self._word()

    def _wipe(self) -> None:
        x, y = self._spot()
        pen = self.random.choice((self.ground, self.ground, self._pen()))
        width = self.random.choice((self.grid.columns, 3, 8, 20))
        for line in range(y, min(self.grid.lines, y + self.random.choice((1, 1, 2, 20)))):
            self.grid.fill(x, line, width, pen)

    def _recolour(self) -> None:
        start, stop, y, row = self._cut_line()
        pen = self._pen()
        painted = [cell._replace(pen=pen) if cell.width else cell for cell in row[start:stop]]
        self._rows([row[:start] + painted + row[stop:]], y)

    def _page(self) -> None:
        for y in range(self.grid.lines):
            self.grid.fill(0, y, self.grid.columns, self.ground)
        for _ in range(self.random.randrange(2 * self.grid.lines)):
            self._word()

    def _theme(self) -> None:
        self.ground = 0 if self.ground else self.pens.of_sgr(DARK)
        self._page()


def expected(grid: Grid, pens: Pens) -> list[list[Char]]:
    """What an emulator should show for `grid`."""
    named: dict[int, Char] = {}

    def char(pen: int) -> Char:
        if pen not in named:
            style = pens.style(pen)
            has = style.attributes
            named[pen] = Char(
                " ",
                fg=colour_name(style.fore),
                bg=colour_name(style.ground, ground=True),
                bold=bool(has & BOLD),
                italics=bool(has & ITALIC),
                underscore=bool(has & UNDERLINE),
                strikethrough=bool(has & STRIKE),
                reverse=bool(has & REVERSE),
                blink=bool(has & BLINK),
                dim=bool(has & DIM),
                conceal=bool(has & CONCEAL),
                overline=bool(has & OVERLINE),
            )
        return named[pen]

    return [[seen(char(cell.pen)._replace(data=cell.text)) for cell in row] for row in grid.rows]


def first_difference(shown: list[list[Char]], wanted: list[list[Char]]) -> str:
    """Where `shown` is not `wanted`, in words; "" where it is."""
    for y, (shown_row, wanted_row) in enumerate(zip(shown, wanted, strict=True)):
        for x, (is_, should) in enumerate(zip(shown_row, wanted_row, strict=True)):
            if is_ != should:
                return f"line {y}, column {x}: shown {is_}, wanted {should}"
    return ""
