"""The command line itself: its help speaks the user's language, and a command's file is imported when it is named."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from importlib import import_module

import pytest

from akson_tui import i18n
from akson_tui.cli.commands import COMMANDS, Command
from akson_tui.cli.parser import parser


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_a_module_and_a_help(command: Command) -> None:
    assert callable(import_module(command.module).run)
    assert command.help[0].islower() and all(argument.help for argument in command.arguments)


def test_examples_can_be_parsed() -> None:
    seen = []
    for command in COMMANDS:
        for typed, _does in command.examples:
            for part in re.split(r" \| | < | > ", typed):
                words = shlex.split(part)
                if words[0] == "akson-tui":
                    seen.append(parser().parse_args(words[1:]).command)
    assert {"find", "show", "timeline", "note", "measure", "completion"} <= set(seen)


def test_mistakes_are_told_in_the_users_language(capsys: pytest.CaptureFixture[str]) -> None:
    i18n.use("nb")
    for words, told in (
        (["timeline"], "dette mangler: PASIENT"),
        (["timeline", "p7k2", "--kind", "x"], "velg blant"),
        (["timeline", "p7k2", "--limit", "x"], "må være et tall"),
        (["timeline", "p7k2", "--limit"], "trenger en verdi"),
        (["show", "p7k2", "mer"], "dette er ukjent: mer"),
    ):
        with pytest.raises(SystemExit) as ended:
            parser().parse_args(words)
        said = capsys.readouterr().err
        assert ended.value.code == 2 and told in said and "bruk: akson-tui" in said, said


def test_parsing_loads_nothing_but_the_parser() -> None:
    program = (
        "import sys\n"
        "from akson_tui.cli.parser import parser\n"
        "parser().parse_args(['find', 'bakken'])\n"
        "heavy = ('textual', 'rich', 'apsw', 'httpx', 'cryptography', 'asyncio', 'akson_tui.store')\n"
        "print(*[name for name in sys.modules if name in heavy or name.startswith('akson_tui.cli.')])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["akson_tui.cli.commands", "akson_tui.cli.parser"]


def test_a_command_on_what_is_held_loads_no_network() -> None:
    program = (
        "import sys\n"
        "import akson_tui.wiring, akson_tui.cli.find, akson_tui.cli.worklist, akson_tui.cli.outbox\n"
        "print(*[name for name in ('httpx', 'akson_tui.sync', 'akson_tui.journal', 'keyring') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_help_is_printed(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    i18n.use(language)
    try:
        for command in COMMANDS:
            with pytest.raises(SystemExit) as ended:
                parser().parse_args([command.name, "--help"])
            assert ended.value.code == 0
            assert len(capsys.readouterr().out.splitlines()) > 4
    finally:
        i18n.use("nb")
