"""Who subscribed is told, whoever else fails."""

from __future__ import annotations

import pytest

from akson_tui.store.changes import TOPICS, Change, Changes, everything


def test_all_are_told_until_they_have_enough_and_one_who_fails_keeps_it_from_nobody() -> None:
    changes, heard = Changes(), list[str]()

    def fails(change: Change) -> None:
        raise ValueError("mine")

    stop_failing = changes.subscribe(fails)
    stop = changes.subscribe(lambda change: heard.append(change.topic))
    with pytest.raises(ValueError, match="mine"):
        changes.deliver((Change("drafts", frozenset({"a"})), Change("outbox", frozenset())))
    assert heard == ["drafts", "outbox"]
    stop_failing()
    stop()
    stop()
    changes.deliver((Change("drafts", frozenset()),))
    assert heard == ["drafts", "outbox"]


def test_one_may_stop_listening_while_being_told() -> None:
    changes, heard = Changes(), list[str]()

    def once(change: Change) -> None:
        heard.append(change.topic)
        stop()

    stop = changes.subscribe(once)
    changes.subscribe(lambda change: heard.append("other"))
    changes.deliver((Change("line", frozenset()), Change("line", frozenset())))
    assert heard == ["line", "other", "other"]


def test_no_ids_touch_any() -> None:
    assert Change("person", frozenset()).touches("x")
    assert Change("person", frozenset({"x"})).touches("x") and not Change("person", frozenset({"y"})).touches("x")
    assert {change.topic for change in everything(ours=False)} == set(TOPICS)
