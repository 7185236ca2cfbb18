"""Home."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from akson_tui.model.access import Ground
from akson_tui.model.act import Act, ActKind, ActState
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.line import LineStatus, SourceState
from akson_tui.screens.worklist import steady
from akson_tui.store.troubles import DiskFull
from akson_tui.workspace.views import Environment
from tests.screens.people import NOW, SOURCE, FakeWorkspace, patient
from tests.screens.seeing import workstation


async def test_the_first_screen_says_where_who_when_and_whom(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        assert user.lines[0].startswith("DEMO  Dagens liste tirsdag 24. november 2026  Kari Nilsen")
        assert "hentet 12.03" in user.lines[1]
        assert user.lines[3] == "08.00 Astrid Bakken            84 år  Morgenstell og medisiner            3 nye"
        assert user.lines[23].startswith("DEMO · Journalen svarer")
        assert user.cursor == (0, 3)


async def test_stepping_moves_only_the_cursor(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        before = user.lines
        await user.press("j", "down", "k")
        assert user.cursor == (0, 4)
        assert user.lines == before


async def test_drafts_and_outbox_are_counted_in_one_line_and_nothing_modal_stands_in_the_way(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    record = await workspace.record.open("astrid-bakken", Ground.ON_MY_LIST)
    await workspace.notes.begin(record, "free")
    who = patient(0)
    workspace.acts["a"] = Act("a", ActKind.NOTE, SOURCE, "astrid-bakken", who.ref, "Sår", NOW, ())
    workspace.acts["b"] = replace(workspace.acts["a"], id="b", state=ActState.REFUSED)
    async with workstation(workspace, tmp_path) as user:
        assert "1 utkast venter (g d)" in user.lines[1]
        assert "Utboks (g u): 1 venter" in user.lines[1]
        assert "1 avvist" in user.lines[1]
        await user.press("enter")
        assert user.place.called == "overview"


async def test_enter_opens_the_selected_patient_on_the_ground_of_the_list(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("down", "enter")
        assert user.lines[0].startswith("Arne Lunde")
        assert ("record.open", "arne-lunde", "on-my-list") in workspace.calls
        await user.press("escape")
        assert user.place.called == "worklist"
        assert ("record.leave", "arne-lunde") in workspace.calls


async def test_n_opens_the_next_patient_from_the_list_and_from_a_record(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("n")
        assert user.lines[0].startswith("Astrid Bakken")
        await user.press("n")
        assert user.lines[0].startswith("Arne Lunde")
        assert ("record.leave", "astrid-bakken") in workspace.calls
        await user.press("escape", "n")
        assert user.lines[0].startswith("Bjørg Østerås")


async def test_after_the_last_patient_it_is_said_that_there_are_no_more(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.round_rows = workspace.round_rows[:1]
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "n")
        assert user.sees("Ingen flere på lista")
        assert user.lines[0].startswith("Astrid Bakken")


async def test_rows_that_arrive_are_announced_and_shown_at_f5_with_nothing_moved_before(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    rows = list(workspace.round_rows)
    workspace.round_rows = rows[1:]
    async with workstation(workspace, tmp_path) as user:
        await user.press("down")
        workspace.round_rows = [rows[0], replace(rows[1], new=9), *rows[2:]]
        workspace.tell("worklist")
        await user.rest()
        assert user.lines[3].startswith("08.25 Arne Lunde")
        assert user.lines[3].endswith("9 nye")
        assert user.line_at_cursor.startswith("08.50 Bjørg")
        assert user.sees("1 endring på lista, F5 viser")
        await user.press("f5")
        assert user.lines[3].startswith("08.00 Astrid Bakken")
        assert not user.sees("F5 viser")
        assert ("worklist.refresh", "True") in workspace.calls


async def test_a_list_that_was_empty_is_filled_when_it_comes(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    rows, workspace.round_rows = workspace.round_rows, []
    workspace.round_fetched = Fetched(FetchStatus.FETCHING)
    async with workstation(workspace, tmp_path) as user:
        assert user.sees("Lista hentes …")
        workspace.round_rows = rows
        workspace.round_fetched = Fetched(FetchStatus.COMPLETE, NOW)
        workspace.tell("worklist")
        await user.rest()
        assert user.lines[3].startswith("08.00 Astrid Bakken")


@pytest.mark.parametrize(
    ("fetched", "said"),
    [
        (Fetched(FetchStatus.COMPLETE, NOW), "Ingen avtaler i dag."),
        (Fetched(FetchStatus.FETCHING), "Lista hentes …"),
        (Fetched(FetchStatus.FAILED, None, None, "no-line"), "Lista er ikke hentet: ingen kontakt med journalen"),
        (Fetched(FetchStatus.NEVER, None, None, "forbidden"), "Lista er ikke hentet: journalen gir ikke tilgang"),
    ],
)
async def test_an_empty_list_says_why_it_is_empty(fetched: Fetched, said: str, tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.round_rows = []
    workspace.round_fetched = fetched
    async with workstation(workspace, tmp_path) as user:
        assert user.lines[3] == said


async def test_without_a_user_the_worklist_says_so_and_search_still_works(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(user=""), tmp_path, user="") as user:
        assert "Ingen bruker er oppgitt" in user.lines[0]
        assert user.sees("så her er det ingen liste")
        await user.press("/")
        await user.type("bakken")
        await user.press("enter")
        assert user.lines[0].startswith("Astrid Bakken")


async def test_what_start_up_found_is_told_and_unsafe_http_stands_on_every_screen(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.environment = Environment("TEST", True, ("Lageret ble laget på nytt.",))
    async with workstation(workspace, tmp_path) as user:
        assert user.sees("Lageret ble laget på nytt.")
        for keys in (["enter"], ["2"], ["w"], ["enter"], ["escape", "/"]):
            await user.press(*keys)
            assert user.lines[23].startswith("TEST – USIKRET http")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (SourceState(SOURCE, LineStatus.UNTRIED), "Journalen er ikke kontaktet ennå"),
        (SourceState(SOURCE, LineStatus.DOWN, NOW), "Ingen kontakt med journalen siden 12.03"),
        (SourceState(SOURCE, LineStatus.DOWN), "Ingen kontakt med journalen"),
        (SourceState(SOURCE, LineStatus.REFUSED, NOW), "Journalen gir ikke tilgang"),
        (SourceState(SOURCE, LineStatus.ODD, NOW), "Det som svarer, er ikke en FHIR R4-journal"),
        (SourceState(SOURCE, LineStatus.UP, NOW, clock_off=180.0), "klokka her går 3 min foran"),
    ],
)
async def test_the_state_of_the_line_is_told_in_words_in_the_bottom_line_when_it_changes(
    state: SourceState, said: str, tmp_path: Path
) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        workspace.states = (state,)
        workspace.tell("line", SOURCE)
        await user.rest()
        assert said in user.lines[23]
        assert sum(said in line for line in user.lines) == 1


async def test_a_patient_whose_record_is_not_held_cannot_be_opened_and_it_is_said(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.round_rows = [replace(workspace.round_rows[0], person="", name="")]
    async with workstation(workspace, tmp_path) as user:
        assert user.sees("Astrid Bakken")
        await user.press("enter")
        assert user.sees("Pasienten er ikke hentet hit")
        await user.press("down")
        assert not user.sees("Pasienten er ikke hentet hit")


async def test_w_on_the_list_begins_a_note_about_the_selected_patient(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("down", "w")
        assert user.lines[0].startswith("Arne Lunde")
        assert user.sees("Nytt notat")


async def test_a_larger_terminal_gets_wider_columns(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path, (120, 40)) as user:
        assert "84 år  12.04.1942 Morgenstell og medisiner" in user.lines[3]
        await user.resize(80, 24)
        assert "84 år  Morgenstell og medisiner" in user.lines[3]
        assert user.cursor == (0, 3)


def test_a_list_in_which_nothing_moves_is_taken_as_it_comes() -> None:
    rows = tuple(FakeWorkspace().round_rows)
    fresh = (replace(rows[0], new=4), *rows[1:])
    assert steady.keep(rows, fresh) == (fresh, 0)
    assert steady.keep(rows[:3], rows) == (rows, 0)
    assert steady.keep((), rows) == (rows, 0)


def test_a_row_that_is_gone_stays_until_it_is_asked_for() -> None:
    rows = tuple(FakeWorkspace().round_rows)
    assert steady.keep(rows, rows[1:]) == (rows, 1)


def test_a_row_that_moved_counts_as_one_change() -> None:
    rows = tuple(FakeWorkspace().round_rows[:3])
    assert steady.keep(rows, (rows[1], rows[0], rows[2])) == (rows, 1)


async def test_many_changes_are_read_once(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        count = 0
        today = workspace.worklist.today

        async def counted():  # type: ignore[no-untyped-def]
            nonlocal count
            count += 1
            return await today()

        workspace.worklist.today = counted  # type: ignore[method-assign]
        for _ in range(50):
            workspace.tell("person", "astrid-bakken")
        await user.rest()
        assert count == 1


async def test_coming_back_to_a_list_that_has_grown_old_asks_for_it(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "escape")
        assert workspace.calls.count(("worklist.refresh", "False")) == 1
        workspace.round_fetched = Fetched(FetchStatus.COMPLETE, NOW - timedelta(minutes=3))
        workspace.tell("worklist")
        await user.rest()
        await user.press("enter", "escape")
        assert workspace.calls.count(("worklist.refresh", "False")) == 2


async def test_quitting_leaves_the_record_that_is_open(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter")
        user.app.run_act(user.place, user.app.leave_program())
        for _ in range(200):
            if not user.app.is_running:
                break
            await asyncio.sleep(0.01)
    assert ("record.leave", "astrid-bakken") in workspace.calls


async def test_a_full_disk_is_told_and_ends_nothing(tmp_path: Path) -> None:
    workspace = FakeWorkspace()

    async def full(*_: object) -> None:
        raise DiskFull

    workspace.record.open = full  # type: ignore[method-assign, assignment]
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter")
        assert user.place.called == "worklist"
        assert user.sees("Disken er full")
        workspace.worklist.today = full  # type: ignore[method-assign, assignment]
        workspace.tell("worklist")
        await user.rest()
        assert user.app.is_running


async def test_with_a_mouse_a_click_selects_and_a_second_one_opens(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path, mouse=True) as user:
        await user._pilot.click("Rows", offset=(10, 2))
        await user.rest()
        assert user.line_at_cursor.startswith("08.50 Bjørg")
        await user._pilot.click("Rows", offset=(10, 2))
        await user.rest()
        assert user.lines[0].startswith("Bjørg Østerås")


async def test_what_f5_brings_is_shown_when_it_comes_with_the_mark_on_its_row(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    rows = list(workspace.round_rows)
    workspace.round_rows = rows[1:]
    async with workstation(workspace, tmp_path) as user:
        await user.press("down", "f5")
        workspace.round_fetched = Fetched(FetchStatus.FETCHING, NOW)
        workspace.tell("fetch", "worklist")
        await user.rest()
        workspace.round_rows, workspace.round_fetched = rows, Fetched(FetchStatus.COMPLETE, NOW)
        workspace.tell("worklist")
        for _ in range(200):
            if user.sees("08.00 Astrid"):
                break
            await asyncio.sleep(0.01)
        assert user.lines[3].startswith("08.00 Astrid Bakken")
        assert user.line_at_cursor.startswith("08.50 Bjørg")
