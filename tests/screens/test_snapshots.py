"""Pictures of every screen, at 80×24 and 120×40. A change is looked at, then taken by `--snapshot-update`."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from akson_tui.model.access import Ground
from akson_tui.model.act import Act, ActKind, ActState
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.screens.app import AksonApp
from tests.screens.people import NOW, SOURCE, FakeWorkspace, patient, settings
from tests.screens.seeing import User

Ready = Callable[[FakeWorkspace], Awaitable[None]]


async def as_it_is(workspace: FakeWorkspace) -> None:
    """Nothing prepared."""


async def waiting(workspace: FakeWorkspace) -> None:
    """A draft, and acts in each state."""
    record = await workspace.record.open("astrid-bakken", Ground.ON_MY_LIST)
    draft = await workspace.notes.begin(record, "free")
    await workspace.notes.keep(draft.id, "Tung pust ved stell, roet seg i stol", 0)
    act = Act("a", ActKind.NOTE, SOURCE, "astrid-bakken", patient(0).ref, "Rolig natt", NOW, ())
    workspace.acts = {
        "a": act,
        "b": replace(act, id="b", state=ActState.REFUSED, trouble="invalid", said="DocumentReference.type mangler"),
        "c": replace(act, id="c", state=ActState.SENT, label="Medisiner gitt"),
    }


async def nothing_fetched(workspace: FakeWorkspace) -> None:
    """A record of which nothing came."""
    journal = workspace.journals["astrid-bakken"]
    never = Fetched(FetchStatus.FAILED, None, None, "no-line")
    journal.fetched = never
    journal.entries = []
    journal.allergies = replace(journal.allergies, rows=(), fetched=never)


SCREENS: dict[str, tuple[Ready, list[str]]] = {
    "worklist": (as_it_is, []),
    "worklist_with_what_waits": (waiting, []),
    "search": (as_it_is, ["/", *"li"]),
    "overview": (as_it_is, ["enter"]),
    "overview_of_what_was_never_fetched": (nothing_fetched, ["enter"]),
    "timeline": (as_it_is, ["enter", "2"]),
    "timeline_with_text": (as_it_is, ["enter", "2", "enter"]),
    "filter": (as_it_is, ["enter", "2", "f", "enter"]),
    "templates": (as_it_is, ["enter", "w"]),
    "note": (as_it_is, ["enter", "w", "enter", *"BT 142/88 SpO2 9"]),
    "looking_over": (as_it_is, ["enter", "w", "enter", *"BT 142/88 SpO2 9", "f9"]),
    "drafts": (waiting, ["g", "d"]),
    "outbox": (waiting, ["g", "u", "down"]),
    "locked": (as_it_is, ["f8"]),
    "help": (as_it_is, ["enter", "2", "?"]),
    "palette": (as_it_is, ["ctrl+p"]),
    "question": (as_it_is, [":", *"fargetema", "enter"]),
    "wrong_patient": (as_it_is, ["enter", "2", "down", "down", "down", "down", "down", "p"]),
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_looks_as_it_was_seen(name: str, size: tuple[int, int], snap_compare: Any, tmp_path: Path) -> None:
    ready, keys = SCREENS[name]
    workspace = FakeWorkspace()
    asyncio.run(ready(workspace))

    async def before(pilot: Pilot[None]) -> None:
        user = User(app, pilot)
        await user.rest()
        await user.press(*keys)

    app = AksonApp(workspace, settings(tmp_path))  # type: ignore[arg-type]
    assert snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("theme", ["dark", "light", "high-contrast", "monochrome", "sixteen"])
def test_each_theme_looks_as_it_was_seen(theme: str, snap_compare: Any, tmp_path: Path) -> None:
    async def before(pilot: Pilot[None]) -> None:
        user = User(app, pilot)
        await user.rest()
        await user.press("enter", "2")

    app = AksonApp(FakeWorkspace(), settings(tmp_path, theme=theme))  # type: ignore[arg-type]
    assert snap_compare(app, terminal_size=(80, 24), run_before=before)
