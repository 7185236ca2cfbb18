"""The light text area shows what Textual's shows, though it renders less."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import TextArea

from akson_tui.terminal.cells import Grid
from akson_tui.terminal.driver import LightApp, LightTextArea
from akson_tui.terminal.driver_cursor import cursor_of
from akson_tui.terminal.driver_grid import Easel
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import profile_of

WORDS = ["sår", "blodtrykk 142/88", "(", ")", "\n", "\n\n", "漢字", "e\u0301", " ", "\t", "a" * 50, "[b]", "👍"]


class SideBySide(LightApp[None]):
    """The light one to the left, Textual's to the right, the same done to both."""

    CSS = """
    TextArea, TextArea:focus { width: 1fr; border: none; padding: 0; scrollbar-size: 0 0; background: $background; }
    """

    AUTO_FOCUS = None

    def __init__(self) -> None:
        super().__init__(driver_class=None)
        pens = Pens(profile_of("xterm-256color"))
        self.easel, self.want = Easel(pens), Grid(80, 12)
        self.rendered = 0

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield LightTextArea("første\nandre", id="light")
            yield TextArea("første\nandre", id="textual", highlight_cursor_line=False)

    def on_mount(self) -> None:
        textual = self.query_one("#textual", TextArea)
        textual.match_cursor_bracket = textual.cursor_blink = False

    def both(self) -> list[TextArea]:
        return [self.query_one("#light", TextArea), self.query_one("#textual", TextArea)]

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if renderable is not None and not self._batch_count:
            columns, lines = self.size
            if (columns, lines) != (self.want.columns, self.want.lines):
                self.want = Grid(columns, lines)
            self.easel.apply(renderable, self.want)

    def change(self, draw: Random) -> None:
        kind, word, number = draw.randrange(9), draw.choice(WORDS), draw.randrange(30)
        row, column = draw.random(), draw.random()
        for area in self.both():
            lines = area.document.line_count
            spot = (int(row * lines), int(column * len(area.document.get_line(int(row * lines)))))
            match kind:
                case 0 | 1 | 2:
                    area.insert(word)
                case 3:
                    area.move_cursor(spot)
                case 4:
                    area.move_cursor(spot, select=True)
                case 5:
                    area.delete(*sorted((area.cursor_location, spot)))
                case 6:
                    area.undo()
                case 7:
                    area.scroll_to(y=number, animate=False, immediate=True)
                case 8:
                    area.action_delete_left()


@pytest.mark.parametrize("theme", ["terminal", "textual-dark"])
async def test_it_shows_what_textual_s_text_area_shows(theme: str) -> None:
    app, draw = SideBySide(), Random(4)
    app.theme = theme
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        for number in range(150):
            app.change(draw)
            await asyncio.sleep(0.02)
            if number == 70:
                await pilot.resize_terminal(60, 20)
            await pilot.pause()
            half = app.size.width // 2
            for row in app.want.rows:
                assert row[:half] == row[half:]


async def test_a_letter_renders_one_row_and_a_move_none() -> None:
    app = SideBySide()
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        light = app.query_one("#light", LightTextArea)
        light.focus()
        await pilot.pause()
        rows: list[int] = []
        render = light._render_line
        light._render_line = lambda y: rows.append(y) or render(y)  # type: ignore[func-returns-value,method-assign]
        light.insert("x")
        await pilot.pause()
        await asyncio.sleep(0.05)
        assert rows == [0]
        light.move_cursor((1, 3))
        await pilot.pause()
        await asyncio.sleep(0.05)
        assert rows == [0]
        assert cursor_of(app) == (3, 1)
