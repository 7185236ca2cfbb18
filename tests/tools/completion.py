"""Completion for bash, zsh and fish, and the manual page, made from the parser: `python -m tests.tools.completion`.

Without a flag it says which files differ from what the parser says, and ends with 1; `--update` writes them.
shtab is needed to make them, and by nobody who uses them.
"""

from __future__ import annotations

import argparse
import sys

import shtab

from akson_tui import i18n
from akson_tui.cli.completion import FILES, FOLDER
from akson_tui.cli.parser import parser
from tests.tools import manual

VERSION = "0.1.0"
"""On the manual page; the package's own."""


def made() -> dict[str, str]:
    """File name → text."""
    i18n.use("nb")
    whole = parser()
    _plain(whole)
    texts = {FILES[shell]: shtab.complete(whole, shell) for shell in ("bash", "zsh", "fish")}
    texts[FILES["bash"]] = _mended(texts[FILES["bash"]])
    texts[FILES["man"]] = manual.page(parser(), VERSION)
    return {name: text if text.endswith("\n") else text + "\n" for name, text in texts.items()}


def _plain(whole: argparse.ArgumentParser) -> None:
    """A passphrase file, and folders, are completed as files; what shtab cannot quote in help is left out."""
    for action in whole._actions:
        if "--passphrase-file" in action.option_strings:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        if "--home" in action.option_strings:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]


def _mended(bash: str) -> str:
    """`demo` after `--as` is whom to be, not the command."""
    takes = """if [[ -n $sub_parsers && " ${sub_parsers[@]} " == *" $this_word "* ]]; then"""
    assert bash.count(takes) == 1, "shtab writes something else now"
    before = """ && "${COMP_WORDS[$word_index-1]}" != "--as" ]]; then"""
    return bash.replace(takes, takes.replace(" ]]; then", before))


def differing() -> list[str]:
    """The files that are not what the parser says."""
    return [
        name
        for name, text in made().items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text("utf-8") != text
    ]


def main() -> None:
    """The command line."""
    if "--update" in sys.argv:
        for name, text in made().items():
            (FOLDER / name).write_text(text, "utf-8")
    stale = differing()
    for name in stale:
        print(f"{name} differs from the parser")
    sys.exit(1 if stale else 0)


if __name__ == "__main__":
    main()
