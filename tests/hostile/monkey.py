"""A monkey at the terminal: sends what hands, lines and terminals send, and looks after each handful of it.

The easy mistake is a monkey that never leaves one place: it goes where it has been least. All that it sent stands in
`sent`, so that what it broke can be done again by `replay`.
"""

from __future__ import annotations

import os
import re
import signal
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.hostile.steps import Step
from tests.hostile.whereabouts import HOME, NOWHERE, PLACES, Place, where
from tests.hostile.wire import Wire
from tests.journeys.people import PASSPHRASE, Nurse
from tests.tools.emulator import Char, Emulator
from tests.tools.terminal import KEYS, Terminal

CRASHED = ("Traceback", "Programmet stoppet", "Exception", "Error:")
CLIPBOARD = re.compile(rb"\x1b\]52;c;[A-Za-z0-9+/=]*\x07")

IDLE = 0.6
"""Seconds without a byte and without work after which nothing is under way: longer than any of the program's pauses."""


class Broken(AssertionError):
    """Something that may not be."""


class Monkey:
    """Sits at a nurse's terminal. `visits` counts the places that came on screen, `keys` what was pressed."""

    def __init__(self, nurse: Nurse, others: tuple[int, ...] = ()) -> None:
        """`others` are the processes that the program may be waiting for."""
        self.nurse = nurse
        self._others = others
        self.visits: Counter[str] = Counter()
        self.keys = 0
        self.sent: list[Step] = []
        self.wire = Wire(CLIPBOARD)
        self.repaints = 0
        self.restarts: Counter[str] = Counter()
        self._looked = 0
        self._place = self._counted = NOWHERE

    @property
    def terminal(self) -> Terminal:
        """Where it sits."""
        return self.nurse.terminal

    # -- hands --------------------------------------------------------------------------------------------------------

    def do(self, step: Step, wait: float = 0.0) -> None:
        """One step, and read for as long as something comes, or not at all."""
        kind, data = step
        self.sent.append(step)
        terminal = self.terminal
        if kind == "size":
            columns, lines = map(int, data.split())
            terminal.resize(columns, lines)
        elif kind == "split":
            terminal.send(data[:1])
            terminal.pump(0.02)
            terminal.send(data[1:])
        elif kind == "paste":
            terminal.send(b"\x1b[200~" + data + b"\x1b[201~")
        else:
            terminal.send(data)
        self.keys += _presses(step)
        terminal.pump(0)
        if wait:
            self.still(wait)
        self._look()

    def says(self, data: bytes) -> None:
        """A burst on the way to a place."""
        self.do(("go", data), wait=0.3 if data.endswith(b"\x1b") else 0.12)

    def at(self) -> str:
        """The place on screen."""
        return self._place

    def rest(self) -> None:
        """Until nothing comes and neither the program nor the journal works: a key that still acts will paint."""
        for _ in range(60):
            before = self._worked()
            if not self.terminal.pump(IDLE) and self._worked() == before:
                break
        self._look()

    def _worked(self) -> list[int]:
        """Ticks of CPU of the program and of the journal."""
        return [_ticks(pid) for pid in (self.terminal.pid, *self._others)]

    def display(self) -> Sequence[str]:
        """The lines of the screen, letters and their marks joined."""
        return [unicodedata.normalize("NFC", line) for line in self.terminal.display]

    def still(self, quiet: float) -> None:
        """Read until nothing has come for `quiet` seconds, five seconds at most."""
        for _ in range(int(5 / quiet)):
            if not self.terminal.pump(quiet):
                break
        self._look()

    def unlock(self) -> None:
        """Where it is locked: throw away what was typed, then the passphrase."""
        if self._place == "lock":
            self.says(b"\r")
        for _ in range(3):
            if self._place != "lock":
                return
            self.says(PASSPHRASE.encode() + b"\r")
            self._until(lambda: self._place != "lock", 5)

    def go_home(self) -> None:
        """To the worklist, with a screen on which it can be read."""
        if not self._legible():
            self.do(("size", b"80 24"), wait=0.15)
        for _ in range(4):
            self.unlock()
            self.says(HOME)
            if self._until(lambda: self._place == "worklist", 5):
                return
        raise Broken(f"there is no way home\n{self.told()}")

    def roam(self) -> None:
        """Go where it has been least."""
        self.goes(min(PLACES, key=lambda place: self.visits[place.name]))

    def goes(self, place: Place) -> bool:
        """Go home, and from there to `place`; whether it came there."""
        self.go_home()
        place.go(self)
        return self.comes_to(place.name)

    def comes_to(self, name: str) -> bool:
        """Wait until the place `name` is on screen; whether it came."""
        return self._until(lambda: self._place == name, 10)

    def _legible(self) -> bool:
        """Whether the screen has room for the headings."""
        screen = self.terminal.emulator.screen
        return screen.lines >= 15 and screen.columns >= 60

    # -- eyes ---------------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._legible():
            self._place = where(self.terminal.display)
            if self._place not in (NOWHERE, self._counted):
                self.visits[self._place] += 1
                self._counted = self._place
        data = bytes(self.terminal.output[self._looked :])
        self._looked += len(data)
        self.wire.feed(data)

    def check(self) -> None:
        """Alive, no crash, nothing on the wire that is not ours. Raises Broken."""
        self._look()
        if self.ended():
            return
        said = [line for line in self.terminal.display for word in CRASHED if word in line]
        if said:
            raise Broken(f"a crash on the screen\n{self.told()}")
        self._sound()

    def _sound(self) -> None:
        if self.wire.wrong:
            raise Broken(f"not ours on the wire: {self.wire.wrong[:5]}\n{self.told()}")
        reports = [path.read_text() for path in Path(self.nurse.home).rglob("crash-*.txt")]
        if reports:
            raise Broken(f"{len(reports)} crash reports\n{reports[0]}\n{self.told()}")

    def ended(self) -> bool:
        """Whether it has quit the program (it may); then the terminal must be as it was. Raises Broken."""
        if self.terminal.alive and self.terminal._reap() is None:
            return False
        status = self.terminal.ended()
        self._look()
        self.wire.end()
        self._sound()
        if status != 0:
            raise Broken(f"it ended with {status}\n{self.told()}")
        self.given_back()
        return True

    def given_back(self) -> None:
        """The terminal is as it was before. Raises Broken."""
        terminal, screen = self.terminal, self.terminal.emulator.screen
        left = []
        if terminal.settings_now() != terminal.settings:
            left.append("settings of the tty")
        if screen.main is not None:
            left.append("alternate screen")
        if screen.cursor.hidden:
            left.append("hidden cursor")
        if 2004 << 5 in screen.mode:
            left.append("bracketed paste")
        if 7 << 5 not in screen.mode:
            left.append("no wrapping")
        if screen.cursor.attrs != Char(" "):
            left.append(f"a pen {screen.cursor.attrs}")
        if left:
            raise Broken(f"not given back: {', '.join(left)}\n{self.told()}")

    def drift(self) -> None:
        """What stands on the screen is what painting it from nothing shows. Raises Broken.

        Something may come while one looks (a text half a second after its mark): what was painted before the
        repaint began is added to what stood there, and a repaint that differs from the next one proves nothing.
        """
        for _ in range(5):
            self.rest()
            if self.ended():
                return
            stood = _copy(self.terminal.emulator)
            before, clear, after = self._repaint()
            shown = self.terminal.emulator.rows()
            if self.ended():
                return
            self.repaints += 1
            if shown == stood.rows():
                return
            if clear and self._repaint() == (b"", clear, after):
                expected = _with(stood, before)
                if shown != expected:
                    raise Broken(f"it drifts: {_differences(expected, shown)}\n{self.told()}")
                return

    def _repaint(self) -> tuple[bytes, bytes, bytes]:
        began = len(self.terminal.output)
        # As Ctrl+L, but no key: a key takes back what the last line told.
        self.terminal.signal(signal.SIGWINCH)
        self.terminal.pump(1.0)
        self.still(0.15)
        return _parted(bytes(self.terminal.output[began:]))

    def told(self) -> str:
        """For whoever looks into it."""
        lines = [line.rstrip() for line in self.terminal.display]
        sent = "\n".join(f"{kind} {data[:200]!r}" for kind, data in self.sent[-60:])
        return "\n".join(["screen:", *lines, f"at {self._place!r} after {self.keys} keys; the last steps:", sent])

    # -- what is typed is kept ----------------------------------------------------------------------------------------

    def writes_a_draft(self, text: str) -> None:
        """A free note about Astrid with `text`, left unsigned for longer than a second."""
        self.go_home()
        self.nurse.opens_astrid()
        self.nurse.presses("w")
        self.nurse.sees("Nytt notat")
        self.nurse.presses("home", "enter")
        self.nurse.sees("Utkast")
        self.nurse.types(text)
        self.nurse.sees(text.split(maxsplit=1)[0])
        self.terminal.pump_for(1.3)
        self.check()

    def stops(self, how: str) -> None:
        """Quit, be killed, or lose the line, whatever stands on the screen; then sit down again."""
        self.restarts[how] += 1
        terminal = self.terminal
        if how == "quit":
            terminal.send(b"\x11")
            terminal.ended(10)
            self.ended()
        elif how == "kill":
            os.kill(terminal.pid, signal.SIGKILL)
        else:
            terminal.hangup()
            terminal.ended(5)
        terminal.close()
        self.sits_down()

    def sits_down(self) -> None:
        """Start the program again on the same home."""
        self.nurse.sits_down()
        self.wire, self._looked, self._place, self._counted = Wire(CLIPBOARD), 0, NOWHERE, NOWHERE
        self.still(0.15)

    def finds_its_draft(self, text: str) -> None:
        """The draft with `text` is offered, and opens with all of it. Raises Miss."""
        word, rest = text.split(maxsplit=1)
        self.nurse.sees("(g d)")
        self.go_home()
        self.says(b"gd")
        for _ in range(200):
            if self.terminal.shows(word):
                break
            self.says(KEYS["pgdn"].encode())
        self.nurse.sees(word)
        while word not in self.terminal.display[self.terminal.emulator.screen.cursor.y]:
            before = self.terminal.emulator.cursor
            self.says(b"j")
            if self.terminal.emulator.cursor == before:
                self.says(KEYS["home"].encode())
        self.says(b"\r")
        self.nurse.sees("Utkast  ")
        self.nurse.sees(word)
        composed = unicodedata.normalize("NFC", rest)
        if not self._until(lambda: any(composed in line for line in self.display()), 5):
            raise Broken(f"the draft has lost what was typed\n{self.told()}")

    def _until(self, true: Callable[[], bool], limit: float) -> bool:
        for _ in range(int(limit / 0.1)):
            if true():
                return True
            self.terminal.pump(0.1)
            self._look()
        return true()


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return -1
    return int(fields[11]) + int(fields[12])


_CLEAR = re.compile(rb"(?:\x1b\[[0-9;]*m)?\x1b\[H(?:\x1b\[[0-9;]*m)?\x1b\[J")


def _parted(painted: bytes) -> tuple[bytes, bytes, bytes]:
    """What was painted before the screen was cleared, what cleared it, and what came then."""
    found = _CLEAR.search(painted)
    return (painted[: found.start()], found[0], painted[found.end() :]) if found else (painted, b"", b"")


def _with(stood: Emulator, painted: bytes) -> list[list[Char]]:
    stood.feed(painted)
    return stood.rows()


def _copy(emulator: Emulator) -> Emulator:
    """Another terminal that shows the same."""
    screen = emulator.screen
    copy = Emulator(screen.columns, screen.lines, screen.widths, screen.bce)
    copy.screen.rows = [list(row) for row in screen.rows]
    copy.screen.mode = set(screen.mode)
    copy.screen.cursor.x, copy.screen.cursor.y = screen.cursor.x, screen.cursor.y
    copy.screen.cursor.attrs = screen.cursor.attrs
    return copy


def _differences(one: list[list[Char]], other: list[list[Char]]) -> str:
    found = [
        f"line {y} column {x}: {a!r} is {b!r}"
        for y, (row, as_it_is) in enumerate(zip(one, other, strict=True))
        for x, (a, b) in enumerate(zip(row, as_it_is, strict=True))
        if a != b
    ]
    return f"{len(found)} cells, " + "; ".join(found[:4])


def _presses(step: Step) -> int:
    """How many keys a person would have pressed for it: one for a paste, a sequence, a letter."""
    kind, data = step
    if kind in ("size", "strange"):
        return 0
    if kind == "paste":
        return 1
    return len(_PRESS.findall(data.decode("utf-8", "replace")))


_PRESS = re.compile(r"\x1b\[[0-9;]*[A-Za-z~]|\x1bO.|.", re.DOTALL)
