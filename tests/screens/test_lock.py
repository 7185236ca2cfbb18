"""Locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.people import FakeWorkspace
from tests.screens.seeing import workstation


async def right(given: str) -> bool:
    return given == "hemmelig setning"


@pytest.mark.parametrize("keys", [["f8"], ["g", "l"]])
async def test_locking_covers_the_screen_and_the_right_passphrase_uncovers_it(keys: list[str], tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path, unlock=right) as user:
        await user.press("enter", "2")
        before = user.lines
        await user.press(*keys)
        assert not user.sees("Astrid")
        assert user.cursor == (len("Passfrase  "), 2)
        await user.type("feil")
        await user.press("enter")
        assert user.sees("Det var ikke passfrasen. Prøv igjen.")
        await user.type("hemmelig setning")
        assert not user.sees("hemmelig")
        await user.press("enter")
        assert user.lines == before


async def test_no_key_passes_under_the_lock(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path, unlock=right) as user:
        await user.press("f8", "escape", "f3", "f1", "ctrl+p", "f8", "f5", "f9", "down", "tab")
        assert [place.called for place in user.app.stack] == ["worklist", "lock"]


async def test_a_note_is_saved_when_one_locks_in_the_midst_of_it(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path, unlock=right) as user:
        await user.press("enter", "w", "enter")
        await user.type("Rolig")
        await user.press("f8")
        assert [draft.text for draft in workspace.kept.values()] == ["Rolig"]
        assert not user.sees("Rolig")


async def test_without_a_passphrase_the_lock_says_so(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("f8")
        assert user.sees("Lageret har ingen passfrase: Enter åpner.")
        await user.press("enter")
        assert user.place.called == "worklist"
