"""Where everything lies: the platform's folders, or all of it under `--home`. What is made here is its owner's."""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path

from akson_tui.config.settings import Places

PACKAGE = Path(__file__).parent.parent
SHARED = Path("/etc/akson-tui")
"""What a site sets for all users of a machine."""


def places(home: str = "") -> Places:
    """The folders in use; nothing is made yet."""
    if home:
        root = Path(home).expanduser().absolute()
        return Places(root, root / "sites", root / "templates", root / "data", root / "run", themes())
    import platformdirs  # only where no --home is given

    config = Path(platformdirs.user_config_dir("akson-tui"))
    data = Path(platformdirs.user_data_dir("akson-tui"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns on stderr where there is none, and we look ourselves
        run = Path(platformdirs.user_runtime_dir("akson-tui"))
    if not os.access(run.parent, os.W_OK):
        run = data / "run"
    return Places(config, config / "sites", config / "templates", data, run, themes(), SHARED)


def themes() -> Path:
    """The themes that came with the program: in the wheel inside the package, in a checkout beside it."""
    inside = PACKAGE / "themes"
    return inside if inside.is_dir() else PACKAGE.parent / "themes"


def private_folder(path: Path) -> Path:
    """Make `path` (0700) with what leads to it; returns it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def folder_name(text: str) -> str:
    """`text` as the name of one folder: letters, digits, dash, underscore, dot; never `.` or `..` or empty."""
    name = re.sub(r"[^\w.-]", "_", text, flags=re.ASCII).lstrip(".")
    return name[:64] or "_"
