"""Keys and commands: each key has one meaning, each command can be done, and what help says is what acts."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from textual.events import Key

from akson_tui.screens import places
from akson_tui.screens.app import AksonApp
from akson_tui.screens.command import Command, Keys, find, key_of, shown
from akson_tui.screens.everywhere import EVERYWHERE, MOVES
from akson_tui.screens.note.editor import BESIDE, WRITING
from akson_tui.screens.place import Place
from akson_tui.screens.timeline.acts import SEEKING
from tests.screens.people import FakeWorkspace
from tests.screens.seeing import workstation

PLACES = list(places.every())


def every_command() -> list[tuple[type[Place], Command]]:
    return [(kind, command) for _, kind in PLACES for command in (*kind.commands(), *_states(kind))]


def _states(kind: type[Place]) -> tuple[Command, ...]:
    return {"editor": (*WRITING, *BESIDE), "timeline": SEEKING}.get(kind.called, ())


@pytest.mark.parametrize(("kind", "command"), every_command(), ids=lambda each: getattr(each, "name", None))
def test_every_command_names_something_that_can_be_done(kind: type[Place], command: Command) -> None:
    assert callable(getattr(AksonApp if command.of_app else kind, command.act))
    assert command.title
    assert command.keys or command.palette


@pytest.mark.parametrize(("row", "kind"), PLACES, ids=[row.name for row, _ in PLACES])
def test_no_key_of_a_place_means_two_things(row: places.Row, kind: type[Place]) -> None:
    own = [key for command in kind.OWN for key in command.keys]
    assert len(own) == len(set(own))
    assert kind.called == row.name
    assert row.title == kind.TITLE_TEXT


@pytest.mark.parametrize(("row", "kind"), PLACES, ids=[row.name for row, _ in PLACES])
def test_no_sequence_is_hidden_by_a_key_that_acts_at_once(row: places.Row, kind: type[Place]) -> None:
    keys = [key for command in kind.commands() for key in command.keys]
    for sequence in (key for key in keys if " " in key):
        assert sequence.split(" ")[0] not in keys


def test_the_keys_that_everything_relies_on_are_bound_as_designed() -> None:
    by_key = {key: command.name for command in EVERYWHERE for key in command.keys}
    assert by_key == {
        "/": "find",
        "f3": "find",
        "g w": "go.worklist",
        "g d": "go.drafts",
        "g u": "go.outbox",
        "?": "help",
        "f1": "help",
        "ctrl+p": "palette",
        ":": "palette",
        "ctrl+l": "repaint",
        "f8": "lock",
        "g l": "lock",
        "ctrl+q": "quit",
        "g q": "quit",
    }
    timeline = {key: command.name for command in places.kind("timeline").OWN for key in command.keys}
    assert {"1", "2", "w", "n", "f5", "enter", "f", "s", "a", "c"} <= set(timeline)
    moves = {key for command in MOVES for key in command.keys}
    assert {"j", "k", "up", "down", "pageup", "pagedown", "home", "end"} <= moves


def test_a_key_whose_place_is_not_built_is_bound_nowhere() -> None:
    for _, kind in PLACES:
        keys = {key for command in kind.commands() for key in command.keys}
        assert not keys & {"6", "7", "8", "9", "g i"}


def test_no_key_needs_what_a_norwegian_keyboard_or_a_multiplexer_lacks() -> None:
    named = {"enter", "escape", "tab", "space", "up", "down", "pageup", "pagedown", "home", "end"}
    allowed = named | {f"f{number}" for number in range(1, 10)} | {"ctrl+p", "ctrl+l", "ctrl+q"}
    for _, kind in PLACES:
        for key in itertools.chain.from_iterable(command.keys for command in kind.commands()):
            for part in key.split(" "):
                assert part in allowed or len(part) == 1


G_WORKLIST = Command("go", ("g w",), "Gå", "go")
WRITE = Command("write", ("w",), "Skriv", "write")


def test_a_sequence_waits_for_its_second_key_without_a_limit_and_then_acts() -> None:
    keys = Keys()
    assert keys.press("g", (G_WORKLIST, WRITE)) is True
    assert keys.press("w", (G_WORKLIST, WRITE)) is G_WORKLIST
    assert keys.press("w", (G_WORKLIST, WRITE)) is WRITE


@pytest.mark.parametrize("second", ["escape", "x", "g"])
def test_a_second_key_that_completes_nothing_ends_the_sequence_and_does_nothing(second: str) -> None:
    keys = Keys()
    keys.press("g", (G_WORKLIST, WRITE))
    assert keys.press(second, (G_WORKLIST, WRITE)) is True
    assert keys.press("w", (G_WORKLIST, WRITE)) is WRITE


def test_a_key_that_nobody_knows_is_left_to_others() -> None:
    assert Keys().press("x", (G_WORKLIST, WRITE)) is None


@pytest.mark.parametrize(
    ("event", "name"),
    [
        (Key("question_mark", "?"), "?"),
        (Key("slash", "/"), "/"),
        (Key("S", "S"), "S"),
        (Key("space", " "), "space"),
        (Key("enter", "\r"), "enter"),
        (Key("f9", None), "f9"),
        (Key("ctrl+q", "\x11"), "ctrl+q"),
    ],
)
def test_a_key_is_named_by_what_it_prints_else_as_the_driver_names_it(event: Key, name: str) -> None:
    assert key_of(event) == name


@pytest.mark.parametrize(
    ("key", "said"), [("f9", "F9"), ("ctrl+p", "Ctrl+P"), ("g w", "g w"), ("escape", "Esc"), ("pagedown", "PgDn")]
)
def test_keys_are_shown_as_they_are_written_on_a_keyboard(key: str, said: str) -> None:
    assert shown(key) == said


async def test_help_shows_the_keys_of_the_place_one_came_from_and_closes(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("?")
        assert user.lines[0] == "Taster: Dagens liste"
        for command in places.kind("worklist").OWN:
            assert user.sees(command.title)
        await user.press("escape")
        assert user.place.called == "worklist"


async def test_help_and_palette_tell_the_truth_while_a_note_is_written(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter", "w", "enter", "f1")
        assert user.sees("Ut av teksten; en gang til: lukk")
        await user.press("escape", "ctrl+p")
        await user.type("kopier")
        assert user.sees("> Kopier hele teksten til utklippstavla")


async def test_the_palette_finds_a_command_by_its_words_and_does_it(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press(":")
        await user.type("gå utboks")
        await user.press("enter")
        assert user.place.called == "outbox"


async def test_the_palette_moves_its_mark_and_narrows(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("ctrl+p")
        await user.type("gå")
        await user.press("down", "down", "up")
        assert user.sees("> Gå til utkast")
        await user.type(" finnesikke")
        assert user.sees("Ingen kommando passer.")
        await user.press("enter", "escape")
        assert user.place.called == "worklist"


def test_commands_are_found_by_key() -> None:
    assert find("w", (G_WORKLIST, WRITE)) is WRITE
    assert find("y", (G_WORKLIST, WRITE)) is None


def test_the_heading_of_the_summary_stands_on_no_other_screen() -> None:
    from akson_tui.screens.note.sign import HEADING

    said = {command.title for _, command in every_command()} | {command.foot for _, command in every_command()}
    titles = {row.title for row in places.ROWS} | {kind.TITLE_TEXT for _, kind in PLACES}
    assert not any(HEADING in words for words in said | titles)
