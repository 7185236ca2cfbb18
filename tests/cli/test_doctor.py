"""What `doctor` says of surroundings that lack something, and that its bundle holds nothing of a patient."""

from __future__ import annotations

import ast
import json
import re
import stat
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.cli import bundle, card, doctor
from akson_tui.cli.checks import Finding, State, Surroundings
from akson_tui.config.paths import places
from akson_tui.config.settings import Settings, Site, SourceSettings
from akson_tui.model.line import LineStatus, SourceState
from akson_tui.store import keys, place
from tests.cli.shell import ROOT, Shell
from tests.cli.test_schemas import validator
from tests.journeys.people import Journal
from tests.tools.terminal import Terminal

UP = SourceState("kommune", LineStatus.UP, datetime.now(UTC), creates=frozenset({"DocumentReference"}), known=True)
DOWN = SourceState("kommune", LineStatus.DOWN, None, "no-line")


@pytest.fixture
def good(tmp_path: Path) -> Surroundings:
    """A machine that has everything."""
    source = SourceSettings("kommune", "https://journal.example/fhir")
    site = Site("bykommune", "TEST", (source,))
    (tmp_path / "data").mkdir(mode=0o700)
    return Surroundings(
        settings=Settings(places(str(tmp_path)), site, user="9144900"),
        wrong="",
        directory=tmp_path / "data",
        run=tmp_path / "run",
        environ={"TERM": "xterm-256color", "LANG": "nb_NO.UTF-8"},
        terminal=True,
        size=(80, 24),
        encoding="utf-8",
        keystore=lambda: True,
        probe=lambda: [UP],
        free=lambda _folder: 10**10,
        file_system=lambda _folder: "ext4",
        on_network=lambda _folder: False,
        programs=lambda name: f"/usr/bin/{name}",
    )


def found(around: Surroundings) -> dict[str, Finding]:
    return {finding.name: finding for finding in doctor.look(around)}


def wrong(around: Surroundings) -> dict[str, State]:
    """What is not fine."""
    return {name: one.state for name, one in found(around).items() if one.state is not State.FINE}


def test_a_machine_that_has_everything_is_fine(good: Surroundings) -> None:
    assert wrong(good) == {}
    assert all(not one.do for one in found(good).values())


def test_the_four_things_of_a_poor_host(good: Surroundings, tmp_path: Path) -> None:
    """No key store, a Linux console, a network home that another computer holds, and a journal that is down."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/home {tmp_path} nfs4 rw 0 0\n")
    (good.directory / "in-use").write_text("annenmaskin 4711")
    poor = replace(
        good,
        keystore=lambda: False,
        environ={"TERM": "linux", "LANG": "nb_NO.UTF-8"},
        on_network=lambda folder: place.on_network(folder, mounts),
        file_system=lambda folder: place.file_system(folder, mounts),
        probe=lambda: [DOWN],
    )
    said = found(poor)
    assert wrong(poor) == {
        "keystore": State.WARNING,
        "terminal": State.WARNING,
        "data": State.TROUBLE,
        "journal": State.TROUBLE,
        "clock": State.WARNING,
    }
    assert "passfrase" in said["keystore"].do
    assert "8 farger" in said["terminal"].said and "setfont" in said["terminal"].do
    assert "nfs4" in said["data"].said and "annenmaskin" in said["data"].do
    assert "svarer ikke" in said["journal"].said and "https://journal.example" in said["journal"].do
    assert "sendes når linjen er der" in said["journal"].do


@pytest.mark.parametrize(
    ("change", "name", "state"),
    [
        ({"environ": {"TERM": "dumb"}}, "terminal", State.TROUBLE),
        ({"environ": {}}, "terminal", State.TROUBLE),
        ({"environ": {"TERM": "wyse60"}}, "terminal", State.WARNING),
        ({"size": (72, 24)}, "terminal", State.WARNING),
        ({"encoding": "iso-8859-1"}, "locale", State.TROUBLE),
        ({"encoding": "ANSI_X3.4-1968"}, "locale", State.TROUBLE),
        ({"free": lambda _folder: 10**8}, "disk", State.WARNING),
        ({"free": lambda _folder: 10**6}, "disk", State.TROUBLE),
        ({"programs": lambda _name: None}, "printing", State.WARNING),
        ({"on_network": lambda _folder: True}, "data", State.WARNING),
        ({"settings": None, "wrong": "config.toml:3: lang"}, "settings", State.TROUBLE),
        ({"probe": lambda: [replace(UP, creates=frozenset())]}, "journal", State.WARNING),
        ({"probe": lambda: [replace(UP, status=LineStatus.REFUSED, trouble="sign-in")]}, "journal", State.TROUBLE),
        ({"probe": lambda: [replace(UP, status=LineStatus.ODD, trouble="not-fhir")]}, "journal", State.TROUBLE),
        ({"probe": lambda: [replace(UP, clock_off=190.0)]}, "clock", State.WARNING),
        ({"probe": lambda: [replace(UP, clock_off=-190.0)]}, "clock", State.WARNING),
    ],
)
def test_one_thing_is_lacking(good: Surroundings, change: dict[str, Any], name: str, state: State) -> None:
    around = replace(good, **change)
    assert wrong(around) == {name: state}
    assert found(around)[name].do


def test_data_that_only_a_key_store_opens_which_is_not_here(
    good: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "ways", lambda _directory: frozenset({keys.KEYSTORE}))
    assert wrong(replace(good, keystore=lambda: False)) == {"keystore": State.TROUBLE}


def test_folders_that_others_can_use(good: Surroundings) -> None:
    good.directory.chmod(0o755)
    good.run.mkdir()
    good.run.chmod(0o777)
    assert wrong(good) == {"data": State.WARNING, "run": State.TROUBLE}


def test_a_real_host_without_anything(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home", "http://127.0.0.1:9/fhir")
    ran = shell("akson-tui doctor", TERM="linux", AKSON_PASSPHRASE="")
    assert ran.code == 1, "the journal is down"
    told = re.sub(r"\s+", " ", ran.out)
    assert "nøkkellager virker ikke her" in told and "TERM=linux" in told
    assert "FEIL journal 127.0.0.1_9: svarer ikke" in told
    assert not list((shell.home / "akson").rglob("*.db")), "no store was made"


def test_settings_that_are_wrong_are_a_finding_and_the_rest_is_told(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home", "")
    ran = shell("akson-tui doctor --json")
    states = {one["name"]: one["state"] for one in ran.json["findings"]}
    assert ran.code == 1 and states["settings"] == "trouble" and states["disk"] == "fine"


def test_the_card_is_for_a_terminal(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home", "http://127.0.0.1:9/fhir")
    assert shell("akson-tui doctor --terminal").code == 1
    with Terminal(["akson-tui", "doctor", "--terminal"], env=shell.env, lines=40) as terminal:
        assert terminal.ended(30) == 0
        assert terminal.shows("á č đ ŋ š ŧ ž")
        assert terminal.shows("TERM=xterm-256color, 80×40"), terminal.display
        assert terminal.shows("en jevn overgang fra svart til hvitt")
        bars = [line.index("|") for line in terminal.display if "|" in line]
        assert len(bars) == 2 and terminal.output.rstrip().endswith(b".")


@pytest.mark.parametrize("term", ["xterm-256color", "linux", "vt220", "xterm-direct", "putty", ""])
def test_each_row_of_the_card_puts_the_pen_back(term: str) -> None:
    for _ought, sent in card.rows(term):
        assert "\x1b" not in sent or sent.endswith("\x1b[0m")
        assert not re.search(r"\x1b\[[^m]*[A-Za-ln-z]", sent), "nothing moves the cursor"


# -- the bundle


def test_the_bundle_of_a_full_store_holds_nothing_of_a_patient(journal: Journal, tmp_path: Path) -> None:
    """Every word that the journal names anybody by is looked for in it, and what was written."""
    shell = Shell(tmp_path / "home", journal.base)
    handle = shell.astrid()
    assert shell(f"akson-tui sync; akson-tui timeline {handle}").code == 0
    assert shell(f"akson-tui note {handle} --file - --sign", "Hemmelig notat om leggsår").code == 0
    crash = shell.home / "akson" / "run" / "crash-20261124T083000Z-1.txt"
    crash.write_text("python 3.11.7\nbuiltins.ValueError\n  akson_tui.store.files:12 run\nAstrid Bakken, leggsår\n")
    ran = shell("akson-tui doctor --bundle bunt.json", AKSON_PASSPHRASE="")
    assert ran.code == 0, ran.err
    path = shell.home / "bunt.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text("utf-8")
    made = json.loads(text)
    assert validator("bundle").is_valid(made)
    assert made["files"]["cache.db"] > 1_000_000, "the store is full"
    assert made["crashes"] == [["python 3.11.7", "builtins.ValueError", "  akson_tui.store.files:12 run"]]
    words = set(re.findall(r"[A-Za-zæøåÆØÅáčđŋšŧž0-9]{3,}", text.casefold()))
    theirs = words_of_patients(journal)
    assert len(theirs) > 100 and "bakken" in theirs
    assert words & theirs == set()
    assert "leggsår" not in text and handle not in text


def words_of_patients(journal: Journal) -> set[str]:
    """Every word of every name, number, address and id of everybody in the journal."""
    found: set[str] = set()
    for entry in journal.get("Patient?_count=1000")["entry"]:
        patient = entry["resource"]
        parts = [patient["id"], *(one["value"] for one in patient.get("identifier", ()))]
        for name in patient.get("name", ()):
            parts += [name.get("family", ""), *name.get("given", ())]
        for address in patient.get("address", ()):
            parts += address.get("line", ())
        parts += [one.get("value", "") for one in patient.get("telecom", ())]
        found |= {word for part in parts for word in re.findall(r"\w{3,}", part.casefold())}
    return found


def test_nothing_that_doctor_is_made_of_can_open_the_store() -> None:
    """By construction: the key, the files and the desks are not imported."""
    for name in ("doctor", "checks", "check_line", "card", "bundle"):
        tree = ast.parse((ROOT / "akson_tui" / "cli" / f"{name}.py").read_text("utf-8"))
        names = {
            f"{node.module}.{alias.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }
        store = {one for one in names if one.startswith(("akson_tui.store", "akson_tui.workspace"))}
        allowed = {"akson_tui.store.keys", "akson_tui.store.place", "akson_tui.store.place.Place"}
        assert store <= allowed | {"akson_tui.store.troubles.KeyTrouble"}, store
        assert not {one for one in names if one.endswith((".errand", ".data_key"))}


@given(st.dictionaries(st.sampled_from([*bundle.FACTS, "unheard"]), st.text(min_size=1)))
def test_a_fact_that_is_free_text_is_left_out(facts: dict[str, str]) -> None:
    made = bundle._finding(Finding("terminal", State.FINE, "", facts=facts))
    kept: Any = made["facts"]
    assert "unheard" not in kept
    for name, value in kept.items():
        assert bundle.FACTS[name].fullmatch(value)
        assert not re.search(r"\d{11}|[æøåÆØÅ]", value)


@pytest.mark.parametrize("software", ["Astrid Bakken", "HAPI FHIR Server for Astrid", "akson-tui 14834234603"])
def test_what_a_server_calls_itself_is_not_trusted(good: Surroundings, software: str, tmp_path: Path) -> None:
    around = replace(good, probe=lambda: [replace(UP, software=software)])
    made = json.dumps(bundle.made(doctor.look(around), around))
    assert software not in made
    fine: Sequence[Finding] = doctor.look(replace(good, probe=lambda: [replace(UP, software="HAPI FHIR Server 7.4.0")]))
    assert "HAPI FHIR Server 7.4.0" in json.dumps(bundle.made(fine, good))


def test_a_bundle_is_not_written_over_another(tmp_path: Path) -> None:
    shell = Shell(tmp_path / "home", "http://127.0.0.1:9/fhir")
    (shell.home / "b").write_text("mitt")
    assert shell("akson-tui doctor --bundle b").code == 1
    assert (shell.home / "b").read_text() == "mitt"
