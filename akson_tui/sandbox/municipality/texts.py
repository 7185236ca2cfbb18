"""The municipality's sentences: TOML files in `texts/`, read once.

They are data so that whoever knows the language can mend them without touching code; what a slot in braces may be is
told at the head of each file, and a test fills every one.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=16)
def load(name: str) -> dict[str, Any]:
    """One file's tables. Nobody changes them: they are shared by all journals."""
    return tomllib.loads((Path(__file__).parent / "texts" / f"{name}.toml").read_text(encoding="utf-8"))
