"""Writing, looking over, signing, putting right."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Paste

from akson_tui.model.people import Clinician
from akson_tui.workspace.troubles import Gone, NotKept
from tests.screens.people import FakeWorkspace
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


async def test_w_lists_the_templates_under_nytt_notat_with_the_free_note_selected(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "w")
        assert user.lines[3] == "Nytt notat"
        assert user.lines[4:6] == ["Fritt notat", "Hjemmebesøk"]
        assert user.cursor == (0, 4)
        await user.press("escape")
        assert user.place.called == "overview"
        assert workspace.kept == {}


async def test_enter_stands_in_the_text_with_utkast_on_screen(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "w", "enter")
        assert user.lines[3] == "Utkast  Fritt notat"
        assert user.cursor == (0, 4)
        await user.type("Rolig natt")
        assert user.lines[4] == "Rolig natt"
        await saved(workspace, "Rolig natt")


async def test_nothing_but_the_text_changes_on_screen_while_one_writes_and_it_is_saved(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "w", "enter")
        before = user.lines
        await user.type("sår")
        await saved(workspace, "sår")
        workspace.tell("drafts", the_draft(workspace).id)
        await user.rest()
        assert user.lines == [*before[:4], "sår", *before[5:]]


async def test_a_home_visit_opens_with_its_headings_and_the_caret_below_the_first(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "w", "down", "enter")
        assert user.lines[4:10] == ["Observasjoner:", "", "", "Tiltak:", "", ""]


async def test_a_draft_opens_with_the_caret_where_it_stood(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await write(user, "en")
        await user.press("enter")
        await user.type("to tre")
        await user.press("left", "left", "left")
        await saved(workspace, "en\nto tre")
        await user.press("x", "backspace", "escape", "escape", "g", "d", "enter")
        assert user.place.called == "editor"
        assert user.cursor == (3, 5)


async def test_esc_leaves_the_text_first_then_the_place_and_the_draft_stays(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await write(user, "Rolig")
        await user.press("escape")
        assert user.place.called == "editor"
        assert user.cursor == (0, 3)
        await user.press("enter")
        await user.type("!")
        assert user.lines[4] == "Rolig!"
        await user.press("escape", "escape")
        assert user.place.called == "overview"
        assert the_draft(workspace).text == "Rolig!"


@pytest.mark.parametrize("keys", [["f9"], ["escape", "S"], ["escape", "f9"]])
async def test_f9_or_esc_and_s_shows_what_will_be_sent(keys: list[str], tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await write(user, "Rolig natt")
        assert not user.sees("Se over før sending")
        await user.press(*keys)
        assert user.lines[3] == "Se over før sending"
        for said in (
            "Gjelder: Astrid Bakken, 120442 12345",
            "Slag: Fritt notat",
            "Signeres av: Kari Nilsen, sykepleier, HPR 9144900",
            "ikke innlogget",
            "Sendes til: DEMO, Kristiansand hjemmesykepleie",
            "Kan leses av: alle med tilgang til pasientens journal, og pasienten selv",
            "Rolig natt",
        ):
            assert user.sees(said), said
        await user.press("escape")
        assert user.place.called == "editor"
        await user.type(" igjen")
        assert user.sees("Rolig natt igjen")


@pytest.mark.parametrize("keys", [["f9"], ["tab", "enter"]])
async def test_f9_or_tab_and_enter_signs_and_the_note_is_selected_in_the_timeline(
    keys: list[str], tmp_path: Path
) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await write(user, "Rolig natt")
        await user.press("f9", *keys)
        assert user.place.called == "timeline"
        assert "venter Rolig" in user.line_at_cursor
        assert workspace.kept == {}
        assert [act.label for act in workspace.acts.values()] == ["Rolig natt"]
        await user.press("escape")
        assert user.place.called == "worklist"


async def test_enter_alone_signs_nothing(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await write(user, "Rolig natt")
        await user.press("f9", "enter", "enter", "down", "enter", "space")
        assert user.place.called == "sign"
        assert workspace.acts == {}


async def test_an_innlogget_author_is_not_doubted(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    assert workspace.who is not None
    workspace.who = replace(workspace.who, signed_in=True)
    async with workstation(workspace, tmp_path) as user:
        await write(user, "Rolig natt")
        await user.press("f9")
        assert not user.sees("ikke innlogget")


async def test_measurements_are_confirmed_and_doubtful_ones_must_be_taken_by_hand(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await write(user, "BT 142/88 SpO2 9")
        await user.press("f9")
        assert user.sees("[x] Blodtrykk 142/88 mmHg")
        assert user.sees("[ ] Oksygenmetning 9 %  utenfor det vanlige: se etter")
        at = next(at for at, line in enumerate(user.lines) if "[x] Blodtrykk" in line)
        await user.press(*["down"] * (at - 4), "space", "down", "enter")
        assert user.sees("[ ] Blodtrykk")
        assert user.sees("[x] Oksygenmetning")
        await user.press("f9")
        assert workspace.calls[-1][0] == "notes.sign"
        assert workspace.calls[-1][2:] == ("spo2",)


async def test_a_journal_that_takes_no_measurements_says_that_they_stay_in_the_text(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    summary = workspace.notes.summary

    async def refused(draft: str):  # type: ignore[no-untyped-def]
        return replace(await summary(draft), measurements_taken=False)

    workspace.notes.summary = refused  # type: ignore[method-assign]
    async with workstation(workspace, tmp_path) as user:
        await write(user, "BT 142/88")
        await user.press("f9")
        assert user.sees("Journalen tar ikke imot målinger: de står bare i teksten.")
        await user.press("f9")
        assert workspace.calls[-1][2:] == ()


async def test_an_empty_note_is_not_looked_over(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "w", "enter", "f9")
        assert user.place.called == "editor"
        assert user.sees("Notatet har ingen tekst")


async def test_where_no_notes_are_taken_w_says_so(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.taken = False
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "w")
        assert user.place.called == "overview"
        assert user.sees("Denne journalen tar ikke imot notater")
        workspace.states = (replace(workspace.states[0], known=False),)
        await user.press("w")
        assert user.sees("Journalen har ennå ikke sagt om den tar imot notater")


async def test_where_nobody_is_named_signing_asks_for_name_and_number_and_keeps_them(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.who = None
    workspace.user = ""
    async with workstation(workspace, tmp_path, user="") as user:
        await user.press("/")
        await user.type("bakken")
        await user.press("enter", "w", "enter")
        await user.type("Rolig natt")
        await user.press("f9")
        assert user.lines[3] == "Se over før sending"
        assert user.sees("Ingen bruker er oppgitt. Hvem signerer?")
        await user.press("enter")
        assert user.sees("Navnet mangler")
        await user.type("Per Dahl")
        await user.press("enter")
        await user.type("12x")
        await user.press("f9")
        assert user.sees("HPR-nummeret har bare sifre, høyst ni")
        await user.press("backspace", "3", "tab", "tab", "enter")
        assert user.sees("Signeres av: Per Dahl, HPR 123")
        assert user.sees("ikke innlogget")
        await user.press("f9")
        assert user.place.called == "timeline"
        assert workspace.who == Clinician("Per Dahl", "123")


@pytest.mark.parametrize(
    ("trouble", "said"),
    [(NotKept(full=True), "Ikke lagret: disken er full. Teksten står på skjermen."), (NotKept(), "Ikke lagret.")],
)
async def test_a_full_disk_is_told_the_text_stays_and_saving_goes_on_when_there_is_room(
    trouble: NotKept, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("akson_tui.screens.parts.keeper.AGAIN", 0.05)
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "w", "enter")
        workspace.keep_fails = trouble
        await user.type("Rolig natt")
        for _ in range(300):
            if user.sees(said):
                break
            await asyncio.sleep(0.01)
        assert user.sees(said)
        assert user.lines[4] == "Rolig natt"
        workspace.keep_fails = None
        await saved(workspace, "Rolig natt")
        await user.rest()
        assert user.sees("Lagret igjen")


async def test_what_cannot_be_saved_is_told_before_one_leaves_and_asked_again_it_lets_go(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "w", "enter")
        workspace.keep_fails = Gone()
        await user.type("x")
        await user.press("escape", "escape")
        assert user.place.called == "editor"
        assert user.sees("Finnes ikke lenger")
        await user.press("escape")
        assert user.place.called == "overview"


async def test_quitting_saves_first(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await write(user, "Rolig")
        user.app.press(user.place, _key("ctrl+q"))
        for _ in range(200):
            if not user.app.is_running:
                break
            await asyncio.sleep(0.01)
    assert the_draft(workspace).text == "Rolig"
    assert user.app.return_code == 0


async def test_when_the_line_drops_all_is_saved(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await write(user, "Rolig")
        await user.app.hang_up()
        assert the_draft(workspace).text == "Rolig"


def _key(name: str):  # type: ignore[no-untyped-def]
    from textual.events import Key

    return Key(name, None)


async def test_what_is_pasted_is_made_harmless_and_stands_as_several_lines(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "w", "enter")
        user.app.post_message(Paste("a\x1b[31m\r\nb\u202ec"))
        await user.rest()
        assert user.lines[4:6] == ["a�[31m", "bc"]


async def test_discarding_asks_first(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await write(user, "Rolig")
        for answer, left in ((["enter"], 1), (["down", "enter"], 0)):
            await user.press("ctrl+p")
            await user.type("kast")
            await user.press("enter")
            assert user.sees("Kaste utkastet?")
            await user.press(*answer)
            assert len(workspace.kept) == left
        assert user.place.called == "overview"


async def test_a_text_that_cannot_be_saved_can_be_taken_out(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await write(user, "Rolig")
        await user.press("ctrl+p")
        await user.type("kopier")
        await user.press("enter")
        assert user.app.clipboard == "Rolig"


async def test_an_addendum_and_a_correction_begin_from_the_selected_note(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "2", "a")
        assert user.lines[3] == "Utkast  Tillegg"
        await user.press("x", "escape", "escape")
        assert user.place.called == "timeline"
        await user.press("c")
        assert user.lines[3] == "Utkast  Retting"
        assert user.lines[4].startswith("Tung pust i natt")
        await user.press("f9")
        assert user.sees("Slag: Fritt notat, retting: erstatter et notat")
        targets = [draft.target for draft in workspace.kept.values()]
        assert [target.id for target in targets if target is not None] == ["e0", "e0"]


async def test_the_views_are_gone_to_from_beside_the_text_without_a_heap_of_places(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await write(user, "Rolig")
        await user.press("escape", "2")
        assert user.place.called == "timeline"
        await user.press("w", "enter", "escape", "2")
        assert [place.called for place in user.app.stack] == ["worklist", "timeline"]


async def test_a_note_on_the_wrong_patient_is_marked_with_a_reason_and_opens_for_the_right_one(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    held = workspace.journals["astrid-bakken"].entries
    held[0] = replace(held[0], author="Kari Nilsen")
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "2", "p", "enter")
        assert user.sees("Skriv grunnen først")
        await user.type("feil rad")
        await user.press("enter")
        assert user.lines[0] == "Riktig pasient  navn, fødselsdato eller fødselsnummer"
        await user.type("astrid")
        await user.press("enter")
        assert user.sees("Notatet står på denne pasienten allerede")
        await user.press(*["backspace"] * 6)
        await user.type("lunde")
        await user.press("enter")
        assert ("notes.wrong_patient", "astrid-bakken", "e0", "feil rad", "arne-lunde") in workspace.calls
        assert user.lines[0].startswith("Arne Lunde")
        assert user.sees("Teksten fra feil pasient")
        await user.press("escape", "escape")
        assert [place.called for place in user.app.stack] == ["worklist", "overview"]
