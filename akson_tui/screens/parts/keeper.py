"""Keeps a text on disk while it is written: at each pause of the hand, at latest each second, never twice at once.

The easy mistake is to show that it saves: only what has been unsaved for over a second is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from akson_tui.workspace.troubles import WorkspaceTrouble

PAUSE = 0.3
"""Seconds without a key after which the text is saved."""
LATEST = 0.8
"""Seconds after the first unsaved key at which it is saved even while the hand goes on."""
LATE = 1.0
"""Seconds after which unsaved text is told."""
AGAIN = 3.0
"""Seconds after a failure at which saving is tried again."""

Text = tuple[str, int]
"""The text and the caret's place in it."""


class Keeper:
    """`current` gives the text as it stands, `save` writes it, `tell` is told a trouble (None: all is saved)."""

    def __init__(
        self,
        current: Callable[[], Text],
        save: Callable[[str, int], Awaitable[object]],
        tell: Callable[[WorkspaceTrouble | None, bool], None],
        spawn: Callable[[Awaitable[None]], object],
    ) -> None:
        self._current = current
        self._save = save
        self._tell = tell
        self._spawn = spawn
        self._saved: str | None = None
        self._pause: asyncio.TimerHandle | None = None
        self._latest: asyncio.TimerHandle | None = None
        self._late: asyncio.TimerHandle | None = None
        self._one = asyncio.Lock()
        self._told = False
        self._ended = False

    def begin(self, text: str) -> None:
        """`text` lies on disk already."""
        self._saved = text

    def changed(self) -> None:
        """A key changed the text."""
        if self._ended:
            return
        loop = asyncio.get_running_loop()
        if self._pause is not None:
            self._pause.cancel()
        self._pause = loop.call_later(PAUSE, self._due)
        if self._latest is None:
            self._latest = loop.call_later(LATEST, self._due)
        if self._late is None:
            self._late = loop.call_later(LATE, self._is_late)

    async def flush(self) -> None:
        """Save now what is unsaved. Raises WorkspaceTrouble."""
        async with self._one:
            if self._ended:
                return
            text, cursor = self._current()
            self._stop("_pause", "_latest")
            if text == self._saved:
                self._well()
                return
            try:
                await self._save(text, cursor)
            except WorkspaceTrouble as trouble:
                self._ill(trouble)
                raise
            self._saved = text
            if self._current()[0] == text:
                self._well()
            else:
                self._stop("_late")  # what is unsaved now is younger than what was saved
                self.changed()

    def end(self) -> None:
        """Nothing more is saved from here."""
        self._ended = True
        self._stop("_pause", "_latest", "_late")

    def _due(self) -> None:
        self._stop("_pause", "_latest")
        self._spawn(self._quietly())

    async def _quietly(self) -> None:
        try:
            await self.flush()
        except WorkspaceTrouble:
            return  # told by `flush`, which tries again

    def _is_late(self) -> None:
        self._late = None
        if self._current()[0] != self._saved and self._one.locked():
            self._told = True
            self._tell(None, True)

    def _ill(self, trouble: WorkspaceTrouble) -> None:
        self._told = True
        self._latest = asyncio.get_running_loop().call_later(AGAIN, self._due)
        self._tell(trouble, True)

    def _well(self) -> None:
        self._stop("_late")
        if self._told:
            self._told = False
            self._tell(None, False)

    def _stop(self, *names: str) -> None:
        for name in names:
            timer = getattr(self, name)
            if timer is not None:
                timer.cancel()
                setattr(self, name, None)
