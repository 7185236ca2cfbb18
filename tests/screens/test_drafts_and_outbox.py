"""Drafts and the outbox: what waits, what was refused and why, and what can be done about it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from akson_tui.model.act import Act, ActKind, ActState
from tests.screens.people import NOW, SOURCE, FakeWorkspace, patient
from tests.screens.seeing import User, workstation


def the_draft(workspace: FakeWorkspace):  # type: ignore[no-untyped-def]
    (draft,) = workspace.kept.values()
    return draft


async def saved(workspace: FakeWorkspace, text: str) -> None:
    for _ in range(300):
        if any(draft.text == text for draft in workspace.kept.values()):
            return
        await asyncio.sleep(0.01)
    raise AssertionError([draft.text for draft in workspace.kept.values()])


async def write(user: User, text: str) -> None:
    await user.press("enter", "w", "enter")
    await user.type(text)


async def test_drafts_are_listed_with_their_first_words_and_opened(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await write(user, "Rolig natt, sov godt")
        await user.press("escape", "g", "d")
        assert user.lines[0] == "Utkast"
        assert user.lines[2] == "12.03            Astrid Bakken            Notat   Rolig natt, sov godt"
        await user.press("enter")
        assert user.place.called == "editor"
        assert ("record.open", "astrid-bakken", "my-draft") not in workspace.calls  # it was open already
        await user.press("escape", "escape", "g", "w", "g", "d", "enter")
        assert ("record.open", "astrid-bakken", "my-draft") in workspace.calls


async def test_a_draft_that_is_thrown_away_in_the_list_is_asked_for_first(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await write(user, "Rolig")
        await user.press("escape", "g", "d", ":")
        await user.type("kast")
        await user.press("enter")
        assert user.lines[0] == "Kaste utkastet om Astrid Bakken?"
        await user.press("down", "enter")
        assert user.sees("Ingen utkast.")


def an_act(id_: str, state: ActState, **changed: object) -> Act:
    held = Act(id_, ActKind.NOTE, SOURCE, "astrid-bakken", patient(0).ref, f"Notat {id_}", NOW, (), state=state)
    return replace(held, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (an_act("a", ActState.WAITING), "Sendes så snart journalen svarer."),
        (an_act("a", ActState.WAITING, trouble="no-line"), "Venter: ingen kontakt med journalen."),
        (an_act("a", ActState.WAITING, trouble="busy", due=NOW), "Venter: journalen er opptatt. Prøves igjen 12.03."),
        (an_act("a", ActState.SENT), "Sendt; journalen har den."),
        (an_act("a", ActState.REFUSED, trouble="invalid"), "Avvist: journalen godtar ikke innholdet."),
        (an_act("a", ActState.REFUSED, said="status mangler"), "Journalen sier: status mangler"),
    ],
)
async def test_the_outbox_says_what_became_of_each_act_and_why(act: Act, said: str, tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.acts["a"] = act
    async with workstation(workspace, tmp_path) as user:
        await user.press("g", "u")
        assert user.sees("Notat a")
        assert user.sees(said)


async def test_an_act_is_sent_again_taken_back_or_removed(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.acts = {id_: an_act(id_, ActState.REFUSED) for id_ in ("a", "b")}
    async with workstation(workspace, tmp_path) as user:
        await user.press("g", "u", "r")
        assert ("outbox.retry", "a") in workspace.calls
        await user.press("down", ":")
        await user.type("fjern")
        await user.press("enter")
        assert user.lines[0] == "Fjerne «Notat b» fra utboksen?"
        await user.press("down", "enter")
        assert list(workspace.acts) == ["a"]
        await user.press("e")
        assert user.place.called == "editor"
        assert user.lines[4] == "Notat a"
        assert workspace.acts == {}


async def test_what_was_sent_cannot_be_taken_back_and_a_mark_is_no_text(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.acts = {
        "a": an_act("a", ActState.SENT),
        "b": an_act("b", ActState.WAITING, kind=ActKind.WRONG_PATIENT),
    }
    async with workstation(workspace, tmp_path) as user:
        await user.press("g", "u", "e")
        assert user.sees("For sent: det er sendt, eller sendes nå")
        await user.press("down", "e")
        assert user.sees("Dette er ikke en tekst som kan redigeres")


async def test_states_change_in_the_outbox_while_one_looks(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.acts = {id_: an_act(id_, ActState.WAITING) for id_ in ("a", "b")}
    async with workstation(workspace, tmp_path) as user:
        await user.press("g", "u", "down")
        workspace.acts["a"] = an_act("a", ActState.SENT)
        workspace.tell("outbox", "a")
        await user.rest()
        assert user.lines[2].startswith("sendt")
        assert user.line_at_cursor.startswith("venter")
        await user.press("enter")
        assert user.place.called == "timeline"
