"""Forgetting: nothing of what was fetched is left, nothing of what was written is lost, no list looks whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from akson_tui.clinical.query import parse
from akson_tui.model.access import Opened
from akson_tui.model.entry import EVERYTHING
from akson_tui.model.held import NEVER, Fetched, FetchStatus
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.model.work import Appointment
from akson_tui.store import audit, drafts, fetches, forget, handles, outbox, patients, records, timeline, worklist
from akson_tui.store.files import Files
from tests.store import given

DAY = date(2026, 3, 2)
NOTE = "Hun gråt da hun fortalte om søsteren"


def held(files: Files) -> dict[str, int]:
    """Rows in each table of the cache."""
    names = files.cache.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        " AND name NOT LIKE 'folded_index%'"
    ).fetchall()
    return {name: files.cache.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for (name,) in names}


@pytest.fixture
def astrid(files: Files) -> Opened:
    """Astrid's journal with two notes, on today's list, beside Odd Arne's with one."""
    astrid, odd = given.known(
        files, given.patient(number=given.number(1)), given.patient(given.ODD, "Odd Arne Solheim")
    )
    given.put(files, given.entry("a", search=NOTE), given.entry("b"), given.entry("c", about=given.ODD, search=NOTE))
    for person in (astrid, odd):
        given.claim(files, person)
    rows = [
        (Appointment(Ref("journal", "Appointment", f"v{at}"), When.at(given.NOON), None, "booked", "Stell", ref), b"{}")
        for at, ref in enumerate((given.ASTRID, given.ODD))
    ]
    worklist.put(files, "demo", DAY, rows, given.NOON)
    state = Fetched(FetchStatus.COMPLETE, given.NOON)
    fetches.set_state(files, fetches.worklist_key("demo", DAY.isoformat()), state)
    return given.look_into(files, astrid)


def found(files: Files, name: str) -> int:
    return len(patients.search(files, parse(name, DAY)))


def test_one_person_is_forgotten_and_the_other_is_not(files: Files, astrid: Opened) -> None:
    assert forget.person(files, astrid.person) is False
    assert found(files, "Bakken") == 0 and found(files, "Solheim") == 1
    assert records.raw(files, Ref("journal", "DocumentReference", "a")) is None
    assert records.raw(files, Ref("journal", "DocumentReference", "c")) is not None
    assert timeline.page(files, astrid, EVERYTHING, None, 0, 10).total == 0
    assert held(files)["folded"] == 1


def test_a_list_with_somebody_missing_is_not_called_whole(files: Files, astrid: Opened) -> None:
    forget.person(files, astrid.person)
    assert worklist.round(files, "demo", DAY) == []
    assert fetches.state(files, fetches.worklist_key("demo", DAY.isoformat())) == NEVER
    assert fetches.state(files, fetches.person_key(astrid.person, fetches.ENTRIES)) == NEVER


def test_what_was_forgotten_can_be_fetched_again_under_the_same_name(files: Files, astrid: Opened) -> None:
    before = timeline.page(files, astrid, EVERYTHING, None, 0, 10)
    forget.person(files, astrid.person)
    (again,) = given.known(files, given.patient(number=given.number(1)))
    given.put(files, given.entry("a", search=NOTE), given.entry("b"))
    given.claim(files, again)
    assert again == astrid.person
    page = timeline.page(files, astrid, EVERYTHING, None, 0, 10)
    assert [row.entry for row in page.rows] == [row.entry for row in before.rows]
    later = timeline.page(files, astrid, EVERYTHING, before.snapshot, 0, 10)
    assert later.total + timeline.arrived(files, astrid, EVERYTHING, before.snapshot) == 2


def test_all_is_forgotten(files: Files, astrid: Opened) -> None:
    assert forget.everyone(files) == 0
    left = {name: rows for name, rows in held(files).items() if rows}
    assert left == {"sequence": 1}, left
    assert files.cache.execute("SELECT count(*) FROM folded_index_docsize").fetchall() == [(0,)]


def test_drafts_outbox_and_log_stay_with_the_record_they_are_about(files: Files, astrid: Opened) -> None:
    drafts.keep(files, given.draft("urn:uuid:d", person=astrid.person))
    outbox.put(files, given.act("urn:uuid:a", person=astrid.person))
    log = audit.rows(files)
    assert forget.person(files, astrid.person) is True
    assert forget.everyone(files) == 1
    assert [draft.id for draft in drafts.all(files)] == ["urn:uuid:d"]
    assert [act.id for act in outbox.acts(files)] == ["urn:uuid:a"]
    assert patients.name_of(files, astrid.person) == "Astrid Bakken"
    assert audit.rows(files) == log
    assert records.raw(files, Ref("journal", "DocumentReference", "a")) is None


def test_a_note_that_a_draft_corrects_stays_until_it_is_signed(files: Files, astrid: Opened) -> None:
    target = Ref("journal", "DocumentReference", "a", "1")
    drafts.keep(files, given.draft("urn:uuid:d", person=astrid.person, target=target))
    forget.everyone(files)
    assert records.raw(files, target) is not None
    assert records.raw(files, Ref("journal", "DocumentReference", "b")) is None


def test_handles_go_with_the_person(files: Files, astrid: Opened) -> None:
    odd = patients.person_of(files, given.ODD)
    hers, his = handles.give(files, [astrid.person, odd])
    forget.person(files, astrid.person)
    assert handles.person_of(files, hers) == "" and handles.person_of(files, his) == odd


def test_others_are_told(files: Files, astrid: Opened, told: given.Told) -> None:
    told.clear()
    forget.person(files, astrid.person)
    assert {change.topic for change in told} >= {"person", "patients", "worklist", "fetch"}


def test_a_damaged_cache_that_was_moved_aside_goes_too(files: Files, tmp_path: Path) -> None:
    aside = tmp_path / "data" / "cache.db.damaged"
    aside.write_bytes(b"x")
    forget.everyone(files)
    assert not aside.exists()


def test_no_trace_is_left_in_the_pages_of_the_file(files: Files, astrid: Opened) -> None:
    """Searched for in the decrypted pages, the free ones too."""
    traces = (b"Bakken", b"bakken", b"fortalte", given.number(1).encode())
    before = files.cache.serialize("main")
    assert [trace for trace in traces if trace not in before] == [], "the search finds what is there"
    forget.everyone(files)
    after = files.cache.serialize("main")
    assert [trace for trace in traces if trace in after] == []
