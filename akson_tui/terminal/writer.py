"""Bytes to the line without ever waiting for it: one frame under way, the newest next.

The easy mistake is to make a frame before it can be sent: the next one is computed from it, so it could no longer be
dropped, and a slow line would fall behind. Frames are pulled: `source` is called when the line can take one.

Flow control reaches from end to end, since pty, sshd and the network buffer what the terminal has not seen: behind
each 256 B the terminal is asked CSI 5 n, and no new frame begins with over 1 kB unanswered, unless the line is known to
be far rather than slow: see `_may_begin` and docs/decisions/004-frames-under-way.md.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import re
import select
from collections.abc import Callable

ASK = b"\x1b[5n"
ASK_BEHIND = 256
"""Bytes since the last question that call for one."""
UNANSWERED_AT_MOST = 1024
SLOW = 0.4
"""Seconds by which a page is answered later than a little is, from which a line is slow rather than far."""
PAGE = 512
"""Bytes from which an answer tells how slow the line is."""
APART = 0.2
"""Seconds between two frames on a line that is far."""
UNDER_WAY_AT_MOST = 4608
"""Unanswered bytes with which a frame may begin on such a line."""
LARGE = UNANSWERED_AT_MOST + ASK_BEHIND
"""A frame beyond this is asked about in its midst as well, so that the next may begin while its end is under way."""
FIRST_ANSWER = 10.0
"""Seconds in which a terminal answers its first question, or is one that answers none."""

Source = Callable[[], bytes]
"""Makes the newest frame; b"" where the terminal shows what is wanted already."""

_CUT = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P^_X].*?(?:\x1b\\|\x07)|\x1b[ -/]*[0-~]|[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*|.",
    re.DOTALL,
)
_GONE = frozenset((errno.EIO, errno.EPIPE, errno.ENXIO, errno.EBADF, errno.ENODEV))


def cut(data: bytes, size: int) -> list[bytes]:
    """`data` in pieces of at most `size` bytes (a longer sequence stays whole), cut between sequences only; the first
    piece is the short one."""
    if len(data) <= size:
        return [data]
    pieces: list[bytes] = []
    start = end = 0
    most = len(data) % size or size
    for found in _CUT.finditer(data):
        if found.end() - start > most and end > start:
            pieces.append(data[start:end])
            start, most = end, size
        end = found.end()
    pieces.append(data[start:])
    return pieces


class Writer:
    """The only way to the line."""

    def __init__(
        self,
        fd: int,
        loop: asyncio.AbstractEventLoop,
        source: Source,
        *,
        gone: Callable[[], None] = lambda: None,
        trace: Callable[[str], None] | None = None,
    ) -> None:
        """Write to `fd` (O_NONBLOCK); `gone` is called once where the terminal is no more; `trace` is told sizes."""
        self._fd = fd
        self._loop = loop
        self._source = source
        self._gone = gone
        self._trace = trace
        self._out = bytearray()
        self._aside: list[bytes] = []
        self._want = False
        self._held = False
        self._watching = False
        self._closed = False
        self._since_question = 0
        self._questions: list[tuple[int, float]] = []
        """By question not yet answered, oldest first: the bytes since the one before, and when it was asked."""
        self._soonest = self._lag = float("inf")
        """Seconds that the quickest answer took, and the last one behind a page."""
        self._began = 0.0
        """When the last frame began."""
        self._soon: asyncio.TimerHandle | None = None
        self._answers: bool | None = None
        """Whether this terminal answers; None until that is known."""
        self._deadline: asyncio.TimerHandle | None = None

    @property
    def answers(self) -> bool:
        """Whether the terminal answers questions, as far as is known."""
        return self._answers is not False

    @property
    def owed(self) -> int:
        """Questions that were asked and not yet answered."""
        return len(self._questions)

    @property
    def unanswered(self) -> int:
        """Bytes that the terminal has not said to have seen."""
        return sum(size for size, _ in self._questions) + self._since_question

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._out and not self._aside and not self._want

    def wanted(self) -> None:
        """There is something new to show: pull a frame as soon as the line can take one."""
        self._want = True
        self._push()

    def hold(self, held: bool) -> None:
        """Begin no frame while `held`: more changes are about to come, and one frame costs less than two."""
        self._held = held
        if not held:
            self._push()

    def aside(self, data: bytes) -> None:
        """Write what is not part of a frame and moves no cursor (bell, title, clipboard): between two frames."""
        self._aside.append(data)
        self._push()

    def ask(self) -> bool:
        """Have the terminal answer after this moment; False where it answers none."""
        if self._answers is False:
            return False
        if not self._questions:
            self._question()
            self._push()
        return True

    def answered(self) -> None:
        """The terminal answered the oldest question; an answer that nobody waits for any more is nothing."""
        if self._questions:
            size, asked = self._questions.pop(0)
            lag = self._loop.time() - asked
            self._soonest = min(self._soonest, lag)
            if size >= PAGE or lag > self._lag:
                self._lag = lag
            self._answers = True
            self._stop_deadline()
        self._push()

    def forgive(self) -> None:
        """Wait for no answer that is still owed: the terminal may be another one now."""
        self._questions.clear()
        self._since_question = 0
        self._stop_deadline()
        self._push()

    def close(self, last: bytes, patience: float) -> None:
        """Send what is under way and `last` within `patience` seconds, waiting for the line now, then no more."""
        if self._closed:
            return
        self._stop_watching()
        self._stop_deadline()
        self._stop_soon()
        self._want = False
        for piece in self._aside:
            self._out += piece
        self._out += last
        end = self._loop.time() + patience
        while self._out and not self._closed:
            self._write()
            left = end - self._loop.time()
            if not self._out or left <= 0:
                break
            self._stop_watching()
            select.select([], [self._fd], [], left)
        self._stop_watching()
        self._closed = True

    def blurt(self, data: bytes) -> None:
        """Write `data` now, as much as the line takes, whatever else is under way: the process is about to end."""
        if not self._closed:
            with contextlib.suppress(OSError):
                os.write(self._fd, data)

    def _push(self) -> None:
        """Write what the line takes now, and pull a frame where it may begin."""
        while not self._closed:
            if self._out:
                if not self._watching:
                    self._write()
                if self._out:
                    return
            if self._aside:
                self._add(self._aside.pop(0))
            elif self._want and not self._held and self._may_begin():
                self._want = False
                self._began = self._loop.time()
                frame = self._source()
                if frame and self._trace is not None:
                    self._trace(f"frame {len(frame)}")
                self._add(frame)
            else:
                return

    def _may_begin(self) -> bool:
        """Whether a frame may begin now; where it may after a while, it is tried again then."""
        if self._answers is False or self.unanswered <= UNANSWERED_AT_MOST:
            return True
        now = self._loop.time()
        late = max(self._lag, now - self._questions[0][1])
        if late == float("inf") or late - self._soonest > SLOW or self.unanswered > UNDER_WAY_AT_MOST:
            return False
        left = self._began + APART - now
        if left > 0 and self._soon is None:
            self._soon = self._loop.call_later(left, self._try_again)
        return left <= 0

    def _try_again(self) -> None:
        self._soon = None
        self._push()

    def _add(self, data: bytes) -> None:
        for piece in cut(data, UNANSWERED_AT_MOST) if len(data) > LARGE else (data,):
            self._out += piece
            if self._answers is False:
                continue
            self._since_question += len(piece)
            if self._since_question > ASK_BEHIND:
                self._question()

    def _question(self) -> None:
        self._questions.append((self._since_question, self._loop.time()))
        self._since_question = 0
        self._out += ASK
        if self._answers is None and self._deadline is None:
            self._deadline = self._loop.call_later(FIRST_ANSWER, self._none_came)

    def _none_came(self) -> None:
        self._deadline = None
        self._answers = False
        self._questions.clear()
        self._since_question = 0
        self._push()

    def _stop_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _stop_soon(self) -> None:
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None

    def _write(self) -> None:
        try:
            sent = os.write(self._fd, self._out)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError as error:
            if error.errno not in _GONE:
                raise
            self._stop_watching()
            self._closed = True
            self._out.clear()
            self._gone()
            return
        del self._out[:sent]
        if self._out:
            self._watch()
        else:
            self._stop_watching()

    def _watch(self) -> None:
        if not self._watching:
            self._watching = True
            self._loop.add_writer(self._fd, self._writable)

    def _stop_watching(self) -> None:
        if self._watching:
            self._watching = False
            self._loop.remove_writer(self._fd)

    def _writable(self) -> None:
        self._write()
        self._push()


def trace_to(path: str | None) -> Callable[[str], None] | None:
    """Append lines to the file `path` (AKSON_TRACE): sizes and states, never contents. None where there is no path."""
    if not path:
        return None
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def write(line: str) -> None:
        os.write(fd, f"{line}\n".encode())

    return write
