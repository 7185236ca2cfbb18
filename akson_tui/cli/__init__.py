"""The command line. Exit codes: 0 done, 1 refused, 2 usage, 3 locked, 4 no line and nothing kept."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

DONE, REFUSED, USAGE, LOCKED = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run `argv`; mistakes of the user's are told in a line on stderr, never as a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.umask(0o077)
    from akson_tui import i18n

    i18n.use(_language(words))
    from akson_tui.cli.parser import parser, run_command
    from akson_tui.config.load import SettingsWrong

    options = parser().parse_args(words)
    if options.version:
        from importlib.metadata import version

        print(f"akson-tui {version('akson-tui')}")
        return DONE
    try:
        return run_command(options)
    except SettingsWrong as wrong:
        print(f"akson-tui: {wrong}", file=sys.stderr)
        return USAGE


def _language(words: Sequence[str]) -> str:
    """The language for help and mistakes, before anything is parsed: `--lang`, AKSON_LANG, else bokmål."""
    for at, word in enumerate(words):
        if word == "--lang" and at + 1 < len(words):
            return words[at + 1]
        if word.startswith("--lang="):
            return word.partition("=")[2]
    return os.environ.get("AKSON_LANG", "nb")
