"""Textual's driver for the light line: frames out, keys in, signals, and the terminal given back as it was found.

The easy mistake is to do more than note it when the line has gone: whoever hangs up waits for no one, so saving and
leaving are given their time by a clock of their own (`LEAVE_WITHIN`).
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.geometry import Size
from textual.keys import _character_to_key
from textual.widgets import Input, TextArea

from akson_tui.terminal.cells import Grid
from akson_tui.terminal.device import Device, open_again
from akson_tui.terminal.driver_cursor import cursor_of
from akson_tui.terminal.driver_grid import Easel
from akson_tui.terminal.feeder import Feeder
from akson_tui.terminal.painter import Painter
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import profile_of
from akson_tui.terminal.writer import Writer, trace_to

if TYPE_CHECKING:
    from akson_tui.terminal.driver import LightApp

RESIZE_QUIET = 0.05
"""Seconds without a further SIGWINCH after which the new size is read."""
HOLD_AT_MOST = 0.1
"""Seconds that a frame waits for keys that are typed ahead."""
LEAVE_WITHIN = 0.85
"""Seconds after a hang-up in which the process is gone, whatever hangs."""
HOOK_WITHIN = 0.5
"""Seconds of these for `LightApp.hang_up`."""
CLOSE_PATIENCE = 0.3
"""Seconds that a stalled line is given to take the closing sequences."""
LAST_ANSWERS = 1.5
"""Seconds at the end in which answers still owed are read away, so that the shell does not get them."""
_MOUSE_ON, _MOUSE_OFF = b"\x1b[?1000;1003;1006h", b"\x1b[?1000;1003;1006l"
_LEAVING = {signal.SIGHUP: 129, signal.SIGTERM: 143, signal.SIGINT: 130}


class Typed(events.Paste):
    """Characters typed in one run into one field; handled by `on_paste`, since fields take both alike."""


Typed.handler_name = events.Paste.handler_name


class LightDriver(Driver):
    """One terminal at the end of a line that may be bad."""

    def __init__(
        self, app: LightApp[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=False, mouse=mouse and app.mouse, size=size)
        self._light = app
        self._device: Device | None = None
        self._writer: Writer | None = None
        self._feeder: Feeder | None = None
        profile = profile_of(os.environ.get("TERM", ""))
        if os.environ.get("NO_COLOR"):
            profile = profile.without_colour()
        self.pens = Pens(profile)
        self._painter = Painter(profile, self.pens)
        self._easel = Easel(self.pens)
        self._want = Grid(1, 1)
        self._drawn = False
        self._mouse_reports = XTermParser()
        self._resize: asyncio.TimerHandle | None = None
        self._release: asyncio.TimerHandle | None = None
        self._sated = False
        self._leaving = False
        self._lost = False
        self._trace = trace_to(os.environ.get("AKSON_TRACE"))

    # What Textual asks of a driver

    @property
    def can_suspend(self) -> bool:
        return True

    def write(self, data: str) -> None:
        """Textual's own bytes (bell, clipboard): they go aside of frames."""
        if self._writer is not None:
            self._writer.aside(data.encode("utf-8", "replace"))

    def start_application_mode(self) -> None:
        """Enter the full screen. Raises `device.NoTerminal`."""
        self._device = Device(open_again(sys.__stdin__.fileno(), sys.__stdout__.fileno()))  # type: ignore[union-attr]
        self._open()
        self._feeder = Feeder(self, self._loop)
        self._feeder.start()
        self._loop.add_reader(self._device.fd, self._readable)
        self._loop.add_signal_handler(signal.SIGWINCH, self._size_may_have_changed)
        self._loop.add_signal_handler(signal.SIGTSTP, self._stop)
        self._loop.add_signal_handler(signal.SIGCONT, self._continue)
        for number, code in _LEAVING.items():
            self._loop.add_signal_handler(number, self.leave, code)
        self._tell_size(self._device.size())

    def disable_input(self) -> None:
        """Take no more keys."""
        if self._feeder is not None:
            self._feeder.close()
        if self._device is not None:
            self._loop.remove_reader(self._device.fd)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.disable_input()
        for timer in (self._resize, self._release):
            if timer is not None:
                timer.cancel()
        self._resize = self._release = None
        for number in (signal.SIGWINCH, signal.SIGTSTP, signal.SIGCONT):
            self._loop.remove_signal_handler(number)
        self._close(LAST_ANSWERS if not self._leaving else 0.1)

    def close(self) -> None:
        if self._device is not None:
            self._device.close()
            self._device = None

    # Frames out

    def show(self, update: object) -> None:
        """Put a compositor's update on the grid and have it sent when the line can take it."""
        columns, lines = self._light.size
        if (columns, lines) != (self._want.columns, self._want.lines):
            self._want = Grid(columns, lines)
        if self._easel.apply(update, self._want):
            self._drawn = True
            self.changed()

    def changed(self) -> None:
        """The grid or the cursor changed."""
        if self._writer is None or not self._drawn:
            return
        if self._feeder is not None and self._feeder.busy and self._release is None:
            self._writer.hold(True)
            self._release = self._loop.call_later(HOLD_AT_MOST, self._let_go)
        self._writer.wanted()

    def repaint(self) -> None:
        """Clear the terminal and paint all again: others may have written on it, or it may be another one."""
        self._painter.forget()
        if self._writer is not None:
            self._writer.forgive()
        self.changed()

    def _let_go(self) -> None:
        if self._release is not None:
            self._release.cancel()
            self._release = None
        if self._writer is not None:
            self._writer.hold(False)

    def _frame(self) -> bytes:
        if self._resize is not None or self._light.size != (self._want.columns, self._want.lines):
            return b""
        return self._painter.frame(self._want, cursor_of(self._light))

    def _open(self) -> None:
        assert self._device is not None
        self._device.make_raw()
        self._writer = Writer(self._device.fd, self._loop, self._frame, gone=self._line_is_gone, trace=self._trace)
        self._writer.aside(self._painter.opening() + (_MOUSE_ON if self._mouse else b""))

    def _closing(self) -> bytes:
        return (_MOUSE_OFF if self._mouse else b"") + self._painter.closing()

    def _close(self, answers_within: float) -> None:
        if self._writer is None or self._device is None:
            return
        if not self._lost:
            self._writer.close(self._closing(), CLOSE_PATIENCE)
            self._read_away(self._writer.owed if self._writer.answers else 0, answers_within)
        self._writer = None
        self._device.restore()

    def _read_away(self, owed: int, seconds: float) -> None:
        """Read answers that are still on their way."""
        import select

        end = self._loop.time() + seconds
        seen = b""
        while owed > seen.count(b"n") and (left := end - self._loop.time()) > 0:
            assert self._device is not None
            ready, _, _ = select.select([self._device.fd], [], [], left)
            data = self._device.read() if ready else b""
            if data == b"":
                return
            seen += data or b""

    # Keys in: the feeder's port

    def key(self, name: str, character: str | None) -> None:
        if character is not None:
            name = _character_to_key(character)
        self._post(events.Key(name, character if character is not None else _CHARACTERS.get(name)))

    def text(self, text: str) -> None:
        self._post(Typed(text))

    def paste(self, text: str) -> None:
        self._post(events.Paste(text))

    def mouse(self, report: str) -> None:
        message = self._mouse_reports.parse_mouse_code(report)
        if message is not None:
            self.process_message(message)

    def in_field(self) -> bool:
        focused = self._light.focused if self._light._screen_stack else None
        if isinstance(focused, TextArea):
            return not focused.read_only
        return isinstance(focused, Input) or bool(getattr(focused, "takes_text", False))

    async def acted(self, impatient: Callable[[], bool]) -> None:
        await self._light.stillness.come(impatient)

    def rested(self) -> None:
        self._let_go()
        if self._sated and self._device is not None:
            self._sated = False
            self._loop.add_reader(self._device.fd, self._readable)
        screen = self._light._screen_stack[-1] if self._light._screen_stack else None
        if screen is not None and not _will_repaint(screen):
            self.changed()

    def failed(self, error: BaseException) -> None:
        self._light.crashed(error)

    def ask(self) -> bool:
        return self._writer is not None and self._writer.ask()

    def answered(self) -> None:
        if self._writer is not None:
            self._writer.answered()

    def _post(self, message: events.Event) -> None:
        message.set_sender(self._light)
        self._light.post_message(message)

    def _readable(self) -> None:
        assert self._device is not None and self._feeder is not None
        data = self._device.read()
        if data == b"":
            self._line_is_gone()
        elif data is not None:
            self._feeder.feed(data)
            if self._feeder.full:
                self._loop.remove_reader(self._device.fd)
                self._sated = True

    # Signals

    def _size_may_have_changed(self) -> None:
        if self._resize is not None:
            self._resize.cancel()
        self._resize = self._loop.call_later(RESIZE_QUIET, self._read_size)

    def _read_size(self) -> None:
        self._resize = None
        if self._device is not None:
            self._painter.forget()
            self._tell_size(self._device.size())
            self.changed()

    def _tell_size(self, size: tuple[int, int]) -> None:
        self._size = size
        if self._drawn and self._light.size == size:
            return
        self._light.post_message(events.Resize(Size(*size), Size(*size)))

    def _stop(self) -> None:
        """SIGTSTP: give the terminal back, then stop."""
        if not self._auto_restart:
            return
        self._close(LAST_ANSWERS / 3)
        os.kill(os.getpid(), signal.SIGSTOP)

    def _continue(self) -> None:
        """SIGCONT: whoever stopped us, the terminal is as somebody else left it."""
        if self._device is None or self._leaving:
            return
        if self._writer is not None:
            self._writer.close(b"", 0)
        self._open()
        self._read_size()
        self._post(self.SignalResume())

    def _line_is_gone(self) -> None:
        self._lost = True
        if self._device is not None:
            self._loop.remove_reader(self._device.fd)
        self.leave(_LEAVING[signal.SIGHUP])

    def leave(self, code: int) -> None:
        """Save, give the terminal back, and be gone within LEAVE_WITHIN with the exit code `code`."""
        if self._leaving:
            return
        self._leaving = True
        if self._feeder is not None:
            self._feeder.close()
        guard = threading.Timer(LEAVE_WITHIN, self._end_now, (code,))
        guard.daemon = True
        guard.start()
        self._farewell = self._loop.create_task(self._save_and_exit(code), name="hang up")

    async def _save_and_exit(self, code: int) -> None:
        try:
            with contextlib.suppress(TimeoutError):
                # A hook that takes longer has saved what it could: the guard ends the process in any case.
                await asyncio.wait_for(self._light.hang_up(), HOOK_WITHIN)
        finally:
            self._light.exit(return_code=code)

    def _end_now(self, code: int) -> None:
        """In the guard's thread: something hangs, so leave without it."""
        if self._device is not None:
            if self._writer is not None:
                self._writer.blurt(self._closing())
            self._device.restore()
        os._exit(code)


_CHARACTERS = {"enter": "\r", "tab": "\t", "backspace": "\x7f", "escape": "\x1b"}
"""As Textual's own parser gives them along with these keys."""


def _will_repaint(screen: Any) -> bool:
    return bool(screen._layout_required or screen._scroll_required or screen._repaint_required or screen._dirty_widgets)
