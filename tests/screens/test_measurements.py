"""View 3: reading what was measured, and how its screens look."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from akson_tui.model.entry import EntryState
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.screens.app import AksonApp
from akson_tui.screens.measurements.panel import lately
from tests.screens.clinical_desks import ClinicalWorkspace, measured_series, series, value
from tests.screens.people import settings
from tests.screens.seeing import User, workstation
from tests.screens.test_hostile import HOSTILE, is_raw

OPEN = ("enter", "3")
PERSON = "astrid-bakken"


async def comes(user: User, said: str) -> None:
    """Wait until it stands on the screen, at most some seconds."""
    for _ in range(500):
        await user.rest()
        if user.sees(said):
            return
        await asyncio.sleep(0.01)


# -- reading ----------------------------------------------------------------------------------------------------------


async def test_each_kind_has_a_row_with_its_newest_values_and_their_days(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        assert "Blodtrykk mmHg" in user.line_at_cursor
        assert "142/88   kl 08.33 141/87   22.11" in user.line_at_cursor
        await user.press("down", "down")
        assert "Oksygenmetning %" in user.line_at_cursor and "86 L" in user.line_at_cursor
        assert user.sees("Prøvesvar") and user.sees("ikke målt")
        assert user.sees("hentet 12.03")


async def test_in_a_wide_terminal_the_band_stands_beside_the_name(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path, (120, 40)) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "down", "down")
        assert "≥ 88" in user.line_at_cursor


async def test_enter_shows_the_curve_and_escape_closes_it_before_it_leaves(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "enter")
        assert user.sees("Blodtrykk, mmHg  16 målinger av 40 (v viser alle)")
        assert any("│v" in line or "┤v" in line for line in user.lines) and user.sees("^")
        await user.press("v")
        assert user.sees("Blodtrykk, mmHg  40 målinger  mellom 134–142 / 84–88")
        await user.press("escape")
        assert not user.sees("40 målinger") and user.place.called == "measurements"
        await user.press("escape")
        assert user.place.called == "worklist"


async def test_the_curve_follows_the_mark_when_it_has_rested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("akson_tui.screens.parts.steady.RESTED", 0.01)
    workspace = ClinicalWorkspace()
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "enter", "down", "down")
        await comes(user, "Oksygenmetning, %")
        assert user.sees("Oksygenmetning, %  8 målinger") and user.sees("referanse ≥ 88 (NEWS2, skala 2)")
        assert workspace.calls[-1] == ("measurements.history", "spo2", "2")


async def test_enter_on_the_curve_goes_to_the_value_in_the_timeline(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "down", "enter", "enter")
        assert user.place.called == "timeline"


async def test_what_comes_while_one_looks_is_announced_and_f5_shows_it(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "down", "down")
        before = user.lines
        fresh = value("ny", "Puls", "77", "/min", 0.1)
        pulse = workspace.measurements.series[1]
        workspace.measurements.series[1] = replace(pulse, values=(fresh, *pulse.values))
        workspace.measurements.series.insert(0, series("", "Åpent sår, lengde", "cm", "2.5"))
        workspace.tell("person", PERSON)
        await user.rest()
        assert [line for line in user.lines if "F5" not in line] == [line for line in before if "hentet" not in line]
        assert user.sees("2 nye, F5 viser")
        await user.press("f5")
        assert user.sees("77") and user.sees("Åpent sår") and not user.sees("F5 viser")
        assert "Oksygenmetning" in user.line_at_cursor
        assert ("record.refresh", PERSON, "True") in workspace.calls


async def test_what_f5_asked_for_is_shown_when_it_comes(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "f5")
        workspace.measurements.fetched = Fetched(FetchStatus.FETCHING, workspace.now())
        pulse = workspace.measurements.series[1]
        workspace.measurements.series[1] = replace(
            pulse, values=(value("ny", "Puls", "77", "/min", 0.1), *pulse.values)
        )
        workspace.tell("fetch", PERSON)
        await user.rest()
        assert user.sees("1 ny, F5 viser") and user.sees("hentes")
        workspace.measurements.fetched = Fetched(FetchStatus.COMPLETE, workspace.now())
        workspace.tell("fetch", PERSON)
        await comes(user, "77")
        assert user.sees("77") and not user.sees("F5 viser")


async def test_older_values_that_come_behind_the_others_move_nothing_and_are_shown(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    workspace.measurements.series[3] = series("temperature", "Temperatur", "Cel", "37.9")
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        workspace.measurements.series[3] = series("temperature", "Temperatur", "Cel", "37.9", "36.5")
        workspace.tell("person", PERSON)
        await user.rest()
        assert user.sees("36,5") and not user.sees("F5 viser")


@pytest.mark.parametrize(
    ("fetched", "said"),
    [
        (Fetched(FetchStatus.COMPLETE, None), "Målinger: ingen registrert"),
        (Fetched(), "Målinger: ikke hentet"),
        (Fetched(FetchStatus.FETCHING), "Målinger: hentes"),
        (Fetched(FetchStatus.FAILED, None, None, "no-line"), "Målinger: ikke hentet: ingen kontakt med journalen"),
    ],
)
async def test_none_not_fetched_and_failed_are_told_apart(fetched: Fetched, said: str, tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    workspace.measurements.series = []
    workspace.measurements.fetched = fetched
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        assert user.sees(said)
        await user.press("enter", "down", "v", "pagedown")
        workspace.measurements.series = measured_series()
        workspace.measurements.fetched = Fetched(FetchStatus.COMPLETE, workspace.now())
        workspace.tell("person", PERSON)
        await user.rest()
        assert user.sees("Blodtrykk") and not user.sees("F5 viser")


async def test_what_is_withheld_is_counted(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    workspace.measurements.withheld = 2
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        assert user.sees("2 sperret")
        workspace.measurements.series = []
        await user.press("f5")
        assert user.sees("Målinger: 2 sperret") and not user.sees("ingen registrert")


def test_a_curve_shows_the_shortest_period_that_holds_enough() -> None:
    many = series("pulse", "Puls", "/min", *["80"] * 100)
    assert len(lately(many).values) == 16
    few = series("pulse", "Puls", "/min", *["80"] * 7)
    assert lately(few) == few
    assert lately(series("pulse", "Puls", "/min")).values == ()


async def test_values_that_are_not_the_journals_yet_say_so(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    states = (EntryState.WAITING, EntryState.REFUSED, EntryState.PRELIMINARY)
    values = tuple(value(f"s{at}", "Puls", "80", "/min", at, state=state) for at, state in enumerate(states))
    workspace.measurements.series[1] = replace(workspace.measurements.series[1], values=values)
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "down")
        assert all(word in user.line_at_cursor for word in ("venter", "avvist", "forel."))


# -- pictures and hostile texts ---------------------------------------------------------------------------------------


SCREENS = {
    "table": [*OPEN],
    "curve": [*OPEN, "down", "down", "enter"],
    "form": [*OPEN, "m", *"142/88", "enter", *"230", "enter", *"89", "enter"],
    "looking_over": [*OPEN, "m", *"142/88", "f9"],
    "signed": [*OPEN, "m", *"142/88", "f9", "f9"],
}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_looks_as_it_was_seen(name: str, size: tuple[int, int], snap_compare: Any, tmp_path: Path) -> None:
    async def before(pilot: Pilot[None]) -> None:
        user = User(app, pilot)
        await user.rest()
        await user.press(*SCREENS[name])
        if name == "form":
            await comes(user, "Utkast")  # the draft begins when the hand pauses

    app = AksonApp(ClinicalWorkspace(), settings(tmp_path))  # type: ignore[arg-type]
    assert snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", [(40, 10), (20, 6), (200, 60)])
async def test_every_size_of_terminal_has_its_table_its_curve_and_its_form(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "enter")
        await user.resize(*size)
        await user.press("down", "enter", "end", "escape", "m")
        await user.type("142/88")
        await user.press("enter")
        assert len(user.lines) == size[1]


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_texts_show_as_text(name: str, tmp_path: Path) -> None:
    def dress(text: str) -> str:
        return f"{HOSTILE[name]}{text}{HOSTILE[name]}" if text else HOSTILE[name]

    for size in ((80, 24), (120, 40)):
        async with workstation(ClinicalWorkspace(size=12, dress=dress), tmp_path, size) as user:  # type: ignore[arg-type]
            await user.press(*OPEN)
            for keys in (["enter"], ["v"], ["escape", "m"], [*"BT 142/88", "enter"], ["f9"]):
                await user.press(*keys)
                assert [letter for line in user.lines for letter in line if is_raw(letter)] == []
