"""What lies in packaging/ and docs/ against the program: units start what is there, docs name what can be said."""

from __future__ import annotations

import configparser
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from akson_tui.cli import DONE, LOCKED, NO_LINE, REFUSED, USAGE
from akson_tui.cli.commands import COMMANDS
from akson_tui.cli.parser import parser
from tests.cli.shell import ROOT

UNITS = sorted((ROOT / "packaging" / "systemd").iterdir())
DOCS = ("docs/commands.md", "docs/install.md", "README.md")
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_what_the_program_takes(path: Path) -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(path)
    assert unit["Unit"]["Description"]
    if path.suffix == ".service":
        program, *words = shlex.split(unit["Service"]["ExecStart"])
        assert program.endswith("/akson-tui")
        assert parser().parse_args(words).command in ("sync", "sandbox")
        assert unit["Service"]["UMask"] == "0077" and unit["Service"]["NoNewPrivileges"] == "yes"


@pytest.mark.parametrize("script", ["wheelhouse", "single-file"])
def test_a_script_is_shell_that_can_be_read(script: str) -> None:
    path = ROOT / "packaging" / script
    assert path.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", str(path)], capture_output=True, text=True, check=True).stderr == ""
    told = subprocess.run([str(path)], capture_output=True, text=True, check=False)
    assert told.returncode == 1 and "usage:" in told.stderr


@pytest.mark.parametrize("name", DOCS)
def test_every_command_line_in_the_docs_is_taken(name: str) -> None:
    seen = 0
    for block in SHELL.findall((ROOT / name).read_text("utf-8")):
        for line in block.splitlines():
            for part in re.split(r" \| | < | > | && |; ", line.split("  #")[0]):
                words = shlex.split(part, comments=True)
                words = words[1:] if words[:1] == ["do"] else words
                if words[:1] == ["akson-tui"]:
                    parser().parse_args(words[1:])
                    seen += 1
    assert seen or name == "docs/install.md"


def test_the_table_of_commands_has_each_of_them_and_their_flags() -> None:
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for command in COMMANDS:
        assert f"`{command.name}" in text, command.name
        if command.name not in ("demo", "sandbox"):
            for argument in command.arguments:
                for flag in argument.names:
                    assert not flag.startswith("--") or flag in text, f"{command.name} {flag}"
    known = {flag for command in COMMANDS for argument in command.arguments for flag in argument.names}
    known |= {flag for action in parser()._actions for flag in action.option_strings}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known | {"--help"}


def test_the_exit_codes_in_the_docs_are_the_programs() -> None:
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    told = [int(code) for code in re.findall(r"^\| (\d) \|", text, re.MULTILINE)]
    assert told == [DONE, REFUSED, USAGE, LOCKED, NO_LINE]
