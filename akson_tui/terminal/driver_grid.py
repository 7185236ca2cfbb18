"""What Textual's compositor updates, as cells of a grid: no ANSI is made on the way.

The easy mistake is to clip a chop at its span: Textual paints a whole chop from its own left edge, and what that
paints over is in the same update. The same rule stands here, so that the grid is what Textual's stream would show.
"""

from __future__ import annotations

from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import ChopsUpdate, InlineUpdate, LayoutUpdate
from textual.strip import Strip

from akson_tui.terminal.cells import DEFAULT_PEN, Grid
from akson_tui.terminal.pen import Pens

_EMOJI_STYLE = "\ufe0f"


class Easel:
    """Puts strips on a grid, with the pens of one session."""

    def __init__(self, pens: Pens) -> None:
        self._pens = pens
        self._by_style: dict[int, tuple[Style, int]] = {}

    def apply(self, update: object, want: Grid) -> bool:
        """Put `update` on `want`; False where it is none of the kinds that the compositor makes."""
        if isinstance(update, ChopsUpdate):
            self._chops(update, want)
        elif isinstance(update, LayoutUpdate):
            left, top = update.region.x, update.region.y
            for y, strips in enumerate(update.strips, top):
                x = left
                for strip in strips:
                    x = self._strip(strip, x, y, want)
        elif isinstance(update, InlineUpdate):
            for y, strip in enumerate(update.strips):
                self._strip(strip, 0, y, want)
        else:
            return False
        return True

    def _chops(self, update: ChopsUpdate, want: Grid) -> None:
        for y, x1, x2 in update.spans:
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if strip is None or x > x2 or end <= x1:
                    continue
                whole = x1 <= x < x2 and end <= x2
                self._strip(strip if whole else strip.crop(0, min(end, x2) - x), x, y, want)

    def _strip(self, strip: Strip, x: int, y: int, want: Grid) -> int:
        for text, style, control in strip:
            if not control:
                # A variation selector cut from its character would widen a cell that Textual counts as one column.
                x = want.put(x, y, text.lstrip(_EMOJI_STYLE), self._pen(style) if style else DEFAULT_PEN)
        return x

    def _pen(self, style: Style) -> int:
        # By identity, since a style's own hash costs as much as all the rest; the style is kept so that its id stays.
        found = self._by_style.get(id(style))
        if found is None:
            if len(self._by_style) > 20_000:
                self._by_style.clear()
            found = self._by_style[id(style)] = (
                style,
                self._pens.of_sgr(Strip.render_ansi(style, ColorSystem.TRUECOLOR)),
            )
        return found[1]
