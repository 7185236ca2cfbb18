"""The driver shows what Textual meant: its grid, painted, against Textual's own stream, cell by cell."""

from __future__ import annotations

import asyncio
import inspect
from dataclasses import replace
from random import Random
from typing import Any, ClassVar

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, InlineUpdate, LayoutUpdate
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widgets import DataTable, Static

from akson_tui.terminal.cells import Grid
from akson_tui.terminal.driver import LightApp, LightInput, LightTextArea
from akson_tui.terminal.driver_grid import Easel
from akson_tui.terminal.painter import Painter
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import EVERY_ATTRIBUTE, TRUE_COLOUR, profile_of
from tests.terminal.scenes import ODD, PLAIN, expected
from tests.tools.emulator import Emulator, seen

PROFILE = replace(profile_of("xterm-256color"), colours=TRUE_COLOUR, attributes=EVERY_ATTRIBUTE)
STYLES = ["", "bold", "dim", "italic", "reverse", "underline", "bold red", "on blue", "#ff8800 on #102030", "strike"]

WORDS = PLAIN * 2 + [word for word in ODD if not {"\u200d", "\ufe0f"} & set(word)]
"""Without joined emoji and variation selectors: Textual cuts them anywhere, and its own stream then shows something
else than it laid out. `test_painter_pyte` has them."""


class Twin:
    """One terminal fed by us, one by Textual."""

    def __init__(self, app: App[Any], columns: int, lines: int) -> None:
        self.app = app
        self.pens = Pens(PROFILE)
        self.painter = Painter(PROFILE, self.pens)
        self.easel = Easel(self.pens)
        self.frames = self.ours_bytes = self.textual_bytes = 0
        self.differing: list[str] = []
        self.resize(columns, lines)

    def resize(self, columns: int, lines: int) -> None:
        self.want = Grid(columns, lines)
        self.ours, self.textual = Emulator(columns, lines), Emulator(columns, lines)
        self.painter.forget()
        for emulator in (self.ours, self.textual):
            emulator.feed(self.painter.opening())

    def show(self, update: Any) -> None:
        columns, lines = self.app.size
        if (columns, lines) != (self.want.columns, self.want.lines):
            self.resize(columns, lines)
        if not self.fits(update):
            # Laid out for the size before: Textual's stream would pile it up at the edge until the next frame.
            return
        stream = update.render_segments(self.app.console).replace("\n", "\r\n").encode()
        assert self.easel.apply(update, self.want)
        frame = self.painter.frame(self.want, (0, 0))
        self.textual.feed(stream)
        self.ours.feed(frame)
        self.frames += 1
        self.ours_bytes += len(frame)
        self.textual_bytes += len(stream)
        self.compare()

    def fits(self, update: Any) -> bool:
        columns, lines = self.app.size
        if isinstance(update, ChopsUpdate):
            return {ends[-1] for ends in update.chop_ends} == {columns} and len(update.chops) == lines
        return bool(update.region.right <= columns and update.region.bottom <= lines)

    def compare(self) -> None:
        grid = expected(self.want, self.pens)
        for y, (ours, textual) in enumerate(zip(self.ours.rows(), self.textual.rows(), strict=True)):
            for x, (one, other) in enumerate(zip(ours, textual, strict=True)):
                if one != other or one != grid[y][x]:
                    self.differing.append(f"frame {self.frames}, {x},{y}: {one} {other} {grid[y][x]}")


class Changing(LightApp[None]):
    """Boxes over each other, a table, fields, other screens: all at random."""

    CSS = """
    Screen { layers: low high; }
    .box { layer: high; position: absolute; }
    DataTable { height: 8; }
    LightTextArea { height: 5; }
    #bars { height: 4; border: round $primary; }
    Over { align: center middle; }
    Over Static { width: 30; height: 7; border: heavy $accent; }
    """

    def __init__(self, seed: int) -> None:
        super().__init__(driver_class=None)
        self.random = Random(seed)
        self.twin: Twin | None = None
        self.console._color_system = ColorSystem.TRUECOLOR

    def compose(self) -> ComposeResult:
        yield LightInput("søk")
        with VerticalScroll(id="bars"):
            yield Static(self.words(40))
        yield DataTable()
        yield LightTextArea("notat\n" * 9)
        for number in range(3):
            yield Static(self.words(8), classes="box", id=f"box{number}")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("a", "b", "c")
        for _ in range(40):
            table.add_row(*[self.words(2) for _ in range(3)])

    def words(self, most: int) -> Content:
        draw = self.random
        found = [draw.choice(WORDS) for _ in range(most)]
        parts = [Content.styled(f"{word} ", draw.choice(STYLES)) for word in found]
        return Content("").join(parts)

    def change(self) -> None:
        draw = self.random
        if len(self.screen_stack) > 1:
            self.pop_screen()
            return
        box = self.query_one(f"#box{draw.randrange(3)}", Static)
        match draw.randrange(9):
            case 0:
                box.update(self.words(draw.randrange(1, 20)))
            case 1:
                box.styles.offset = (draw.randrange(-3, self.size.width), draw.randrange(-2, self.size.height))
            case 2:
                box.display = not box.display
            case 3:
                self.query_one(LightInput).value = self.words(draw.randrange(6)).plain
            case 4:
                self.query_one(LightTextArea).insert(draw.choice(["漢字", "æ", "\n", "ordinary text ", "👍🏽"]))
            case 5:
                self.query_one(DataTable).move_cursor(row=draw.randrange(40))
            case 6:
                self.query_one(VerticalScroll).scroll_to(y=draw.randrange(5), animate=False)
            case 7:
                self.set_focus(draw.choice([self.query_one(LightInput), self.query_one(DataTable), None]))
            case 8:
                self.push_screen(Over(self.words(12)))

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if renderable is not None and not self._batch_count:
            assert isinstance(renderable, CompositorUpdate)
            if self.twin is None:
                self.twin = Twin(self, *self.size)
            self.twin.show(renderable)


class Over(ModalScreen[None]):
    """A dialogue over the rest, which shows through dimmed."""

    def __init__(self, words: Content) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        yield Static(self._words)


async def compare(seed: int, theme: str, changes: int) -> Twin:
    app = Changing(seed)
    app.theme = theme
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for number in range(changes):
            app.change()
            await asyncio.sleep(0.02)
            if number % 40 == 39:
                await pilot.resize_terminal(app.random.choice((40, 80, 81, 120)), app.random.choice((10, 24, 30)))
        await pilot.pause()
    assert app.twin is not None
    return app.twin


@pytest.mark.parametrize("theme", ["terminal", "textual-dark"])
async def test_each_cell_of_each_frame_is_what_textual_s_stream_shows(theme: str) -> None:
    twin = await compare(1, theme, 120)
    assert not twin.differing[:5]
    assert twin.frames > 90
    assert twin.ours_bytes < twin.textual_bytes / 3


@pytest.mark.long
@pytest.mark.parametrize("theme", ["terminal", "textual-dark", "textual-light", "ansi-dark"])
@pytest.mark.parametrize("seed", range(2, 6))
async def test_each_cell_of_thousands_of_frames_is_what_textual_s_stream_shows(theme: str, seed: int) -> None:
    twin = await compare(seed, theme, 1200)
    assert not twin.differing[:5]
    assert twin.frames > 900


def test_a_character_that_textual_cut_from_its_variation_selector_keeps_its_width() -> None:
    pens = Pens(PROFILE)
    want = Grid(6, 1)
    Easel(pens).apply(
        LayoutUpdate(
            [[Strip([Segment("⚠"), Segment("\ufe0f B"), Segment("e"), Segment("\u0301")])]], Region(0, 0, 6, 1)
        ),
        want,
    )
    assert [(cell.text, cell.width) for cell in want.rows[0]] == [
        ("⚠", 1), (" ", 1), ("B", 1), ("e\u0301", 1), (" ", 1), (" ", 1),
    ]  # fmt: skip


async def test_the_terminal_s_own_ground_is_under_every_blank() -> None:
    app = Changing(7)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.twin is not None
        app.screen.query("*").remove()
        await pilot.pause()
        assert {cell for row in app.twin.ours.rows() for cell in row} == {seen(app.twin.ours.rows()[0][0])}
        assert app.twin.ours.rows()[0][0].bg == "default"


class TestWhatIsPrivateInTextual:
    """The driver stands on these; where one changes, read the driver again before changing the test."""

    BODIES: ClassVar[dict[str, tuple[Any, tuple[str, ...]]]] = {
        "App._display": (App._display, ("self", "screen", "renderable")),
        "App._handle_exception": (App._handle_exception, ("self", "error")),
        "App._print_error_renderables": (App._print_error_renderables, ("self",)),
        "App._set_pointer_shape": (App._set_pointer_shape, ("self", "shape")),
        "App._close_messages_no_wait": (App._close_messages_no_wait, ("self",)),
        "App._thread_init": (App._thread_init, ("self",)),
        "ChopsUpdate": (ChopsUpdate.__init__, ("self", "chops", "spans", "chop_ends")),
        "LayoutUpdate": (LayoutUpdate.__init__, ("self", "strips", "region")),
        "InlineUpdate": (InlineUpdate.__init__, ("self", "strips", "clear")),
    }

    @pytest.mark.parametrize("name", BODIES)
    def test_signatures(self, name: str) -> None:
        function, parameters = self.BODIES[name]
        assert tuple(inspect.signature(function).parameters) == parameters

    def test_the_compositor_makes_no_other_updates(self) -> None:
        assert set(CompositorUpdate.__subclasses__()) == {ChopsUpdate, LayoutUpdate, InlineUpdate}

    def test_the_rule_of_chops(self) -> None:
        source = inspect.getsource(ChopsUpdate.render_segments)
        for line in (
            "if x > x2 or end <= x1:",
            "if x2 > x >= x1 and end <= x2:",
            "strip = strip.crop(0, min(end, x2) - x)",
        ):
            assert line in source

    def test_display_is_called_with_whole_updates_only(self) -> None:
        source = inspect.getsource(Screen._compositor_refresh)
        assert source.count("app._display(") == 2
        assert "render_update" in source and hasattr(Compositor, "render_update")

    async def test_fields_draw_no_cursor_of_their_own(self) -> None:
        app = Changing(1)
        async with app.run_test() as pilot:
            field = app.query_one(LightInput)
            field.focus()
            await pilot.pause()
            assert field.has_focus and field._cursor_visible is False and not field.cursor_blink
            area = app.query_one(LightTextArea)
            area.focus()
            await pilot.pause()
            assert area._draw_cursor is False and not area.cursor_blink
