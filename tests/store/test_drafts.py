"""Drafts: kept as typed, whatever was typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akson_tui.store import drafts
from akson_tui.store.files import Files
from akson_tui.store.worker import Lane, lane_of
from tests.store import given as make


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text())
def test_any_text_comes_back_as_it_was_typed(files: Files, text: str) -> None:
    draft = make.draft(text=text)
    drafts.keep(files, draft)
    assert drafts.get(files, draft.id) == draft


def test_lone_surrogates_survive(files: Files) -> None:
    draft = make.draft(text="a\ud800b")
    drafts.keep(files, draft)
    assert drafts.get(files, draft.id) == draft


def test_keeping_again_replaces_and_tells_only_the_first_time(files: Files, told: make.Told) -> None:
    first = make.draft()
    drafts.keep(files, first)
    assert told.take("drafts") == {first.id}
    second = replace(first, text="Mer", saved=first.saved + timedelta(seconds=1))
    drafts.keep(files, second)
    assert told == []
    assert drafts.all(files) == [second] and drafts.count(files) == 1


def test_the_last_saved_stands_first_and_a_dropped_one_is_gone(files: Files) -> None:
    for number in range(3):
        drafts.keep(files, make.draft(f"urn:uuid:{number}", saved=make.NOON + timedelta(minutes=number)))
    assert [draft.id for draft in drafts.all(files)] == ["urn:uuid:2", "urn:uuid:1", "urn:uuid:0"]
    assert drafts.drop(files, "urn:uuid:1") and not drafts.drop(files, "urn:uuid:1")
    assert drafts.get(files, "urn:uuid:1") is None and drafts.count(files) == 2


def test_a_draft_goes_before_all_else() -> None:
    assert lane_of(drafts.keep) is Lane.URGENT
