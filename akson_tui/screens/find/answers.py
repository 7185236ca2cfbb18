"""The answers to what stands in the search field: the store's at once, the register's added below when it comes.

The easy mistake is an answer that comes late: only the answer to exactly what stands in the field now is taken.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from akson_tui.workspace.find import Find as Desk
    from akson_tui.workspace.views import Hit


class Answers:
    """`changed` is called when there is something else to show, with True where it is the answer to another text."""

    def __init__(self, changed: Callable[[bool], None]) -> None:
        self._changed = changed
        self._desk: Desk | None = None
        self.text = ""
        self.hits: tuple[Hit, ...] = ()
        self.doubt = ""
        self.register_answered = False
        self.register_more = False
        self.trouble = ""
        self._answered: str | None = None
        self._asked: tuple[str, asyncio.Future[None]] | None = None

    def begin(self, desk: Desk) -> None:
        """The desk to ask."""
        self._desk = desk

    def end(self) -> None:
        """The field is gone: late answers are let go."""
        self._desk = None
        if self._asked is not None:
            self._asked[1].cancel()
            self._asked = None

    async def ask(self, value: str, recent: bool = False) -> None:
        """The store's answer to `value`, unless it is there already. No text has no hits, unless `recent`."""
        if self._desk is None or (self._answered == value and not recent):
            return
        self.text = value
        answer = await self._desk.local(value)
        if self.text != value or self._desk is None:
            return
        self._answered = value
        self.hits = answer.hits if value.strip() or recent else ()
        self.doubt = answer.query.doubt
        self.register_answered = self.register_more = False
        self.trouble = ""
        self._changed(True)

    async def ask_register(self, value: str) -> None:
        """The register's answer to `value`, added below what is there."""
        if self._desk is None or self.register_answered or self.text != value:
            return
        if self._asked is None or self._asked[0] != value:
            self._asked = (value, asyncio.ensure_future(self._register(value)))
        # Shielded: who waits may give up, and the answer is still added when it comes.
        await asyncio.shield(self._asked[1])

    @property
    def asking(self) -> bool:
        """Whether the register is being asked for what stands in the field."""
        return self._asked is not None and self._asked[0] == self.text

    async def _register(self, value: str) -> None:
        assert self._desk is not None
        desk = self._desk
        asyncio.get_running_loop().call_soon(self._changed, False)
        try:
            answer = await desk.register(value)
        finally:
            if self._asked is not None and self._asked[0] == value:
                self._asked = None
        if self.text != value or self._desk is None:
            return
        self.register_answered = not answer.trouble
        self.trouble = answer.trouble
        self.register_more = answer.more
        self._add(answer.hits)
        self._changed(False)

    async def more(self) -> None:
        """The next page of the register's answer."""
        if self._desk is None or not self.register_more:
            return
        value = self.text
        answer = await self._desk.register_more()
        if answer is not None and self.text == value:
            self.register_more, self.trouble = answer.more, answer.trouble
            self._add(answer.hits)
            self._changed(False)

    def _add(self, hits: tuple[Hit, ...]) -> None:
        known = {hit.person for hit in self.hits}
        self.hits = (*self.hits, *(hit for hit in hits if hit.person not in known))
