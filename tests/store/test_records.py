"""What came is kept as it came, and an older version never takes a newer one's place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from akson_tui.model.ref import Ref
from akson_tui.store import outbox, records
from akson_tui.store.files import Files
from akson_tui.store.troubles import NotOpened
from tests.store import given

NOON = given.NOON
EARLIER = NOON - timedelta(hours=1)


def test_the_bytes_come_back_as_they_came(files: Files, told: given.Told) -> None:
    (person,) = given.known(files, given.patient())
    opened = given.look_into(files, person)
    told.clear()
    row = records.StoredResource(
        Ref("journal", "Observation", "o1", "3"), given.ASTRID, b'{"valueQuantity":{"value":4.10}}', None
    )
    assert given.put(files, row) == 1
    assert told.take("person") == {person}
    body = records.body(files, opened, Ref("journal", "Observation", "o1"))
    assert body == records.Body(row.ref, given.ASTRID, row.raw, NOON)
    assert records.raw(files, row.ref.bare()) == row.raw


def test_a_late_answer_with_an_older_version_changes_nothing(files: Files) -> None:
    new = given.entry("a", version="2", updated=NOON)
    old = given.entry("a", version="1", updated=EARLIER)
    assert given.put(files, new, old) == 1
    assert records.raw(files, new.ref) == new.raw


@pytest.mark.parametrize(("first", "second", "kept"), [("10", "9", "10"), ("9", "10", "10"), ("b", "a", "a")])
def test_without_times_versions_count_where_they_are_numbers(files: Files, first: str, second: str, kept: str) -> None:
    given.put(files, given.entry("a", version=first), given.entry("a", version=second))
    assert records.versions_of_person(files, given.ASTRID) == {Ref("journal", "DocumentReference", "a"): kept}


def test_the_same_again_tells_nobody_and_counts_as_fetched_now(files: Files, told: given.Told) -> None:
    row = given.entry("a", updated=NOON)
    (person,) = given.known(files, given.patient())
    opened = given.look_into(files, person)
    given.put(files, row)
    told.clear()
    assert given.put(files, row, at=NOON + timedelta(hours=1)) == 0
    assert told == []
    body = records.body(files, opened, row.ref)
    assert body is not None and body.fetched == NOON + timedelta(hours=1)


def test_without_an_opening_in_the_log_nothing_is_read(files: Files) -> None:
    person, other = given.known(files, given.patient(), given.patient(given.ODD, "Odd Arne Solheim"))
    opened = given.look_into(files, person)
    given.put(files, given.entry("a"))
    for climbing in (replace(opened, logged=opened.logged + 1), replace(opened, person=other)):
        with pytest.raises(NotOpened):
            records.body(files, climbing, Ref("journal", "DocumentReference", "a"))
        with pytest.raises(NotOpened):
            records.bodies(files, climbing, ("DocumentReference",))
        with pytest.raises(NotOpened):
            records.latest_of_each(files, climbing, "Observation")


def test_an_opened_record_does_not_give_another_persons_note(files: Files) -> None:
    person, _ = given.known(files, given.patient(), given.patient(given.ODD, "Odd Arne Solheim"))
    opened = given.look_into(files, person)
    hers, his = given.entry("a"), given.entry("b", about=given.ODD)
    given.put(files, hers, his)
    assert records.body(files, opened, his.ref) is None
    assert [body.ref for body in records.bodies(files, opened, ("DocumentReference",))] == [hers.ref]


def test_bodies_by_type_all_or_the_newest(files: Files) -> None:
    (person,) = given.known(files, given.patient())
    opened = given.look_into(files, person)
    for day in range(5):
        given.put(files, given.entry(f"n{day}", NOON - timedelta(days=day)))
    given.put(files, given.entry("o", type_="Observation"))
    assert len(records.bodies(files, opened, ("DocumentReference",))) == 5
    newest = records.bodies(files, opened, ("DocumentReference",), newest=2)
    assert [body.ref.id for body in newest] == ["n0", "n1"]


def test_the_last_value_of_each_measurement(files: Files) -> None:
    (person,) = given.known(files, given.patient())
    opened = given.look_into(files, person)
    for day in range(6):
        title = "Puls" if day % 2 else "Blodtrykk"
        given.put(files, given.entry(f"o{day}", NOON - timedelta(days=day), type_="Observation", title=title))
    latest = records.latest_of_each(files, opened, "Observation")
    assert [body.ref.id for body in latest] == ["o0", "o1"]


def test_people_who_are_no_patients_are_read_without_an_opening(files: Files) -> None:
    kari = records.StoredResource(Ref("journal", "Practitioner", "kari-nilsen", "1"), None, b"{}", None)
    note = given.entry("a")
    given.put(files, kari, note)
    asked = [kari.ref, note.ref, Ref("journal", "Organization", "none")]
    assert records.directory(files, asked) == {kari.ref.bare(): b"{}"}


def test_the_first_part_of_a_waiting_act_can_be_read_by_its_own_record_only(files: Files) -> None:
    person, other = given.known(files, given.patient(), given.patient(given.ODD, "Odd Arne Solheim"))
    outbox.put(files, given.act("urn:uuid:1", person, mentions="x"))
    ref = Ref("journal", "Act", "urn:uuid:1")
    body = records.body(files, given.look_into(files, person), ref)
    assert body is not None and b'"refers":"x"' in body.raw and body.ref.type == "DocumentReference"
    assert records.body(files, given.look_into(files, other, given.ODD), ref) is None


def test_lone_surrogates_and_nul_do_not_stop_the_rest(files: Files) -> None:
    (person,) = given.known(files, given.patient())
    opened = given.look_into(files, person)
    odd = given.entry("a", title="x\ud800\x00y", author="\udfff", summary="\x00\ud800", search="\ud800sår")
    assert given.put(files, odd, given.entry("b")) == 2
    assert len(records.bodies(files, opened, ("DocumentReference",))) == 2


def test_dropping_what_is_not_held_is_no_drop(files: Files) -> None:
    assert records.drop(files, [Ref("journal", "DocumentReference", "none")]) == 0
