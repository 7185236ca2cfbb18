"""A place that the clinician goes to: a screen with commands, a foot, and a way to be told of changes.

The easy mistake is to show a place before its data is there, which paints it twice: `prepare` reads first, and is
awaited before the place is shown.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual.app import ComposeResult
from textual.events import Key
from textual.screen import Screen
from textual.widget import Widget

from akson_tui.model.ref import PersonId
from akson_tui.screens.command import Command
from akson_tui.screens.everywhere import ALWAYS, BACK, EVERYWHERE, MOVES
from akson_tui.screens.live import Live, Told
from akson_tui.screens.parts.foot import Foot

if TYPE_CHECKING:
    from akson_tui.screens.app import AksonApp
    from akson_tui.screens.case import Case


class Movable(Protocol):
    """What the keys of moving about move."""

    def step(self, by: int) -> Awaitable[None] | None: ...
    def leaf(self, by: int) -> Awaitable[None] | None: ...
    def home(self) -> Awaitable[None] | None: ...
    def end(self) -> Awaitable[None] | None: ...


class Place(Screen[None], inherit_bindings=False):
    """`TITLE_TEXT` is what help calls it; `OWN` are its own, which come before those of every place."""

    AUTO_FOCUS = ""
    called: ClassVar[str] = ""
    """Its name in the register."""
    TITLE_TEXT: ClassVar[str] = ""
    OWN: ClassVar[tuple[Command, ...]] = ()
    MOVABLE: ClassVar[bool] = True
    BACK: ClassVar[Command | None] = BACK
    ALONE: ClassVar[bool] = False
    """Whether one cannot go elsewhere from here (lock, a question)."""

    def __init__(self) -> None:
        super().__init__()
        self.live = Live(self.reread, self._spawn)
        self.foot = Foot()
        self.case: Case | None = None
        """The record that is open here, None where none is."""
        self._told = ""
        self._prepared = False

    @property
    def akson(self) -> AksonApp:
        """The app, by its own type."""
        return cast("AksonApp", self.app)

    # -- what a place tells about itself ------------------------------------------------------------------------------

    @classmethod
    def commands(cls) -> tuple[Command, ...]:
        """Every command that acts here, its own first."""
        moves = MOVES if cls.MOVABLE else ()
        back = (cls.BACK,) if cls.BACK is not None else ()
        return (*cls.OWN, *back, *moves, *(ALWAYS if cls.ALONE else EVERYWHERE))

    def commands_now(self) -> tuple[Command, ...]:
        """Those of `commands` that act in the state in which the place is."""
        return self.commands()

    @property
    def moves(self) -> Movable | None:
        """What the keys of moving about move now."""
        return None

    def attention(self) -> Widget | None:
        """The widget that gets the focus when the place is shown."""
        return None

    def body(self) -> ComposeResult:
        """Everything above the foot."""
        yield from ()

    async def prepare(self, app: AksonApp) -> None:
        """Read what the first frame needs, before the place is shown (so `self.app` is not there yet)."""

    def put(self) -> None:
        """Put what was read on the widgets."""

    def wants(self, change: Told) -> bool:
        """Whether a change in the store concerns what is shown here."""
        return False

    async def reread(self) -> None:
        """Read again what is shown, and change only what differs."""

    def back_in_sight(self) -> None:
        """What stood over this place has gone."""
        self.quiet()

    def next_after(self, person: PersonId) -> PersonId:
        """Home only: who comes after `person` on today's list, '' for nobody."""
        return ""

    async def closing(self) -> None:
        """The place is left for good."""

    def opened(self, person: PersonId) -> None:
        """Home only: the record of `person` was opened, from wherever."""

    async def leaving(self) -> None:
        """About to be left: save. Raises WorkspaceTrouble where one should stay; asked again, it must let go."""
        await self.save()

    async def save(self) -> None:
        """The program may end at any moment: what is unsaved must be written now."""

    # -- how it is shown ----------------------------------------------------------------------------------------------

    async def prepare_in(self, app: AksonApp) -> None:
        """Read what the first frame needs, once."""
        if not self._prepared:
            self._prepared = True
            await self.prepare(app)

    def compose(self) -> ComposeResult:
        yield from self.body()
        yield self.foot

    async def on_mount(self) -> None:
        """The first frame has its text, its foot and its focus."""
        if not self._prepared:
            await self.akson.read_line()
            await self.prepare_in(self.akson)
        self.put()
        self.draw_foot()
        self.call_after_refresh(self.akson.first_screen.set)
        focus = self.attention()
        if focus is not None:
            self.set_focus(focus, scroll_visible=False)

    def on_unmount(self) -> None:
        """Gone from the screen, be it with the program: nothing is read for it any more."""
        self.live.end()

    def draw_foot(self) -> None:
        """Line state, or what was told last; and the hints."""
        self.foot.draw(self.akson.line_words, self._told, self.hinted())

    def hinted(self) -> tuple[Command, ...]:
        """The commands whose words may stand in the foot, in order."""
        return self.commands_now()

    def tell(self, said: str) -> None:
        """Say something in the foot, until the next command."""
        self._told = said
        self.draw_foot()

    def quiet(self) -> None:
        """Take back what was told: a command is given, so it was read."""
        if self._told:
            self.tell("")

    def restyle(self) -> None:
        """Another theme: paint all lines again."""
        self.refresh(layout=True)
        for widget in self.query("*"):
            widget.refresh()

    # -- keys ---------------------------------------------------------------------------------------------------------

    def on_key(self, event: Key) -> None:
        """What no field took is a command."""
        if self.akson.press(self, event):
            event.stop()
            event.prevent_default()

    def back(self) -> Awaitable[None] | None:
        """Leave the place."""
        return self.akson.go_back()

    def move_down(self) -> Awaitable[None] | None:
        return self.moves.step(1) if self.moves else None

    def move_up(self) -> Awaitable[None] | None:
        return self.moves.step(-1) if self.moves else None

    def move_page_down(self) -> Awaitable[None] | None:
        return self.moves.leaf(1) if self.moves else None

    def move_page_up(self) -> Awaitable[None] | None:
        return self.moves.leaf(-1) if self.moves else None

    def move_home(self) -> Awaitable[None] | None:
        return self.moves.home() if self.moves else None

    def move_end(self) -> Awaitable[None] | None:
        return self.moves.end() if self.moves else None

    def _spawn(self, work: Awaitable[None]) -> None:
        self.akson.spawn(work)
