"""Pens: SGR strings made canonical, reduced to the terminal's palette, and the least bytes from one pen to another.

Two pens are equal when they show the same, so that compare by id; and what a blank shows is less than what a letter
shows: `blank` gives the pen with only that.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.color import Color, ColorSystem

from akson_tui.terminal.profile import (
    BLINK,
    BOLD,
    CONCEAL,
    DIM,
    ITALIC,
    OVERLINE,
    REVERSE,
    STRIKE,
    TRUE_COLOUR,
    UNDERLINE,
    Profile,
)

DEFAULT_COLOUR = -1
TRUE = 1 << 24
"""Added to 0xRRGGBB, to tell a colour of 24 bits from a number of the palette."""


class Style(NamedTuple):
    """Foreground, ground, attributes: colours are DEFAULT_COLOUR, 0 … 255, or TRUE + 0xRRGGBB."""

    fore: int = DEFAULT_COLOUR
    ground: int = DEFAULT_COLOUR
    attributes: int = 0


PLAIN = Style()

_ON = {
    1: BOLD,
    2: DIM,
    3: ITALIC,
    4: UNDERLINE,
    5: BLINK,
    6: BLINK,
    7: REVERSE,
    8: CONCEAL,
    9: STRIKE,
    21: UNDERLINE,
    53: OVERLINE,
}
_OFF = {
    22: BOLD | DIM,
    23: ITALIC,
    24: UNDERLINE,
    25: BLINK,
    27: REVERSE,
    28: CONCEAL,
    29: STRIKE,
    55: OVERLINE,
}
_CODE = {BOLD: 1, DIM: 2, ITALIC: 3, UNDERLINE: 4, BLINK: 5, REVERSE: 7, CONCEAL: 8, STRIKE: 9, OVERLINE: 53}
_SHOWN_BY_BLANKS = UNDERLINE | STRIKE | OVERLINE


def read_sgr(sgr: str) -> Style:
    """The style that the parameters `sgr` ("1;38;5;4") make of a plain pen; what is not known is left out."""
    fore, ground, attributes = PLAIN
    codes = iter([int(code) if code.isdecimal() else 0 for code in sgr.split(";")] if sgr else [])
    for code in codes:
        if code in _ON:
            attributes |= _ON[code]
        elif code in _OFF:
            attributes &= ~_OFF[code]
        elif code == 0:
            fore, ground, attributes = PLAIN
        elif 30 <= code <= 37:
            fore = code - 30
        elif 90 <= code <= 97:
            fore = code - 82
        elif 40 <= code <= 47:
            ground = code - 40
        elif 100 <= code <= 107:
            ground = code - 92
        elif code == 38:
            fore = _long_colour(codes, fore)
        elif code == 48:
            ground = _long_colour(codes, ground)
        elif code == 39:
            fore = DEFAULT_COLOUR
        elif code == 49:
            ground = DEFAULT_COLOUR
    return Style(fore, ground, attributes)


def _long_colour(codes: Iterator[int], before: int) -> int:
    kind = next(codes, 0)
    if kind == 5:
        return min(next(codes, 0), 255)
    if kind == 2:
        red, green, blue = (min(next(codes, 0), 255) for _ in range(3))
        return TRUE + (red << 16 | green << 8 | blue)
    return before


@lru_cache(maxsize=1024)
def reduce_colour(colour: int, colours: int) -> int:
    """The nearest colour to `colour` in a palette of `colours`."""
    if colour == DEFAULT_COLOUR or colours == 0:
        return DEFAULT_COLOUR
    if colours == TRUE_COLOUR or colour < min(colours, 256):
        return colour
    if colour >= TRUE:
        rgb = colour - TRUE
        rich = Color.from_rgb(rgb >> 16, rgb >> 8 & 255, rgb & 255)
    else:
        rich = Color.from_ansi(colour)
    number = rich.downgrade(ColorSystem.EIGHT_BIT if colours == 256 else ColorSystem.STANDARD).number or 0
    return number & 7 if colours == 8 else number


def _colour_codes(colour: int, ground: bool) -> str:
    shift = 10 if ground else 0
    if colour == DEFAULT_COLOUR:
        return str(39 + shift)
    if colour < 8:
        return str(30 + shift + colour)
    if colour < 16:
        return str(82 + shift + colour)
    if colour < 256:
        return f"{38 + shift};5;{colour}"
    rgb = colour - TRUE
    return f"{38 + shift};2;{rgb >> 16};{rgb >> 8 & 255};{rgb & 255}"


class Pens:
    """The pens of one session: styles by number, 0 being the terminal's own colours."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._styles: list[Style] = []
        self._numbers: dict[Style, int] = {}
        self._by_sgr: dict[str, int] = {}
        self._ways: dict[tuple[int, int], str] = {}
        self.blanks: list[int] = []
        """By pen: the pen with only what a blank shows of it."""
        self.wipes: list[bool] = []
        """By pen: whether erasing with it leaves what its blank shows."""
        self.plain_ground: list[bool] = []
        """By pen: whether erasing and shifting with it leaves the terminal's own ground, whatever the terminal."""
        self._intern(PLAIN)

    def of_sgr(self, sgr: str) -> int:
        """The pen for SGR parameters such as "1;38;5;4;48;2;10;10;10" ("" is the default pen)."""
        pen = self._by_sgr.get(sgr)
        if pen is None:
            pen = self._by_sgr[sgr] = self.of_style(read_sgr(sgr))
        return pen

    def of_style(self, style: Style) -> int:
        """The pen that comes nearest to `style` on this terminal."""
        colours = self._profile.colours
        fore, ground = reduce_colour(style.fore, colours), reduce_colour(style.ground, colours)
        return self._intern(Style(fore, ground, style.attributes & self._profile.attributes))

    def style(self, pen: int) -> Style:
        """What `pen` looks like."""
        return self._styles[pen]

    def way(self, before: int, after: int) -> str:
        """The shortest sequence from pen `before` (-1: not known) to pen `after`."""
        if before == after:
            return ""
        way = self._ways.get((before, after))
        if way is None:
            way = self._ways[before, after] = self._shortest(before, after)
        return way

    def _intern(self, style: Style) -> int:
        pen = self._numbers.get(style)
        if pen is not None:
            return pen
        pen = len(self._styles)
        self._numbers[style] = pen
        self._styles.append(style)
        blank = _on_blanks(style)
        self.blanks.append(pen)
        self.wipes.append(not blank.attributes and (self._profile.bce or blank.ground == DEFAULT_COLOUR))
        self.plain_ground.append(blank == PLAIN)
        if blank != style:
            self.blanks[pen] = self._intern(blank)
        return pen

    def _shortest(self, before: int, after: int) -> str:
        style = self._styles[after]
        fresh = _codes(PLAIN, style)
        reset = f"\x1b[{';'.join(['', *fresh])}m" if fresh else "\x1b[m"
        if before < 0:
            return reset
        change = f"\x1b[{';'.join(_codes(self._styles[before], style))}m"
        return change if len(change) <= len(reset) else reset


def _codes(before: Style, after: Style) -> list[str]:
    """The parameters that change `before` to `after`, without a reset."""
    codes: list[str] = []
    kept = before.attributes
    for code, bits in _OFF.items():
        if kept & bits & ~after.attributes:
            codes.append(str(code))
            kept &= ~bits
    codes += [str(code) for bit, code in _CODE.items() if after.attributes & bit & ~kept]
    if before.fore != after.fore:
        codes.append(_colour_codes(after.fore, ground=False))
    if before.ground != after.ground:
        codes.append(_colour_codes(after.ground, ground=True))
    return codes


def _on_blanks(style: Style) -> Style:
    """What a blank shows of `style`: its ground, which is the foreground when reversed; lines, with their colour."""
    attributes = style.attributes & _SHOWN_BY_BLANKS
    if attributes:
        return style
    if style.attributes & REVERSE:
        return Style(style.fore, DEFAULT_COLOUR, style.attributes & (REVERSE | BOLD | DIM))
    return Style(DEFAULT_COLOUR, style.ground, 0)
