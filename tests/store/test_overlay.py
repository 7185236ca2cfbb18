"""Our own acts over what was fetched."""

from __future__ import annotations

from datetime import timedelta

from akson_tui.model.act import ActKind
from akson_tui.model.entry import EVERYTHING, EntryState, TimelineFilter
from akson_tui.model.ref import Ref
from akson_tui.store import outbox, overlay
from akson_tui.store.files import Files
from tests.store import given

NOON = given.NOON


def laid(files: Files, wanted: TimelineFilter = EVERYTHING, last: int = 99, *parts: str) -> list[str]:
    return [act.id for act in overlay.acts(files, ["p"], last, wanted, parts)]


def test_newest_first_up_to_the_number_that_the_list_knows(files: Files) -> None:
    for number in range(3):
        outbox.put(files, given.act(f"urn:uuid:{number}", signed=NOON + timedelta(minutes=number)))
    outbox.put(files, given.act("urn:uuid:other", "q"))
    assert laid(files) == ["urn:uuid:2", "urn:uuid:1", "urn:uuid:0"]
    assert laid(files, last=2) == ["urn:uuid:1", "urn:uuid:0"]


def test_narrowed_as_the_rest_of_the_list_is(files: Files) -> None:
    outbox.put(files, given.act("urn:uuid:1", label="Stelte leggsår"))
    assert laid(files, EVERYTHING, 99, "leggs", "stelte") == ["urn:uuid:1"]
    assert laid(files, EVERYTHING, 99, "feber") == []
    assert laid(files, TimelineFilter(since=NOON)) == ["urn:uuid:1"]
    assert laid(files, TimelineFilter(until=NOON)) == []
    assert laid(files, TimelineFilter(author="Per Dahl")) == []
    assert laid(files, TimelineFilter(unread_since=NOON - timedelta(days=1))) == []


def test_what_went_to_the_wrong_patient_is_no_row_but_marks_one(files: Files) -> None:
    wrong = Ref("journal", "DocumentReference", "w", "3")
    outbox.put(files, given.act("urn:uuid:1", kind=ActKind.WRONG_PATIENT, target=wrong))
    assert laid(files) == []
    assert overlay.pending(files, ["p"]).in_error == {"journal|DocumentReference|w|"}
    outbox.mark_refused(files, "urn:uuid:1", "conflict")
    assert overlay.pending(files, ["p"]).in_error == set()


def test_an_act_on_its_way_waits_and_one_that_arrived_is_current(files: Files) -> None:
    outbox.put(files, given.act("urn:uuid:1"))
    outbox.mark_sending(files, "urn:uuid:1")
    assert [act.entry.state for act in overlay.acts(files, ["p"], 9, EVERYTHING, ())] == [EntryState.WAITING]
    for index in range(2):
        outbox.part_done(files, "urn:uuid:1", index, Ref("journal", "DocumentReference", f"n{index}", "1"))
    outbox.mark_sent(files, "urn:uuid:1")
    (act,) = overlay.acts(files, ["p"], 9, EVERYTHING, ())
    assert act.entry.state is EntryState.CURRENT
    assert act.done == Ref("journal", "DocumentReference", "n0", "1") == overlay.done_of(files, "urn:uuid:1")
    assert overlay.done_of(files, "gone") is None
