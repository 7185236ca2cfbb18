"""The line takes what it can, the newest is next, and nothing waits: a real pseudo terminal, read by hand."""

from __future__ import annotations

import asyncio
import os
import pty
import tty
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.terminal import writer as module
from akson_tui.terminal.writer import ASK, UNANSWERED_AT_MOST, Writer, cut, trace_to


class Line:
    """A line with a writer at one end and our hand at the other; frames are numbered."""

    def __init__(self, size: int = 10) -> None:
        self.master, slave = pty.openpty()
        tty.setraw(slave)
        os.set_blocking(self.master, False)
        os.set_blocking(slave, False)
        self.slave = slave
        self.size = size
        self.made = 0
        self.lost = 0
        self.newest = 0
        self.sizes: list[str] = []
        self.writer = Writer(slave, asyncio.get_running_loop(), self.frame, gone=self.gone, trace=self.sizes.append)

    def frame(self) -> bytes:
        self.made += 1
        return f"<{self.newest}:".encode() + b"x" * self.size + b">"

    def gone(self) -> None:
        self.lost += 1

    def change(self) -> None:
        self.newest += 1
        self.writer.wanted()

    def read(self) -> bytes:
        found = b""
        while True:
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return found
            if not data:
                return found
            found += data

    async def read_until(self, true: Callable[[bytes], bool]) -> bytes:
        found = b""
        async with asyncio.timeout(5):
            while not true(found):
                await asyncio.sleep(0.001)
                found += self.read()
        return found

    def close(self) -> None:
        self.writer.close(b"", 0)
        for fd in (self.master, self.slave):
            if fd >= 0:
                os.close(fd)


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    made = Line()
    yield made
    made.close()


async def test_a_frame_goes_out_at_once(line: Line) -> None:
    line.change()
    assert line.read() == b"<1:xxxxxxxxxx>"
    assert line.writer.idle and line.sizes == ["frame 14"]


async def test_a_line_that_stalls_gets_the_newest_when_it_goes_on_and_nothing_between(line: Line) -> None:
    line.size = 100_000
    line.change()
    for _ in range(50):
        line.change()
    assert line.made == 1
    got = await line.read_until(lambda data: data.endswith(b">" + ASK))
    for _ in range(line.writer.owed):
        line.writer.answered()
    got += await line.read_until(lambda data: data.endswith(b">" + ASK))
    assert line.made == 2
    assert got.replace(ASK, b"").count(b"<") == 2 and b"<51:" in got


async def test_nothing_of_a_frame_is_lost_or_mixed_on_a_line_that_stalls(line: Line) -> None:
    line.size = 300_000
    line.change()
    line.writer.aside(b"\x07")
    got = await line.read_until(lambda data: data.endswith(b"\x07"))
    assert got.replace(ASK, b"") == b"<1:" + b"x" * 300_000 + b">\x07"


async def test_small_frames_are_asked_about_each_256_bytes(line: Line) -> None:
    line.size = 96
    for _ in range(6):
        line.change()
    got = line.read()
    assert got.count(ASK) == 2
    assert all(len(part) > 256 for part in got.split(ASK)[:-1])


async def test_no_frame_begins_with_over_a_kilobyte_unanswered(line: Line) -> None:
    line.size = 300
    for _ in range(20):
        line.change()
    sent = line.read()
    assert line.made == 4 and len(sent.replace(ASK, b"")) <= UNANSWERED_AT_MOST + 310
    line.writer.answered()
    assert line.made == 5
    assert line.read().startswith(b"<20:")


async def test_a_terminal_that_has_answered_is_waited_for_however_long(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_ANSWER", 0.02)
    line.size = 600
    line.change()
    line.writer.answered()
    for _ in range(5):
        line.change()
    made = line.made
    await asyncio.sleep(0.1)
    assert line.made == made and line.writer.answers


async def test_a_terminal_that_does_not_answer_its_first_question_in_time_is_asked_no_more(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_ANSWER", 0.02)
    line.size = 1500
    line.change()
    line.change()
    assert line.made == 1 and line.writer.answers
    got = await line.read_until(lambda data: b"<2:" in data and data.endswith(b">"))
    assert not line.writer.answers and not line.writer.ask()
    for _ in range(5):
        line.change()
    got = line.read()
    assert got.count(b"<") == 5 and ASK not in got


async def test_answers_that_come_too_late_or_unasked_change_nothing(line: Line) -> None:
    for _ in range(5):
        line.writer.answered()
    line.size = 700
    line.change()
    line.change()
    line.change()
    assert line.made == 2 and line.writer.owed == 2


async def test_a_question_for_the_sake_of_its_answer_is_asked_once(line: Line) -> None:
    assert line.writer.ask() and line.writer.ask()
    assert line.read() == ASK


async def test_another_terminal_owes_no_answers(line: Line) -> None:
    line.size = 1500
    line.change()
    line.change()
    assert line.made == 1
    line.writer.forgive()
    assert line.made == 2


async def test_a_large_frame_is_asked_about_in_its_midst(line: Line) -> None:
    line.size = 5000
    line.change()
    parts = line.read().split(ASK)
    assert len(parts) == 6 and all(len(part) <= UNANSWERED_AT_MOST for part in parts)


async def test_a_frame_that_waits_is_made_when_it_is_let_go(line: Line) -> None:
    line.writer.hold(True)
    line.change()
    line.change()
    assert line.made == 0
    line.writer.hold(False)
    assert line.made == 1 and line.read().startswith(b"<2:")


async def test_the_last_words_come_behind_the_frame_under_way(line: Line) -> None:
    line.size = 3000
    line.change()
    line.writer.close(b"BYE", 0.1)
    assert line.read().replace(ASK, b"").endswith(b"x>BYE")
    line.change()
    assert line.made == 1


async def test_closing_waits_no_longer_than_it_may_for_a_line_that_stalls(line: Line) -> None:
    line.size = 1_000_000
    line.change()
    loop = asyncio.get_running_loop()
    before = loop.time()
    line.writer.close(b"BYE", 0.05)
    assert loop.time() - before < 2
    assert not line.read().endswith(b"BYE")


async def test_a_line_that_is_gone_is_told_once(line: Line) -> None:
    os.close(line.master)
    line.master = -1
    line.change()
    line.change()
    assert line.lost == 1


def test_sizes_are_traced_to_a_file_of_the_owner_alone(tmp_path: Path) -> None:
    assert trace_to(None) is None
    path = tmp_path / "trace"
    trace = trace_to(str(path))
    assert trace is not None
    trace("frame 12")
    assert path.read_text() == "frame 12\n" and path.stat().st_mode & 0o077 == 0


PARTS = [
    "a", "æ", "漢", "👍", "\x1b[1;31m", "\x1b[H", "\x1b]0;title\x07", "\x1b]52;c;YQ==\x1b\\", "\x1b7", "\r\n",
    "\x1b[?25l",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=60), st.integers(1, 40))
def test_output_is_cut_between_sequences_only(parts: list[str], size: int) -> None:
    pieces = cut("".join(parts).encode(), size)
    assert b"".join(pieces) == "".join(parts).encode()
    ends = set()
    at = 0
    for part in parts:
        for unit in [part] if part.startswith("\x1b") else list(part):
            at += len(unit.encode())
            ends.add(at)
    at = 0
    for piece in pieces:
        at += len(piece)
        assert at in ends
        assert len(piece) <= max(size, 16)


class Hours:
    """The loop, with a clock that we turn."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._now = 0.0
        self._due: list[tuple[float, Callable[[], None]]] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._loop, name)

    def time(self) -> float:
        return self._now

    def call_later(self, seconds: float, call: Callable[[], None]) -> asyncio.TimerHandle:
        self._due.append((self._now + seconds, call))
        return self._loop.call_later(3600, lambda: None)

    def pass_by(self, seconds: float) -> None:
        self._now += seconds
        due = [call for at, call in self._due if at <= self._now]
        self._due = [(at, call) for at, call in self._due if at > self._now]
        for call in due:
            call()


@pytest.fixture
async def hours(line: Line) -> Hours:
    made = Hours()
    line.writer._loop = made  # type: ignore[assignment]  # delegates all but time
    return made


def answered_after(line: Line, hours: Hours, size: int, *seconds: float) -> None:
    """A frame of `size`, whose questions are answered one after another."""
    line.size = size
    line.change()
    for each in seconds:
        hours.pass_by(each)
        line.writer.answered()
    assert line.writer.unanswered == 0


async def test_a_line_that_is_far_carries_more_than_it_has_answered(line: Line, hours: Hours) -> None:
    answered_after(line, hours, 300, 0.6)
    answered_after(line, hours, 1400, 0.73, 0.05)
    line.change()
    assert line.made == 3
    for _ in range(3):
        line.change()
    assert line.made == 3, "frames follow one another at a distance"
    hours.pass_by(module.APART)
    assert line.made == 4 and line.newest == 6
    for _ in range(30):
        line.change()
        hours.pass_by(module.APART / 10)
    assert line.writer.unanswered <= module.UNDER_WAY_AT_MOST + 1400 + 20


async def test_a_line_that_is_slow_carries_one_page_at_a_time(line: Line, hours: Hours) -> None:
    answered_after(line, hours, 300, 0.6)
    answered_after(line, hours, 1400, 1.3, 0.4)
    for _ in range(10):
        line.change()
        hours.pass_by(0.1)
    assert line.made == 3


async def test_a_far_line_that_stalls_gets_no_more(line: Line, hours: Hours) -> None:
    answered_after(line, hours, 300, 0.6)
    answered_after(line, hours, 1400, 0.73, 0.05)
    line.size = 300
    for _ in range(100):
        line.change()
        hours.pass_by(0.1)
    assert line.writer.unanswered <= UNANSWERED_AT_MOST + (0.6 + module.SLOW) / module.APART * 310
