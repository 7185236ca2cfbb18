"""Stores the invented municipality, the worklists first, and goes on where it was interrupted.

It runs in a process of its own beside the server and writes to the same file: short transactions with pauses between
them, so that a note that is being signed never waits behind Odd Arne's ten thousand entries.
"""

import datetime as dt
import json
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from akson_tui.sandbox.instants import OSLO
from akson_tui.sandbox.store import Store

SETTING = "population"
# About 15 ms of writing.
BATCH = 100
PAUSE_SECONDS = 0.005
# Chunks of a small population: the worklists and Astrid's journal.
SMALL_CHUNKS = 2

Chunks = Iterable[tuple[str, list[dict[str, Any]]]]
Generate = Callable[[int, dt.datetime, int], Chunks]
# The lists of a day: seed, that day, how many people, and the time from which their journals count back.
Day = Callable[[int, dt.datetime, int, dt.datetime], Iterable[dict[str, Any]]]


class OtherPopulation(Exception):
    """The store holds the people of another seed; the text says which."""


class Begun(NamedTuple):
    """Where to go on: the time that the population counts back from, how many people, chunk, place in it, and whether
    all is there."""

    now: dt.datetime
    people: int
    chunk: int
    place: int
    done: bool


def begun(store: Store, seed: int, now: dt.datetime, people: int) -> Begun:
    """How far the store is. A store that was begun goes on with as many people as it was begun with.

    Raises OtherPopulation where the store was filled from another seed."""
    with store.reading() as session:
        kept = session.setting(SETTING)
    if kept is None:
        return Begun(now, people, 0, 0, False)
    told = json.loads(kept)
    if told["seed"] != seed:
        raise OtherPopulation(f"the store holds the people of seed {told['seed']}, not {seed}")
    since = dt.datetime.fromisoformat(told["now"])
    return Begun(since, told.get("people", people), told["chunk"], told["place"], told["done"])


def fill(
    store: Store,
    generate: Generate,
    seed: int,
    now: dt.datetime,
    people: int,
    small: bool,
    stored: Callable[[str], None],
    pause: Callable[[], None],
    day: Day | None = None,
) -> None:
    """Stores what is missing. `stored` hears the label of each chunk that is there, `pause` is called after each
    transaction behind the first two chunks. `day` gives the lists of `now` where the store was begun on another day."""
    since, people, chunk, place, done = begun(store, seed, now, people)
    told = {"seed": seed, "now": since.isoformat(), "people": people, "chunk": chunk, "place": place, "done": done}
    if day is not None and now.astimezone(OSLO).date() != since.astimezone(OSLO).date():
        # Before anything is told: a kept store must have a round when it answers.
        for batch in _batches(list(day(seed, now, people, since))):
            with store.writing() as writer:
                writer.put_trusted(batch)
    if done:
        stored("all")
        return
    limit = SMALL_CHUNKS if small else None
    for number, (label, resources) in enumerate(islice(generate(seed, since, people), limit)):
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
