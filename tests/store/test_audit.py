"""The log: rows are added and come back; it is the door to clinical rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from akson_tui.model.access import AccessEvent, Ground
from akson_tui.store import audit
from akson_tui.store.files import Files
from akson_tui.store.troubles import NotOpened
from tests.store import given

EVENT = AccessEvent(given.NOON, "Kari Nilsen", "1234567", "SP", "Hjemmetjenesten", "p", given.ASTRID, "opened", "x")


def test_rows_come_back_newest_first_of_all_or_one_person(files: Files) -> None:
    other = replace(EVENT, person="q", patient=None, act="exported")
    assert audit.log(files, EVENT) == 1 and audit.log(files, other) == 2
    assert audit.rows(files) == [other, EVENT]
    assert audit.rows(files, limit=1) == [other]
    assert audit.rows(files, person="p") == [EVENT]


def test_an_opening_counts_for_its_own_person_only(files: Files) -> None:
    opened = given.look_into(files, "p")
    audit.require(files, opened)
    for climbing in (replace(opened, person="q"), replace(opened, logged=99)):
        with pytest.raises(NotOpened):
            audit.require(files, climbing)
    assert opened.ground is Ground.ON_MY_LIST


def test_a_number_in_the_log_is_never_used_again(files: Files) -> None:
    first = audit.log(files, EVENT)
    files.precious.execute("DELETE FROM audit")
    assert audit.log(files, EVENT) > first
