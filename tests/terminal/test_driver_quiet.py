"""A key has acted when all that it set going has come to rest."""

from __future__ import annotations

import asyncio

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from akson_tui.terminal.driver import LightApp, LightInput
from akson_tui.terminal.driver_quiet import MANY, at_rest


class Next(Screen[None]):
    """Opens with a field."""

    def compose(self) -> ComposeResult:
        yield Static("neste")
        yield LightInput()


class Resting(LightApp[None]):
    """Starts things in several ways."""

    def __init__(self) -> None:
        super().__init__(driver_class=None)
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static("nå")

    def by_messages(self) -> None:
        self.call_later(lambda: self.call_next(lambda: self.call_after_refresh(self.done.append, "messages")))

    def by_screen(self) -> None:
        self.push_screen(Next())

    async def slowly(self) -> None:
        await asyncio.sleep(0.1)
        self.done.append("slowly")

    def by_worker(self) -> None:
        hold = self.hold_keys()
        hold.__enter__()

        async def work() -> None:
            await asyncio.sleep(0.1)
            self.done.append("worker")
            hold.__exit__(None, None, None)

        self.run_worker(work())


def patient() -> bool:
    return False


async def test_an_app_that_does_nothing_is_still_and_one_with_a_message_is_not() -> None:
    app = Resting()
    async with app.run_test() as pilot:
        await pilot.pause()
        await app.stillness.come(patient)
        assert app.stillness.still()
        pumps = [app, *app._registry]
        assert len(pumps) > 2 and all(map(at_rest, pumps))
        app.call_later(lambda: None)
        assert not app.stillness.still() and not at_rest(app)


async def test_messages_of_messages_and_what_comes_after_the_repaint_belong_to_the_act() -> None:
    app = Resting()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.by_messages()
        await app.stillness.come(patient)
        assert app.done == ["messages"]


async def test_a_screen_that_opens_has_its_focus() -> None:
    app = Resting()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.by_screen()
        await app.stillness.come(patient)
        assert isinstance(app.screen, Next) and isinstance(app.focused, LightInput)


async def test_a_handler_that_waits_and_a_worker_that_holds_the_keys_are_waited_for() -> None:
    app = Resting()
    async with app.run_test() as pilot:
        await pilot.pause()
        app.call_later(app.slowly)
        await app.stillness.come(patient)
        assert app.done == ["slowly"]
        app.by_worker()
        await app.stillness.come(patient)
        assert app.done == ["slowly", "worker"]


async def test_whoever_is_impatient_waits_no_longer() -> None:
    app = Resting()
    async with app.run_test() as pilot:
        await pilot.pause()
        with app.hold_keys():
            await asyncio.wait_for(app.stillness.come(lambda: True), MANY / 2)
            assert not app.stillness.still()
