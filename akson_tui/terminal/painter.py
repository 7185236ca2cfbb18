"""Frames: from what a terminal was sent to what is wanted, in the fewest bytes.

A frame's bytes must be sent whole and in order, since the next frame is computed from them; a frame that is not sent
must not be asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from akson_tui.terminal.cells import BLANK, Cell, Cursor, Grid, Row
from akson_tui.terminal.diff import Diff, Hand
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import Profile
from akson_tui.terminal.scroll import apply_scroll, find_scrolls

_LARGE = 16
_MANY = 3
"""Bytes, and changed lines, from which scrolling and erasing are tried: they cost as much time again."""
_FEW = 6
"""Changed lines up to which other orders of painting them are tried."""


class Painter:
    """What one terminal shows, pen and cursor included, and how to change it."""

    def __init__(self, profile: Profile, pens: Pens) -> None:
        self._profile = profile
        self.pens = pens
        """The pens by whose numbers its grids are drawn."""
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
        return "".join(hand.out).encode()

    def _canonical(self, row: Row) -> Row:
        seen = self._seen
        try:
            return [seen[cell] for cell in row]
        except KeyError:
            if len(seen) > 50_000:
                seen.clear()
            for cell in row:
                blank = cell.text == " "
                seen[cell] = cell._replace(pen=self.pens.blanks[cell.pen]) if blank else cell
            return [seen[cell] for cell in row]

    def _whole(self, want: Grid, cursor: Cursor) -> Hand:
        """Clear the screen and paint all."""
        self._wanted = [list(row) for row in want.rows]
        rows = [self._canonical(row) for row in want.rows]
        hand = Hand(-1, -1, self._hand.pen)
        self._paint(hand, self._erase_below(hand, rows, rows, 0), rows, cursor)
        self._shown = rows
        self._known = True
        return hand

    def _changes(self, want: Grid, cursor: Cursor) -> Hand:
        """The cheapest of: print what differs; move blocks of lines first; erase to the end of the screen first."""
        old = self._shown
        new = old.copy()
        changed: list[int] = []
        for y in want.dirty:
            row = want.rows[y]
            if row != self._wanted[y]:
                self._wanted[y] = list(row)
                new[y] = self._canonical(row)
                if new[y] != old[y]:
                    changed.append(y)
        best = self._hand.fork()
        self._paint(best, old, new, cursor)
        if best.size >= _LARGE and len(changed) >= _MANY:
            changed.sort()
            for trial, rows in self._detours(old, new, changed, best.size):
                self._paint(trial, rows, new, cursor)
                if trial.size < best.size:
                    best = trial
        self._shown = new
        return best

    def _detours(
        self, old: list[Row], new: list[Row], changed: list[int], size: int
    ) -> Iterator[tuple[Hand, list[Row]]]:
        """Other ways to begin a frame of `size` bytes, and the rows that are shown after each."""
        if self._profile.line_shift:
            for scroll in find_scrolls(old, new):
                hand = self._hand.fork()
                yield hand, apply_scroll(hand, self._diff, old, scroll)
        empty = next((y for y in range(len(new), 0, -1) if not _is_empty(new[y - 1])), 0)
        starts = {changed[0]}
        if changed[0] < empty < changed[-1]:
            starts.add(empty)
        for y in starts:
            if sum(len(row) - row.count(row[-1]) for row in new[y:]) > size:
                continue  # All that must be printed after erasing is more already.
            hand = self._hand.fork()
            yield hand, self._erase_below(hand, old, new, y)

    def _erase_below(self, hand: Hand, old: list[Row], new: list[Row], y: int) -> list[Row]:
        """Erase from line `y` down in the ground most used there; returns the rows that are shown then."""
        grounds = Counter(row[-1] for row in new[y:] if row[-1].text == " " and self.pens.wipes[row[-1].pen])
        ground = grounds.most_common(1)[0][0] if grounds else BLANK
        self._diff.move(hand, 0, y, old[y])
        self._diff.wipe(hand, "\x1b[J", ground.pen)
        return old[:y] + [[ground] * len(new[0])] * (len(new) - y)

    def _paint(self, hand: Hand, old: list[Row], new: list[Row], cursor: Cursor) -> None:
        """Change the lines from `old` to `new`, then go to the cursor; in whichever order is the cheapest."""
        lines = [y for y, row in enumerate(new) if row is not old[y] and row != old[y]]
        orders = [lines]
        if 1 < len(lines) <= _FEW and cursor is not None:
            last = cursor[1]
            orders += [[y for y in lines if y != last] + [last]] if last in lines[:-1] else []
            first = hand.y
            orders += [[first] + [y for y in lines if y != first]] if first in lines[1:] else []
            orders.append(lines[::-1])
        trials = []
        for order in orders:
            trial = hand.fork()
            for y in order:
                self._diff.row(trial, y, old[y], new[y])
            if cursor is not None:
                x, y = max(0, min(cursor[0], len(new[0]) - 1)), max(0, min(cursor[1], len(new) - 1))
                self._diff.move(trial, x, y, new[y])
            trials.append(trial)
        hand.adopt(min(trials, key=lambda trial: trial.size))


def _is_empty(row: Row) -> bool:
    return row.count(row[0]) == len(row) and row[0].text == " "
