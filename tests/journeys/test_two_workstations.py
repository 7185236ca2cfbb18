"""Two workstations on one store: both read and write, one sends, the other takes over when it dies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.people import Journal, Nurse

pytestmark = pytest.mark.pty


def test_both_write_each_note_is_sent_once_and_the_second_takes_over(tmp_path: Path) -> None:
    with (
        Journal(tmp_path / "journal") as journal,
        Nurse(tmp_path / "home", journal.base) as first,
        Nurse(tmp_path / "home", journal.base) as second,
    ):
        for nurse, text in ((first, "fra den første"), (second, "fra den andre")):
            nurse.opens_astrid()
            nurse.presses("2")
            nurse.sees("Tidslinje")
            nurse.writes(text)
            nurse.signs()
            journal.until_notes(text, 1)
        first.is_cut_off()
        second.writes("etter at den første falt")
        second.signs()
        journal.until_notes("etter at den første falt", 1)


def test_what_one_signs_the_other_is_told_of(tmp_path: Path) -> None:
    with (
        Journal(tmp_path / "journal") as journal,
        Nurse(tmp_path / "home", journal.base) as first,
        Nurse(tmp_path / "home", journal.base) as second,
    ):
        second.opens_astrid()
        second.presses("2")
        second.sees("Tidslinje")
        first.opens_astrid()
        first.presses("2")
        first.sees("Tidslinje")
        first.writes("sees av begge")
        first.signs()
        second.sees("F5")
        second.presses("f5")
        second.sees("sees av begge")
