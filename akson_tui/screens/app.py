"""The app: it wires places, keys and the workspace together, and has the stack of places. It draws nothing.

The easy mistake is to await a person's answer in an act: keys wait until an act has ended. A place that asks takes a
function that is called with the answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable, Sequence, Set
from typing import TYPE_CHECKING

from textual.events import Key
from textual.screen import Screen
from textual.style import Style

from akson_tui.config.settings import Settings
from akson_tui.i18n import _
from akson_tui.model.access import Ground
from akson_tui.model.note import Draft
from akson_tui.model.ref import PersonId, Ref
from akson_tui.screens import crash, places, said, theme, words
from akson_tui.screens.case import Case
from akson_tui.screens.command import Command, Keys, key_of
from akson_tui.screens.live import Told
from akson_tui.screens.place import Place
from akson_tui.terminal.driver import LightApp
from akson_tui.workspace.troubles import WorkspaceTrouble

if TYPE_CHECKING:
    from akson_tui.workspace import Workspace

Unlock = Callable[[str], Awaitable[bool]]


class AksonApp(LightApp[None], inherit_bindings=False):
    """One clinician's workstation on one terminal.

    `unlock` checks a passphrase when the screen is locked; None where none guards this store.
    """

    ENABLE_COMMAND_PALETTE = False
    TITLE = "akson-tui"
    CSS = """
    Foot { dock: bottom; }
    Place { layout: vertical; overflow: hidden hidden; }
    LightInput, LightInput:focus { border: none; padding: 0; height: 1; background: $background; }
    LightTextArea, LightTextArea:focus { border: none; padding: 0; background: $background; scrollbar-size: 0 0; }
    """

    def __init__(self, workspace: Workspace, settings: Settings, unlock: Unlock | None = None) -> None:
        super().__init__(
            mouse=settings.mouse,
            crash_folder=None if settings.clean else settings.places.run,
            crash_words=crash.words(),
        )
        self.workspace = workspace
        self.settings = settings
        self.unlock = unlock
        self.keys = Keys()
        self.line_words = ""
        name = theme.NO_COLOUR if os.environ.get("NO_COLOR") else settings.theme
        self._theme_in_force = theme.load(name, settings.places.themes)
        self._tasks: set[asyncio.Task[None]] = set()
        self._one_act = asyncio.Lock()
        self._cases: list[Case] = []
        self._stop_hearing: Callable[[], None] | None = None
        self.first_screen = asyncio.Event()
        """Set once the worklist stands on the screen: what is slow to load may be loaded now."""
        self.register_theme(self._theme_in_force.textual)
        self.theme = self._theme_in_force.textual.name

    # -- coming and going ---------------------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[object]:
        """The worklist is home: it lies at the bottom of the stack and is never left."""
        return places.kind("worklist")()  # type: ignore[return-value]

    def on_mount(self) -> None:
        """Hear of changes from now on."""
        self._stop_hearing = self.workspace.changes(self.heard)

    def on_unmount(self) -> None:
        """Hear no more; what still reads is let go."""
        if self._stop_hearing is not None:
            self._stop_hearing()
        for task in self._tasks:
            task.cancel()

    async def hang_up(self) -> None:
        """The line is gone: what was written is saved."""
        for place in self.stack:
            with contextlib.suppress(WorkspaceTrouble):
                # Nobody is left to be told; what was saved before stands.
                await place.save()
        with contextlib.suppress(*said.TOLD):
            await self._leave_records()

    async def leave_program(self) -> None:
        """Drafts are saved and stay; the terminal is given back. Raises WorkspaceTrouble where one should stay."""
        for place in self.stack:
            await place.leaving()
        await self._leave_records()
        self.exit()

    # -- keys and acts ------------------------------------------------------------------------------------------------

    def press(self, place: Place, event: Key) -> bool:
        """Do what the key means at `place`; False where nobody knows it."""
        found = self.keys.press(key_of(event), place.commands_now())
        if isinstance(found, Command):
            self.do(place, found)
        return found is not None

    def do(self, place: Place, command: Command) -> None:
        """Run a command; keys wait until it has ended."""
        place.quiet()
        act = getattr(self if command.of_app else place, command.act)
        work = act()
        if work is not None:
            self.run_act(place, work)

    def run_act(self, place: Place, work: Awaitable[None]) -> None:
        """Run `work`, one act after another, holding the keys; a trouble that it names is told at `place`."""
        hold = self.hold_keys()
        hold.__enter__()
        self._keep(asyncio.create_task(self._act(place, work), name="act")).add_done_callback(
            lambda _: hold.__exit__(None, None, None)
        )

    async def _act(self, place: Place, work: Awaitable[None]) -> None:
        async with self._one_act:
            try:
                await work
            except said.TOLD as trouble:
                self._tell(place, trouble)
        if self.is_running and self._screen_stack:
            # The key has acted when what it changed has been laid out: the next one may ask where a page ends.
            self.screen.call_after_refresh(_laid_out)

    def _tell(self, place: Place | None, trouble: Exception) -> None:
        top = self.stack[-1] if self.stack else place
        if top is not None:
            top.tell(said.trouble(trouble))

    def spawn(self, work: Awaitable[None]) -> None:
        """Run something that no key waits for."""

        async def run() -> None:
            try:
                await work
            except said.TOLD as trouble:
                self._tell(None, trouble)

        self._keep(asyncio.create_task(run(), name="live"))

    def _keep(self, task: asyncio.Task[None]) -> asyncio.Task[None]:
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._handle_exception(error)

    # -- the stack of places ------------------------------------------------------------------------------------------

    @property
    def stack(self) -> list[Place]:
        """The places, home first, the one on screen last."""
        return [screen for screen in self._screen_stack if isinstance(screen, Place)]

    async def show(self, place: Place) -> None:
        """Put `place` over the one on screen; Esc comes back."""
        with contextlib.suppress(WorkspaceTrouble):
            # A text that cannot be saved has told so itself, and stays below.
            await self.stack[-1].save()
        await place.prepare_in(self)
        self.stack[-1].live.cover()
        await self.push_screen(place)

    async def show_at(self, keep: int, place: Place) -> None:
        """Leave all places but the first `keep`, and put `place` over them, in one frame."""
        await place.prepare_in(self)
        if len(self.stack) <= keep:
            await self.show(place)
            return
        await self._let_go(keep)
        with self.batch_update():
            left = await self._leave_to(keep + 1)
            left.append(self.stack[-1])
            self.stack[-1].live.end()
            await self.switch_screen(place)
        await self._gone(left)

    async def instead(self, place: Place) -> None:
        """Put `place` where the one on screen stands."""
        await self.show_at(len(self.stack) - 1, place)

    async def back_to(self, keep: int) -> None:
        """Leave all places but the first `keep`."""
        stack = self.stack
        if len(stack) <= keep:
            return
        await self._let_go(keep)
        await stack[keep - 1].live.catch_up()
        with self.batch_update():
            left = await self._leave_to(keep)
        stack[keep - 1].back_in_sight()
        await self._gone(left)

    async def go_back(self) -> None:
        """Leave the place on screen; home is not left."""
        await self.back_to(max(len(self.stack) - 1, 1))

    async def _let_go(self, keep: int) -> None:
        for place in self.stack[keep:]:
            await place.leaving()

    async def _leave_to(self, keep: int) -> list[Place]:
        left: list[Place] = []
        while len(self.stack) > keep:
            place = self.stack[-1]
            place.live.end()
            left.append(place)
            await self.pop_screen()
        return left

    async def _gone(self, left: Sequence[Place]) -> None:
        for place in left:
            await place.closing()
        await self._leave_records(but={id(place.case) for place in self.stack})

    async def _leave_records(self, but: Set[int] = frozenset()) -> None:
        """What was new in them has been seen."""
        for case in [case for case in self._cases if id(case) not in but]:
            self._cases.remove(case)
            await self.workspace.record.leave(case.opened)

    # -- where one goes -----------------------------------------------------------------------------------------------

    async def open_patient(self, person: PersonId, ground: Ground, view: str = "overview") -> Case:
        """Open a record, which is logged, and show it over home. Raises NotOpened."""
        case = await self.open_case(person, ground)
        await self.show_at(1, places.kind(view)(case))  # type: ignore[call-arg]
        self.stack[0].opened(person)
        return case

    async def open_case(self, person: PersonId, ground: Ground) -> Case:
        """The record of `person`, opened and logged, or the one that is open already. Raises NotOpened."""
        for case in self._cases:
            if case.opened.person == person:
                return case
        case = await Case.open(self.workspace, person, ground)
        self._cases.append(case)
        return case

    async def view(self, name: str, case: Case, select: Ref | None = None) -> None:
        """A view of an open record, in the place of the view that stands there and of all over it."""
        depth = next((at for at, place in enumerate(self.stack, 1) if place.case is case), 2)
        if select is None and len(self.stack) > depth and name == self.stack[depth - 1].called:
            await self.back_to(depth)
            return
        kind = places.kind(name)
        await self.show_at(depth - 1, kind(case, select) if select is not None else kind(case))  # type: ignore[call-arg]

    async def open_draft(self, draft: Draft, ground: Ground) -> None:
        """Go on writing a draft, over the overview of the person whom it is about."""
        case = await self.open_case(draft.person, ground)
        with self.batch_update():
            await self.show_at(1, places.kind("overview")(case))  # type: ignore[call-arg]
            await self.show(places.kind("editor")(case, draft))  # type: ignore[call-arg]

    async def find(self) -> None:
        """Search, over where one is."""
        if self.stack[-1].called != "find":
            await self.show(places.kind("find")())

    async def go_worklist(self) -> None:
        """Home."""
        await self.back_to(1)

    async def go_drafts(self) -> None:
        """The drafts, over where one is."""
        await self._go("drafts")

    async def go_outbox(self) -> None:
        """The outbox, over where one is."""
        await self._go("outbox")

    async def _go(self, name: str) -> None:
        for depth, place in enumerate(self.stack, 1):
            if name == place.called:
                await self.back_to(depth)
                return
        await self.show(places.kind(name)())

    async def help(self) -> None:
        """The keys of the place on screen."""
        await self.show(places.kind("help")(self.stack[-1]))  # type: ignore[call-arg]

    async def palette(self) -> None:
        """Every command of the place on screen, by its words."""
        await self.show(places.kind("palette")(self.stack[-1]))  # type: ignore[call-arg]

    async def lock(self) -> None:
        """Cover what stands on the screen until the passphrase is given."""
        if self.stack[-1].called == "lock":
            return
        for place in self.stack:
            with contextlib.suppress(WorkspaceTrouble):
                # Told by the place itself, below the lock: locking waits for nothing.
                await place.save()
        await self.show(places.kind("lock")())

    async def choose(
        self, title: str, choices: Sequence[str], then: Callable[[int], Awaitable[None]], at: int = 0
    ) -> None:
        """Ask with a list; `then` gets the number of the choice. Esc chooses nothing."""
        await self.show(places.kind("choice")(title, choices, then, at))  # type: ignore[call-arg]

    async def next_patient(self, after: PersonId = "") -> None:
        """Open the next person of today's list after `after`, or after the one opened last."""
        home = self.stack[0]
        person = home.next_after(after)
        if not person:
            self.stack[-1].tell(_("Ingen flere på lista"))
            return
        await self.open_patient(person, Ground.ON_MY_LIST)

    # -- what all places show -----------------------------------------------------------------------------------------

    def heard(self, change: Told) -> None:
        """The store tells: each place that shows it reads again."""
        if change.topic == "line":
            self.spawn(self._line_changed())
        for place in self.stack:
            if place.wants(change):
                place.live.heard()

    async def read_line(self) -> None:
        """The words for the state of the line, in front of them the journal's name."""
        lines = await self.workspace.lines()
        environment = self.workspace.environment  # after the lines: they may have told which journal this is
        name = _("{name} – USIKRET http").format(name=environment.name) if environment.insecure else environment.name
        self.line_words = f"{name} · {words.line(lines, self.workspace.now())}"

    async def _line_changed(self) -> None:
        before = self.line_words
        await self.read_line()
        if self.line_words != before:
            for place in self.stack:
                place.draw_foot()

    def ink(self, name: str | Style) -> Style:
        """The style of an ink in the theme in force."""
        return self._theme_in_force.ink(name)

    async def choose_theme(self) -> None:
        """Another theme for this session."""
        own = self.settings.places.themes
        found = [theme.load(name, own) for name in theme.names(own)]
        now = next((at for at, each in enumerate(found) if each.name == self._theme_in_force.name), 0)

        async def then(chosen: int) -> None:
            self._theme_in_force = found[chosen]
            if found[chosen].textual.name not in self.available_themes:
                self.register_theme(found[chosen].textual)
            self.theme = found[chosen].textual.name
            for place in self.stack:
                place.restyle()

        await self.choose(_("Fargetema"), [each.title for each in found], then, now)


def _laid_out() -> None:
    """Called when the screen was laid out; until then a callback is pending, and keys wait."""
