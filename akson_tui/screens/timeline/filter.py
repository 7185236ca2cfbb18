"""The filter of the timeline: kinds (several), service, author, period (one each). Enter sets and unsets; Esc shows.

The easy mistake is to apply each choice at once: the list behind would be read and painted for every one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget

from akson_tui.i18n import _, later
from akson_tui.model.entry import EVERYTHING, TimelineFilter
from akson_tui.screens import text, words
from akson_tui.screens.command import Command
from akson_tui.screens.parts.paper import Paper
from akson_tui.screens.parts.rows import Fixed, Rows
from akson_tui.screens.place import Movable, Place
from akson_tui.screens.timeline import narrowing

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp
    from akson_tui.store.timeline import Facets


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: its group and words, the filter that it makes of another, and whether it is in force in one."""

    group: str
    said: str
    turn: Callable[[TimelineFilter], TimelineFilter]
    holds: Callable[[TimelineFilter], bool]


class Filter(Place):
    """`then` gets the filter when one leaves with another than one came with."""

    called = "filter"
    TITLE_TEXT = later("Filter på tidslinjen")
    ALONE = True
    OWN: ClassVar[tuple[Command, ...]] = (
        Command("filter.turn", ("enter",), later("Ta med eller ta bort"), "turn", later("velg"), palette=False),
        Command("filter.show", ("f", "f9"), later("Vis det som passer"), "back", later("vis"), palette=False),
        Command("filter.all", ("v",), later("Vis alt"), "clear_filter", later("vis alt"), palette=False),
    )

    def __init__(
        self, facets: Facets, narrowed: TimelineFilter, then: Callable[[TimelineFilter], Awaitable[None]]
    ) -> None:
        super().__init__()
        self.head = Paper([text.line(_(self.TITLE_TEXT), "heading")])
        self._facets = facets
        self._before = self._narrowed = narrowed
        self._then = then
        self._choices: tuple[Choice, ...] = ()
        self.rows = Rows(Fixed())

    def body(self) -> ComposeResult:
        self.head.styles.height = 2
        yield self.head
        yield self.rows

    def attention(self) -> Widget:
        return self.rows

    @property
    def moves(self) -> Movable:
        return self.rows

    async def prepare(self, app: AksonApp) -> None:
        now = app.workspace.now()
        periods = [(_(said), narrowing.since(days, now)) for said, days in narrowing.PERIODS]
        self._choices = (
            *(
                Choice(
                    _("Slag"),
                    _(words.KINDS[kind]),
                    lambda held, kind=kind: replace(held, kinds=held.kinds ^ {kind}),
                    lambda held, kind=kind: kind in held.kinds,
                )
                for kind in self._facets.kinds
            ),
            *(
                Choice(
                    _("Tjeneste"),
                    name,
                    lambda held, name=name: replace(held, service="" if held.service == name else name),
                    lambda held, name=name: held.service == name,
                )
                for name in self._facets.services
            ),
            *(
                Choice(
                    _("Skrevet av"),
                    name,
                    lambda held, name=name: replace(held, author="" if held.author == name else name),
                    lambda held, name=name: held.author == name,
                )
                for name in self._facets.authors
            ),
            *(
                Choice(
                    _("Tid"),
                    said,
                    lambda held, since=since: replace(held, since=None if held.since == since else since),
                    lambda held, since=since: held.since == since,
                )
                for said, since in periods
            ),
        )

    def put(self) -> None:
        self.rows.source = Fixed(self._choices, self._row)
        self.rows.redraw()

    def _row(self, index: int, width: int) -> Content:
        choice = self._choices[index]
        first = index == 0 or self._choices[index - 1].group != choice.group
        holds = choice.holds(self._narrowed)
        mark = text.line("[x]" if holds else "[ ]", "chosen" if holds else "")
        return text.cells(
            (mark, 3), (text.line(choice.group if first else "", "heading"), 12), (text.line(choice.said), width - 17)
        )

    def turn(self) -> None:
        """Set or unset the selected row."""
        at = self.rows.selected
        if at is not None:
            self._narrowed = self._choices[at].turn(self._narrowed)
            self.rows.redraw()

    async def clear_filter(self) -> None:
        """Everything again."""
        self._narrowed = EVERYTHING
        await self.back()

    async def back(self) -> None:
        """Show what fits."""
        await self.akson.go_back()
        if self._narrowed != self._before:
            await self._then(self._narrowed)
