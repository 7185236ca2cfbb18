"""A person keeps every name they were ever known by."""

from __future__ import annotations

from dataclasses import replace

from akson_tui.store import persons
from akson_tui.store.files import Files
from tests.store import given


def test_a_record_that_is_only_heard_of_has_a_person_and_keeps_it(files: Files) -> None:
    with files.tx("cache"):
        first = persons.patient_row(files, given.ASTRID)
        assert persons.patient_row(files, replace(given.ASTRID, version="7")) == first
    name = persons.name_of(files, first[1])
    assert persons.pid_of(files, name) == first[1]
    assert given.known(files, given.patient()) == (name,)


def test_names_nobody_has_are_their_own(files: Files) -> None:
    assert persons.pid_of(files, "nobody") == 0 and persons.name_of(files, 99) == ""
    assert persons.same_person(files, "nobody") == ("nobody",)


def test_joined_people_answer_to_both_names(files: Files) -> None:
    here, there = given.patient(number=given.number(1)), given.patient(given.ODD, "A. Bakken")
    first, other = given.known(files, here, there)
    given.known(files, replace(there, identifiers=here.identifiers))
    assert persons.pid_of(files, other) == persons.pid_of(files, first)
    assert set(persons.same_person(files, other)) == {first, other}
