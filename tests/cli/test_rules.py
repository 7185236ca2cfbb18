"""What holds for every command: exit codes, what a command line may hold, where a passphrase is asked, what is kept."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import time
from pathlib import Path

import pytest

from tests.cli.shell import Shell, acts_logged
from tests.cli.test_schemas import validator
from tests.journeys.people import PASSPHRASE, Journal
from tests.tools.terminal import Terminal

NOWHERE = "http://127.0.0.1:9/fhir"


def test_a_national_number_does_not_stand_on_the_command_line(known: Shell) -> None:
    number = known("akson-tui find --json -", "bakken").json["hits"][0]["national_id"]
    for words in (
        f"find {number}",
        f"find {number[:6]} {number[6:]}",
        f"show {number}",
        f"measure p000 {number}",
        f"--as {number} outbox",
    ):
        ran = known(f"akson-tui {words}")
        assert (ran.code, ran.out) == (2, ""), words
        assert "akson-tui find -" in ran.err and number not in ran.err
    found = known("akson-tui find -", number)
    assert found.code == 0 and found.out.split()[1:3] == ["Astrid", "Bakken"]


def test_exit_codes_of_what_is_not_there(known: Shell) -> None:
    assert known("akson-tui find -", "finnesikkeher").code == 1
    assert known("akson-tui show p000").code == 1
    assert known("akson-tui show Astrid").code == 2
    assert known("akson-tui timeline p000 --since igår").code == 2
    assert known("akson-tui timeline").code == 2
    assert known("akson-tui nonsense").code == 2
    assert known("akson-tui note p000 --file /finnes/ikke").code == 1
    assert known("akson-tui note p000 --file -", b"\xff\xfe").code == 2
    assert known("akson-tui note p000 --file -", "  \n").code == 1


def test_a_wrong_passphrase_is_locked(known: Shell) -> None:
    ran = known("akson-tui outbox", AKSON_PASSPHRASE="en annen frase")
    assert ran.code == 3 and "Passfrasen passer ikke" in ran.err


def test_locked_without_a_terminal_to_ask_on(known: Shell) -> None:
    ran = known("akson-tui outbox", "hemmelig", AKSON_PASSPHRASE="")
    assert ran.code == 3 and "AKSON_PASSPHRASE" in ran.err


def test_nobody_named_can_read_but_not_sign(journal: Journal, tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home", journal.base, user="")
    handle = shell.astrid()
    assert shell(f"akson-tui show {handle}").code == 0
    assert shell("akson-tui worklist").code == 3
    ran = shell(f"akson-tui note {handle} --file - --sign", "tekst")
    assert ran.code == 3 and "--as" in ran.err
    assert "Utkastet er lagret" in ran.err
    assert shell(f"akson-tui measure {handle} -", "p 77").code == 3


def test_no_line_and_nothing_kept(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home", NOWHERE)
    for line in ("find -", "worklist", "sync"):
        ran = shell(f"akson-tui {line}", "bakken")
        assert ran.code == 4, line
        assert "ingen kontakt med journalen" in ran.err
    assert shell("akson-tui outbox").code == 0


def test_no_line_and_something_kept(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal", "--population", "small") as journal:
        shell = Shell(tmp_path / "home", journal.base)
        handle = shell.astrid()
        assert shell(f"akson-tui timeline {handle} && akson-tui worklist").code == 0
        journal.stop()
        for line in (f"show {handle}", f"timeline {handle}", f"plan {handle}", "worklist", "find -"):
            ran = shell(f"akson-tui {line}", "bakken")
            assert ran.code == 0, line
        fresh = shell(f"akson-tui show {handle} --fresh")
        assert fresh.code == 0 and "ingen kontakt" in fresh.err and "Penicilliner" in fresh.out
        assert shell(f"akson-tui note {handle} --file - --sign", "skrevet uten linje").code == 0
        assert shell("akson-tui sync").code == 4
        journal.start()
        assert shell("akson-tui sync").code == 0
        journal.until_notes("skrevet uten linje", 1)


def test_every_reading_is_logged_and_searching_is_not(shell: Shell) -> None:
    handle = shell.astrid()
    assert acts_logged(shell) == []
    shell(f"akson-tui show {handle}; akson-tui timeline {handle} --limit 1; akson-tui plan {handle}")
    assert acts_logged(shell) == ["opened"] * 3


def test_forget_one_and_all(shell: Shell) -> None:
    handle = shell.astrid()
    assert shell("akson-tui worklist").code == 0
    assert shell(f"akson-tui note {handle} --file -", "et utkast som skal stå").code == 0
    ran = shell(f"akson-tui forget {handle} --json")
    assert ran.code == 0 and ran.json["stay"] == 1
    assert shell(f"akson-tui show {handle}").code == 1, "its handle is gone"
    again = shell.astrid()
    assert again != handle and shell(f"akson-tui show {again}").code == 0
    assert shell("akson-tui forget").code == 0
    assert shell("akson-tui find --offline --json -", "bakken").json["hits"][0]["name"] == "Astrid Bakken", "a draft"
    assert shell("akson-tui find --offline -", "warsame").code == 1
    assert shell("akson-tui worklist --json").json["drafts"] == 1


def test_a_text_from_the_journal_does_not_act_on_the_terminal(known: Shell) -> None:
    ran = known("akson-tui worklist --json && akson-tui worklist")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", ran.out)


def test_measurements_that_are_not_likely_are_asked_about(known: Shell) -> None:
    handle = known.astrid()
    unlikely = known(f"akson-tui measure {handle} -", "p 250")
    assert unlikely.code == 1 and "--unlikely" in unlikely.err
    half = known(f"akson-tui measure {handle} -", "p 77 og så videre")
    assert half.code == 1 and "Ingenting er skrevet" in half.err
    assert known("akson-tui outbox --json").json["acts"] == []
    assert known("akson-tui worklist --json").json["drafts"] == 0


@pytest.mark.pty
def test_the_passphrase_is_asked_on_the_terminal_though_stdin_is_a_pipe(shell: Shell) -> None:
    line = "echo bakken | akson-tui find - | akson-tui show - > oversikt.txt; echo kode=$?"
    env = {name: value for name, value in shell.env.items() if name != "AKSON_PASSPHRASE"}
    with Terminal(["env", "-u", "AKSON_PASSPHRASE", "bash", "-c", line], env=env, cwd=str(shell.home)) as terminal:
        terminal.wait("Ny passfrase")
        terminal.burst(f"{PASSPHRASE}\r")
        terminal.wait("En gang til")
        terminal.burst(f"{PASSPHRASE}\r")
        terminal.wait("Passfrase:")
        terminal.burst(f"{PASSPHRASE}\r")
        terminal.wait("kode=0", 40)
        assert PASSPHRASE not in terminal.output.decode()
    assert (shell.home / "oversikt.txt").read_text().startswith("Astrid Bakken")


@pytest.mark.pty
def test_long_work_shows_how_far_it_has_come_on_a_terminal(shell: Shell) -> None:
    with Terminal(["akson-tui", "sync"], env=shell.env, cwd=str(shell.home)) as terminal:
        status = terminal.ended(60)
        written = terminal.output.decode()
    assert status == 0
    assert re.search(r"\[#+\.*\] \d+/15 henter journaler", written)
    assert "15 journaler hentet" in written


def test_follow_prints_what_comes_and_ends_when_nobody_reads(shell: Shell) -> None:
    handle = shell.astrid()
    assert shell(f"akson-tui timeline {handle}").code == 0
    following = shell.started("timeline", handle, "--follow", "--json", "--limit", "1")
    assert following.stdout is not None
    try:
        first = json.loads(_line(following.stdout.fileno()))
        assert validator("timeline-follow").is_valid(first)
        assert first["handle"] == handle and first["entry"]["kind"]
        assert shell(f"akson-tui note {handle} --file - --sign", "kom mens noen fulgte med").code == 0
        waiting = json.loads(_line(following.stdout.fileno()))
        assert waiting["entry"]["state"] == "waiting" and "fulgte med" in waiting["entry"]["summary"]
        following.stdout.close()
        assert following.wait(20) == 0
    finally:
        if following.poll() is None:
            following.kill()
        following.wait()
        assert following.stderr is not None
        following.stderr.close()


def _line(descriptor: int) -> bytes:
    """One line, read byte by byte so that the next stays in the pipe."""
    line, end = b"", time.monotonic() + 40
    while not line.endswith(b"\n"):
        assert time.monotonic() < end, line
        ready, _, _ = select.select([descriptor], [], [], 0.5)
        if ready:
            got = os.read(descriptor, 1)
            assert got, "it ended"
            line += got
    return line


def test_follow_is_interrupted_as_other_programs_are(known: Shell) -> None:
    following = known.started("timeline", known.astrid(), "--follow", "--limit", "1", "--json")
    assert following.stdout is not None and following.stderr is not None
    _line(following.stdout.fileno())
    following.send_signal(signal.SIGINT)
    assert following.wait(20) == 130
    assert following.stderr.read().count("Traceback") == 0
    following.stdout.close()
    following.stderr.close()
