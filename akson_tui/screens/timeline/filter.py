"""The filter of the timeline: kinds (several), service, author, period (one each). Enter sets and unsets; Esc shows.

The easy mistake is to apply each choice at once: the list behind would be read and painted for every one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

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
    """One row: its group and words, and the `part` of a filter that it sets to `value`."""

    group: str
    said: str
    part: str
    value: Any

    def holds(self, narrowed: TimelineFilter) -> bool:
        """Whether it is in force."""
        held = getattr(narrowed, self.part)
        return self.value in held if self.part == "kinds" else bool(held == self.value)

    def turn(self, narrowed: TimelineFilter) -> TimelineFilter:
        """The filter with this choice set, or unset where it was."""
        if self.part == "kinds":
            return replace(narrowed, kinds=narrowed.kinds ^ {self.value})
        other: dict[str, Any] = {self.part: getattr(EVERYTHING, self.part) if self.holds(narrowed) else self.value}
        return replace(narrowed, **other)


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
        now, facets = app.workspace.now(), self._facets
        self._choices = (
            *(Choice(_("Slag"), _(words.KINDS[kind]), "kinds", kind) for kind in facets.kinds),
            *(Choice(_("Tjeneste"), name, "service", name) for name in facets.services),
            *(Choice(_("Skrevet av"), name, "author", name) for name in facets.authors),
            *(Choice(_("Tid"), _(said), "since", narrowing.since(days, now)) for said, days in narrowing.PERIODS),
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
