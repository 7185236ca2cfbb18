"""Build hook: every `akson_tui/locale/<language>/LC_MESSAGES/akson.po` becomes the `.mo` that gettext reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def compile_all(root: Path) -> list[Path]:
    """Write the `.mo` beside each `.po` under `root`; returns what was written."""
    written = []
    for source in sorted((root / "akson_tui" / "locale").glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as held:
            catalogue = read_po(held)
        target = source.with_suffix(".mo")
        with target.open("wb") as out:
            write_mo(out, catalogue)
        written.append(target)
    return written


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before a wheel is packed, an editable one too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; hatchling takes the files in by `artifacts`."""
        compile_all(Path(self.root))
