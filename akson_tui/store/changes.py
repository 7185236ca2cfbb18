"""Who wants to know that something in the store changed: ids go round, never data.

Easy to get wrong: a change that was told twice costs a re-read, one that was not told leaves a stale screen. So where a
neighbour may have missed some, it is told that everything changed. An empty `ids` means: any of this topic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

TOPICS: Final = ("person", "worklist", "patients", "drafts", "outbox", "line", "fetch", "lease")
"""person: clinical rows of these PersonIds · worklist: user keys · patients: PersonIds whose names or records changed ·
drafts, outbox: their ids · line: sources · fetch: PersonIds or 'worklist' · lease: it is free, or somebody took it."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something of `topic` changed: these ids, or any where `ids` is empty. `ours`: by this process."""

    topic: str
    ids: frozenset[str]
    ours: bool = True

    def touches(self, id_: str) -> bool:
        return not self.ids or id_ in self.ids


class Changes:
    """Subscribers of one process. Used in the event loop only."""

    def __init__(self) -> None:
        self._subscribers: list[Callable[[Change], None]] = []

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call `callback` in the event loop after each committed change; returns what ends it (harmless twice)."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def deliver(self, changes: tuple[Change, ...]) -> None:
        """Tell all who were subscribed when it began; one who fails does not keep it from the others."""
        failures: list[Exception] = []
        for change in changes:
            for callback in tuple(self._subscribers):
                try:
                    callback(change)
                except Exception as failure:
                    failures.append(failure)
        if failures:
            raise failures[0]


def everything(ours: bool) -> tuple[Change, ...]:
    """For one who may have missed changes: each topic, all ids."""
    return tuple(Change(topic, frozenset(), ours) for topic in TOPICS)
