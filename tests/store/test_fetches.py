"""How fresh a list is, told by key; what is known of a source."""

from __future__ import annotations

from dataclasses import replace

from akson_tui.model.held import NEVER, Fetched, FetchStatus
from akson_tui.model.line import LineStatus, SourceState
from akson_tui.store import fetches
from akson_tui.store.files import Files
from tests.store import given

NOON = given.NOON


def test_what_nobody_asked_for_was_never_fetched(files: Files) -> None:
    assert fetches.state(files, "person:nobody:entries") is NEVER
    assert fetches.source(files, "journal") == SourceState("journal")


def test_a_state_comes_back_and_is_told_once(files: Files, told: given.Told) -> None:
    (person,) = given.known(files, given.patient())
    told.clear()
    state = Fetched(FetchStatus.PARTIAL, NOON, NOON, "busy")
    for _ in range(2):
        fetches.set_state(files, fetches.person_key(person, fetches.SUMMARY), state)
    assert [change.topic for change in told] == ["fetch"]
    assert told.take("fetch") == {person}
    assert fetches.state(files, f"person:{person}:summary") == state
    fetches.set_state(files, fetches.worklist_key("kari", "2026-03-02"), state)
    assert told.take("fetch") == {"worklist"}
    fetches.set_state(files, "list:journal:Patient/1:Observation", state)
    assert told == []


def test_sources_come_back_and_are_told_once(files: Files, told: given.Told) -> None:
    known = SourceState("journal", LineStatus.UP, NOON, clock_off=1.5, creates=frozenset({"Observation"}), known=True)
    fetches.set_source(files, known)
    fetches.set_source(files, known)
    assert [sorted(change.ids) for change in told] == [["journal"]]
    fetches.set_source(files, replace(known, status=LineStatus.DOWN))
    assert fetches.sources(files) == [replace(known, status=LineStatus.DOWN)]
