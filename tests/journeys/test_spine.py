"""The program's main job by keyboard, on real processes: find a patient, read, write and sign a note."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from fhir.resources.R4B.documentreference import DocumentReference
from fhir.resources.R4B.provenance import Provenance

from tests.journeys.people import Journal, Nurse, text_of
from tests.tools.needs import need

pytestmark = pytest.mark.pty

TEXT = "Tung i pusten i morges, bedre etter inhalasjon."


def stands_once_in_the_journal(journal: Journal, text: str) -> None:
    (note,) = journal.until_notes(text, 1)
    DocumentReference.model_validate(note)
    assert note["docStatus"] == "final" and note["status"] == "current"
    (provenance,) = journal.provenances_on(note)
    Provenance.model_validate(provenance)


def test_a_nurse_finds_astrid_reads_and_signs_a_note(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal, Nurse(tmp_path / "home", journal.base) as kari:
        kari.opens_astrid()
        kari.presses("2")
        kari.sees("Tidslinje")
        kari.writes(TEXT)
        kari.signs()
        kari.sees("Tung i pusten i morges")
        stands_once_in_the_journal(journal, TEXT)
        assert kari.leaves() == 0


def test_keys_typed_ahead_of_a_slow_line_all_count(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal, Nurse(tmp_path / "home", journal.base) as kari:
        kari.sees("Bakken")
        kari.types("/bakken\r")
        kari.sees("enicillin")
        kari.types("2")
        kari.sees("Tidslinje")
        kari.types("w\rForhåndsskrevet tekst")
        kari.sees("Forhåndsskrevet tekst")
        kari.types("\x1b[20~\x1b[20~")
        kari.terminal.gone("Se over før sending")
        stands_once_in_the_journal(journal, "Forhåndsskrevet tekst")


def test_esc_and_its_letter_in_one_packet_are_two_keys(tmp_path: Path) -> None:
    """In the search field: Esc goes back to where it was opened, and `w` acts there."""
    with Journal(tmp_path / "journal") as journal, Nurse(tmp_path / "home", journal.base) as kari:
        kari.opens_astrid()
        kari.types("/")
        kari.types("x")
        kari.types("\x1bw")
        kari.sees("Nytt notat")


@pytest.fixture
def tmux() -> Iterator[tuple[str, ...]]:
    """How to run a program inside a tmux of its own."""
    need("tmux")
    name = f"akson-{os.getpid()}"
    yield ("tmux", "-L", name, "-f", "/dev/null", "-u", "new-session", "--")
    subprocess.run(["tmux", "-L", name, "kill-server"], check=False, capture_output=True)


def test_the_same_through_tmux(tmp_path: Path, tmux: tuple[str, ...]) -> None:
    with (
        Journal(tmp_path / "journal") as journal,
        Nurse(tmp_path / "home", journal.base, through=tmux) as kari,
    ):
        kari.opens_astrid()
        kari.presses("2")
        kari.sees("Tidslinje")
        kari.types("w\r")
        kari.sees("Utkast")
        kari.types(TEXT)
        kari.signs()
        stands_once_in_the_journal(journal, TEXT)


def test_what_was_signed_is_what_was_shown(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal, Nurse(tmp_path / "home", journal.base) as kari:
        kari.opens_astrid()
        kari.writes("BT 142/88 p 91 SpO2 89 t 37,9 rf 24. Čáhput ønsker besøk å i morgen — 日本.")
        kari.signs()
        (note,) = journal.until_notes("BT 142/88", 1)
        assert text_of(note) == "BT 142/88 p 91 SpO2 89 t 37,9 rf 24. Čáhput ønsker besøk å i morgen — 日本."
        (provenance,) = journal.provenances_on(note)
        digests = [entity["what"]["identifier"]["value"] for entity in provenance["entity"]]
        assert sha256(text_of(note).encode()).hexdigest() in digests
