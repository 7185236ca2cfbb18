"""A real mosh over loopback: what one end writes, and the screen that the other end shows for it.

mosh sends states of the screen, not bytes: frames that follow quickly may never be shown, but the last one is.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from tests.tools.emulator import Emulator


class Mosh:
    """`columns` × `lines`; use it as a context, so that both ends end."""

    def __init__(self, folder: Path, columns: int, lines: int, patience: float = 15.0) -> None:
        self.emulator = Emulator(columns, lines)
        self._patience = patience
        fifo = folder / "shown"
        os.mkfifo(fifo)
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "MOSH_PREDICTION_DISPLAY": "never"}
        environment["MOSH_TITLE_NOPREFIX"] = "1"
        size = struct.pack("HHHH", lines, columns, 0, 0)
        # The server takes its first size from the terminal that it is started on.
        outer, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, size)
        told = subprocess.run(
            ["mosh-server", "new", "-i", "127.0.0.1", "-c", "256", "--", "sh", "-c", f"stty raw -echo; cat '{fifo}'"],
            stdin=inner,
            capture_output=True,
            env={**environment, "MOSH_SERVER_NETWORK_TMOUT": "60"},
            timeout=patience,
            check=True,
        )
        os.close(outer)
        os.close(inner)
        answer = (told.stdout + told.stderr).decode()
        connect = re.search(r"MOSH CONNECT (\d+) (\S+)", answer)
        detached = re.search(r"pid = (\d+)", answer)
        if connect is None or detached is None:
            raise RuntimeError(f"mosh-server did not start: {answer!r}")
        self._server = int(detached[1])
        self._client, self._screen = pty.fork()
        if self._client == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            environment["MOSH_KEY"] = connect[2]
            os.execvpe("mosh-client", ["mosh-client", "127.0.0.1", connect[1]], environment)
        self._pane = fifo.open("wb", buffering=0)

    def __enter__(self) -> Mosh:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pane.close()
        for process in (self._client, self._server):
            try:
                os.kill(process, signal.SIGTERM)
            except ProcessLookupError:
                continue  # It ended with its command.
        os.close(self._screen)
        os.waitpid(self._client, 0)

    def feed(self, data: bytes) -> None:
        """Write `data` at the far end."""
        self._pane.write(data)

    def until(self, true: Callable[[], bool]) -> bool:
        """Take in what the near end shows until `true`, or patience is at its end; returns which."""
        until = time.monotonic() + self._patience
        while not true():
            left = until - time.monotonic()
            if left <= 0:
                return False
            if select.select([self._screen], [], [], min(left, 0.5))[0]:
                self.emulator.feed(os.read(self._screen, 65536))
        return True
