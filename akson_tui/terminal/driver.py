"""An app on the light line: Textual's screens in, the fewest bytes out.

The easy mistake is to start something from a key that nobody can see the end of: keys typed ahead would go to the
screen that is being left.

Use
---
``class Workstation(LightApp[None])``, then ``app.run()``; ``raise SystemExit(app.return_code)`` afterwards. Arguments
of ``LightApp(...)``: those of ``textual.app.App``, and ``mouse`` (False: no mouse reports are asked for),
``crash_folder`` (where the report of a crash is written; None: nowhere) and ``crash_words``. Hooks:

``async hang_up()``
    The line is gone, or SIGTERM came, or standard input ended: save, in half a second at most. The app ends after it,
    with return code 129, 143 or 130; the process is ended 0.85 s after the hang-up whatever still hangs.
``hold_keys()``
    ``with self.app.hold_keys(): ...`` around what goes on in a worker or a task of your own because of a key, entered
    before the key's handler returns. Not needed for what handlers, actions and mounts await: a key has acted when
    every message pump of the app has come to rest and what was given to ``call_after_refresh`` has run. While a key
    acts for more than 3 s, Esc, Ctrl+C and Ctrl+Q no longer wait behind it.
``cursor_moved()``
    The terminal's cursor shall move although nothing is repainted. Not needed in a key's handler.
``repaint()``
    Paint all again (Ctrl+L is bound to it).

What a screen offers
--------------------
- The cursor. In an Input or a TextArea the terminal's cursor stands at the caret. Another widget that can have the
  focus offers ``terminal_cursor``, a property: the ``Offset`` on the screen (not in the widget), or None. A screen may
  offer it too, for when the widget with the focus has none. Where nobody offers one, the cursor is hidden.
- Text fields: use ``LightInput`` and ``LightTextArea`` (no drawn cursor, no blinking). What was typed ahead comes to an
  Input, a TextArea, or a widget with ``takes_text = True`` in one event, ``Typed``, which is handled by ``on_paste``;
  one character alone comes as a Key. So no letter may be bound with ``priority=True`` on a screen with a text field.
- When it takes keys: from when its mount, focus and messages have come to rest. A screen that first reads from the
  store in a worker and then sets the focus enters ``hold_keys`` in ``on_mount``.

The terminal's own ground
-------------------------
The theme ``terminal`` (the default) has ``ansi=True`` and ``ansi_default`` as background, surface, panel and boost:
no screen-wide ground is painted, and blanks cost nothing. In TCSS leave ``background`` alone or write
``background: ansi_default``; use ``$primary`` and its like for text, and ``text-style`` for weight. Widgets with a
ground of their own (Input, TextArea, DataTable, Footer) need ``background: ansi_default; border: none; padding: 0;
scrollbar-size: 0 0``. An opacity or a tint (``background: red 20%``, ``&:hover``) makes a colour of 24 bits: leave it
out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from rich.console import RenderableType
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.theme import Theme

from akson_tui.terminal import crash
from akson_tui.terminal.driver_fields import LightInput, LightTextArea
from akson_tui.terminal.driver_line import LightDriver, Typed
from akson_tui.terminal.driver_quiet import Stillness

__all__ = ["TERMINAL_THEME", "LightApp", "LightDriver", "LightInput", "LightTextArea", "Typed"]

Result = TypeVar("Result")

_OWN = "ansi_default"
TERMINAL_THEME = Theme(
    name="terminal",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_magenta",
    foreground=_OWN,
    background=_OWN,
    surface=_OWN,
    panel=_OWN,
    boost=_OWN,
    # What is dark or light is the terminal's: no variable below may rely on it.
    dark=True,
    variables={
        "ansi-background": _OWN,
        "ansi-foreground": _OWN,
        "border": _OWN,
        "border-blurred": _OWN,
        "block-cursor-foreground": _OWN,
        "block-cursor-background": _OWN,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": _OWN,
        "block-cursor-blurred-background": _OWN,
        "block-hover-background": _OWN,
        "input-cursor-background": _OWN,
        "input-cursor-foreground": _OWN,
        "input-cursor-text-style": "none",
        "input-selection-background": "ansi_blue",
        "input-selection-foreground": "ansi_bright_white",
        "screen-selection-background": "ansi_blue",
        "screen-selection-foreground": "ansi_bright_white",
        "footer-background": _OWN,
        "footer-foreground": _OWN,
        "footer-key-foreground": _OWN,
        "footer-key-background": _OWN,
        "footer-description-foreground": _OWN,
        "footer-description-background": _OWN,
        "footer-item-background": _OWN,
        "scrollbar": _OWN,
        "scrollbar-hover": _OWN,
        "scrollbar-active": _OWN,
        "scrollbar-background": _OWN,
        "scrollbar-corner-color": _OWN,
        "scrollbar-background-hover": _OWN,
        "scrollbar-background-active": _OWN,
    },
)


class LightApp(App[Result], Generic[Result]):
    """An app whose screens go out as differences, and whose keys come in one at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+l", "repaint", show=False, priority=True)]

    def __init__(
        self,
        *,
        mouse: bool = False,
        crash_folder: Path | None = None,
        crash_words: crash.Words | None = None,
        **textual: Any,
    ) -> None:
        textual.setdefault("driver_class", LightDriver)
        super().__init__(**textual)
        self.mouse = mouse
        self.stillness = Stillness(self)
        self._crash_folder = crash_folder
        self._crash_words = crash_words or crash.Words()
        self._crashed: BaseException | None = None
        self.animation_level = "none"
        self.register_theme(TERMINAL_THEME)
        self.theme = TERMINAL_THEME.name

    async def hang_up(self) -> None:
        """Save: the line is gone, or the process is asked to end. Has half a second."""

    @contextmanager
    def hold_keys(self) -> Iterator[None]:
        """What the key began goes on until this ends; the next key waits."""
        with self.stillness.hold():
            yield

    def cursor_moved(self) -> None:
        """Let the terminal's cursor go where the focus says it stands."""
        if isinstance(self._driver, LightDriver):
            self._driver.changed()

    def repaint(self) -> None:
        """Paint the whole terminal again."""
        if isinstance(self._driver, LightDriver):
            self._driver.repaint()

    def action_repaint(self) -> None:
        """Ctrl+L."""
        self.repaint()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        driver = self._driver
        if not isinstance(driver, LightDriver):
            super()._display(screen, renderable)
            return
        try:
            if self._batch_count or not self._running or self._closed:
                return
            if renderable is not None:
                driver.show(renderable)
            else:
                # Nothing to repaint: the cursor may have moved all the same.
                driver.changed()
        finally:
            self.post_display_hook()

    def _thread_init(self) -> None:
        super()._thread_init()  # type: ignore[no-untyped-call]
        # asyncio would print the task and its arguments.
        asyncio.get_running_loop().set_exception_handler(self._task_failed)

    def _set_pointer_shape(self, shape: str) -> None:
        """No mouse pointer is worth the bytes."""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy within the program. Not to the terminal (OSC 52): what is copied here is about patients, and the
        clipboard of a shared terminal outlives the session."""
        self._clipboard = text

    def crashed(self, error: BaseException) -> None:
        """End the app because of `error`, which nobody handled; told by `crash` once the terminal is given back."""
        self._return_code = 1
        if self._exception is None and isinstance(error, Exception):
            self._exception = error
            self._exception_event.set()
        if self._crashed is None:
            self._crashed = error
        self._close_messages_no_wait()

    def _handle_exception(self, error: Exception) -> None:
        self.crashed(error)

    def _task_failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self.crashed(error)

    def _print_error_renderables(self) -> None:
        # Called when the terminal has been given back. Textual would print tracebacks with locals here.
        self._exit_renderables.clear()
        if self._crashed is not None and not self.is_headless:
            report = crash.write_report(self._crashed, self._crash_folder)
            self.error_console.print(
                crash.tell(report, self._crash_words, self._crashed), markup=False, highlight=False
            )
