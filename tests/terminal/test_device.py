"""The terminal as a device: a description of our own, raw, and as it was before."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import termios
from collections.abc import Iterator

import pytest

from akson_tui.terminal.device import MOST_COLUMNS, MOST_LINES, USUAL, Device, NoTerminal, open_again


@pytest.fixture
def line() -> Iterator[tuple[int, int]]:
    """(the far end, the program's end)."""
    master, slave = pty.openpty()
    yield master, slave
    for fd in (master, slave):
        try:
            os.close(fd)
        except OSError:
            assert fd == master, "only the far end is closed by tests"


def set_size(fd: int, columns: int, lines: int) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


def test_our_description_does_not_block_and_the_shell_s_still_does(line: tuple[int, int]) -> None:
    fd = open_again(line[1])
    assert not os.get_blocking(fd) and os.get_blocking(line[1])
    assert not os.get_inheritable(fd)
    os.close(fd)


def test_what_is_no_terminal_is_told() -> None:
    reading, writing = os.pipe()
    with pytest.raises(NoTerminal):
        open_again(reading, writing)
    os.close(reading)
    os.close(writing)


def test_every_key_is_ours_and_afterwards_all_is_as_before(line: tuple[int, int]) -> None:
    before = termios.tcgetattr(line[1])
    device = Device(open_again(line[1]))
    device.make_raw()
    device.make_raw()
    iflag, oflag, _, lflag, *_ = termios.tcgetattr(line[1])
    assert not iflag & (termios.IXON | termios.ICRNL)
    assert not oflag & termios.OPOST
    assert not lflag & (termios.ISIG | termios.ICANON | termios.ECHO)
    os.write(line[0], b"\x03\x13\x11\x1a\r")
    assert device.read() == b"\x03\x13\x11\x1a\r"
    device.close()
    assert termios.tcgetattr(line[1]) == before


def test_nothing_yet_and_gone_for_good_are_told_apart(line: tuple[int, int]) -> None:
    device = Device(open_again(line[1]))
    device.make_raw()
    assert device.read() is None
    os.close(line[0])
    assert device.read() == b""
    device.close()


def test_the_size_is_what_the_terminal_says_within_reason(line: tuple[int, int]) -> None:
    device = Device(open_again(line[1]))
    for told, taken in (((132, 43), (132, 43)), ((0, 0), USUAL), ((65535, 65535), (MOST_COLUMNS, MOST_LINES))):
        set_size(line[0], *told)
        assert device.size() == taken
    device.close()
