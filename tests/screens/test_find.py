"""Search."""

from __future__ import annotations

import asyncio
from pathlib import Path

from akson_tui.workspace.views import RegisterHits
from tests.screens.people import FakeWorkspace
from tests.screens.seeing import workstation


async def test_search_opens_over_where_one_was_and_one_esc_goes_back(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "2", "/")
        await user.type("ba")
        await user.press("escape")
        assert user.place.called == "timeline"
        await user.press("f3", "escape")
        assert user.place.called == "timeline"


async def test_enter_opens_the_selected_hit_which_is_the_first_as_soon_as_there_is_one(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("/")
        await user.type("bakken")
        assert user.sees("> Astrid Bakken")
        assert user.cursor == (len("Søk pasient  bakken"), 0)
        await user.press("enter")
        assert user.place.called == "overview"
        assert user.lines[0].startswith("Astrid Bakken")


async def test_another_hit_is_selected_with_the_arrows(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("/")
        await user.type("l")
        assert user.sees("> Arne Lunde")
        await user.press("down", "down", "up", "enter")
        assert user.lines[0].startswith("Kirsten Lie")


async def test_more_hits_than_are_shown_are_counted(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    for at in range(12):
        workspace.journals[f"bakken-{at}"] = workspace.journals["astrid-bakken"]
    async with workstation(workspace, tmp_path) as user:
        await user.press("/")
        await user.type("bakken")
        assert user.sees("4 flere: skriv mer, eller PgDn")


async def test_enter_waits_for_the_answer_to_exactly_what_was_typed(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    slow, local = asyncio.Event(), workspace.find.local

    async def answer(text: str):  # type: ignore[no-untyped-def]
        if text == "a":
            await slow.wait()
        return await local(text)

    workspace.find.local = answer  # type: ignore[method-assign]
    async with workstation(workspace, tmp_path) as user:
        await user.press("/")
        user.place.field.value = "a"  # type: ignore[attr-defined]
        user.place.field.value = "astrid"  # type: ignore[attr-defined]
        slow.set()
        await user.press("enter")
        assert user.lines[0].startswith("Astrid Bakken")


async def test_enter_waits_for_the_register_where_the_store_has_none(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    odd = workspace.journals.pop("arne-lunde")
    come = asyncio.Event()

    async def register(text: str) -> RegisterHits:
        workspace.calls.append(("find.register", text))
        await come.wait()
        workspace.journals["arne-lunde"] = odd
        return RegisterHits(workspace.find.parse(text), (hit_of(workspace),), False, "")  # type: ignore[arg-type]

    workspace.find.register = register  # type: ignore[method-assign]
    async with workstation(workspace, tmp_path) as user:
        await user.press("/")
        await user.type("lunde")
        user.app.call_later(lambda: asyncio.get_running_loop().call_later(0.05, come.set))
        await user.press("enter")
        assert user.lines[0].startswith("Arne Lunde")
        assert ("record.open", "arne-lunde", "searched-for") in workspace.calls


def hit_of(workspace: FakeWorkspace):  # type: ignore[no-untyped-def]
    from akson_tui.workspace.views import Hit

    return Hit("arne-lunde", workspace.journals["arne-lunde"].patient, False, None)


async def test_the_wait_for_the_register_is_given_up_with_esc(tmp_path: Path) -> None:
    workspace = FakeWorkspace()

    async def never(text: str) -> RegisterHits:
        await asyncio.Event().wait()
        raise AssertionError

    workspace.find.register = never  # type: ignore[method-assign]
    async with workstation(workspace, tmp_path) as user:
        await user.press("/")
        await user.type("finnesikke")
        find = user.place
        find.app.run_act(find, find.open_selected())  # type: ignore[attr-defined]
        for _ in range(200):
            if user.sees("spør registeret"):
                break
            await asyncio.sleep(0.01)
        find.app.press(find, _escape())  # type: ignore[attr-defined]
        await user.rest()
        assert user.place.called == "worklist"


def _escape():  # type: ignore[no-untyped-def]
    from textual.events import Key

    return Key("escape", "\x1b")


async def test_the_registers_answer_is_added_below_and_the_selected_hit_stays(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.find.register_hits = ["astrid-bakken", "gunnar-vik"]
    async with workstation(workspace, tmp_path) as user:
        await user.press("/")
        await user.type("lie")
        assert user.sees("> Kirsten Lie")
        for _ in range(200):
            if user.sees("Gunnar Vik"):
                break
            await asyncio.sleep(0.01)
        assert user.sees("> Kirsten Lie")
        assert user.sees("  Astrid Bakken")
        await user.press("enter")
        assert user.lines[0].startswith("Kirsten Lie")


async def test_no_line_to_the_register_is_told_and_blocks_nothing(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.find.register_trouble = "no-line"
    async with workstation(workspace, tmp_path) as user:
        await user.press("/")
        await user.type("finnesikke")
        await user.press("enter")
        assert user.sees("registeret: ingen kontakt med journalen")
        assert user.place.called == "find"


async def test_nobody_found_is_said(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("/")
        await user.type("finnesikke")
        await user.press("enter")
        assert user.sees("Ingen treff her eller i registeret")


async def test_a_doubtful_national_id_is_told_and_enter_a_second_time_searches_all_the_same(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.find.register_hits = ["arne-lunde"]
    async with workstation(workspace, tmp_path) as user:
        await user.press("/")
        await user.type("13057444850")
        assert user.sees("Kontrollsifrene i nummeret stemmer ikke")
        await user.press("enter")
        assert user.place.called == "find"
        assert user.sees("Enter en gang til søker likevel")
        await user.press("enter")
        assert user.lines[0].startswith("Arne Lunde")


async def test_an_empty_field_opens_nobody_and_the_arrow_shows_who_was_opened_last(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("/", "enter")
        assert user.place.called == "find"
        await user.press("down")
        assert user.place.called == "find"


async def test_a_protected_address_is_not_shown_among_the_hits(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("/")
        await user.type("fatima")
        assert user.sees("strengt fortrolig")
        assert not user.sees("Kristiansand")


async def test_what_is_typed_ahead_or_pasted_comes_once_and_harmless(tmp_path: Path) -> None:
    from akson_tui.terminal.driver import Typed

    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("/")
        user.app.post_message(Typed("bak\x1b[2Jken"))
        await user.rest()
        assert user.lines[0] == "Søk pasient  bak�[2Jken"


async def test_further_pages_of_the_register_are_reached_with_page_down(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    people = list(workspace.journals)
    pages = [people[:9], people[9:]]

    async def answer(text: str = "") -> RegisterHits:
        from akson_tui.workspace.views import Hit

        page = pages.pop(0)
        hits = tuple(Hit(person, workspace.journals[person].patient, False, None) for person in page)
        return RegisterHits(workspace.find.parse("x"), hits, bool(pages), "")  # type: ignore[arg-type]

    workspace.find.register = workspace.find.register_more = answer  # type: ignore[method-assign, assignment]
    async with workstation(workspace, tmp_path) as user:
        await user.press("/")
        await user.type("x")
        find = user.place
        await find.answers.ask_register("x")  # type: ignore[attr-defined]
        await user.rest()
        assert user.sees("PgDn: flere fra registeret")
        await user.press("pagedown")
        assert user.sees("Petter Solem")
        assert not user.sees("flere fra registeret")
        await user.press("pageup", "pageup", "enter")
        assert user.lines[0].startswith("Astrid Bakken")


async def test_another_text_selects_its_first_hit(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("/")
        await user.type("l")
        await user.press("down", "down")
        assert user.sees("> Leif Hagen")
        await user.type("i")
        assert user.sees("> Kirsten Lie")
