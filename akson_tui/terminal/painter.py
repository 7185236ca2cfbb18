"""Frames: from what a terminal was sent to what is wanted, in the fewest bytes.

A frame's bytes must be sent whole and in order, since the next frame is computed from them; a frame that is not sent
must not be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from akson_tui.terminal.cells import BLANK, Cell, Cursor, Grid, Row
from akson_tui.terminal.diff import Diff, Hand
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import Profile

_LARGE = 160
"""Bytes above which scrolling and clearing are tried: they cost as much time again."""


class Painter:
    """What one terminal shows, pen and cursor included, and how to change it."""

    def __init__(self, profile: Profile, pens: Pens) -> None:
        self._profile = profile
        self._pens = pens
        self._diff = Diff(profile, pens)
        self._seen: dict[Cell, Cell] = {}
        self._wanted: list[Row] = []
        """As given in the last frame, so that equal rows are found without looking at their cells."""
        self._shown: list[Row] = []
        """The same, with blanks in their canonical pens."""
        self._hand = Hand()
        self._visible: bool | None = None
        self._known = False

    def opening(self) -> bytes:
        """The bytes that enter the full screen."""
        on = [mode for mode, can in (("1049", self._profile.alternate), ("2004", self._profile.paste)) if can]
        self.forget()
        self._visible = True
        return ((f"\x1b[?{';'.join(on)}h" if on else "") + ("\x1b[?7l" if self._profile.autowrap else "")).encode()

    def closing(self) -> bytes:
        """The bytes that give the terminal back as it was found, and leave nothing of a patient on it: not every
        terminal that claims an alternate screen has one (mosh)."""
        on = [
            mode
            for mode, lost in (
                ("7", self._profile.autowrap),
                ("25", self._profile.cursor and self._visible is not True),
            )
            if lost
        ]
        off = [mode for mode, can in (("2004", self._profile.paste), ("1049", self._profile.alternate)) if can]
        self.forget()
        return (
            "\x1b[m\x1b[H\x1b[J" + (f"\x1b[?{';'.join(on)}h" if on else "") + (f"\x1b[?{';'.join(off)}l" if off else "")
        ).encode()

    def forget(self) -> None:
        """Take nothing for known: the next frame clears the screen and paints all."""
        self._known = False
        self._visible = None
        self._hand = Hand()

    def frame(self, want: Grid, cursor: Cursor) -> bytes:
        """The bytes that change what was sent into `want` with the cursor at `cursor`; empties `want.dirty`."""
        if not self._known or len(self._shown) != want.lines or len(self._shown[0]) != want.columns:
            hand = self._whole(want, cursor)
        else:
            hand = self._changes(want, cursor)
        want.dirty.clear()
        if self._profile.cursor and self._visible is not (cursor is not None):
            self._visible = cursor is not None
            hand.write("\x1b[?25h" if self._visible else "\x1b[?25l")
        self._hand = Hand(hand.x, hand.y, hand.pen)
        return "".join(hand.out).encode("utf-8", "replace")

    def _canonical(self, row: Row) -> Row:
        seen = self._seen
        try:
            return [seen[cell] for cell in row]
        except KeyError:
            if len(seen) > 50_000:
                seen.clear()
            for cell in row:
                blank = cell.text == " "
                seen[cell] = cell._replace(pen=self._pens.blanks[cell.pen]) if blank else cell
            return [seen[cell] for cell in row]

    def _whole(self, want: Grid, cursor: Cursor) -> Hand:
        self._wanted = [list(row) for row in want.rows]
        rows = [self._canonical(row) for row in want.rows]
        hand = self._cleared(self._hand, rows, cursor)
        self._shown = rows
        self._known = True
        return hand

    def _cleared(self, start: Hand, rows: list[Row], cursor: Cursor) -> Hand:
        """Clear the screen and paint `rows`."""
        hand = Hand(-1, -1, start.pen)
        self._diff.move(hand, 0, 0, rows[0])
        self._diff.take_plain_ground(hand)
        hand.write("\x1b[J")
        empty: list[Row] = [[BLANK] * len(rows[0])] * len(rows)
        self._paint(hand, empty, rows, range(len(rows)), cursor)
        return hand

    def _changes(self, want: Grid, cursor: Cursor) -> Hand:
        changed: dict[int, Row] = {}
        for y in want.dirty:
            row = want.rows[y]
            if row != self._wanted[y]:
                self._wanted[y] = list(row)
                canonical = self._canonical(row)
                if canonical != self._shown[y]:
                    changed[y] = canonical
        hand = self._hand.fork()
        rows = self._shown.copy()
        for y, row in changed.items():
            rows[y] = row
        self._paint(hand, self._shown, rows, sorted(changed), cursor)
        self._shown = rows
        return hand

    def _paint(self, hand: Hand, old: list[Row], new: list[Row], lines: Iterable[int], cursor: Cursor) -> None:
        """Change `lines` from `old` to `new` in that order, then go to the cursor."""
        for y in lines:
            if old[y] != new[y]:
                self._diff.row(hand, y, old[y], new[y])
        if cursor is not None:
            x, y = max(0, min(cursor[0], len(new[0]) - 1)), max(0, min(cursor[1], len(new) - 1))
            self._diff.move(hand, x, y, new[y])
