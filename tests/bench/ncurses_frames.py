"""The same frames through ncurses' doupdate and through our painter: bytes of each, by act and in all.

    python -m tests.bench.ncurses_frames [RECORDING]

Without a recording the made-up visit is painted. ncurses draws in a child of its own on a pseudo terminal; what it
draws is fed to an emulator and compared with the frame, so that both did the same work.
"""

from __future__ import annotations

import curses
import fcntl
import os
import pty
import struct
import sys
import termios
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from akson_tui.terminal.painter import Painter
from akson_tui.terminal.pen import Pens, Style
from akson_tui.terminal.profile import BLINK, BOLD, DIM, ITALIC, REVERSE, UNDERLINE, profile_of
from tests.bench.frames import Frame, load
from tests.bench.visit import Visit
from tests.tools.emulator import Emulator

TERM = "xterm-256color"
MARK = b"\x1b]9;frame\x07"
"""Written by the child behind each frame; ncurses itself writes no OSC."""


@dataclass
class Count:
    """Bytes of one act."""

    frames: int = 0
    ours: int = 0
    ncurses: int = 0

    @property
    def ratio(self) -> float:
        """Ours by ncurses'; both nothing is as good as each other."""
        if self.ncurses == 0:
            return 1.0 if self.ours == 0 else float("inf")
        return self.ours / self.ncurses


def ours(frames: Sequence[Frame]) -> list[bytes]:
    """What the painter sends for each frame, the opening with the first."""
    profile = profile_of(TERM)
    pens = Pens(profile)
    painter = Painter(profile, pens)
    sent: list[bytes] = []
    opening = painter.opening()
    for frame in frames:
        sent.append(opening + painter.frame(frame.grid(pens), frame.cursor))
        opening = b""
    return sent


def ncurses(frames: Sequence[Frame]) -> list[bytes]:
    """What ncurses sends for each frame."""
    child, master = pty.fork()
    if child == 0:
        _draw_in_child(frames)
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", frames[0].lines, frames[0].columns, 0, 0))
    os.write(master, b"\n")
    data = bytearray()
    with suppress(OSError):  # EIO: the child has closed its end.
        while part := os.read(master, 65536):
            data += part
    os.close(master)
    _, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError(f"the ncurses child ended with {status}: {bytes(data[-2000:])!r}")
    return bytes(data).split(MARK)[: len(frames)]


def _draw_in_child(frames: Sequence[Frame]) -> None:
    code = 1
    try:
        settings = termios.tcgetattr(0)
        settings[3] &= ~termios.ECHO
        termios.tcsetattr(0, termios.TCSANOW, settings)
        os.read(0, 1)  # The size is set now.
        os.environ.update(TERM=TERM, LC_ALL="C.UTF-8")
        os.environ.pop("LINES", None)
        os.environ.pop("COLUMNS", None)
        import locale

        locale.setlocale(locale.LC_ALL, "C.UTF-8")
        _draw_all(frames)
        code = 0
    finally:
        os._exit(code)


def _draw_all(frames: Sequence[Frame]) -> None:
    screen = curses.initscr()
    curses.raw()
    curses.noecho()
    curses.nonl()
    curses.start_color()
    curses.use_default_colors()
    screen.idlok(True)
    screen.idcok(True)
    screen.leaveok(False)
    pairs: dict[tuple[int, int], int] = {}

    def attribute(style: Style) -> int:
        value = 0
        for bit, name in (
            (BOLD, curses.A_BOLD),
            (DIM, curses.A_DIM),
            (ITALIC, curses.A_ITALIC),
            (UNDERLINE, curses.A_UNDERLINE),
            (REVERSE, curses.A_REVERSE),
            (BLINK, curses.A_BLINK),
        ):
            value |= name if style.attributes & bit else 0
        colours = (style.fore, style.ground)
        if colours != (-1, -1):
            if colours not in pairs:
                pairs[colours] = len(pairs) + 1
                curses.init_pair(pairs[colours], *colours)
            value |= curses.color_pair(pairs[colours])
        return value

    visible: bool | None = None
    for frame in frames:
        screen.erase()
        for y, runs in enumerate(frame.rows):
            x = 0
            for texts, style in runs:
                text = "".join(texts)
                if style != Style() or text.strip(" "):
                    with suppress(curses.error):  # The corner: written, but the cursor cannot pass it.
                        screen.addstr(y, x, text, attribute(style))
                x += len(text)
        if visible is not (frame.cursor is not None):
            visible = frame.cursor is not None
            curses.curs_set(int(visible))
        if frame.cursor is not None:
            screen.move(frame.cursor[1], frame.cursor[0])
        screen.noutrefresh()
        curses.doupdate()
        os.write(1, MARK)
    curses.endwin()


def compare(frames: Sequence[Frame]) -> dict[str, Count]:
    """Bytes by act. Raises AssertionError where either does not show the frame."""
    counts: dict[str, Count] = {}
    pens = Pens(profile_of(TERM))
    first = frames[0]
    screens = [Emulator(first.columns, first.lines) for _ in range(2)]
    for frame, our, their in zip(frames, ours(frames), ncurses(frames), strict=True):
        wanted = ["".join(cell.text for cell in row) for row in frame.grid(pens).rows]
        for emulator, data, name in zip(screens, (our, their), ("the painter", "ncurses"), strict=True):
            emulator.feed(data)
            assert emulator.screen.display == wanted, f"{name} does not show a frame of {frame.act!r}: {data!r}"
        count = counts.setdefault(frame.act, Count())
        count.frames += 1
        count.ours += len(our)
        count.ncurses += len(their)
    return counts


def whole(counts: dict[str, Count]) -> Count:
    """All acts together."""
    return Count(*(sum(getattr(count, name) for count in counts.values()) for name in ("frames", "ours", "ncurses")))


def report(counts: dict[str, Count]) -> str:
    """A table for people."""
    lines = [f"{'act':<20}{'frames':>8}{'ours':>9}{'a frame':>9}{'ncurses':>9}{'ratio':>8}"]
    for act, count in [*counts.items(), ("in all", whole(counts))]:
        each = count.ours / count.frames
        lines.append(f"{act:<20}{count.frames:>8}{count.ours:>9}{each:>9.1f}{count.ncurses:>9}{count.ratio:>8.2f}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 where a target is missed."""
    frames = list(load(Path(arguments[0]))) if arguments else Visit(Pens(profile_of(TERM))).whole()
    counts = compare(frames)
    print(report(counts))
    return int(whole(counts).ratio > 0.9 or any(count.ratio > 1.0 for count in counts.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
