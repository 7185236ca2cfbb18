"""Waiting for the engine, as a command does that ends when it is done: fetched or not, sent or not, it comes back."""

from __future__ import annotations

import asyncio
from random import Random

from akson_tui.config.settings import SourceSettings
from akson_tui.model.act import ActState
from akson_tui.model.held import FetchStatus
from akson_tui.store import fetches, lease, outbox
from akson_tui.sync.engine import Engine
from tests.sync.conftest import House, Street, Want
from tests.sync.fake_journal import BASE
from tests.sync.people import SOURCE, act, visit

BOUND = 20.0


async def test_a_fetch_is_waited_for(house: House) -> None:
    house.journal.put(visit("first", "astrid"))
    house.engine.fetch(Want("worklist"))
    await asyncio.wait_for(house.engine.finished("worklist"), BOUND)
    await asyncio.wait_for(house.engine.finished("round"), BOUND)
    entries = await house.store.run(fetches.state, f"person:{await house.person()}:entries")
    assert entries.status is FetchStatus.COMPLETE


async def test_a_fetch_that_cannot_come_is_not_waited_for_for_ever(house: House) -> None:
    house.journal.down = True
    person = await house.person()
    house.engine.fetch(Want("person", person))
    await asyncio.wait_for(house.engine.finished("person", person), BOUND)
    assert (await house.store.run(fetches.state, f"person:{person}:entries")).at is None


async def test_nothing_that_is_fetched_is_no_wait(house: House) -> None:
    await asyncio.wait_for(house.engine.finished("person", "nobody"), BOUND)


async def test_sending_is_waited_for(house: House) -> None:
    await house.quiet()
    signed = act(house.new_id, await house.person())
    await house.store.run(outbox.put, signed)
    house.engine.send()
    await asyncio.wait_for(house.engine.sent(), BOUND)
    held = await house.store.run(outbox.get, signed.id)
    assert held is not None and held.state is ActState.SENT


async def test_what_waits_for_its_time_is_not_waited_for(house: House) -> None:
    await house.quiet()
    house.journal.down = True
    signed = act(house.new_id, await house.person())
    await house.store.run(outbox.put, signed)
    house.engine.send()
    await asyncio.wait_for(house.engine.sent(), BOUND)
    held = await house.store.run(outbox.get, signed.id)
    assert held is not None and held.trouble == "no-line"


async def test_who_does_not_send_leaves_the_outbox_and_the_lease_alone(street: Street) -> None:
    house = await street.house()
    await house.engine.stop()
    signed = act(house.new_id, await house.person())
    await house.store.run(outbox.put, signed)
    quiet = Engine(
        house.store,
        [SourceSettings(SOURCE, BASE)],
        "demo",
        house.time,
        house.new_id,
        lambda _name: None,
        Random(1),
        sleep=house.time.sleep,
        transport=lambda _settings: house.journal,
    )
    await quiet.start(sends=False)
    try:
        house.journal.put(visit("first", "astrid"))
        quiet.fetch(Want("worklist"))
        quiet.send()
        await asyncio.wait_for(quiet.finished("worklist"), BOUND)
        await asyncio.wait_for(quiet.finished("round"), BOUND)
        assert await house.store.run(lease.holder) == ""
    finally:
        await quiet.stop()
    assert house.journal.all("DocumentReference") == []
    held = await house.store.run(outbox.get, signed.id)
    assert held is not None and (held.state, held.tries) == (ActState.WAITING, 0)
