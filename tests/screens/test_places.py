"""The register of places, the page of keys, and what the first screen loads."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from akson_tui.screens import keys_page, places
from akson_tui.screens.app import AksonApp
from tests.screens.people import FakeWorkspace, settings
from tests.screens.seeing import workstation

SCREENS = Path(places.__file__).parent
ROOT = SCREENS.parents[1]


def folder_of(row: places.Row) -> str:
    return row.where.split(".")[0]


@pytest.mark.parametrize("row", places.ROWS, ids=lambda row: row.name)
def test_every_place_has_a_folder_and_imports_no_other_place(row: places.Row) -> None:
    others = {folder_of(other) for other in places.ROWS} - {folder_of(row), "parts"}
    for file in (SCREENS / folder_of(row)).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("akson_tui.screens."):
                assert (node.module or "").split(".")[2] not in others, f"{file.name}: {node.module}"


def test_the_page_of_keys_is_the_one_that_the_commands_make() -> None:
    assert (ROOT / "docs" / "keys.md").read_text("utf-8") == keys_page.page()


def test_the_first_screen_loads_neither_the_line_nor_other_places() -> None:
    program = """
import asyncio, sys
from pathlib import Path
from tests.screens.people import FakeWorkspace, settings
from akson_tui.screens.app import AksonApp
async def main():
    app = AksonApp(FakeWorkspace(), settings(Path("/nonexistent")))
    async with app.run_test(size=(80, 24)):
        await app.first_screen.wait()
    print("\\n".join(sorted(sys.modules)))
asyncio.run(main())
"""
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "akson_tui.screens.worklist.screen" in loaded
    for module in ("httpx", "pydantic", "keyring", "cryptography", "click", "textual.widgets._markdown"):
        assert module not in loaded
    for row in places.ROWS:
        if row.name not in ("worklist", "choice"):
            assert f"akson_tui.screens.{row.where.partition(':')[0]}" not in loaded


async def test_an_error_in_an_act_ends_the_program_and_is_not_passed_over(tmp_path: Path) -> None:
    workspace = FakeWorkspace()

    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    workspace.record.overview = broken  # type: ignore[method-assign, assignment]
    with pytest.raises(ZeroDivisionError):
        async with workstation(workspace, tmp_path) as user:
            await user.press("enter")


async def test_an_error_while_reading_again_ends_the_program_too(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    with pytest.raises(ZeroDivisionError):
        async with workstation(workspace, tmp_path) as user:

            async def broken() -> None:
                raise ZeroDivisionError

            workspace.worklist.today = broken  # type: ignore[method-assign, assignment]
            workspace.tell("worklist")
            await user.rest()


async def test_the_store_is_heard_until_the_end_and_no_longer(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path):
        assert len(workspace.listeners) == 1
    assert workspace.listeners == []


async def test_going_about_piles_up_no_places(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("g", "d", "g", "u", "g", "d", "g", "u")
        assert [place.called for place in user.app.stack] == ["worklist", "drafts", "outbox"]
        await user.press("g", "w")
        assert [place.called for place in user.app.stack] == ["worklist"]
        await user.press("escape")
        assert [place.called for place in user.app.stack] == ["worklist"]


async def test_the_search_from_a_record_leads_to_another_record_over_home(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "2", "/")
        await user.type("lunde")
        await user.press("enter")
        assert [place.called for place in user.app.stack] == ["worklist", "overview"]
        assert ("record.leave", "astrid-bakken") in workspace.calls


async def test_every_place_works_in_a_small_and_in_a_large_terminal(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        for keys in ([], ["enter"], ["2"], ["enter"], ["f"], ["escape", "w"], ["enter", "x"], ["f9"], ["escape", "f1"]):
            await user.press(*keys)
            for size in ((40, 10), (200, 60), (80, 24)):
                await user.resize(*size)
                assert len(user.lines) == size[1]
                assert user.lines[-1].startswith("DEMO")


def test_nothing_is_asked_of_the_workspace_before_it_runs(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    AksonApp(workspace, settings(tmp_path))  # type: ignore[arg-type]
    assert workspace.calls == []
