"""One thread, three lanes: a draft never waits for more than a piece of bulk work. Told by order, not by clocks."""

from __future__ import annotations

import asyncio
import threading

import pytest

from akson_tui.store.troubles import Closed
from akson_tui.store.worker import Lane, Worker, bulk, lane_of, urgent


async def test_urgent_goes_first_then_ordinary_then_bulk() -> None:
    worker, order, gate = Worker(), list[str](), threading.Event()
    futures = [worker.submit(Lane.ORDINARY, gate.wait)]
    for lane in (Lane.BULK, Lane.ORDINARY, Lane.URGENT, Lane.ORDINARY, Lane.URGENT):
        futures.append(worker.submit(lane, lambda lane=lane: order.append(lane.name) or True))
    gate.set()
    await asyncio.gather(*futures)
    assert order == ["URGENT", "URGENT", "ORDINARY", "ORDINARY", "BULK"]
    worker.finish()
    worker.join()


async def test_bulk_work_gives_way_between_its_pieces_but_not_to_other_bulk_work() -> None:
    worker, order, begun, gate = Worker(), list[str](), threading.Event(), threading.Event()

    def pieces() -> None:
        begun.set()
        gate.wait()
        for piece in range(3):
            order.append(f"piece {piece}")
            worker.give_way()

    first = worker.submit(Lane.BULK, pieces)
    await asyncio.to_thread(begun.wait)
    second = worker.submit(Lane.BULK, lambda: order.append("other bulk"))
    third = worker.submit(Lane.ORDINARY, lambda: order.append("page"))
    fourth = worker.submit(Lane.URGENT, lambda: order.append("draft"))
    gate.set()
    await asyncio.gather(first, second, third, fourth)
    assert order == ["piece 0", "draft", "page", "piece 1", "piece 2", "other bulk"]
    worker.finish()
    worker.join()


async def test_what_was_asked_for_is_done_though_nobody_waits_any_more() -> None:
    worker, done, gate = Worker(), threading.Event(), threading.Event()
    worker.submit(Lane.ORDINARY, gate.wait)
    future = worker.submit(Lane.ORDINARY, done.set)
    future.cancel()
    gate.set()
    assert await asyncio.to_thread(done.wait, 10)
    worker.finish()
    worker.join()


async def test_an_error_reaches_who_asked_and_the_thread_goes_on() -> None:
    worker = Worker()

    def fails() -> None:
        raise ValueError("x")

    with pytest.raises(ValueError, match="x"):
        await worker.submit(Lane.ORDINARY, fails)
    assert await worker.submit(Lane.ORDINARY, lambda: 7) == 7
    last = worker.submit(Lane.BULK, lambda: 8)
    worker.finish()
    with pytest.raises(Closed):
        worker.submit(Lane.URGENT, lambda: 9)
    assert await last == 8, "what was queued is done"
    worker.join()


def test_a_loop_that_is_gone_does_not_stop_the_thread() -> None:
    gate, done = threading.Event(), threading.Event()

    async def leave() -> Worker:
        worker = Worker()
        worker.submit(Lane.ORDINARY, gate.wait)
        worker.submit(Lane.ORDINARY, done.set)
        return worker

    worker = asyncio.run(leave())
    gate.set()
    assert done.wait(10)
    worker.finish()
    worker.join()


def test_functions_carry_their_lane() -> None:
    @urgent
    def keep() -> None: ...

    @bulk
    def put() -> None: ...

    assert (lane_of(keep), lane_of(put), lane_of(len)) == (Lane.URGENT, Lane.BULK, Lane.ORDINARY)
