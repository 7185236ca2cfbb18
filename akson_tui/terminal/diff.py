"""One line: the cheapest steps from what is shown to what is wanted.

Rows given here have their blanks in canonical pens (`Pens.blanks`). The easy mistake is to rely on the column after a
character that terminals measure differently: such lines take the careful way, `_odd`.
"""

from __future__ import annotations

from collections.abc import Iterator

from akson_tui.terminal.cells import BLANK, ORDINARY, Cell, Row, ordinary
from akson_tui.terminal.moves import way
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import Profile

_GAP_AT_MOST = 12
"""Unchanged cells printed again rather than jumped over, at most: a jump and two changes of pen cost no more."""
_JOINED = 4
"""A run this far from the one before is printed with it, pens being equal: no move is shorter than three bytes."""
_ERASE_FROM = 5
"""Some terminals ignore ECH 1, and a few blanks are cheaper."""
_DETOURS_FROM = 4
"""Bytes of the straight way above which other ways are tried."""
_SNIPPET = 6
"""Letters by which a shifted text is recognised."""


class Hand:
    """Where the terminal's cursor stands and which pen it holds (-1: not known), and what was written to get there."""

    __slots__ = ("out", "pen", "size", "x", "y")

    def __init__(self, x: int = -1, y: int = -1, pen: int = -1) -> None:
        self.x = x
        self.y = y
        self.pen = pen
        self.out: list[str] = []
        self.size = 0
        """Bytes written."""

    def fork(self) -> Hand:
        """A hand at the same place that has written nothing."""
        return Hand(self.x, self.y, self.pen)

    def adopt(self, other: Hand) -> None:
        """Do what `other`, a fork of this hand, did."""
        self.x, self.y, self.pen = other.x, other.y, other.pen
        self.out += other.out
        self.size += other.size

    def write(self, text: str) -> None:
        """Send `text` without changing what is known; the caller does that."""
        if text:
            self.out.append(text)
            self.size += len(text.encode())


class Diff:
    """Paints lines for one terminal."""

    def __init__(self, profile: Profile, pens: Pens) -> None:
        self._profile = profile
        self._pens = pens

    def move(self, hand: Hand, x: int, y: int, row: Row) -> None:
        """Bring `hand` to column `x` of line `y`, on which `row` is shown now."""
        if hand.x == x and hand.y == y:
            return
        pen = hand.pen
        blanks = self._pens.blanks

        def reprint(start: int, stop: int) -> str | None:
            if pen < 0:
                return None
            text = ""
            for letter, _, wanted in row[start:stop]:
                if letter not in ORDINARY or (wanted != pen and (letter != " " or blanks[pen] != blanks[wanted])):
                    return None
                text += letter
            return text

        hand.write(way(hand.x, hand.y, x, y, self._profile, reprint))
        hand.x, hand.y = x, y

    def take(self, hand: Hand, pen: int) -> None:
        """Change to `pen`."""
        if hand.pen != pen:
            hand.write(self._pens.way(hand.pen, pen))
            hand.pen = pen

    def take_plain_ground(self, hand: Hand) -> None:
        """Hold some pen on the terminal's own ground: what erasing and shifting leave is the same everywhere."""
        if hand.pen < 0 or not self._pens.plain_ground[hand.pen]:
            self.take(hand, 0)

    def wipe(self, hand: Hand, sequence: str, pen: int) -> None:
        """Erase by `sequence` so that blanks in `pen` are left; `Pens.wipes[pen]` must hold."""
        if hand.pen < 0 or self._pens.blanks[hand.pen] != pen:
            self.take(hand, pen)
        hand.write(sequence)

    def row(self, hand: Hand, y: int, old: Row, new: Row) -> None:
        """Change line `y` from `old` to `new` by the cheapest way found."""
        if not (ordinary(old) and ordinary(new)):
            self._odd(hand, y, old, new)
            return
        best = hand.fork()
        self._straight(best, y, old, new)
        if best.size > _DETOURS_FROM:
            for trial in self._detours(hand, y, old, new):
                if trial.size < best.size:
                    best = trial
        hand.adopt(best)

    def _straight(self, hand: Hand, y: int, old: Row, new: Row) -> None:
        """Print what differs, from left to right, or erase where blanks follow to the end of the line."""
        changed = [x for x, (was, is_) in enumerate(zip(old, new, strict=True)) if was is not is_ and was != is_]
        if not changed:
            return
        tail = self._tail(new)
        first = next((x for x in changed if x >= tail), -1)
        if first < 0:
            self._runs(hand, y, new, changed)
            return
        in_tail = len(changed) - changed.index(first)
        erased = hand.fork()
        self._runs(erased, y, new, changed[:-in_tail])
        if not (erased.y == y and tail <= erased.x <= first):
            self._nearest(erased, y, (tail, first), new)
        self.wipe(erased, "\x1b[K", new[-1].pen)
        if in_tail <= 2 * _ERASE_FROM:
            printed = hand.fork()
            self._runs(printed, y, new, changed)
            if printed.size <= erased.size:
                erased = printed
        hand.adopt(erased)

    def _nearest(self, hand: Hand, y: int, columns: tuple[int, ...], row: Row) -> None:
        """Bring `hand` to whichever of `columns` is cheapest to reach."""
        ways = []
        for x in columns:
            trial = hand.fork()
            self.move(trial, x, y, row)
            ways.append(trial)
        hand.adopt(min(ways, key=lambda trial: trial.size))

    def _tail(self, row: Row) -> int:
        """The column from which on `row` is blank in one ground that erasing leaves; its length if nowhere."""
        last = row[-1]
        end = len(row)
        if last.text != " " or not self._pens.wipes[last.pen]:
            return end
        while end and row[end - 1] == last:
            end -= 1
        return end

    def _runs(self, hand: Hand, y: int, new: Row, changed: list[int]) -> None:
        """Print the columns `changed` of `new`; what lies between equals what is shown."""
        for start, stop, erase in self._pieces(new, changed):
            self._reach(hand, start, y, new)
            if erase:
                self.wipe(hand, f"\x1b[{stop - start}X", new[start].pen)
            else:
                self._print(hand, new, start, stop)

    def _pieces(self, new: Row, changed: list[int]) -> Iterator[tuple[int, int, bool]]:
        """The runs of `changed`, cut where long stretches of blanks are cheaper erased: (from, to, erase)."""
        at = 0
        while at < len(changed):
            start = last = changed[at]
            at += 1
            while at < len(changed):
                x = changed[at]
                if x - last > 1 and (x - last > _JOINED or not _same_pen(new, last, x)):
                    break
                last = x
                at += 1
            stop = last + 1
            if stop - start < _ERASE_FROM or not self._profile.ech:
                yield start, stop, False
            else:
                yield from self._cut(new, start, stop)

    def _cut(self, new: Row, start: int, stop: int) -> Iterator[tuple[int, int, bool]]:
        printed_from = x = start
        while x < stop:
            cell = new[x]
            if cell[0] != " " or not self._pens.wipes[cell[2]]:
                x += 1
                continue
            end = x + 1
            while end < stop and new[end] == cell:
                end += 1
            # Within a run the cursor must also pass over what was erased.
            width = end - x
            worth = width >= _ERASE_FROM if end == stop else width == 9 or width > 10
            if worth:
                if printed_from < x:
                    yield printed_from, x, False
                yield x, end, True
                printed_from = end
            x = end
        if printed_from < stop:
            yield printed_from, stop, False

    def _reach(self, hand: Hand, x: int, y: int, new: Row) -> None:
        """Bring `hand` to column `x`: by a move, or by printing what stands between, pens and all."""
        gap = x - hand.x
        if hand.x < 0 or hand.y != y or not 0 < gap <= _GAP_AT_MOST:
            self.move(hand, x, y, new)
            return
        moved = hand.fork()
        self.move(moved, x, y, new)
        if gap < moved.size + 8:
            through = hand.fork()
            self._print(through, new, hand.x, x)
            if through.size + self._change(through.pen, new[x]) < moved.size + self._change(moved.pen, new[x]):
                moved = through
        hand.adopt(moved)

    def _change(self, pen: int, cell: Cell) -> int:
        """Bytes to change from `pen` to one that draws `cell`."""
        if pen == cell.pen or (cell.text == " " and pen >= 0 and self._pens.blanks[pen] == cell.pen):
            return 0
        return len(self._pens.way(pen, cell.pen))

    def _print(self, hand: Hand, row: Row, start: int, stop: int) -> None:
        """Print the ordinary cells `start` … `stop` of `row`; the cursor stands at `start`."""
        blanks = self._pens.blanks
        pen = hand.pen
        parts: list[str] = []
        for x in range(start, stop):
            text, _, wanted = row[x]
            if wanted != pen and not (text == " " and pen >= 0 and blanks[pen] == wanted):
                if text == " ":
                    wanted = self._pen_ahead(row, x, stop, wanted)
                parts.append(self._pens.way(pen, wanted))
                pen = wanted
            parts.append(text)
        hand.write("".join(parts))
        hand.pen = pen
        hand.x = stop if stop < len(row) else -1

    def _pen_ahead(self, row: Row, x: int, stop: int, wanted: int) -> int:
        """A pen for the blank at `x`: that of the letter that follows, if its ground is the same."""
        for ahead in range(x + 1, stop):
            cell = row[ahead]
            if cell.text != " ":
                return cell.pen if self._pens.blanks[cell.pen] == wanted else wanted
            if cell.pen != wanted:
                break
        return wanted

    def _detours(self, hand: Hand, y: int, old: Row, new: Row) -> Iterator[Hand]:
        """Other ways from `old` to `new`: erase first, or shift what stands there."""
        first = next(x for x in range(len(new)) if old[x] != new[x])
        tail = self._tail(new)
        if tail < len(new) and tail > first:
            trial = hand.fork()
            self.move(trial, first, y, old)
            self.wipe(trial, "\x1b[K", new[-1].pen)
            self._straight(trial, y, old[:first] + [new[-1]] * (len(new) - first), new)
            yield trial
        if self._profile.shift:
            for shifts in _shifts(old, new, first):
                trial = hand.fork()
                self._straight(trial, y, self._shift(trial, y, old, shifts), new)
                yield trial

    def _shift(self, hand: Hand, y: int, row: Row, shifts: tuple[tuple[int, int], ...]) -> Row:
        """Apply each (column, count): insert blanks there, or delete as many cells; returns what stands then."""
        for x, count in shifts:
            self.move(hand, x, y, row)
            self.take_plain_ground(hand)
            number = abs(count) if abs(count) > 1 else ""
            hand.write(f"\x1b[{number}@" if count > 0 else f"\x1b[{number}P")
            if count > 0:
                row = (row[:x] + [BLANK] * count + row[x:])[: len(row)]
            else:
                row = row[:x] + row[x - count :] + [BLANK] * -count
        return row

    def _odd(self, hand: Hand, y: int, old: Row, new: Row) -> None:
        """A line with characters that terminals measure differently: from the first of them on it is erased and painted
        again, each followed by an absolute move, and what it may have covered beyond is painted after it."""
        odd = next(x for x in range(len(new)) if not (_is_ordinary(old[x]) and _is_ordinary(new[x])))
        changed = [x for x in range(odd) if old[x] != new[x]]
        self._runs(hand, y, new, changed)
        if old[odd:] == new[odd:]:
            return
        self.move(hand, odd, y, new)
        self.take_plain_ground(hand)
        hand.write("\x1b[K")
        tail = max(self._tail(new), odd)
        last = max((x for x in range(odd, len(new)) if not _is_ordinary(new[x])), default=-1)
        if last < 0:
            self._straight(hand, y, new[:odd] + [BLANK] * (len(new) - odd), new)
            return
        x = odd
        while x < tail:
            self.move(hand, x, y, new)
            if _is_ordinary(new[x]):
                stop = next((ahead for ahead in range(x, tail) if not _is_ordinary(new[ahead])), tail)
                self._print(hand, new, x, stop)
                x = stop
            else:
                self.take(hand, new[x].pen)
                hand.write(self._odd_text(new, x))
                hand.x = -1
                x += new[x].width
        if tail < len(new):
            self.move(hand, tail, y, new)
            self.wipe(hand, "\x1b[K", new[-1].pen)

    def _odd_text(self, row: Row, x: int) -> str:
        """What draws the odd cell at `x`.

        Where wrapping is off, the cursor stays on the last column, and tmux would join marks to the cell before that:
        they are sent while wrapping is on.
        """
        text = row[x].text
        at_end = x + row[x].width == len(row)
        return f"\x1b[?7h{text}\x1b[?7l" if at_end and len(text) > 1 and self._profile.autowrap else text


def _is_ordinary(cell: Cell) -> bool:
    return cell.text in ORDINARY


def _same_pen(row: Row, start: int, stop: int) -> bool:
    """Whether columns `start` … `stop`, both included, are in one pen."""
    pen = row[start].pen
    return all(row[x].pen == pen for x in range(start + 1, stop + 1))


def _shifts(old: Row, new: Row, first: int) -> list[tuple[tuple[int, int], ...]]:
    """Ways to shift parts of `old` so that more of it equals `new`: each a series of (column, blanks put in or, below
    zero, cells taken out)."""
    was = "".join([cell[0] for cell in old])
    is_ = "".join([cell[0] for cell in new])
    last = next(x for x in range(len(new) - 1, -1, -1) if old[x] != new[x])
    found: list[tuple[tuple[int, int], ...]] = []
    width = last + 1 - first
    # What follows stands still, as beside another pane: as much is taken out there as is put in here.
    if last + 1 < len(was.rstrip()):
        for count in range(1, min(width, 2 * _SNIPPET)):
            if is_[first + count : last + 1] == was[first : last + 1 - count]:
                found.append(((last + 1 - count, -count), (first, count)))
                break
            if is_[first : last + 1 - count] == was[first + count : last + 1]:
                found.append(((first, -count), (last + 1 - count, count)))
                break
    snippet = was[first : first + _SNIPPET]
    if snippet.strip() and (at := is_.find(snippet, first + 1)) > 0:
        found.append(((first, at - first),))
    snippet = is_[first : first + _SNIPPET]
    if snippet.strip() and (at := was.find(snippet, first + 1)) > 0:
        found.append(((first, first - at),))
    was_end, is_end = len(was.rstrip()), len(is_.rstrip())
    if was_end != is_end and was_end > first and is_end > first:
        same = 0
        while same < min(was_end, is_end) - first and was[was_end - 1 - same] == is_[is_end - 1 - same]:
            same += 1
        if same >= _SNIPPET:
            count = is_end - was_end
            found.append(((first, count),))
            column = min(was_end, is_end) - same
            if column > first:
                found.append(((column, count),))
    return list(dict.fromkeys(found))
