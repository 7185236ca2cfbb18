"""A real tmux on a socket of its own, with one pane that shows whatever bytes it is given.

Two ways to look at it: `Tmux` asks tmux what stands in its pane (in control mode, so that a question costs no process);
`AttachedTmux` is the terminal that a person sits at. `capture-pane` leaves out what was erased in a ground of its own,
so that only the second can check that.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from tests.tools.emulator import Char, Emulator


class _Pane:
    """The pipe into the pane."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "pane"
        os.mkfifo(self.path)
        self.command = f"stty raw -echo; exec cat '{self.path}'"
        self.file: BinaryIO | None = None

    def write(self, data: bytes) -> None:
        if self.file is None:
            self.file = self.path.open("wb", buffering=0)
        self.file.write(data)

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


def _command(folder: Path) -> list[str]:
    settings = folder / "tmux.conf"
    settings.write_text("set -g status off\nset -g default-terminal tmux-256color\n")
    return ["tmux", "-f", str(settings), "-S", str(folder / "socket"), "-u"]


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}


class Tmux:
    """`columns` × `lines`; use it as a context, so that it ends."""

    def __init__(self, folder: Path, columns: int, lines: int, patience: float = 10.0) -> None:
        self.columns, self.lines = columns, lines
        self._patience = patience
        self._marks = 0
        self._pane = _Pane(folder)
        size = ["-x", str(columns), "-y", str(lines)]
        self._control = subprocess.Popen(
            [*_command(folder), "-C", "new-session", *size, self._pane.command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
        )
        self._answer()  # to new-session itself

    def __enter__(self) -> Tmux:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pane.close()
        assert self._control.stdin and self._control.stdout
        if self._control.poll() is None:
            self._control.stdin.write(b"kill-server\n")
        self._control.stdin.close()
        self._control.wait(self._patience)
        self._control.stdout.close()

    def feed(self, data: bytes) -> None:
        """Show `data`, and return when tmux has taken it in."""
        self._marks += 1
        self._pane.write(data + b"\x1b]2;mark %d\x07" % self._marks)
        until = time.monotonic() + self._patience
        while self._ask("display-message -p '#{pane_title}'") != [f"mark {self._marks}"]:
            if time.monotonic() > until:
                raise TimeoutError(f"tmux did not show a frame within {self._patience} s")

    def resize(self, columns: int, lines: int) -> None:
        """Another size of the window."""
        self.columns, self.lines = columns, lines
        self._ask(f"resize-window -x {columns} -y {lines}")

    @property
    def cursor(self) -> tuple[int, int] | None:
        """(column, line), or None where it is hidden."""
        x, y, shown = self._ask("display-message -p '#{cursor_x} #{cursor_y} #{cursor_flag}'")[0].split()
        return (int(x), int(y)) if shown == "1" else None

    def rows(self) -> list[list[Char]]:
        """The cells as they look, from tmux's own account of its pane."""
        emulator = Emulator(self.columns, self.lines)
        emulator.feed(b"\x1b[?7l")
        for y, line in enumerate(self._ask("capture-pane -p -e -N")):
            emulator.feed(f"\x1b[{y + 1};1H{line}".encode())
        return emulator.rows()

    def _ask(self, command: str) -> list[str]:
        assert self._control.stdin
        self._control.stdin.write(command.encode() + b"\n")
        self._control.stdin.flush()
        return self._answer()

    def _answer(self) -> list[str]:
        """The lines of the next answer; what tmux tells unasked (%output and the like) is passed over."""
        assert self._control.stdout
        lines: list[str] | None = None
        while True:
            line = self._control.stdout.readline()
            if not line:
                raise EOFError("tmux has ended")
            if line.startswith(b"%begin "):
                lines = []
            elif lines is not None and line.startswith((b"%end ", b"%error ")):
                if line.startswith(b"%error "):
                    raise ValueError(f"tmux refused: {lines}")
                return lines
            elif lines is not None:
                lines.append(line.rstrip(b"\n").decode())


class AttachedTmux:
    """tmux as seen on the terminal that it runs in; use it as a context, so that it ends."""

    def __init__(self, folder: Path, columns: int, lines: int, patience: float = 10.0) -> None:
        self.emulator = Emulator(columns, lines)
        self._patience = patience
        self._pane = _Pane(folder)
        self._kill = [*_command(folder), "kill-server"]
        command = [*_command(folder), "new-session", self._pane.command]
        self._client, self._screen = pty.fork()
        if self._client == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.execvpe("tmux", command, _environment())

    def __enter__(self) -> AttachedTmux:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pane.close()
        subprocess.run(self._kill, env=_environment(), timeout=self._patience, check=False)
        os.close(self._screen)
        os.waitpid(self._client, 0)

    def feed(self, data: bytes) -> None:
        """Write `data` into the pane."""
        self._pane.write(data)

    def until(self, true: Callable[[], bool]) -> bool:
        """Take in what the terminal is sent until `true`, or patience is at its end; returns which."""
        until = time.monotonic() + self._patience
        while not true():
            left = until - time.monotonic()
            if left <= 0:
                return False
            if select.select([self._screen], [], [], min(left, 0.5))[0]:
                data = os.read(self._screen, 65536)
                self.emulator.feed(data)
        return True
