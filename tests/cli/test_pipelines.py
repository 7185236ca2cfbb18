"""Real pipelines in a real shell, against the practice journal as a process."""

from __future__ import annotations

import stat

import pytest

from tests.cli.shell import Shell, acts_logged
from tests.journeys.people import Journal, Nurse, text_of
from tests.tools.needs import need


def test_find_pipes_into_show(shell: Shell) -> None:
    ran = shell("akson-tui find - | akson-tui show -", "bakken")
    assert ran.code == 0, ran.err
    first, *rest = ran.out.splitlines()
    assert first.startswith("Astrid Bakken") and "84 år" in first
    assert any(line.startswith("KRITISK: Penicilliner") for line in rest)
    assert "DEMO" in ran.err


def test_timeline_pipes_into_jq(known: Shell) -> None:
    need("jq")
    ran = known(f"akson-tui timeline {known.astrid()} --json --kind note --limit 3 | jq -r '.entries[].kind'")
    assert ran.code == 0, ran.err
    assert ran.out.split() == ["note"] * 3


def test_a_signed_note_from_a_pipe_reaches_the_journal_once_with_its_measurements(
    shell: Shell, journal: Journal
) -> None:
    handle = shell.astrid()
    text = "Fra et rør: sov godt. BT 142/88 p 91\nAndre linje, æøå čŋ."
    ran = shell(f"akson-tui note {handle} --file - --sign --measurements", text)
    assert ran.code == 0 and "utboksen" in ran.err, ran.err
    assert shell("akson-tui outbox").out.count("venter") == 1
    assert shell("akson-tui sync").code == 0
    (note,) = journal.until_notes("Fra et rør", 1)
    assert text_of(note) == text
    (provenance,) = journal.provenances_on(note)
    assert len(provenance["target"]) == 3, "the note, the blood pressure, the pulse"
    assert shell("akson-tui sync").code == 0
    journal.until_notes("Fra et rør", 1)
    assert "sendt" in shell("akson-tui outbox").out


def test_without_sign_a_draft_is_left(shell: Shell) -> None:
    ran = shell(f"akson-tui note {shell.astrid()} --file - --template home_visit --json", "Halvferdig")
    assert ran.code == 0 and ran.json["state"] == "draft"
    assert shell("akson-tui worklist --json").json["drafts"] == 1
    assert shell("akson-tui outbox --json").json["acts"] == []


def test_measurements_from_a_pipe(shell: Shell, journal: Journal) -> None:
    handle = shell.astrid()
    ran = shell(f"echo 'BT 151/87 p 83 t 37,9' | akson-tui measure {handle} -")
    assert ran.code == 0, ran.err
    assert ran.out.splitlines() == ["Blodtrykk 151/87 mmHg", "Puls 83 /min", "Temperatur 37,9 °C"]
    assert shell("akson-tui sync --json").json["sent"] == 1
    journal.until_notes("BT 151/87", 1)


def test_more_than_one_patient_is_nobody(known: Shell) -> None:
    ran = known("printf 'pabc\\npdef\\n' | akson-tui show -")
    assert (ran.code, ran.out) == (1, "")
    assert "velg én" in ran.err
    assert known("akson-tui show -", "").code == 1


def test_json_of_the_one_hit_can_be_handed_on(known: Shell) -> None:
    need("jq")
    ran = known("akson-tui find --json - | jq -r '.hits[0].handle' | akson-tui plan -", "bakken")
    assert ran.code == 0 and "Morgenstell" in ran.out and "Mål: " in ran.out


def test_who_reads_only_the_first_line_ends_it_quietly(known: Shell) -> None:
    ran = known(f"akson-tui timeline {known.astrid()} | head -1; echo ${{PIPESTATUS[0]}}")
    assert ran.out.splitlines()[-1] == "0" and "feil" not in ran.err


def test_a_note_is_not_read_twice_from_one_stdin(known: Shell) -> None:
    assert known("akson-tui note - --file -", "x").code == 2
    assert known("akson-tui measure - -", "x").code == 2


@pytest.mark.pty
def test_beside_a_workstation_that_sends(shell: Shell, journal: Journal) -> None:
    handle = shell.astrid()
    with Nurse(shell.home / "akson", journal.base) as nurse:
        nurse.sees("Bakken")
        assert shell(f"akson-tui note {handle} --file - --sign", "skrevet ved siden av").code == 0
        ran = shell("akson-tui sync --json")
        assert ran.code == 0 and ran.json["waiting"] == 0, ran.err
        journal.until_notes("skrevet ved siden av", 1)


def test_copies_say_whose_they_are_and_are_logged(known: Shell) -> None:
    handle = known.astrid()
    before = len(acts_logged(known))
    for command, word in (("show", "Penicilliner"), ("timeline", "Pleienotat"), ("plan", "Morgenstell")):
        ran = known(f"akson-tui {command} {handle} --output {command}.txt")
        assert (ran.code, ran.out) == (0, ""), ran.err
        path = known.home / f"{command}.txt"
        head, whose, *rest = path.read_text().splitlines()
        assert head.startswith("KOPI fra DEMO, tatt ut 24.11.2026 09.30 av Kari Nilsen, sykepleier, HPR "), head
        assert whose.startswith("Astrid Bakken")
        assert any(word in line for line in rest)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert known(f"akson-tui {command} {handle} --output {command}.txt").code == 1, "is not written over"
    assert acts_logged(known)[before:] == ["opened", "exported", "opened"] * 3


def test_one_note_is_copied_whole(known: Shell) -> None:
    handle = known.astrid()
    rows = known(f"akson-tui timeline {handle} --json --kind note --limit 1").json["entries"]
    shown = known(f"akson-tui show {handle} --entry {rows[0]['entry']}")
    assert shown.code == 0 and rows[0]["title"] in shown.out
    assert known(f"akson-tui show {handle} --entry {rows[0]['entry']} --output note.txt").code == 0
    assert "KOPI fra DEMO" in (known.home / "note.txt").read_text()
    assert known(f"akson-tui show {handle} --entry a/Patient/b").code == 1
    assert known(f"akson-tui show {handle} --entry b").code == 2


def test_what_is_printed_says_on_each_page_whose_it_is(known: Shell) -> None:
    handle = known.astrid()
    if known("command -v lp").code:
        assert known(f"akson-tui show {handle} --lp").code == 1
    known.program("lp", f"#!/bin/sh\nprintf '%s ' \"$@\" > {known.home}/lp.args\ncat > {known.home}/lp.text\n")
    assert known(f"akson-tui timeline {handle} --lp skriver1").code == 0
    assert (known.home / "lp.args").read_text().split() == ["-t", "akson-tui", "-d", "skriver1"]
    pages = (known.home / "lp.text").read_text().split("\f")
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert page.startswith("KOPI fra DEMO") and "Astrid Bakken" in page.splitlines()[1]
        assert page.splitlines()[-1] == f"side {number} av {len(pages)}"
    known.program("lp", "#!/bin/sh\nexit 3\n")
    assert known(f"akson-tui plan {handle} --lp").code == 1
