"""What is new since I last looked is counted, not guessed."""

from __future__ import annotations

from datetime import timedelta

from akson_tui.model.ref import Ref
from akson_tui.store import marks, news, outbox, persons
from akson_tui.store.files import Files
from tests.store import given

NOON = given.NOON


def test_nothing_can_be_said_before_i_looked_or_before_anything_was_fetched(files: Files) -> None:
    (person,) = given.known(files, given.patient())
    pid = persons.pid_of(files, person)
    given.put(files, given.entry("a"))
    assert news.count(files, pid) is None
    marks.looked(files, person, NOON - timedelta(hours=1))
    assert news.count(files, pid) is None
    given.claim(files, person)
    assert news.count(files, pid) == 1


def test_only_what_is_given_counts_and_my_own_does_not(files: Files, clock: given.Clock) -> None:
    (person,) = given.known(files, given.patient())
    pid = persons.pid_of(files, person)
    given.claim(files, person, NOON - timedelta(days=2))
    marks.looked(files, person, NOON)
    outbox.put(files, given.act("urn:uuid:1", person))
    outbox.mark_sending(files, "urn:uuid:1")
    outbox.part_done(files, "urn:uuid:1", 0, Ref("journal", "DocumentReference", "mine", "1"))
    assert news.own(files) == {"journal|DocumentReference|mine|"}
    later = clock.later(hours=1)
    given.put(
        files,
        given.entry("mine", NOON),
        given.entry("theirs", NOON),
        given.entry("beyond the horizon", NOON - timedelta(days=9), updated=later),
        at=later,
    )
    assert news.count(files, pid) == 1
    given.claim(files, person)
    assert news.count(files, pid) == 2


def test_a_new_version_of_what_i_saw_is_new(files: Files, clock: given.Clock) -> None:
    (person,) = given.known(files, given.patient())
    given.claim(files, person)
    given.put(files, given.entry("a"))
    marks.looked(files, person, NOON)
    assert news.count(files, persons.pid_of(files, person)) == 0
    given.put(files, given.entry("a", version="2"), at=clock.later(hours=1))
    assert news.count(files, persons.pid_of(files, person)) == 1
