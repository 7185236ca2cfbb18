"""A line in user space: bytes at a rate, late, and with all the buffers that a real line has.

The easy mistake is a small buffer: it would push back on the program, as no network does. Here the program's output is
taken at once and kept until the line has carried it.
"""

from __future__ import annotations

import os
import select
import time
from collections import deque

from tests.tools.terminal import Terminal


class SlowLine:
    """Carries a `Terminal`'s bytes both ways at `bits` per second, `delay` seconds late each way."""

    def __init__(self, terminal: Terminal, bits: float = 64_000, delay: float = 0.3) -> None:
        self._terminal = terminal
        self._seconds_a_byte = 8 / bits
        self._delay = delay
        self._up: deque[tuple[float, bytes]] = deque()
        self._down: deque[tuple[float, bytes]] = deque()
        self._free = 0.0
        self.last_seen = 0.0
        """When the person's terminal last got bytes."""

    def press(self, data: bytes) -> None:
        """The person presses a key."""
        self._up.append((time.monotonic() + self._delay, data))

    def carry(self, seconds: float) -> None:
        """Let `seconds` pass."""
        end = time.monotonic() + seconds
        while (now := time.monotonic()) < end:
            due = min([end, *(queue[0][0] for queue in (self._up, self._down) if queue)])
            self._turn(max(0.0, due - now))

    def carry_until_quiet(self, quiet: float, limit: float = 60.0) -> None:
        """Let time pass until the person's terminal has got nothing for `quiet` seconds."""
        end = time.monotonic() + limit
        while time.monotonic() < end and (self._up or self._down or time.monotonic() - self.last_seen < quiet):
            self.carry(0.05)

    def _turn(self, wait: float) -> None:
        fd = self._terminal.fd
        ready, _, _ = select.select([fd], [], [], wait)
        now = time.monotonic()
        if ready:
            for byte in os.read(fd, 65536):
                self._free = max(self._free, now) + self._seconds_a_byte
                self._down.append((self._free + self._delay, bytes([byte])))
        while self._up and self._up[0][0] <= now:
            os.write(fd, self._up.popleft()[1])
        seen = b""
        while self._down and self._down[0][0] <= now:
            seen += self._down.popleft()[1]
        if seen:
            self.last_seen = now
            for reply in self._terminal.take(seen):
                self.press(reply)
