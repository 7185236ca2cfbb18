"""Today's round: who, when, why, and what is new since I last looked."""

from __future__ import annotations

from datetime import date, timedelta

from akson_tui.model.people import Clinician
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.model.work import Appointment
from akson_tui.store import marks, worklist
from akson_tui.store.files import Files
from tests.store import given

NOON = given.NOON
TODAY = date(2026, 3, 2)


def visit(id_: str, hour: int | None, about: Ref | None, name: str = "") -> tuple[Appointment, bytes]:
    start = When.at(NOON + timedelta(hours=hour)) if hour is not None else None
    return Appointment(Ref("journal", "Appointment", id_), start, None, "booked", "Sårstell", about, name), b"{}"


def test_rows_come_by_time_with_the_name_that_is_known(files: Files) -> None:
    (person,) = given.known(files, given.patient())
    rows = [
        visit("c", None, None, "Ukjent"),
        visit("b", 2, given.ODD, "O. A. Solheim"),
        visit("a", 1, given.ASTRID, "A"),
    ]
    worklist.put(files, "kari", TODAY, rows, NOON)
    shown = worklist.round(files, "kari", TODAY)
    assert [(row.appointment.ref.id, row.person, row.name, row.new) for row in shown] == [
        ("a", person, "Astrid Bakken", None),
        ("b", "", "O. A. Solheim", None),
        ("c", "", "Ukjent", None),
    ]
    assert worklist.round(files, "per", TODAY) == []


def test_what_is_new_is_counted_from_my_last_look(files: Files, clock: given.Clock) -> None:
    (person,) = given.known(files, given.patient())
    worklist.put(files, "kari", TODAY, [visit("a", 1, given.ASTRID)], NOON)
    given.put(files, given.entry("seen"))
    given.claim(files, person)
    assert worklist.round(files, "kari", TODAY)[0].new is None, "never looked"
    marks.looked(files, person, NOON)
    given.put(files, given.entry("n1"), given.entry("n2"), at=clock.later(hours=1))
    assert worklist.round(files, "kari", TODAY)[0].new == 2
    marks.looked(files, person, clock.later(hours=1))
    assert worklist.round(files, "kari", TODAY)[0].new == 0


def test_the_list_is_replaced_as_a_whole_and_old_days_go(files: Files, told: given.Told) -> None:
    yesterday = TODAY - timedelta(days=1)
    worklist.put(files, "kari", yesterday, [visit("y", 1, None)], NOON)
    worklist.put(files, "kari", TODAY, [visit("a", 1, None), visit("b", 2, None)], NOON)
    told.clear()
    worklist.put(files, "kari", TODAY, [visit("a", 1, None), visit("b", 2, None)], NOON)
    assert told == []
    worklist.put(files, "kari", TODAY, [visit("b", 2, None)], NOON)
    assert told.take("worklist") == {"kari"}
    assert [row.appointment.ref.id for row in worklist.round(files, "kari", TODAY)] == ["b"]
    assert worklist.round(files, "kari", yesterday) == []


def test_who_the_user_is_comes_back(files: Files, clock: given.Clock) -> None:
    assert worklist.user(files) is None
    kari = Clinician("Kari Nilsen", "1234567", practitioner=Ref("journal", "Practitioner", "kari-nilsen"))
    worklist.set_user(files, "per", Clinician("Per Dahl"))
    clock.later(minutes=1)
    worklist.set_user(files, "kari", kari)
    assert worklist.user(files, "kari") == kari == worklist.user(files)
    assert worklist.user(files, "leila") is None
