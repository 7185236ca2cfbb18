"""What lies on disk after a day's work: nothing that can be read without the key."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.people import PASSPHRASE, Journal, Nurse

pytestmark = pytest.mark.pty

NOTE = "Pasienten ble funnet på kjøkkengulvet"
DRAFT = "Dette utkastet er ikke ferdig"


def forms(text: str) -> Iterator[bytes]:
    """`text` as it may lie in a file: UTF-8, UTF-16 both ways, and base64 at each of its three alignments."""
    yield text.encode()
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    for encoding in ("utf-8", "utf-16-le"):
        raw = text.encode(encoding)
        for shift in range(3):
            whole = b64encode(b"\0" * shift + raw)
            # The ends depend on the neighbours; what is between them does not.
            yield whole[4 : len(whole) - 4] if shift else whole[: len(whole) - 4]


def finds(folders: list[Path], texts: list[str]) -> list[str]:
    """`file: text` for each file below `folders` that holds one of `texts` in any of its forms."""
    found = []
    for folder in folders:
        for path in (each for each in folder.rglob("*") if each.is_file()):
            held = path.read_bytes()
            found += [f"{path}: {text}" for text in texts if any(form in held for form in forms(text))]
    return found


@pytest.mark.parametrize("form", range(9))
def test_the_search_finds_each_form_in_a_plain_copy(tmp_path: Path, form: int) -> None:
    (tmp_path / "plain").write_bytes(b"x\x00y" + list(forms(NOTE))[form] + b"\xff")
    assert finds([tmp_path], [NOTE])


def test_base64_is_found_at_every_alignment(tmp_path: Path) -> None:
    for before in range(3):
        (tmp_path / "plain").write_bytes(b64encode(b"z" * before + NOTE.encode() + b"after"))
        assert finds([tmp_path], [NOTE])


def test_nothing_can_be_read_under_home_run_or_temporary(tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(temporary)
    try:
        with Journal(tmp_path / "journal") as journal:
            (astrid,) = [journal.get("Patient/astrid-bakken")]
            number = next(
                one["value"] for one in astrid["identifier"] if one["system"].startswith("urn:oid:2.16.578.1.12.4.1.4.")
            )
            with Nurse(tmp_path / "home", journal.base) as kari:
                kari.opens_astrid()
                kari.presses("2")
                kari.sees("Tidslinje")
                kari.writes(NOTE)
                kari.signs()
                journal.until_notes(NOTE, 1)
                kari.writes(DRAFT)
                kari.is_cut_off()
            with Nurse(tmp_path / "home", journal.base) as kari:
                kari.sees("Bakken")
                assert kari.leaves() == 0
    finally:
        os.environ.pop("TMPDIR") if before is None else os.environ.update(TMPDIR=before)
    secret = [NOTE, DRAFT, number, "Astrid Bakken", "Penicillin", "penicillin", PASSPHRASE]
    # The journal's own database lies in clear text: it is the server, and shows that the search works on real files.
    assert finds([tmp_path / "journal"], [number])
    assert finds([tmp_path / "home", temporary], secret) == []
    names = " ".join(str(path) for path in (tmp_path / "home").rglob("*"))
    assert number not in names and "bakken" not in names.lower()
    for path in (tmp_path / "home").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, f"{path} can be read by others"
