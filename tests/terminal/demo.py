"""A small app on the light line, for tests and benches: a list, a search with live answers, a note, a slow screen.

Run as `python -m tests.terminal.demo [--dark] [--plain] [--save FILE] [--crashes FOLDER]`; `--plain` runs the same app
on Textual's own driver, to compare with. It says what happened on its screen, since tests see nothing else.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Offset, Size
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Static, TextArea

from akson_tui.terminal.driver import LightApp, LightInput, LightTextArea

KINDS = ("Notat", "Måling", "Besøk", "Legemiddel", "Melding")
ROWS = [
    f"{1 + row % 28:02}.{1 + row // 28 % 12:02}  {KINDS[row % 5]:<11} hjemmesykepleie  RR 14{row % 10}/88, nr {row}"
    for row in range(5000)
]


class Rows(ScrollView, can_focus=True):
    """A list whose mark is the terminal's cursor; the selected row is not repainted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "go(1)"),
        Binding("up,k", "go(-1)"),
        Binding("pagedown", "page(1)"),
        Binding("pageup", "page(-1)"),
        Binding("end", "go(100000)"),
        Binding("home", "go(-100000)"),
    ]

    def __init__(self, rows: list[str]) -> None:
        super().__init__()
        self._rows = rows
        self.at = 0

    @property
    def terminal_cursor(self) -> Offset:
        return self.region.offset + Offset(0, self.at - self.scroll_offset.y)

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._rows))

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        text = self._rows[row] if row < len(self._rows) else ""
        kind = Style(color="cyan") if row % 5 == 1 else Style()
        return Strip([Segment(text[:7]), Segment(text[7:18], kind), Segment(text[18:])]).adjust_cell_length(
            self.size.width
        )

    def action_go(self, by: int) -> None:
        self.at = max(0, min(len(self._rows) - 1, self.at + by))
        top, height = self.scroll_offset.y, self.size.height
        if not top <= self.at < top + height:
            self.scroll_to(y=self.at - height // 2, animate=False, force=True, immediate=True)

    def action_page(self, by: int) -> None:
        height = self.size.height
        self.at = max(0, min(len(self._rows) - 1, self.at + by * height))
        self.scroll_to(y=self.scroll_offset.y + by * height, animate=False, force=True, immediate=True)


class Find(Screen[None]):
    """One field with live answers."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen")]

    def compose(self) -> ComposeResult:
        yield Static("Søk", id="title")
        yield Input() if isinstance(self.app._driver, LinuxDriver) else LightInput()
        yield Static("", id="answers")

    def on_input_changed(self, event: LightInput.Changed) -> None:
        found = [row for row in ROWS if event.value.lower() in row.lower()][:8]
        self.query_one("#answers", Static).update(Content("\n".join(found)))

    async def on_input_submitted(self, event: LightInput.Submitted) -> None:
        # What a store or a register does: the answer comes some turns of the loop later.
        await asyncio.sleep(0.05)
        await self.app.push_screen(Opened(event.value))


class Opened(Screen[None]):
    """What Enter in the search opens; `w` writes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen"), Binding("w", "write")]

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what

    def compose(self) -> ComposeResult:
        yield Static(Content(f"Åpnet: {self._what}"))
        yield Rows(ROWS[::-1])

    async def action_write(self) -> None:
        await self.app.push_screen(Note())


class Note(Screen[None]):
    """Free text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen")]

    def compose(self) -> ComposeResult:
        yield Static("Notat     Utkast")
        yield TextArea() if isinstance(self.app._driver, LinuxDriver) else LightTextArea()


class Slow(Screen[None]):
    """A screen that reads first, in a worker, and then opens its field: it holds the keys meanwhile."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen")]

    def compose(self) -> ComposeResult:
        yield Static("Henter …", id="title")

    def on_mount(self) -> None:
        hold = self.app.hold_keys() if isinstance(self.app, LightApp) else None
        if hold is not None:
            hold.__enter__()

        async def read() -> None:
            await asyncio.sleep(0.4)
            field = LightInput()
            await self.mount(field)
            field.focus()
            self.query_one("#title", Static).update("Hentet")
            if hold is not None:
                hold.__exit__(None, None, None)

        self.run_worker(read())


class Demo(LightApp[None]):
    """The list, and ways to the other screens."""

    CSS = """
    Input, TextArea, Rows { border: none; padding: 0; background: $background; scrollbar-size: 0 0; }
    Input { height: 1; }
    Input:focus, TextArea:focus { border: none; background: $background; }
    #said { height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find"),
        Binding("w", "write"),
        Binding("s", "slow"),
        Binding("x", "fail"),
        Binding("e", "elsewhere"),
        Binding("ctrl+q", "quit", priority=True),
        Binding("ctrl+z", "say('ctrl+z')"),
        Binding("ctrl+s", "say('ctrl+s')"),
    ]

    def __init__(self, save: Path | None = None, slow_save: float = 0.0, **more: Any) -> None:
        super().__init__(**more)
        self._save = save
        self._slow_save = slow_save
        self._secret = "Astrid Bakken 17054200000"

    def compose(self) -> ComposeResult:
        yield Static("Arbeidsliste", id="said")
        yield Rows(ROWS)

    def action_say(self, what: str) -> None:
        self.query_one("#said", Static).update(Content(f"Arbeidsliste {what}"))

    async def action_find(self) -> None:
        await self.push_screen(Find())

    async def action_write(self) -> None:
        await self.push_screen(Note())

    async def action_slow(self) -> None:
        await self.push_screen(Slow())

    def action_elsewhere(self) -> None:
        with self.suspend():
            subprocess.run([sys.executable, "-c", "print('et annet program'); input()"], check=True)

    def action_fail(self) -> None:
        raise ValueError(f"cannot show {self._secret}")

    async def hang_up(self) -> None:
        if self._save is not None:
            areas = list(self.screen.query(LightTextArea))
            self._save.write_text(areas[0].text if areas else "nothing open")
        await asyncio.sleep(self._slow_save)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--mouse", action="store_true")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--slow-save", type=float, default=0.0)
    parser.add_argument("--crashes", type=Path)
    options = parser.parse_args()
    more: dict[str, Any] = {"driver_class": LinuxDriver} if options.plain else {}
    app = Demo(options.save, options.slow_save, crash_folder=options.crashes, mouse=options.mouse, **more)
    if options.dark:
        app.theme = "textual-dark"
    app.run()
    raise SystemExit(app.return_code or 0)


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)
    main()
