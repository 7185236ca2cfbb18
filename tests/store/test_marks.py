"""When I last looked, and whom I opened last."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from akson_tui.store import marks, patients
from akson_tui.store.files import Files
from tests.store import given

NOON = given.NOON


def test_a_look_is_remembered_and_never_goes_back(files: Files, told: given.Told) -> None:
    assert marks.looked_at(files, "p") is None
    marks.looked(files, "p", NOON)
    assert told.take("worklist") == {"*"}
    marks.looked(files, "p", NOON - timedelta(hours=1))
    assert marks.looked_at(files, "p") == NOON


def test_opening_is_not_looking(files: Files) -> None:
    marks.opened(files, "p", NOON)
    assert marks.looked_at(files, "p") is None
    marks.looked(files, "q", NOON)
    assert marks.recently_opened(files, 9) == [("p", NOON)]


def test_a_look_counts_under_every_name_of_the_person(files: Files) -> None:
    first, other = given.known(files, given.patient(number=given.number(1)), given.patient(given.ODD, "A. Bakken"))
    marks.looked(files, other, NOON)
    there = given.patient(given.ODD, "A. Bakken")
    given.known(files, replace(there, identifiers=given.patient(number=given.number(1)).identifiers))
    assert patients.person_of(files, given.ODD) == first
    assert marks.looked_at(files, first) == NOON
