"""The terminal's cursor stands where attention is."""

from __future__ import annotations

import asyncio

from textual.app import ComposeResult
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Static

from akson_tui.terminal.driver import LightApp, LightInput, LightTextArea
from akson_tui.terminal.driver_cursor import cursor_of


class Fields(LightApp[None]):
    """Fields at places."""

    CSS = "LightInput { border: none; padding: 0; height: 1; width: 10; } LightTextArea { border: none; padding: 0; }"

    def __init__(self) -> None:
        super().__init__(driver_class=None)

    def compose(self) -> ComposeResult:
        yield LightInput("abc")
        yield LightTextArea("en\nto\n" * 50)


async def test_the_cursor_stands_at_the_caret_or_nowhere() -> None:
    app = Fields()
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        field, area = app.query_one(LightInput), app.query_one(LightTextArea)
        field.focus()
        await pilot.pause()
        field.cursor_position = 3
        assert cursor_of(app) == (3, 0)
        field.value = "漢字x"
        field.cursor_position = 2
        await pilot.pause()
        assert cursor_of(app) == (4, 0)
        field.value = "x" * 30
        field.cursor_position = 30
        await pilot.pause()
        assert cursor_of(app) is not None and cursor_of(app)[0] <= 10  # type: ignore[index]
        area.focus()
        area.move_cursor((40, 1))
        await pilot.pause()
        await asyncio.sleep(0.05)
        where = cursor_of(app)
        assert where is not None and where[0] == 1 and 1 <= where[1] < 12
        area.scroll_to(y=0, animate=False)
        await pilot.pause()
        await asyncio.sleep(0.05)
        assert cursor_of(app) is None
        app.set_focus(None)
        await pilot.pause()
        assert cursor_of(app) is None


class Says(Static, can_focus=True):
    """A widget that says where its cursor stands."""

    where: Offset | None = Offset(5, 3)

    @property
    def terminal_cursor(self) -> Offset | None:
        return self.where


class Place(Screen[None]):
    """A screen that says it for widgets that do not."""

    terminal_cursor = Offset(1, 2)

    def compose(self) -> ComposeResult:
        yield Says("a\n" * 10)


async def test_a_widget_says_where_and_else_the_screen_does() -> None:
    app = Fields()
    async with app.run_test(size=(80, 12)) as pilot:
        await app.push_screen(Place())
        await pilot.pause()
        says = app.screen.query_one(Says)
        says.focus()
        await pilot.pause()
        assert cursor_of(app) == (5, 3)
        says.where = None
        assert cursor_of(app) == (1, 2)
        says.where = Offset(5, 40)  # below what is visible
        assert cursor_of(app) == (1, 2)
