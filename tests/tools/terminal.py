"""A terminal for tests: a program under a pseudo terminal, its screen, and every byte that it wrote.

The easy mistake is to leave a program behind: use it as a context manager, or call `close`. It ends only the program
that it started.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from types import TracebackType

from tests.tools.emulator import Emulator

KEYS = {
    "enter": "\r", "esc": "\x1b", "tab": "\t", "space": " ", "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C",
    "left": "\x1b[D", "pgup": "\x1b[5~", "pgdn": "\x1b[6~", "home": "\x1b[H", "end": "\x1b[F", "backspace": "\x7f",
    "shift+tab": "\x1b[Z", "delete": "\x1b[3~", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS",
    **{f"f{n}": f"\x1b[{code}~" for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)},
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}  # fmt: skip
QUIET = 0.30
"""Seconds: a screen is still when nothing was written for this long."""
_ANSWERS = (
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[5n", b"\x1b[0n"),
    (b"\x1b[6n", b"\x1b[1;1R"),
)


class Miss(AssertionError):
    """A wait that did not come true."""


class Terminal:
    """A program in a terminal of `columns` × `lines`."""

    def __init__(
        self,
        command: list[str],
        *,
        columns: int = 80,
        lines: int = 24,
        env: dict[str, str] | None = None,
        cwd: str | None = None,
        answers: bool = True,
    ) -> None:
        """Start `command` with `env` added to the environment; `answers`: whether this terminal answers questions."""
        self.emulator = Emulator(columns, lines)
        self.output = bytearray()
        self.started = time.monotonic()
        self.first: float | None = None
        self.last: float | None = None
        self.status: int | None = None
        self.answers = answers
        self.questions = 0
        self._tail = b""
        self.pid, fd = pty.fork()
        if self.pid == 0:
            _become(command, columns, lines, env or {}, cwd)
        self._fd: int | None = fd
        self._set_size(columns, lines)
        self.settings: list[object] = termios.tcgetattr(fd)
        self._settings_left = self.settings

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def total(self) -> int:
        """Bytes that the program has written."""
        return len(self.output)

    @property
    def display(self) -> list[str]:
        """The lines of the screen as text."""
        return self.emulator.screen.display

    @property
    def alive(self) -> bool:
        """Whether the line is up."""
        return self._fd is not None

    # Keys

    def send(self, data: bytes) -> None:
        """Write `data` and read nothing."""
        if self._fd is not None and data:
            with contextlib.suppress(OSError):
                os.write(self._fd, data)

    def press(self, *names: str) -> int:
        """Press keys one by one, waiting for a still screen after each; the bytes that came back."""
        before = self.total
        for name in names:
            self.send(KEYS.get(name, name).encode())
            self.settle()
        return self.total - before

    def type(self, text: str) -> list[int]:
        """Type `text` letter by letter; the bytes that came back for each."""
        return [self.press(letter) for letter in text]

    def burst(self, data: str | bytes) -> None:
        """Write all of `data` at once, and read what comes back until the screen is still."""
        self.send(data.encode() if isinstance(data, str) else data)
        self.settle()

    def paste(self, text: str) -> None:
        """A bracketed paste."""
        self.burst(f"\x1b[200~{text}\x1b[201~")

    # Waiting

    def wait(self, text: str, limit: float = 20.0) -> None:
        """Until `text` stands on the screen. Raises Miss."""
        self._until(lambda: self.shows(text), limit, f"no {text!r} on the screen")

    def gone(self, text: str, limit: float = 20.0) -> None:
        """Until `text` no longer stands on the screen. Raises Miss."""
        self._until(lambda: not self.shows(text), limit, f"still {text!r} on the screen")

    def shows(self, text: str) -> bool:
        """Whether `text` stands on one line of the screen."""
        return any(text in line for line in self.display)

    def settle(self, limit: float = 5.0) -> None:
        """Read until nothing has come for QUIET seconds."""
        end = time.monotonic() + limit
        while time.monotonic() < end and self.pump(QUIET):
            pass

    def pump_for(self, seconds: float) -> None:
        """Read for `seconds`."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.pump(min(0.2, left))

    def pump(self, seconds: float) -> bool:
        """Read for at most `seconds`; True where something came."""
        if self._fd is None:
            return False
        ready, _, _ = select.select([self._fd], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            data = b""
        if not data:
            self._settings_left = termios.tcgetattr(self._fd)
            self.hangup()
            return False
        self.last = time.monotonic()
        self.first = self.first or self.last
        for reply in self.take(data):
            self.send(reply)
        return True

    @property
    def fd(self) -> int:
        """Our end of the line."""
        assert self._fd is not None
        return self._fd

    def take(self, data: bytes) -> list[bytes]:
        """Show `data`, which the program wrote; the answers to what it asks."""
        self.output += data
        self.emulator.feed(data)
        return self._answers_to(data)

    def ended(self, limit: float = 5.0) -> int:
        """The exit status of the program once it has ended, read to its last byte. Raises Miss."""
        end = time.monotonic() + limit
        while self._reap() is None:
            if time.monotonic() > end:
                raise Miss("the program runs on")
            if not self.pump(0.02):
                time.sleep(0.005)
        while self.pump(0.05):
            pass
        assert self.status is not None
        return self.status

    # What happens to lines

    def stall(self, seconds: float) -> None:
        """Read nothing for `seconds`, as a line that stalls."""
        time.sleep(seconds)

    def resize(self, columns: int, lines: int) -> None:
        """Another size, with SIGWINCH."""
        self.emulator.resize(columns, lines)
        self._set_size(columns, lines)

    def signal(self, number: int) -> None:
        """A signal to the program."""
        os.kill(self.pid, number)

    def hangup(self) -> None:
        """Close the terminal, as a line that drops."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def settings_now(self) -> list[object]:
        """The terminal's settings (termios), or as the program left them."""
        return termios.tcgetattr(self._fd) if self._fd is not None else self._settings_left

    def close(self) -> None:
        """Hang up, and end the program where it does not end itself."""
        self.hangup()
        for number, seconds in ((None, 2.0), (signal.SIGTERM, 2.0), (signal.SIGKILL, 5.0)):
            if self.status is not None:
                return
            if number is not None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self.pid, number)
            end = time.monotonic() + seconds
            while self._reap() is None and time.monotonic() < end:
                time.sleep(0.01)

    # Figures

    def family(self) -> list[int]:
        """The program and its descendants."""
        children: dict[int, list[int]] = {}
        for name in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat") as stat:
                children.setdefault(int(stat.read().rsplit(")", 1)[1].split()[1]), []).append(int(name))
        found: list[int] = []
        todo = [self.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            todo += children.get(pid, [])
        return found

    def cpu(self) -> float:
        """Seconds of CPU that the program and its descendants have used."""
        ticks = 0
        for pid in self.family():
            with contextlib.suppress(OSError), open(f"/proc/{pid}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> dict[str, float]:
        """RSS, PSS and USS in MB, of the program and its descendants."""
        sums = {"rss_mb": 0.0, "pss_mb": 0.0, "uss_mb": 0.0}
        rows = {"Rss": "rss_mb", "Pss": "pss_mb", "Private_Clean": "uss_mb", "Private_Dirty": "uss_mb"}
        for pid in self.family():
            with contextlib.suppress(OSError), open(f"/proc/{pid}/smaps_rollup") as rollup:
                for line in rollup:
                    name, _, rest = line.partition(":")
                    if name in rows:
                        sums[rows[name]] += int(rest.split()[0]) / 1024
        return {name: round(sum_, 1) for name, sum_ in sums.items()}

    def _until(self, true: object, limit: float, miss: str) -> None:
        assert callable(true)
        end = time.monotonic() + limit
        while not true():
            if time.monotonic() > end or self._fd is None:
                raise Miss(miss + "\n" + "\n".join(line.rstrip() for line in self.display))
            self.pump(0.05)

    def _answers_to(self, data: bytes) -> list[bytes]:
        """What a plain xterm answers, each question once, one cut by two reads too."""
        before, seen, self._tail = self._tail, self._tail + data, (self._tail + data)[-3:]
        replies: list[bytes] = []
        for ask, reply in _ANSWERS:
            count = seen.count(ask) - before.count(ask)
            self.questions += count
            replies += [reply] * (count if self.answers else 0)
        return replies

    def _set_size(self, columns: int, lines: int) -> None:
        if self._fd is not None:
            fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def _reap(self) -> int | None:
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status


def _become(command: list[str], columns: int, lines: int, env: dict[str, str], cwd: str | None) -> None:
    """In the child: be the program."""
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    os.environ.update({"TERM": "xterm-256color", **env})
    try:
        if cwd is not None:
            os.chdir(cwd)
        os.execvp(command[0], command)
    except OSError as error:
        print(f"terminal: {command[0]}: {error}", file=sys.stderr)
    os._exit(127)
