"""A user at a workstation in memory: presses keys, reads the screen, sees where the cursor stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from akson_tui.screens.app import AksonApp, Unlock
from akson_tui.screens.place import Place
from akson_tui.terminal.driver_cursor import cursor_of
from tests.screens.people import FakeWorkspace, settings

CHARACTERS = {"enter": "\r", "tab": "\t", "backspace": "\x7f", "escape": "\x1b", "space": " "}


class User:
    """Each method returns when the program has come to rest."""

    def __init__(self, app: AksonApp, pilot: Pilot[None]) -> None:
        self.app = app
        self._pilot = pilot

    async def rest(self) -> None:
        """Wait until nothing goes on."""
        for _ in range(400):
            await self.app.stillness.come(lambda: False)
            screen = self.app._screen_stack[-1] if self.app._screen_stack else None
            if screen is None or not (screen._dirty_widgets or screen._repaint_required or screen._layout_required):
                return
            await asyncio.sleep(0.005)

    async def press(self, *keys: str) -> None:
        """Press keys, each by its name, one at a time."""
        # Posted as the driver posts them: a pilot's own key waits 50 ms.
        for key in keys:
            character = key if len(key) == 1 else CHARACTERS.get(key)
            name = _character_to_key(character) if character is not None and len(key) == 1 else key
            event = events.Key(name, character)
            event.set_sender(self.app)
            self.app.post_message(event)
            await self.rest()

    async def type(self, text: str) -> None:
        """Type characters."""
        for letter in text:
            await self.press(letter)

    async def resize(self, width: int, height: int) -> None:
        await self._pilot.resize_terminal(width, height)
        await self.rest()

    @property
    def place(self) -> Place:
        """The place on screen."""
        return self.app.stack[-1]

    @property
    def lines(self) -> list[str]:
        """The screen, line by line, without blanks at the ends."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def screen(self) -> str:
        return "\n".join(self.lines)

    def sees(self, text: str) -> bool:
        return text in self.screen

    @property
    def cursor(self) -> tuple[int, int] | None:
        """(column, line) of the terminal's cursor."""
        return cursor_of(self.app)

    @property
    def line_at_cursor(self) -> str:
        """The line in which the cursor stands."""
        assert self.cursor is not None
        return self.lines[self.cursor[1]]


@asynccontextmanager
async def workstation(
    workspace: FakeWorkspace,
    home: Path,
    size: tuple[int, int] = (80, 24),
    unlock: Unlock | None = None,
    **changed: object,
) -> AsyncIterator[User]:
    """A workstation on `workspace`, worklist shown."""
    app = AksonApp(workspace, settings(home, **changed), unlock)  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        user = User(app, pilot)
        await user.rest()
        yield user
