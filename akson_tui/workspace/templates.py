"""Kinds of note, each a TOML file: ours in `akson_tui/templates/`, a site's in /etc, a user's in `<home>/templates/`.

A file with the name of one before it replaces that. A file that cannot be read is left out and told in a warning: a
mistake in one template must not keep anybody from writing.
"""

from __future__ import annotations

import logging
import tomllib
from pathlib import Path

from akson_tui.model.note import Template

FREE = "free"
OURS = Path(__file__).parent.parent / "templates"
_log = logging.getLogger(__name__)


def load(*further: Path) -> tuple[Template, ...]:
    """All templates, ours and those of `further` folders, by `order`, then by name; the free note is always there."""
    found: dict[str, tuple[int, Template]] = {}
    for folder in (OURS, *further):
        if not folder.is_dir():
            continue
        for file in sorted(folder.glob("*.toml")):
            try:
                found[file.stem] = _read(file)
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
                _log.warning("template %s left out: %s", file.name, type(trouble).__name__)
    rows = sorted(found.values(), key=lambda row: (row[1].id != FREE, row[0], row[1].name))
    return tuple(template for _, template in rows)


def _read(file: Path) -> tuple[int, Template]:
    held = tomllib.loads(file.read_text("utf-8"))
    headings = tuple(str(section["heading"]) for section in held.get("section", ()))
    code = str(held["code"])
    return int(held.get("order", 100)), Template(
        file.stem, str(held["name"]), code, str(held.get("code_text", "")), headings
    )
