"""Themes are data: a TOML file names the grounds and the inks; this reads one and makes it Textual's.

An ink is what a text is for (`critical`, `quiet`), never how it looks; a theme that leaves one out shows plain text.
The easy mistake is a theme with a ground of its own as the default: each screen then costs the line twice as much.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from textual.color import Color, ColorParseError
from textual.style import Style
from textual.theme import Theme as TextualTheme

from akson_tui.terminal.driver import TERMINAL_THEME

OURS = (Path(__file__).parent.parent / "themes", Path(__file__).parents[2] / "themes")
"""In an installed wheel, and in a checkout."""
DEFAULT = "terminal"
NO_COLOUR = "monochrome"
"""The theme under NO_COLOR."""

INKS = (
    "heading",  # what a screen or a part of it is
    "quiet",  # what can be read over
    "critical",  # what may kill: allergies, alerts
    "warning",  # what went wrong or is doubtful
    "new",  # what came since I last looked
    "own",  # mine: my patients, my drafts
    "key",  # a key in a hint
    "struck",  # no longer in force: replaced, entered in error
    "chosen",  # the choice in force in a list of choices
)
_ATTRIBUTES = frozenset({"bold", "dim", "italic", "underline", "reverse", "strike"})


class ThemeUnreadable(ValueError):
    """A theme's file is missing or wrong; the text names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme: its name, title, Textual's side of it, and its inks."""

    name: str
    title: str
    textual: TextualTheme
    inks: dict[str, Style]

    def ink(self, name: str | Style) -> Style:
        """The style of an ink; text without one is plain."""
        return name if isinstance(name, Style) else self.inks.get(name, Style.null())


def folders(own: Path | None = None) -> list[Path]:
    """Where themes lie: the user's own folder first."""
    return [folder for folder in (own, *OURS) if folder is not None and folder.is_dir()]


def names(own: Path | None = None) -> list[str]:
    """Every theme's name."""
    return sorted({file.stem for folder in folders(own) for file in folder.glob("*.toml")})


def load(name: str, own: Path | None = None) -> Theme:
    """Read one theme. Raises ThemeUnreadable."""
    for folder in folders(own):
        file = folder / f"{name}.toml"
        if file.parent == folder and file.is_file():
            try:
                return _read(name, tomllib.loads(file.read_text("utf-8")))
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
                raise ThemeUnreadable(f"{file}: {trouble}") from trouble
    raise ThemeUnreadable(f"{name}.toml: not among {', '.join(names(own))}")


def _read(name: str, held: dict[str, object]) -> Theme:
    grounds, inks = _table(held, "ground"), _table(held, "inks")
    unknown = set(inks) - set(INKS)
    if unknown:
        raise ValueError(f"inks: {', '.join(sorted(unknown))} is no ink")
    text, ground, field = (grounds.get(key, "default") for key in ("text", "ground", "field"))
    field = ground if field == "default" else field
    if ground == "default":
        textual = replace(TERMINAL_THEME, name=f"akson-{name}", foreground=_colour(text))
    else:
        textual = TextualTheme(
            name=f"akson-{name}",
            primary=_colour(grounds.get("accent", text)),
            foreground=_colour(text),
            background=_colour(ground),
            surface=_colour(field),
            panel=_colour(field),
            boost=_colour(field),
            dark=bool(held.get("dark", True)),
            variables={"input-selection-background": _colour(grounds.get("selection", "blue"))},
        )
    return Theme(name, str(held.get("title", name)), textual, {ink: _style(words) for ink, words in inks.items()})


def _table(held: dict[str, object], key: str) -> dict[str, str]:
    table = held.get(key, {})
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise ValueError(f"{key}: a table of strings was expected")
    return table


def _colour(word: str) -> str:
    """`default`, one of the terminal's sixteen by name (`red`, `bright_red`), or `#rrggbb`, as Textual says it."""
    return word if word.startswith("#") else f"ansi_{word}"


def _style(words: str) -> Style:
    said = words.split()
    colours = [word for word in said if word not in _ATTRIBUTES]
    if len(colours) > 1:
        raise ValueError(f"{words!r}: more than one colour")
    flags: dict[str, bool] = {word: True for word in said if word in _ATTRIBUTES}
    try:
        foreground = Color.parse(_colour(colours[0])) if colours else None
    except ColorParseError as error:
        raise ValueError(f"{words!r}: no colour of that name") from error
    return Style(
        foreground=foreground,
        bold=flags.get("bold"),
        dim=flags.get("dim"),
        italic=flags.get("italic"),
        underline=flags.get("underline"),
        reverse=flags.get("reverse"),
        strike=flags.get("strike"),
    )
