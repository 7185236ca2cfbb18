"""What holds when the line, the power or the terminal goes."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tests.journeys.people import Journal, Nurse

pytestmark = pytest.mark.pty


def test_two_notes_signed_without_a_line_reach_the_journal_once_and_in_order(tmp_path: Path) -> None:
    """Signed offline, the workstation killed, both started again."""
    with Journal(tmp_path / "journal") as journal:
        with Nurse(tmp_path / "home", journal.base) as kari:
            kari.opens_astrid()
            kari.presses("2")
            kari.sees("Tidslinje")
            journal.stop()
            for text in ("uten linje nummer en", "uten linje nummer to"):
                kari.writes(text)
                kari.signs()
                kari.sees(text)
            kari.is_cut_off()
        journal.start()
        with Nurse(tmp_path / "home", journal.base):
            first, second = journal.until_notes("uten linje nummer", 2)
            assert (first["id"] != second["id"]) and int(first["meta"]["versionId"]) == 1
            order = [note["identifier"][0]["value"] for note in (first, second)]
            assert len(set(order)) == 2
            ends = [note["content"][0]["attachment"]["data"] for note in (first, second)]
            assert ends[0] != ends[1]
            for note in (first, second):
                assert len(journal.provenances_on(note)) == 1


@pytest.mark.parametrize("round_", range(int(os.environ.get("AKSON_KILLS", "5"))))
def test_what_was_typed_more_than_a_second_before_a_kill_is_offered_again(tmp_path: Path, round_: int) -> None:
    chance = random.Random(round_)
    with Journal(tmp_path / "journal") as journal:
        typed: list[tuple[float, str]] = []
        with Nurse(tmp_path / "home", journal.base) as kari:
            kari.opens_astrid()
            kari.writes("a")
            text = "a"
            end = time.monotonic() + chance.uniform(1.5, 4.0)
            while time.monotonic() < end:
                letter = chance.choice("bcdefghijklmnop ")
                kari.terminal.send(letter.encode())
                text += letter
                typed.append((time.monotonic(), text))
                kari.terminal.pump_for(chance.uniform(0.0, 0.15))
            killed = time.monotonic()
            kari.is_cut_off()
        safe = [text for at, text in typed if at < killed - 1.0][-1]
        with Nurse(tmp_path / "home", journal.base) as kari:
            kari.presses("g", "d")
            kari.sees("Bakken")
            kari.presses("enter")
            kari.sees("Utkast")
            written = "".join(line.strip() for line in kari.terminal.display)
            assert safe.replace(" ", "") in written.replace(" ", "")


def test_a_hang_up_keeps_the_draft_and_is_over_within_a_second(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal:
        with Nurse(tmp_path / "home", journal.base) as kari:
            kari.opens_astrid()
            kari.writes("skrevet rett før linjen falt")
            kari.terminal.hangup()
            assert kari.terminal.ended(1.0) in (129, -1)
        with Nurse(tmp_path / "home", journal.base) as kari:
            kari.presses("g", "d")
            kari.sees("skrevet rett før linjen falt")


def test_a_stalled_line_stops_neither_saving_nor_sending(tmp_path: Path) -> None:
    seconds = float(os.environ.get("AKSON_STALL", "8"))
    with Journal(tmp_path / "journal") as journal:
        with Nurse(tmp_path / "home", journal.base) as kari:
            kari.opens_astrid()
            kari.presses("2")
            kari.sees("Tidslinje")
            journal.stop()
            kari.writes("notat før stansen")
            kari.signs()
            kari.writes("b")
            journal.start()
            kari.terminal.send(("skrevet mens linjen sto " * 30).encode())
            kari.terminal.stall(seconds)
            assert len(journal.until_notes("notat før stansen", 1, limit=60)) == 1
            kari.terminal.settle(10)
            kari.sees("skrevet mens linjen sto")
            kari.is_cut_off()
        with Nurse(tmp_path / "home", journal.base) as kari:
            kari.presses("g", "d")
            kari.sees("bskrevet mens linjen sto")


def test_work_begins_and_goes_on_without_a_line(tmp_path: Path) -> None:
    """Worklist, an opened patient and drafts are there when the workstation starts without a journal."""
    with Journal(tmp_path / "journal") as journal:
        with Nurse(tmp_path / "home", journal.base) as kari:
            kari.opens_astrid()
            kari.presses("2")
            kari.sees("Tidslinje")
            assert kari.leaves() == 0
        journal.stop()
        with Nurse(tmp_path / "home", journal.base) as kari:
            kari.sees("Bakken")
            kari.opens_astrid()
            kari.presses("2")
            kari.sees("Tidslinje")
            kari.writes("skrevet uten linje")
            kari.signs()
            kari.sees("skrevet uten linje")
