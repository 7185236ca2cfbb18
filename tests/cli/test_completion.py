"""Completion in real shells, and the manual page, from the files that the program carries."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from akson_tui.cli.completion import FILES, FOLDER
from tests.cli.shell import Shell
from tests.tools import completion
from tests.tools.needs import need
from tests.tools.terminal import Terminal

ROWS = (
    ("akson-tui fi", "find"),
    ("akson-tui timeline --fol", "--follow"),
    ("akson-tui --as demo timel", "timeline"),
    ("akson-tui --site x outb", "outbox"),
    ("akson-tui completion ba", "bash"),
    ("akson-tui timeline p7k2 --kind imm", "immunization"),
)
"""(typed, what it becomes)."""


def test_the_files_are_what_the_parser_says() -> None:
    assert completion.differing() == [], "run python -m tests.tools.completion --update"


@pytest.mark.parametrize("shell", FILES)
def test_the_program_prints_them(known: Shell, shell: str) -> None:
    ran = known(f"akson-tui completion {shell}")
    assert ran.code == 0 and ran.out == (FOLDER / FILES[shell]).read_text("utf-8")


_BASH = """
source "$1"
COMP_LINE="$2"; COMP_POINT=${#COMP_LINE}
read -ra COMP_WORDS <<< "$2"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
name=$(complete -p akson-tui | sed 's/.*-F \\([^ ]*\\).*/\\1/')
"$name" akson-tui "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>/dev/null
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(("typed", "becomes"), ROWS)
def test_bash_completes(typed: str, becomes: str) -> None:
    need("bash")
    words = ["bash", "--norc", "-c", _BASH, "bash", str(FOLDER / FILES["bash"]), typed]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout.split() == [becomes]


@pytest.mark.parametrize(("typed", "becomes"), ROWS)
def test_fish_completes(typed: str, becomes: str, tmp_path: Path) -> None:
    need("fish")
    script = f"source {FOLDER / FILES['fish']}; complete -C '{typed}'"
    ran = subprocess.run(
        ["fish", "--no-config", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )
    assert [line.split("\t")[0] for line in ran.stdout.splitlines()] == [becomes]


@pytest.mark.pty
def test_zsh_completes(tmp_path: Path) -> None:
    need("zsh")
    env = {"HOME": str(tmp_path), "PS1": "klar> ", "LANG": "C.UTF-8"}
    with Terminal(["zsh", "-f", "-i"], env=env, cwd=str(tmp_path), columns=100) as zsh:
        zsh.wait("klar>")
        zsh.burst(f"fpath=({FOLDER} $fpath); autoload -Uz compinit; compinit -u\r")
        for typed, becomes in ROWS:
            zsh.burst("\x15\x0c")
            zsh.wait("klar>")
            zsh.burst(f"{typed}\t")
            zsh.wait(becomes)


def test_the_manual_page_is_read_without_a_warning() -> None:
    need("groff")
    page = str(FOLDER / FILES["man"])
    warned = subprocess.run(
        ["groff", "-man", "-Kutf8", "-Tutf8", "-ww", page], capture_output=True, text=True, check=True
    )
    assert warned.stderr == ""
    for word in ("timeline", "kortnavnet", "SLUTTKODER", "PASIENT"):
        assert word in re.sub(".\b", "", warned.stdout)  # what is bold is struck twice
