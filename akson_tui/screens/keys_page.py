"""docs/keys.md, made from the commands: `python -m akson_tui.screens.keys_page > docs/keys.md`.

The easy mistake is to edit the page: a test compares it with what this prints.
"""

from __future__ import annotations

import sys

from akson_tui.i18n import _
from akson_tui.screens import places
from akson_tui.screens.command import Command, shown
from akson_tui.screens.everywhere import EVERYWHERE, MOVES
from akson_tui.screens.note.editor import WRITING


def page() -> str:
    """The page as Markdown."""
    parts = [
        "# Taster",
        "Laget av kommandoene (`python -m akson_tui.screens.keys_page`); ikke rediger denne sida.",
        _table(_("Overalt utenom tekstfelt"), EVERYWHERE),
        _table(_("I lister"), MOVES),
    ]
    for row, kind in places.every():
        own = kind.OWN if row.name != "editor" else (*WRITING, *kind.OWN)
        keyed = tuple(command for command in own if command.keys or command.palette)
        if keyed:
            parts.append(_table(_(row.title), keyed))
    return "\n\n".join(parts) + "\n"


def _table(title: str, commands: tuple[Command, ...]) -> str:
    lines = [f"## {title}", "", "| tast | hva |", "| --- | --- |"]
    for command in commands:
        keys = ", ".join(f"`{shown(key)}`" for key in command.keys) or _("(bare kommandolista)")
        lines.append(f"| {keys} | {_(command.title)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(page())
