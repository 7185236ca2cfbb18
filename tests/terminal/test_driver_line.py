"""Sizes, signals, stalls and the end: what happens to the demo app's line, through a pseudo terminal."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.terminal.conftest import Start
from tests.tools.terminal import KEYS, Terminal

pytestmark = pytest.mark.pty


def cpu_and_wakings(pid: int) -> tuple[float, int]:
    """CPU seconds and voluntary context switches of a process."""
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    with open(f"/proc/{pid}/status") as status:
        switches = next(int(line.split()[1]) for line in status if line.startswith("voluntary_ctxt"))
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), switches


# Idle


def test_a_program_left_alone_writes_nothing_and_sleeps(start: Start) -> None:
    terminal = start()
    terminal.burst("wtekst")
    terminal.wait("tekst")
    terminal.settle()
    before, (cpu, wakings) = terminal.total, cpu_and_wakings(terminal.pid)
    terminal.pump_for(5)
    cpu_after, wakings_after = cpu_and_wakings(terminal.pid)
    assert terminal.total == before
    assert cpu_after - cpu <= 0.01
    assert wakings_after - wakings <= 2


# Sizes


def test_another_size_is_painted_whole_and_no_other_time(start: Start) -> None:
    terminal = start()
    before = terminal.total
    for columns in range(81, 121):
        terminal.resize(columns, 30)
    terminal.settle()
    assert terminal.total - before < 4000
    assert sum(line.strip() != "" for line in terminal.display) == 30
    terminal.resize(40, 10)
    terminal.settle()
    assert terminal.display[0].startswith("Arbeidsliste")
    assert sum(line.strip() != "" for line in terminal.display) == 10


def test_an_attach_with_the_same_size_is_painted_whole(start: Start) -> None:
    terminal = start()
    before = terminal.display.copy()
    terminal.emulator.feed(b"\x1b[H\x1b[J")
    terminal.signal(signal.SIGWINCH)
    terminal.settle()
    assert terminal.display == before


# Leaving


def restored(terminal: Terminal) -> None:
    """The terminal is as it was: settings, screen, cursor, wrapping, pastes."""
    assert terminal.settings_now() == terminal.settings
    screen = terminal.emulator.screen
    assert screen.main is None and screen.mode >= {7 << 5, 25 << 5}
    assert 2004 << 5 not in screen.mode and 1049 << 5 not in screen.mode


def test_quitting_gives_the_terminal_back(start: Start) -> None:
    terminal = start()
    terminal.send(b"\x11")
    assert terminal.ended() == 0
    restored(terminal)


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGHUP, 129)])
def test_a_program_asked_to_end_saves_and_gives_the_terminal_back(
    start: Start, tmp_path: Path, number: int, status: int
) -> None:
    saved = tmp_path / "saved"
    terminal = start("--save", str(saved))
    terminal.burst("w")
    terminal.burst("nesten ferdig")
    asked = time.monotonic()
    terminal.signal(number)
    assert terminal.ended() == status
    assert time.monotonic() - asked < 5
    assert saved.read_text() == "nesten ferdig"
    restored(terminal)


def test_a_dropped_line_saves_and_the_program_is_gone(start: Start, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    terminal = start("--save", str(saved))
    terminal.burst("w")
    terminal.burst("midt i et ord")
    terminal.hangup()
    assert terminal.ended() == 129
    assert saved.read_text() == "midt i et ord"


def test_a_program_whose_saving_hangs_is_gone_all_the_same(start: Start) -> None:
    terminal = start("--slow-save", "60")
    terminal.signal(signal.SIGTERM)
    assert terminal.ended() == 143
    restored(terminal)


def test_a_program_that_was_stopped_gives_the_terminal_back_and_takes_it_again(start: Start) -> None:
    terminal = start()
    before = terminal.display.copy()
    terminal.signal(signal.SIGTSTP)
    terminal.settle()
    restored(terminal)
    terminal.emulator.feed(b"$ ls\r\nfile\r\n")
    terminal.signal(signal.SIGCONT)
    terminal.wait("Arbeidsliste")
    terminal.settle()
    assert terminal.display == before
    terminal.burst("/på nytt")
    terminal.wait("på nytt")
    terminal.send(b"\x11")
    assert terminal.ended() == 0
    restored(terminal)


def test_a_program_that_was_continued_paints_all_again(start: Start) -> None:
    terminal = start()
    before = terminal.display.copy()
    terminal.signal(signal.SIGSTOP)
    terminal.emulator.feed(b"\x1b[2J")
    terminal.signal(signal.SIGCONT)
    terminal.settle()
    assert terminal.display == before


def test_another_program_gets_the_terminal_as_it_was_and_gives_it_back(start: Start) -> None:
    terminal = start()
    before = terminal.display.copy()
    terminal.send(b"e")
    terminal.wait("et annet program")
    assert terminal.settings_now() == terminal.settings
    terminal.send(b"\r")
    terminal.wait("Arbeidsliste")
    terminal.settle()
    assert terminal.display == before
    terminal.burst("/igjen")
    terminal.wait("igjen")


def test_sizes_of_frames_are_traced_and_nothing_else(start: Start, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    terminal = start(env={"AKSON_TRACE": str(trace)})
    terminal.burst("/søk")
    sizes = [line.split() for line in trace.read_text().splitlines()]
    assert sizes and all(len(words) == 2 and words[0] == "frame" and words[1].isdecimal() for words in sizes)
    assert terminal.total - sum(int(words[1]) for words in sizes) < 100


def test_a_failure_tells_no_patient_and_gives_the_terminal_back(start: Start, tmp_path: Path) -> None:
    terminal = start("--crashes", str(tmp_path))
    terminal.send(b"x")
    assert terminal.ended() == 1
    restored(terminal)
    said = terminal.output.decode()
    assert "feil i programmet" in said and "Traceback" not in said and "Bakken" not in said
    (report,) = tmp_path.glob("crash-*.txt")
    text = report.read_text()
    assert "builtins.ValueError" in text and "action_fail" in text and "Bakken" not in text and "1705" not in text
    assert report.stat().st_mode & 0o077 == 0


def test_answers_still_on_their_way_do_not_reach_the_shell(start: Start) -> None:
    terminal = start(answers=False)
    terminal.send(b"\x11")
    terminal._until(lambda: b"\x1b[?7" in terminal.output[1000:], 5, "no closing")
    terminal.send(b"\x1b[0n" * terminal.questions)
    assert terminal.ended() == 0


# Lines that stall


def test_a_line_that_stalls_stops_nothing(start: Start, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    terminal = start("--save", str(saved))
    terminal.burst("w")
    for _ in range(40):
        terminal.send(b"pasienten sover godt \r" * 20)
        terminal.stall(0.02)
    terminal.send(b"til slutt")
    terminal.stall(1)
    terminal.wait("til slutt", 10)
    terminal.settle()
    terminal.signal(signal.SIGTERM)
    terminal.ended()
    assert saved.read_text().count("sover") == 800


def test_pages_held_down_on_a_stalled_line_end_in_the_newest_and_leave_the_others_out(start: Start) -> None:
    terminal = start()
    before = terminal.total
    for _ in range(20):
        terminal.send(KEYS["pgdn"].encode())
        terminal.stall(0.05)
    terminal.settle()
    assert terminal.shows("nr 461") or terminal.shows("nr 460")
    assert terminal.total - before < 3500
