"""Keys to the program one at a time: what was typed ahead belongs to the screen that the key before it opened.

The easy mistake is to hand over all that a read brought. A line hands over in one packet what a person typed in ten
seconds; each key must have acted, and the screen it opened must have the focus, before the next one is looked at.
Why Esc waits as it does: docs/decisions/002-escape.md.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Protocol

from akson_tui.terminal.decode import ESCAPE, Decoder, Kind, Token
from akson_tui.terminal.safe import lines

QUIET = 0.2
"""Seconds without input after which an Esc whose question is answered stands alone."""
MUTE = 0.7
"""The same for a terminal that answers no questions."""
PATIENCE = 3.0
"""Seconds that a key may act before the keys that lead out (`WAY_OUT`) no longer wait for it."""
WAY_OUT = frozenset((ESCAPE, Token(Kind.KEY, "ctrl+q"), Token(Kind.KEY, "ctrl+c")))
FULL = 10_000
"""Keys typed ahead at which `Feeder.full` asks for a rest."""
LONGEST_RUN = 4_000
ANSWER_LENGTH = len(b"\x1b[0n")


class Port(Protocol):
    """The program, as the feeder knows it."""

    def key(self, name: str, character: str | None) -> None:
        """A key is pressed; a printable one has its character as its name too."""

    def text(self, text: str) -> None:
        """Several printable characters go into the field that has the focus, together."""

    def paste(self, text: str) -> None:
        """A paste, made safe, lines parted by a line feed."""

    def mouse(self, report: str) -> None:
        """A mouse report in SGR 1006 form."""

    def in_field(self) -> bool:
        """Whether a printable character would now go into a text field."""

    async def acted(self, impatient: Callable[[], bool]) -> None:
        """Return when what was handed over last has acted, and the screen that it opened takes keys; or earlier, as
        soon as `impatient()`."""

    def rested(self) -> None:
        """All that was typed has been handed over and has acted."""

    def failed(self, error: BaseException) -> None:
        """Handing over raised."""

    def ask(self) -> bool:
        """See to it that the terminal answers a question after this moment; False where it answers none."""

    def answered(self) -> None:
        """The terminal answered a question."""


class Feeder:
    """Takes bytes in, hands keys on."""

    def __init__(self, port: Port, loop: asyncio.AbstractEventLoop) -> None:
        self._port = port
        self._loop = loop
        self._decoder = Decoder()
        self._ahead: deque[Token] = deque()
        self._running: asyncio.Task[None] | None = None
        self._quiet: asyncio.TimerHandle | None = None
        self._proven = False
        self._overdue = False
        self._handed_over = 0.0
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether a key acts or waits."""
        return self._running is not None

    @property
    def full(self) -> bool:
        """Whether so much is typed ahead that no more should be read for now."""
        return len(self._ahead) >= FULL

    def feed(self, data: bytes) -> None:
        """Bytes that the terminal sent."""
        if self._closed:
            return
        tokens = self._decoder.feed(data)
        answers = sum(token.kind is Kind.ANSWER for token in tokens)
        for _ in range(answers):
            self._port.answered()
        self._take(tokens[answers:])
        self._hold(answered=bool(answers), more=len(data) > answers * ANSWER_LENGTH)

    def close(self) -> None:
        """Hand nothing more over: what was typed ahead is dropped."""
        self._closed = True
        self._ahead.clear()
        self._stop_clock()
        if self._running is not None:
            self._running.cancel()

    def start(self) -> None:
        """Wait with the first key until the program has come up."""
        self._handed_over = self._loop.time()
        self._begin(first=False)

    def _begin(self, first: bool) -> None:
        self._running = self._loop.create_task(self._run(first), name="key feeder")
        self._running.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if self._running is task:
            self._running = None
        if not task.cancelled() and (error := task.exception()) is not None:
            self._port.failed(error)

    def _take(self, tokens: list[Token]) -> None:
        if not tokens:
            return
        self._ahead.extend(tokens)
        if self._running is None:
            self._begin(first=True)

    def _hold(self, answered: bool, more: bool) -> None:
        """Where an Esc is held, ask the terminal, whose answer proves that no more belongs to it; and set the clock."""
        if not self._decoder.held:
            self._stop_clock()
            return
        if more or (self._quiet is None and not self._overdue):
            self._stop_clock()
            asked = self._port.ask()
            self._proven = not asked
            self._quiet = self._loop.call_later(QUIET if asked else MUTE, self._settle)
        elif answered:
            self._proven = True
            if self._overdue:
                self._settle()

    def _stop_clock(self) -> None:
        self._overdue = False
        if self._quiet is not None:
            self._quiet.cancel()
            self._quiet = None

    def _settle(self) -> None:
        """The quiet time is over: Esc it was, unless the terminal still owes the answer that proves it."""
        self._quiet = None
        self._overdue = not self._proven
        if self._proven:
            self._take(self._decoder.settle())

    async def _run(self, first: bool) -> None:
        if not first:
            await self._port.acted(self._impatient)
        while self._ahead:
            self._hand_over()
            await self._port.acted(self._impatient)
        self._running = None
        self._port.rested()

    def _impatient(self) -> bool:
        late = self._loop.time() - self._handed_over > PATIENCE
        return late and bool(self._ahead) and self._ahead[0] in WAY_OUT

    def _hand_over(self) -> None:
        self._handed_over = self._loop.time()
        kind, value = self._ahead.popleft()
        if kind is Kind.TEXT:
            run = self._run_of_text(value) if self._port.in_field() else value
            if len(run) > 1:
                self._port.text(run)
            else:
                self._port.key(run, run)
        elif kind is Kind.KEY:
            self._port.key(value, None)
        elif kind is Kind.PASTE:
            self._port.paste("\n".join(lines(value)))
        elif kind is Kind.MOUSE:
            self._port.mouse(value)

    def _run_of_text(self, first: str) -> str:
        run = [first]
        while self._ahead and self._ahead[0].kind is Kind.TEXT and len(run) < LONGEST_RUN:
            run.append(self._ahead.popleft().value)
        return "".join(run)
