"""Nothing that came from a record, a file or a patient acts on the terminal or is read as markup, on any screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.content import Content

from akson_tui.model.access import Ground
from akson_tui.model.act import ActState
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.line import LineStatus
from akson_tui.workspace.views import Environment
from tests.screens.people import NOW, FakeWorkspace
from tests.screens.seeing import User, workstation

HOSTILE = {
    "escape": "\x1b[2J\x1b]0;eid\x07navn\x1b[31m",
    "c1": "\x9b2Jnavn\x9d0;eid\x9c\x90q\x9c",
    "controls": "a\x00b\x07c\x08d\x0be\x0cf\x7fg\r\nh\ti",
    "closing-markup": "[/x] [/] navn",
    "click-markup": "[@click=app.exit]navn[/] [b]fet[/b] [link=https://a.b]x[/link]",
    "bidi": "navn \u202e8812 gm\u202c \u2066x\u2069 \u200f\u200e",
    "surrogates": "navn \ud800 \udfff\udc00",
    "combining": "n" + "\u0301" * 5000 + "avn",
    "invisible": "n\u200ba\u2060v\ufeffn\u00ad \U000e0041",
    "private": "navn \ue000 \U0010ffff \ufdd0",
    "separators": "navn\u2028linje\u2029avsnitt\x85ny\x1c\x1d\x1e",
    "wide": "漢字" * 40 + "👩‍👩‍👧‍👦" * 10,
    "long": "navn " * 4000,
    "empty": "",
    "blank": "   ",
    "paste-end": "\x1b[201~navn\x1b[200~",
}
ALLOWED_JOINERS: frozenset[str] = frozenset()


def is_raw(letter: str) -> bool:
    """Whether a character may do something else on a terminal than show itself."""
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") and letter not in ALLOWED_JOINERS


async def through_the_journal(user: User) -> None:
    await user.press("enter")
    await user.press("pagedown", "pageup", "2", "enter", "down", "down", "enter", "pagedown", "escape")
    await user.press("f", "down", "enter", "escape", "v", "s")
    await user.type("sår")
    await user.press("escape")


async def through_the_note(user: User) -> None:
    await user.press("enter", "w", "enter")
    await user.type("BT 142/88 p 91")
    await user.press("f9", "space", "f9")


async def through_a_correction(user: User) -> None:
    await user.press("enter", "2", "c", "f9", "escape", "escape", "escape", "a", "escape", "escape", "p")
    await user.type("grunn")
    await user.press("enter")


async def through_the_search(user: User) -> None:
    await user.press("/")
    await user.type("bakken")
    await user.press("down", "up", "enter")


async def through_the_lists(user: User) -> None:
    workspace: Any = user.app.workspace
    record = await workspace.record.open("astrid-bakken", Ground.ON_MY_LIST)
    draft = await workspace.notes.begin(record, "free")
    await workspace.notes.keep(draft.id, workspace.dress("tekst"), 0)
    held = await workspace.notes.summary(draft.id)
    act = await workspace.notes.sign(held, ())
    workspace.acts[act.id] = replace(act, state=ActState.REFUSED, trouble="invalid", said="nei", label="ord")
    second = await workspace.notes.begin(record, "home_visit")
    workspace.kept[second.id] = replace(second, text=workspace.dress("Observasjoner"))
    workspace.tell("outbox")
    workspace.tell("drafts")
    await user.rest()
    await user.press("g", "u", "escape", "g", "d", "enter", "escape", "escape")


async def through_help(user: User) -> None:
    await user.press("?", "pagedown", "escape", "ctrl+p", "down", "escape", "f8", "enter")


JOURNEYS: tuple[Callable[[User], Awaitable[None]], ...] = (
    through_the_journal,
    through_the_note,
    through_a_correction,
    through_the_search,
    through_the_lists,
    through_help,
)


NARROW, LARGE = (80, 24), (120, 40)
CASES = [*((name, NARROW) for name in HOSTILE), *((name, LARGE) for name in ("escape", "closing-markup", "long"))]


@pytest.mark.parametrize(("name", "size"), CASES, ids=[f"{name}-{size[0]}" for name, size in CASES])
async def test_hostile_texts_show_as_text_on_every_screen(
    name: str, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw: list[str] = []
    original = Content.__init__

    def watched(self: Content, text: str = "", *rest: Any, **named: Any) -> None:
        raw.extend(letter for letter in text if letter != "\n" and is_raw(letter))
        original(self, text, *rest, **named)

    monkeypatch.setattr(Content, "__init__", watched)

    def dress(text: str) -> str:
        return f"{HOSTILE[name]}{text}{HOSTILE[name]}" if text else HOSTILE[name]

    for journey in JOURNEYS:
        workspace = FakeWorkspace(size=40, dress=dress)
        workspace.environment = Environment(dress("DEMO"), True, (dress("sagt"),))
        workspace.states = (replace(workspace.states[0], status=LineStatus.DOWN, source=dress("kilde")),) * 2
        workspace.round_fetched = Fetched(FetchStatus.PARTIAL, NOW, trouble=dress("ukjent"))
        async with workstation(workspace, tmp_path, size) as user:
            await journey(user)
            shown = [letter for line in user.lines for letter in line if is_raw(letter)]
        assert raw == []
        assert shown == []
