"""View 5: working in the care plan by keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.screens.app import AksonApp
from akson_tui.workspace import troubles
from tests.screens.people import settings
from tests.screens.plan_desk import PlanWorkspace
from tests.screens.seeing import User, workstation
from tests.screens.test_hostile import HOSTILE, is_raw

OPEN = ("enter", "5")


def written(workspace: PlanWorkspace) -> list[tuple[str, ...]]:
    return [call for call in workspace.calls if call[0].startswith("plan.")]


async def test_the_plan_shows_problems_goals_activities_and_own_words(tmp_path: Path) -> None:
    async with workstation(PlanWorkspace(), tmp_path) as user:
        await user.press(*OPEN)
        for said in ("Tiltaksplan hjemmetjenesten", "KOLS", "Eget mål: Trygg hjemme", "Jeg vil bo hjemme", "Neste"):
            assert user.sees(said), user.screen
        assert "Morgenstell" in user.line_at_cursor and "gjort 08.33" in user.line_at_cursor
        assert "25.11." in user.line_at_cursor
        assert user.sees("(tiltak som ikke er hentet)") and user.sees("avsluttet")


@pytest.mark.parametrize(
    ("key", "call"),
    [
        ("x", ("plan.tick", "1", "done", "", "")),
        ("d", ("plan.tick", "1", "partly", "", "")),
        ("1", ("plan.tick", "1", "not-done", "Pasienten ønsket det ikke", "")),
        ("5", ("plan.tick", "1", "not-done", "Pårørende har gjort det", "")),
    ],
)
async def test_a_tick_is_two_keys_and_stands_at_once(tmp_path: Path, key: str, call: tuple[str, ...]) -> None:
    workspace = PlanWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press(*OPEN, "down", "x")
        assert user.sees("x gjort  d delvis")
        await user.press(key)
        assert written(workspace) == [call]
        assert "venter Medisiner" in user.line_at_cursor and "12.03" in user.line_at_cursor


async def test_not_done_for_a_reason_of_ones_own(tmp_path: Path) -> None:
    workspace = PlanWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press(*OPEN, "x", "i", "enter", "enter")
        assert user.sees("Grunn mangler") and not written(workspace)
        await user.type("Feber")
        await user.press("enter", "enter")
        assert written(workspace) == [("plan.tick", "0", "not-done", "Feber", "")]
        assert user.place.called == "plan"


async def test_done_with_a_note(tmp_path: Path) -> None:
    workspace = PlanWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press(*OPEN, "x", "m")
        await user.type("BT 142/88")
        await user.press("enter")
        assert written(workspace) == [("plan.tick", "0", "done", "", "BT 142/88")]


async def test_a_tick_is_taken_back(tmp_path: Path) -> None:
    workspace = PlanWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press(*OPEN, "u")
        assert user.sees("For sent")  # another's
        await user.press("x", "x", "u")
        assert "gjort 08.33" in user.line_at_cursor
        await user.press("down", "u")
        assert user.sees("Ingen avkryssing å angre")


async def test_an_activity_is_added_changed_and_ended(tmp_path: Path) -> None:
    workspace = PlanWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press(*OPEN, "a")
        await user.type("Luftetur")
        await user.press("enter")
        await user.type("daglig")
        await user.press("enter", "enter")
        assert user.sees("venter Luftetur")
        await user.press("c")
        assert user.sees("Morgenstell") and user.sees("daglig kl. 8")
        await user.press("tab", "tab")
        await user.type("ny tid")
        await user.press("enter", "e", "down", "enter")
        await user.type("flyttet")
        await user.press("enter")
        text = "Morgenstell med tilrettelegging, oppmuntre til egen innsats"
        assert written(workspace) == [
            ("plan.add", "Luftetur", "daglig", ""),
            ("plan.change", "0", text, "daglig kl. 8", "ny tid"),
            ("plan.end", "0", "False", "flyttet"),
        ]
        await user.press("x", "x")
        assert user.sees("Tiltaket er avsluttet")


async def test_what_the_journal_does_not_take_is_told_and_the_words_stay(tmp_path: Path) -> None:
    workspace = PlanWorkspace()
    workspace.plan.trouble = troubles.PlanNotTaken()
    async with workstation(workspace, tmp_path) as user:
        await user.press(*OPEN, "x", "x")
        assert user.sees("Denne journalen tar ikke imot dette i planer")
        await user.press("a")
        await user.type("Luftetur")
        await user.press("enter", "enter", "enter")
        assert user.place.called == "plan-form" and user.sees("Luftetur")
        assert user.sees("tar ikke imot")


async def test_all_about_an_activity_and_away_again(tmp_path: Path) -> None:
    async with workstation(PlanWorkspace(), tmp_path) as user:
        await user.press(*OPEN, *["down"] * 6, "enter")
        assert user.sees("20.11.2026 12.03 ikke gjort") and user.sees("Pasienten ønsket det ikke. Ville heller")
        await user.press("down")
        assert user.sees("Ikke ført ennå.")
        await user.press("escape")
        assert user.place.called == "plan" and not user.sees("Ikke ført ennå.")


async def test_on_a_goal_there_is_nothing_to_tick(tmp_path: Path) -> None:
    workspace = PlanWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press(*OPEN, "home", "x", "x")
        assert user.sees("Velg et tiltak først") and not written(workspace)


async def test_none_never_fetched_and_refused_are_told_apart(tmp_path: Path) -> None:
    workspace = PlanWorkspace()
    workspace.plan.sheets = ()
    async with workstation(workspace, tmp_path) as user:
        await user.press(*OPEN)
        assert user.sees("Planer: ingen plan")
        workspace.plan.fetched = Fetched(FetchStatus.FAILED, None, None, "no-line")
        workspace.plan.refused = 2
        workspace.tell("person", "astrid-bakken")
        await user.rest()
        assert user.sees("ikke hentet") and user.sees("2 endringer avvist: se utboksen (g u)")
        await user.press("a")
        assert user.sees("Det er ingen plan å føre tiltaket i")


async def test_rows_stay_where_they_are_when_others_tick(tmp_path: Path) -> None:
    workspace = PlanWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press(*OPEN, "down", "down")
        before = user.cursor
        held = workspace.plan.sheets[0]
        workspace.plan.sheets = (replace(held, steps=(*held.steps, replace(held.steps[3], key="ny", text="Nytt"))),)
        workspace.tell("person", "astrid-bakken")
        await user.rest()
        assert user.cursor == before and "Inhalasjon" in user.line_at_cursor and user.sees("Nytt")


@pytest.mark.parametrize("name", HOSTILE)
async def test_nothing_in_a_plan_acts_on_the_terminal(name: str, tmp_path: Path) -> None:
    workspace = PlanWorkspace(dress=lambda text: HOSTILE[name] + text[:3])
    async with workstation(workspace, tmp_path) as user:
        await user.press(*OPEN, "enter", "down", "home", "down", "end", "c", "escape")
        assert user.place.called == "plan"
        assert not [letter for letter in user.screen.replace("\n", "") if is_raw(letter)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize(
    ("name", "keys"),
    [("plan", []), ("ticked", ["x", "x"]), ("details", [*["down"] * 6, "enter"]), ("new_activity", ["a"])],
)
def test_the_plan_looks_as_it_was_seen(
    name: str, keys: list[str], size: tuple[int, int], snap_compare: Any, tmp_path: Path
) -> None:
    async def before(pilot: Pilot[None]) -> None:
        user = User(app, pilot)
        await user.rest()
        await user.press(*OPEN, *keys)

    app = AksonApp(PlanWorkspace(), settings(tmp_path))  # type: ignore[arg-type]
    assert snap_compare(app, terminal_size=size, run_before=before)
