"""A command is one row: its keys, what it does, its words in palette, foot, help and docs/keys.md.

The easy mistake is to bind a key elsewhere: then no help knows it. A key is named by its character where it prints one
("w", "?"), else as Textual names it ("enter", "f9"); "g w" is a sequence, whose second key waits without a limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.events import Key

from akson_tui.i18n import _, later


@dataclass(frozen=True, slots=True)
class Command:
    """`act` names a method without arguments of the place, or of the app where `of_app`; it may be a coroutine.

    `title` says what it does; `foot` is one word for the hint at the bottom of the screen, '' for none. `palette` is
    False for what only a key does sensibly (moving about).
    """

    name: str
    keys: tuple[str, ...]
    title: str
    act: str
    foot: str = ""
    palette: bool = True
    of_app: bool = False


PREFIX = "g"
_SHOWN = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "space": later("Mellomrom"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
}


def key_of(event: Key) -> str:
    """The key's name in the tables of commands."""
    if event.character is not None and event.is_printable:
        return "space" if event.character == " " else event.character
    return event.key


def shown(keys: str) -> str:
    """A key as help shows it: `F9`, `Ctrl+P`, `g w`, `Esc`."""
    return " ".join(_one(key) for key in keys.split(" "))


def _one(key: str) -> str:
    if key in _SHOWN:
        return _(_SHOWN[key])
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return key.upper() if len(key) > 1 else key


class Keys:
    """Which command a key means, with the first key of a sequence remembered."""

    def __init__(self) -> None:
        self.waiting = ""

    def press(self, key: str, commands: Sequence[Command]) -> Command | bool | None:
        """The command of `key`; True where the key was taken but does nothing (yet); None where nobody knows it.

        The first command that has the key wins, so a place's own come before the app's.
        """
        if self.waiting:
            sequence, self.waiting = f"{self.waiting} {key}", ""
            return find(sequence, commands) or True
        command = find(key, commands)
        if command is None and any(keys.startswith(f"{key} ") for each in commands for keys in each.keys):
            self.waiting = key
            return True
        return command


def find(key: str, commands: Iterable[Command]) -> Command | None:
    """The first command with this key or sequence."""
    return next((command for command in commands if key in command.keys), None)


def hints(commands: Iterable[Command]) -> list[tuple[str, str]]:
    """(key, word) of each command that has a word for the foot."""
    return [(shown(command.keys[0]), _(command.foot)) for command in commands if command.foot and command.keys]
