"""View 3: writing a new set of measurements, by keyboard."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from akson_tui.model.act import ActState
from akson_tui.workspace import troubles
from tests.screens.clinical_desks import ClinicalWorkspace
from tests.screens.seeing import User, workstation

OPEN = ("enter", "3")
PERSON = "astrid-bakken"


async def comes(user: User, said: str) -> None:
    """Wait until it stands on the screen, at most some seconds."""
    for _ in range(500):
        await user.rest()
        if user.sees(said):
            return
        await asyncio.sleep(0.01)


def signed(workspace: ClinicalWorkspace) -> list[tuple[str, ...]]:
    return [call for call in workspace.calls if call[0] == "notes.sign"]


async def test_a_set_is_signed_in_at_most_ten_keys_beyond_its_figures(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    figures = ("142/88", "91", "89", "37,9", "24")
    keys = 0
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press("enter")
        await user.press("3", "m")
        keys += 2
        for at, figure in enumerate(figures):
            await user.type(figure)
            if at < len(figures) - 1:
                await user.press("enter")
                keys += 1
        await user.press("f9")
        assert user.sees("Se over før sending") and user.sees("BT 142/88 p 91 SpO2 89 t 37,9 rf 24")
        await user.press("f9")
        keys += 2
        assert keys <= 10
        assert len(signed(workspace)) == 1
        assert user.place.called == "measurements"
        assert "142/88   venter" in user.line_at_cursor
        act = next(iter(workspace.acts.values()))
        workspace.acts[act.id] = replace(act, state=ActState.SENT)
        workspace.tell("outbox")
        await user.rest()
        assert "142/88   kl 12.03" in user.line_at_cursor and not user.sees("F5 viser")


async def test_a_whole_line_in_one_field_is_spread_over_the_fields(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "m")
        await user.type("bt 142/88 p 91 luft målt liggende")
        await user.press("enter")
        shown = "\n".join(user.lines)
        assert "Blodtrykk             142/88" in shown and "Puls                  91" in shown
        assert "Merknad               målt liggende" in shown and "Oksygen               0" in shown
        await user.press("f9")
        assert user.sees("BT 142/88 p 91. Luft.") and user.sees("målt liggende")


async def test_the_last_value_stands_beside_each_field(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "m")
        assert "mmHg  sist 142/88 kl 08.33" in user.line_at_cursor
        assert user.cursor == (22, user.cursor[1] if user.cursor else 0)


async def test_news2_is_scored_when_all_of_it_is_there_and_what_is_missing_is_named(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "m")
        for figure in ("142/88", "91", "89", "37,9", "24", "", "", "2"):
            await user.type(figure)
            await user.press("enter")
        assert user.sees("NEWS2: mangler bevissthet")
        await user.press("a", "enter")
        assert user.sees("NEWS2 5 (skala 2): middels")
        assert user.line_at_cursor.startswith("NEWS2, skala for SpO2 2")
        await user.press("backspace", "1", "enter")
        assert user.sees("NEWS2 8 (skala 1): høy")
        await user.press("up")
        assert user.line_at_cursor.startswith("NEWS2, skala")


async def test_on_scale_2_the_oxygen_is_what_lacks_and_not_the_saturation(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "m")
        for figure in ("142/88", "91", "89", "37,9", "24"):
            await user.type(figure)
            await user.press("enter")
        assert user.sees("NEWS2: mangler oksygen og bevissthet")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("270/88", "utenfor 60–260/30–150"),
        ("88/142", "undertrykket er høyest"),
    ],
)
async def test_a_doubtful_figure_is_asked_about_once_and_then_taken(keys: str, said: str, tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "m")
        await user.type(keys)
        await user.press("f9")
        assert user.sees(said) and user.sees("F9 igjen hvis den stemmer")
        assert user.place.called == "measure" and "Blodtrykk" in user.line_at_cursor
        await user.press("f9")
        assert user.sees("Se over før sending")


async def test_a_doubtful_figure_that_was_changed_is_asked_about_again(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "m", "enter")
        await user.type("230")
        await user.press("f9", "backspace")
        await user.type("1")
        await user.press("f9")
        assert user.place.called == "measure" and user.sees("F9 igjen")


async def test_a_weight_far_from_the_last_is_asked_about(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "m", *["enter"] * 5)
        await user.type("25,9")
        await user.press("enter")
        assert user.sees("langt fra forrige")
        await user.press("f9", "f9")
        assert user.sees("Se over før sending")


@pytest.mark.parametrize("figure", ["abc", "9999", "142"])
async def test_what_is_no_figure_is_not_signed(figure: str, tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "m")
        await user.type(figure)
        await user.press("enter", "f9", "f9")
        assert user.place.called == "measure"
        assert user.sees("Tallet kan ikke leses") and "Blodtrykk" in user.line_at_cursor


async def test_nothing_at_all_is_not_signed_and_leaves_no_draft(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "m", "f9")
        assert user.sees("Ingen målinger er ført") and not workspace.kept
        await user.type("14")
        await user.press("backspace", "backspace", "escape")
        assert user.place.called == "measurements" and not workspace.kept


async def test_what_was_typed_is_a_draft_that_stays_when_one_leaves(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "m")
        await user.type("142/88")
        await user.press("escape")
        assert [draft.text for draft in workspace.kept.values()] == ["BT 142/88"]
        await user.press("g", "d")
        assert user.sees("BT 142/88")


async def test_a_full_disk_is_told_and_the_figures_stay(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "m")
        workspace.keep_fails = troubles.NotKept(full=True)
        await user.type("142/88")
        await user.press("escape")
        assert user.sees("disken er full") and user.sees("142/88") and user.place.called == "measure"
        await user.press("escape")
        assert user.place.called == "measurements"


async def test_a_journal_that_takes_no_notes_offers_no_form(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    workspace.taken = False
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "m")
        assert user.place.called == "measurements" and user.sees("tar ikke imot notater")
