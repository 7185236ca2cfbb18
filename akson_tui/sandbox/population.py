"""Stores the invented municipality, the worklists first, and goes on where it was interrupted.

It runs in a process of its own beside the server and writes to the same file: short transactions with pauses between
them, so that a note that is being signed never waits behind Odd Arne's ten thousand entries.
"""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from akson_tui.sandbox.store import Store

SETTING = "population"
# About 15 ms of writing.
BATCH = 100
PAUSE_SECONDS = 0.005
# Chunks of a small population: the worklists and Astrid's journal.
SMALL_CHUNKS = 2

Chunks = Iterable[tuple[str, list[dict[str, Any]]]]
Generate = Callable[[int, dt.datetime, int], Chunks]


class OtherPopulation(Exception):
    """The store holds the people of another seed; the text says which."""


def begun(store: Store, seed: int, now: dt.datetime) -> tuple[dt.datetime, int, int, bool]:
    """Where to go on: the time that the population counts back from, chunk, place in it, and whether all is there.

    Raises OtherPopulation where the store was filled from another seed."""
    with store.reading() as session:
        kept = session.setting(SETTING)
    if kept is None:
        return now, 0, 0, False
    told = json.loads(kept)
    if told["seed"] != seed:
        raise OtherPopulation(f"the store holds the people of seed {told['seed']}, not {seed}")
    return dt.datetime.fromisoformat(told["now"]), told["chunk"], told["place"], told["done"]


def fill(
    store: Store,
    generate: Generate,
    seed: int,
    now: dt.datetime,
    people: int,
    small: bool,
    stored: Callable[[str], None],
    pause: Callable[[], None],
) -> None:
    """Stores what is missing. `stored` hears the label of each chunk that is there, `pause` is called after each
    transaction behind the first two chunks."""
    now, chunk, place, done = begun(store, seed, now)
    told = {"seed": seed, "now": now.isoformat(), "chunk": chunk, "place": place, "done": done}
    if done:
        stored("all")
        return
    limit = SMALL_CHUNKS if small else None
    for number, (label, resources) in enumerate(islice(generate(seed, now, people), limit)):
        if number < chunk:
            stored(label)
            continue
        at = place if number == chunk else 0
        for batch in _batches(resources[at:]):
            at += len(batch)
            told.update(chunk=number, place=at)
            with store.writing() as writer:
                writer.put_trusted(batch)
                writer.remember(SETTING, json.dumps(told))
            if number >= SMALL_CHUNKS:
                pause()
        stored(label)
    told["done"] = True
    with store.writing() as writer:
        writer.remember(SETTING, json.dumps(told))
    stored("all")


def _batches(resources: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(resources), BATCH):
        yield resources[start : start + BATCH]


def pause() -> None:
    """Lets whoever waits for the store's lock have it."""
    time.sleep(PAUSE_SECONDS)
