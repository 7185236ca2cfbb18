"""Somebody who goes to every place of the workstation, opens everything there, and notes what was shown.

The easy mistake is to send the next key before the last one's frame was painted: only what was on the line counts as
shown, and newer frames replace older ones.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.hostile.journal import LABEL, HostileJournal
from tests.hostile.monkey import Broken, Monkey
from tests.journeys.people import PASSPHRASE, Nurse
from tests.tools.terminal import KEYS, Terminal

PAGES = 3
"""Pages of one text that are read."""
WIDE = 100
"""Columns from which the text stands beside the list."""
_ENTRY = re.compile(r"(?:\d\d\.\d\d\.\d{4}|\d\d\.\d{4} {3}|\d{4} {6}| {10}|– {9}) ")
_REST = re.compile(r"\d+ (?:tekst)?linjer? til")


class Anybody(Nurse):
    """At a workstation on a journal whose names nobody knows beforehand."""

    def sits_down(self) -> None:
        """Start the workstation and wait for the worklist."""
        env = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "LANG": "C.UTF-8"}
        columns, lines = self.size
        env["AKSON_PASSPHRASE"] = PASSPHRASE
        self._terminal = Terminal(self.command, columns=columns, lines=lines, env=env)
        self.sees("Dagens liste")


class Visitor(Monkey):
    """`labels` of what was seen; `shown` is every line that stood on the screen."""

    def __init__(self, nurse: Nurse) -> None:
        super().__init__(nurse)
        self.shown: set[str] = set()

    def _look(self) -> None:
        super()._look()
        self.shown.update(self.terminal.display)

    @property
    def labels(self) -> set[str]:
        """The labels of the texts that were shown."""
        return {label for line in self.shown for label in LABEL.findall(line)}

    def press(self, *keys: str) -> None:
        """One key after another, each painted before the next."""
        for key in keys:
            self.do(("key", KEYS.get(key, key).encode()), wait=0.3 if key == "esc" else 0.04)
            self.check()

    def wait(self, pattern: str, limit: float = 20.0) -> None:
        """Until a line of the screen has `pattern`. Raises Broken."""
        if not self._until(lambda: any(re.search(pattern, line) for line in self.terminal.display), limit):
            raise Broken(f"no {pattern!r}\n{self.told()}")

    def reads_on(self, *keys: str) -> None:
        """Page by page, as long as there is more."""
        for _ in range(PAGES):
            if not any(_REST.search(line) for line in self.terminal.display):
                return
            self.press(*keys)

    def opens(self, row: int, deep: bool) -> None:
        """The patient in row `row` of the worklist, and all of the journal; `deep`: each text to its end, or nearly."""
        self.go_home()
        self.do(("go", KEYS["home"].encode() + b"j" * row + b"\r"), wait=0.1)
        self.wait("^Oversikt  (delvis )?hentet")
        self.reads_on("pgdn")
        self.press("2")
        self.wait("^Tidslinje  .*hentet")
        self.press("home", "enter")
        before = None
        while before != (now := (self.terminal.emulator.cursor, self._entry())):
            before = now
            if deep and any("tekstlinje" in line for line in self.terminal.display):
                self.press("enter")
                self.reads_on("pgdn")
                self.press("esc")
            self.press("j", "enter")
            if self._reading():
                self.press("esc")

    def _reading(self) -> bool:
        """Whether Enter came so late that the text stood there already, and was taken to read on in it."""
        screen = self.terminal.emulator.screen
        if screen.columns >= WIDE:
            return screen.cursor.x > screen.columns // 3
        heading = next((y for y, line in enumerate(self.terminal.display) if line.startswith("Tidslinje")), 0)
        return not any(_ENTRY.match(line) for line in self.terminal.display[heading + 1 : heading + 3])

    def _entry(self) -> str:
        cursor = self.terminal.emulator.cursor
        return self.terminal.display[cursor[1]] if cursor else ""

    def narrows(self) -> None:
        """In the timeline: the filter, and the search."""
        self.press("f")
        self.wait("^Filter på tidslinjen")
        self.press("pgdn", "space", "esc")
        self.press("s")
        self.do(("text", b"ord\r"), wait=0.2)
        self.press("v")

    def writes(self) -> None:
        """A note, which the journal refuses; and all the places that tell of it."""
        self.press("w")
        self.wait("^Nytt notat")
        self.press("enter")
        self.wait("^Utkast")
        self.do(("text", b"Ord om BT 142/88"), wait=0.6)
        self.press("f9")
        self.wait("^Se over")
        self.press("pgdn", "f9")
        self.wait("^Tidslinje")
        self.do(("go", b"gu"), wait=0.2)
        self.wait("^avvist")
        self.check()
        self.press("?", "esc", ":", "esc", "esc")

    def searches(self) -> None:
        """For anybody, and for the ones opened last."""
        self.go_home()
        self.do(("go", b"/K"), wait=0.5)
        self.press("down", "pgdn", "pgdn", "backspace", "down", "down")

    def goes_everywhere(self, people: int) -> None:
        """All of it, for the first `people` of the list."""
        self.wait(r"^\d\d\.\d\d ")
        for row in range(people):
            self.opens(row, deep=row == 0)
            if row == 0:
                self.narrows()
                self.writes()
            self.check()
        self.searches()
        self.go_home()
        self.check()


def visited(journal: HostileJournal, home: Path, people: int, size: tuple[int, int] = (80, 24)) -> Visitor:
    """A visitor who has been everywhere and gone home. Raises Broken where something was not as it may be."""
    with Anybody(home, journal.base, size=size) as nurse:
        visitor = Visitor(nurse)
        visitor.goes_everywhere(people)
        visitor.terminal.send(b"\x11")
        visitor.terminal.ended(10)
        if not visitor.ended():
            raise Broken("it did not quit")
        return visitor
