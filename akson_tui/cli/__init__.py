"""The command line. Exit codes: 0 done or kept, 1 not found or refused, 2 usage, 3 locked or no user, 4 no line and
nothing kept."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence

DONE, REFUSED, USAGE, LOCKED, NO_LINE = 0, 1, 2, 3, 4
_NUMBER = re.compile(r"(?<!\d)\d{6}[ .-]?\d{5}(?!\d)", re.ASCII)
"""What may be a person's national number."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `argv`; mistakes of the user's are told in a line on stderr, never as a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.umask(0o077)
    from akson_tui import i18n

    i18n.use(_language(words))
    if _names_somebody(words):
        return _refused()
    from akson_tui.cli.parser import parser, run_command
    from akson_tui.config.load import SettingsWrong

    options = parser().parse_args(words)
    if options.version:
        print(f"akson-tui {version()}")
        return DONE
    try:
        return run_command(options)
    except SettingsWrong as wrong:
        print(f"akson-tui: {wrong}", file=sys.stderr)
        return USAGE


def version() -> str:
    """The program's version; 0 in a checkout that was not installed."""
    from importlib import metadata

    try:
        return metadata.version("akson-tui")
    except metadata.PackageNotFoundError:
        return "0"


def _names_somebody(words: Sequence[str]) -> bool:
    """Whether a national number stands among `words`, also in two of them (120442 12345)."""
    return _NUMBER.search(" ".join(word for word in words if "/" not in word)) is not None


def _refused() -> int:
    from akson_tui.i18n import _

    why = _("Et fødselsnummer skal ikke stå på kommandolinjen: andre på maskinen kan se den, og skallet husker den.")
    do = _("Skriv «akson-tui find -» og så nummeret, og slett linjen fra skallets historie.")
    print(f"akson-tui: {why}\n{do}", file=sys.stderr)
    return USAGE


def _language(words: Sequence[str]) -> str:
    """The language for help and mistakes, before anything is parsed: `--lang`, AKSON_LANG, else bokmål."""
    for at, word in enumerate(words):
        if word == "--lang" and at + 1 < len(words):
            return words[at + 1]
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return os.environ.get("AKSON_LANG", "nb")
