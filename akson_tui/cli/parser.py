"""The command line: what may be said. A command's own file is imported when it is named."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any, NoReturn

from akson_tui.cli.commands import BY_NAME, COMMANDS, Argument, Command
from akson_tui.i18n import LANGUAGES, _, later

_SAID = {
    "usage: ": later("bruk: "),
    "positional arguments": later("det som skal stå der"),
    "options": later("valg"),
    "show this help message and exit": later("vis denne hjelpen og slutt"),
    "the following arguments are required: %s": later("dette mangler: %s"),
    "unrecognized arguments: %s": later("dette er ukjent: %s"),
    "invalid choice: %(value)r (choose from %(choices)s)": later("ukjent; velg blant %(choices)s"),
    "invalid %(type)s value: %(value)r": later("må være et tall innenfor grensene"),
    "expected one argument": later("trenger en verdi"),
    "expected at least one argument": later("trenger minst én verdi"),
    "ignored explicit argument %r": later("tar ingen verdi"),
    "argument %(argument_name)s: %(message)s": later("%(argument_name)s: %(message)s"),
}
"""What argparse says, and how it is said here; what it says that is not listed stays as it is."""


def _said(text: str) -> str:
    return _(_SAID[text]) if text in _SAID else text


class _Parser(argparse.ArgumentParser):
    """Mistakes in one line, in the user's language, with exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}akson-tui: {message}\n")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    vars(argparse)["_"] = _said  # argparse translates through this name; its own catalogue has no bokmål
    top = _Parser(prog="akson-tui", description=_("Journalen i terminalen."), allow_abbrev=False)
    top.add_argument("--version", action="store_true", help=_("vis versjonen og slutt"))
    top.add_argument("--site", default="", metavar=_("NAVN"), help=_("stedet, fra sites/NAVN.toml"))
    top.add_argument("--journal", default="", metavar="URL", help=_("FHIR R4-adressen til én journal"))
    top.add_argument(
        "--as", dest="user", default="", metavar=_("HVEM"), help=_("HPR-nummer, Practitioner-id eller demo")
    )
    top.add_argument("--home", default="", metavar=_("MAPPE"), help=_("mappen som alt ligger i"))
    top.add_argument("--lang", default="", choices=("", *LANGUAGES), metavar="nb|nn|en", help=_("språket"))
    top.add_argument("--theme", default="", metavar=_("NAVN"), help=_("fargene"))
    top.add_argument("--mouse", action="store_true", help=_("ta imot mus (koster linje)"))
    top.add_argument("--insecure", action="store_true", help=_("tillat ukryptert http ut av maskinen"))
    top.add_argument("--token-env", default="", metavar=_("NAVN"), help=_("miljøvariabelen som holder et bearer-token"))
    top.add_argument(
        "--passphrase-file", default="", metavar=_("FIL"), help=_("les passfrasen fra FIL (også /dev/fd/N)")
    )
    top.add_argument("--now", default="", metavar=_("TID"), help=_("fest klokken (til prøver)"))
    commands = top.add_subparsers(dest="command", metavar=_("KOMMANDO"), parser_class=_Parser)
    for command in COMMANDS:
        _add(commands, command)
    return top


def _add(commands: Any, command: Command) -> None:
    made = commands.add_parser(
        command.name,
        help=_(command.help),
        description=_sentence(_(command.help)),
        epilog=_examples(command),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    for argument in command.arguments:
        _add_argument(made, argument)


def _add_argument(made: argparse.ArgumentParser, argument: Argument) -> None:
    more = dict(argument.more)
    files = more.pop("file", False)
    if "metavar" in more:
        more["metavar"] = _(more["metavar"])
    action = made.add_argument(*argument.names, help=_(argument.help), **more)
    if files:
        action.complete = FILES  # type: ignore[attr-defined]


FILES = {
    "bash": "_shtab_compgen_files",
    "zsh": "_files",
    "fish": "(__fish_complete_path (commandline -ct))",
}
"""How shells complete a file's name (what shtab calls FILE)."""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def _examples(command: Command) -> str | None:
    if not command.examples:
        return None
    lines = [line for typed, does in command.examples for line in (f"  {typed}", f"      {_(does)}")]
    return "\n".join([_("slik:"), *lines])


def run_command(options: argparse.Namespace) -> int:
    """Run the command that was named, or the workstation."""
    named = BY_NAME.get(options.command)
    module = import_module(named.module if named is not None else "akson_tui.cli.workstation")
    code: int = module.run(options)
    return code
