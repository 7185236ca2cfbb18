"""Handles: the same person by the same few letters until they are forgotten, and never somebody else."""

from __future__ import annotations

from akson_tui.model.ref import Ref
from akson_tui.store import handles, patients
from akson_tui.store.files import Files
from tests.store import given


def people(files: Files, count: int) -> list[str]:
    rows = []
    for number in range(count):
        ref = Ref("journal", "Patient", f"person-{number}")
        rows.append((given.patient(ref=ref), b"{}"))
    patients.put(files, rows, given.NOON)
    return [patients.person_of(files, patient.ref) for patient, _raw in rows]


def test_a_handle_is_short_and_means_the_person_it_was_given_for(files: Files) -> None:
    one, other = people(files, 2)
    given_one, given_other = handles.give(files, [one, other])
    assert handles.FORM.fullmatch(given_one) and len(given_one) == 4
    assert handles.person_of(files, given_one) == one
    assert handles.person_of(files, given_other) == other


def test_asked_again_it_is_the_same(files: Files) -> None:
    (one,) = people(files, 1)
    assert handles.give(files, [one]) == handles.give(files, [one])


def test_one_that_is_taken_is_made_longer(files: Files) -> None:
    one, other = people(files, 2)
    files.ids = lambda: "always the same"
    first, second = handles.give(files, [one, other])
    assert len(first) == 4
    assert len(second) == 5 and handles.person_of(files, second) == other


def test_a_handle_that_was_never_given_means_nobody(files: Files) -> None:
    assert handles.person_of(files, "p000") == ""


def test_who_is_unknown_gets_none(files: Files) -> None:
    assert handles.give(files, ["nobody"]) == [""]


def test_forgetting_one_leaves_the_others(files: Files) -> None:
    one, other = people(files, 2)
    handle, kept = handles.give(files, [one, other])
    handles.forget(files, one)
    assert handles.person_of(files, handle) == ""
    assert handles.person_of(files, kept) == other
    handles.forget(files)
    assert handles.person_of(files, kept) == ""


def test_two_records_of_one_person_answer_to_one_handle(files: Files) -> None:
    ref = given.ODD
    patients.put(files, [(given.patient(number=given.number(1)), b"{}")], given.NOON)
    astrid = patients.person_of(files, given.ASTRID)
    (handle,) = handles.give(files, [astrid])
    patients.put(files, [(given.patient(ref=ref, number=given.number(1)), b"{}")], given.NOON)
    assert handles.give(files, [patients.person_of(files, ref)]) == [handle]


def test_it_outlives_the_cache(files: Files) -> None:
    (one,) = people(files, 1)
    (handle,) = handles.give(files, [one])
    for table in ("patient", "person", "person_name"):
        files.cache.execute(f"DELETE FROM {table}")
    again = handles.person_of(files, handle)
    assert patients.refs_of(files, again)[0].id == "person-0"
