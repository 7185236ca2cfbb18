"""The terminal as a device: a description of our own, raw mode and back, its size.

The easy mistake is O_NONBLOCK on fd 0 or 1: the flag belongs to the open file, which the shell shares, and stays on
when we are gone. The device is opened a second time instead.
"""

from __future__ import annotations

import contextlib
import errno
import os
import struct
import termios
from fcntl import ioctl
from typing import Any

MOST_COLUMNS, MOST_LINES = 1000, 400
"""A size beyond this is a mistake of whoever told it, and would cost memory."""
USUAL = (80, 24)


class NoTerminal(Exception):
    """Neither standard input nor standard output is a terminal that can be opened."""


def open_again(*standard: int) -> int:
    """A description of our own, non-blocking, of the terminal that one of the descriptors `standard` stands for."""
    terminals = [fd for fd in standard if os.isatty(fd)]
    if not terminals:
        raise NoTerminal("not a terminal")
    # kqueue cannot watch /dev/tty, and the name may lie in another mount namespace: so both, in this order.
    names = [name for fd in terminals for name in _names(fd)] + ["/dev/tty"]
    for name in names:
        with contextlib.suppress(OSError):
            return os.open(name, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    raise NoTerminal("the terminal cannot be opened a second time")


def _names(fd: int) -> list[str]:
    with contextlib.suppress(OSError):
        return [os.ttyname(fd), f"/proc/self/fd/{fd}"]
    return [f"/proc/self/fd/{fd}"]


class Device:
    """One terminal, from raw mode to what it was before."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self._before: list[Any] | None = None

    def make_raw(self) -> None:
        """Every key is ours, Ctrl+C, Ctrl+S and Ctrl+Z too, and output goes out as written (LF only moves down)."""
        before = termios.tcgetattr(self.fd)
        if self._before is None:
            self._before = before
        raw = list(self._before)
        raw[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP)
        raw[1] &= ~(termios.OPOST | termios.ONLCR)
        raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        raw[6] = [*raw[6]]
        raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
        # Not TCSADRAIN: it would wait for a line that stalls.
        termios.tcsetattr(self.fd, termios.TCSANOW, raw)

    def restore(self) -> None:
        """The settings as they were; a terminal that is gone needs none."""
        if self._before is not None:
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(self.fd, termios.TCSANOW, self._before)
            self._before = None

    def size(self) -> tuple[int, int]:
        """(columns, lines) as they are now."""
        try:
            lines, columns, _, _ = struct.unpack("HHHH", ioctl(self.fd, termios.TIOCGWINSZ, b"\0" * 8))
        except OSError:
            return USUAL
        return min(columns, MOST_COLUMNS) or USUAL[0], min(lines, MOST_LINES) or USUAL[1]

    def read(self) -> bytes | None:
        """What has come; None where nothing has yet, b"" where the terminal is gone."""
        try:
            return os.read(self.fd, 65536)
        except (BlockingIOError, InterruptedError):
            return None
        except OSError as error:
            if error.errno in (errno.EIO, errno.ENXIO, errno.ENODEV):
                return b""
            raise

    def close(self) -> None:
        """Restore the settings and let go of the terminal."""
        self.restore()
        os.close(self.fd)
