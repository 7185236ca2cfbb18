"""Open files for one test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from akson_tui.store.files import Files, Store
from tests.store import given


@pytest.fixture
def told() -> given.Told:
    return given.Told()


@pytest.fixture
def clock() -> given.Clock:
    return given.Clock()


@pytest.fixture
def files(tmp_path: Path, told: given.Told, clock: given.Clock) -> Iterator[Files]:
    opened = given.files(tmp_path, told, clock)
    yield opened
    given.close(opened)


@pytest.fixture
async def opens(tmp_path: Path, clock: given.Clock) -> AsyncIterator[Callable[[], Awaitable[Store]]]:
    """Open the store of this test, once or more; all are closed at its end."""
    stores: list[Store] = []
    ids = given.names()

    async def open_one() -> Store:
        store = await Store.open(given.place(tmp_path), given.KEY, clock, ids)
        stores.append(store)
        return store

    yield open_one
    for store in stores:
        await store.close()
