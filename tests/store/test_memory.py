"""Small things that are remembered."""

from __future__ import annotations

from akson_tui.store import memory
from akson_tui.store.files import Files


def test_what_was_put_comes_back_until_it_is_forgotten(files: Files) -> None:
    assert memory.get(files, "theme") == ""
    memory.put(files, "theme", "dark")
    memory.put(files, "theme", "light")
    assert memory.get(files, "theme") == "light"
    memory.put(files, "theme", "")
    assert memory.get(files, "theme") == ""
