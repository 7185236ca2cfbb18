"""Narrowing, searching, new since I last looked, corrections: what a page of the timeline shows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from akson_tui.model.access import Opened
from akson_tui.model.act import ActKind
from akson_tui.model.entry import EVERYTHING, Entry, EntryKind, EntryState, TimelineFilter
from akson_tui.model.ref import Ref
from akson_tui.store import marks, outbox, timeline
from akson_tui.store.files import Files
from akson_tui.store.troubles import NotOpened
from tests.store import given

NOON = given.NOON


@pytest.fixture
def astrid(files: Files) -> Opened:
    (person,) = given.known(files, given.patient())
    given.claim(files, person)
    return given.look_into(files, person)


def ids(files: Files, opened: Opened, wanted: TimelineFilter = EVERYTHING) -> list[str]:
    page = timeline.page(files, opened, wanted, None, 0, 100)
    assert page.total == len(page.rows)
    return [row.entry.ref.id for row in page.rows]


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("sår", ["leggsår"]),
        ("SAAR", ["leggsår"]),
        ("skiftet legg", ["leggsår"]),
        ("på", ["leggsår", "reise"]),
        ("på legg", ["leggsår"]),
        ("på 12", ["leggsår"]),
        ("Tromsoe", ["reise"]),
        ("100% sikker", ["reise"]),
        ('"på', []),
        ("leggsår OR reise", []),
        ("%", ["reise"]),
        ("sikker_", []),
        ("Journalnotat", ["leggsår", "reise", "tom"]),
        ("hjemmelig", []),
    ],
)
def test_full_text_folds_and_finds_parts_of_compounds(
    files: Files, astrid: Opened, sought: str, found: list[str]
) -> None:
    given.put(
        files,
        given.entry("leggsår", NOON, search="Stelte leggsår på venstre fot. Bandasje skiftet kl 12."),
        given.entry("reise", NOON - timedelta(days=1), search="Skal på tur til Tromsø. 100% sikker på det."),
        given.entry("tom", NOON - timedelta(days=2)),
        given.entry("sperret", NOON - timedelta(days=3), search="hjemmelig leggsår", withheld=True),
    )
    assert ids(files, astrid, TimelineFilter(text=sought)) == found


def test_the_text_of_a_new_version_is_found_and_the_old_ones_is_not(files: Files, astrid: Opened) -> None:
    given.put(files, given.entry("a", search="feber"))
    given.put(files, given.entry("a", version="2", search="frisk"))
    assert ids(files, astrid, TimelineFilter(text="feber")) == []
    assert ids(files, astrid, TimelineFilter(text="frisk")) == ["a"]


def test_search_stays_within_the_opened_record(files: Files, astrid: Opened) -> None:
    given.known(files, given.patient(given.ODD, "Odd Arne Solheim"))
    given.put(files, given.entry("his", about=given.ODD, search="leggsår"), given.entry("hers", search="leggsår"))
    assert ids(files, astrid, TimelineFilter(text="leggsår")) == ["hers"]


def test_narrowed_by_kind_service_author_and_period(files: Files, astrid: Opened) -> None:
    day = timedelta(days=1)
    given.put(
        files,
        given.entry("a", NOON, service="Hjemmetjenesten", author="Kari Nilsen"),
        given.entry("b", NOON - day, service="Legevakt", author="Per Dahl", kind=EntryKind.CONTACT),
        given.entry("c", NOON - 2 * day, service="Hjemmetjenesten", author="Per Dahl", kind=EntryKind.TASK),
    )
    assert ids(files, astrid, TimelineFilter(kinds=frozenset({EntryKind.CONTACT, EntryKind.TASK}))) == ["b", "c"]
    assert ids(files, astrid, TimelineFilter(service="Hjemmetjenesten")) == ["a", "c"]
    assert ids(files, astrid, TimelineFilter(author="Per Dahl", service="Legevakt")) == ["b"]
    assert ids(files, astrid, TimelineFilter(since=NOON - day)) == ["a", "b"]
    assert ids(files, astrid, TimelineFilter(until=NOON - day)) == ["c"]
    facets = timeline.facets(files, astrid)
    assert facets.services == ("Hjemmetjenesten", "Legevakt")
    assert facets.authors == ("Kari Nilsen", "Per Dahl")
    assert facets.kinds == (EntryKind.NOTE, EntryKind.CONTACT, EntryKind.TASK)


def test_a_month_and_a_year_sort_by_their_first_moment(files: Files, astrid: Opened) -> None:
    given.put(files, given.entry("month", "2025-05"), given.entry("day", "2025-05-02"), given.entry("year", "2025"))
    assert ids(files, astrid) == ["day", "month", "year"]


def test_new_is_what_came_since_i_last_looked(files: Files, astrid: Opened, clock: given.Clock) -> None:
    given.put(files, given.entry("seen", NOON - timedelta(hours=5)))
    marks.looked(files, astrid.person, NOON)
    later = clock.later(hours=1)
    given.put(files, given.entry("a", NOON + timedelta(minutes=30)), at=later)
    given.put(files, given.entry("late", NOON - timedelta(days=2)), at=later)
    rows = timeline.page(files, astrid, EVERYTHING, None, 0, 9).rows
    assert {row.entry.ref.id: row.new for row in rows} == {"a": True, "seen": False, "late": True}
    assert ids(files, astrid, TimelineFilter(unread_since=NOON)) == ["a", "late"]


def test_old_pages_that_come_in_the_background_are_not_new(files: Files, clock: given.Clock) -> None:
    (person,) = given.known(files, given.patient())
    opened = given.look_into(files, person)
    given.claim(files, person, NOON - timedelta(days=1))
    marks.looked(files, person, NOON)
    old = NOON - timedelta(days=300)
    given.put(files, given.entry("old", old, updated=old), at=clock.later(hours=1))
    given.claim(files, person)
    assert [row.new for row in timeline.page(files, opened, EVERYTHING, None, 0, 9).rows] == [False]


def test_what_i_signed_is_not_new_to_me(files: Files, astrid: Opened, clock: given.Clock) -> None:
    marks.looked(files, astrid.person, NOON)
    outbox.put(files, given.act("urn:uuid:1", astrid.person))
    outbox.mark_sending(files, "urn:uuid:1")
    outbox.part_done(files, "urn:uuid:1", 0, Ref("journal", "DocumentReference", "n1", "1"))
    given.put(files, given.entry("n1", NOON), at=clock.later(hours=1))
    row = timeline.page(files, astrid, EVERYTHING, None, 0, 9).rows[0]
    assert row.entry.ref.id == "n1" and not row.new
    assert ids(files, astrid, TimelineFilter(unread_since=NOON)) == []


def test_corrections_and_addenda_are_shown_at_what_they_change(files: Files, astrid: Opened) -> None:
    old = Ref("journal", "DocumentReference", "old", "1")
    given.put(
        files,
        given.entry("old", NOON - timedelta(days=2)),
        given.entry("new", NOON, replaces=old.bare()),
        given.entry("more", NOON - timedelta(days=1), appends=old.bare()),
    )
    rows = {row.entry.ref.id: row for row in timeline.page(files, astrid, EVERYTHING, None, 0, 9).rows}
    assert rows["old"].replaced and rows["old"].addenda == 1
    assert not rows["new"].replaced and rows["new"].addenda == 0
    replaced, appended = timeline.pointers(files, astrid, old)
    assert [ref.id for ref in replaced] == ["new"] and [ref.id for ref in appended] == ["more"]


def test_what_waits_in_the_outbox_is_laid_over_what_it_changes(files: Files, astrid: Opened) -> None:
    old = Ref("journal", "DocumentReference", "old", "1")
    wrong = Ref("journal", "DocumentReference", "wrong", "1")
    given.put(files, given.entry("old", NOON - timedelta(days=2)), given.entry("wrong", NOON - timedelta(days=3)))
    outbox.put(files, given.act("urn:uuid:1", astrid.person, kind=ActKind.CORRECTION, target=old))
    shown = Entry(old, given.ASTRID, EntryKind.NOTE, None, "Journalnotat", appends=old, service="Hjemmetjenesten")
    addendum = given.act("urn:uuid:2", astrid.person, kind=ActKind.ADDENDUM, signed=NOON + timedelta(minutes=1))
    outbox.put(files, addendum, shown=shown, search="Ettersending om leggsår")
    outbox.put(files, given.act("urn:uuid:3", astrid.person, kind=ActKind.WRONG_PATIENT, target=wrong))
    rows = {row.entry.ref.id: row for row in timeline.page(files, astrid, EVERYTHING, None, 0, 9).rows}
    assert list(rows) == ["urn:uuid:2", "urn:uuid:1", "old", "wrong"]
    assert rows["old"].replaced and rows["old"].addenda == 1
    assert rows["wrong"].entry.state is EntryState.ERROR
    assert rows["urn:uuid:1"].entry.state is EntryState.WAITING
    assert rows["urn:uuid:1"].entry.summary == "Puster lettere i dag."
    assert rows["urn:uuid:1"].entry.ref == Ref("journal", "Act", "urn:uuid:1")
    assert rows["urn:uuid:2"].entry.title == "Journalnotat"
    assert ids(files, astrid, TimelineFilter(text="leggsår")) == ["urn:uuid:2"]
    assert ids(files, astrid, TimelineFilter(service="Hjemmetjenesten")) == ["urn:uuid:2"]
    assert ids(files, astrid, TimelineFilter(kinds=frozenset({EntryKind.CONTACT}))) == []
    replaced, appended = timeline.pointers(files, astrid, old)
    assert [ref.id for ref in replaced] == ["urn:uuid:1"] and [ref.id for ref in appended] == ["urn:uuid:2"]
    row = timeline.row(files, astrid, Ref("journal", "Act", "urn:uuid:2"))
    assert row is not None and row.entry.state is EntryState.WAITING


def test_a_refused_act_is_shown_as_refused_and_changes_nothing_else(files: Files, astrid: Opened) -> None:
    old = Ref("journal", "DocumentReference", "old", "1")
    given.put(files, given.entry("old", NOON - timedelta(days=2)))
    outbox.put(files, given.act("urn:uuid:1", astrid.person, kind=ActKind.CORRECTION, target=old))
    outbox.mark_sending(files, "urn:uuid:1")
    outbox.mark_refused(files, "urn:uuid:1", "conflict", "someone was first")
    rows = timeline.page(files, astrid, EVERYTHING, None, 0, 9).rows
    assert [row.entry.state for row in rows] == [EntryState.REFUSED, EntryState.CURRENT]
    assert not rows[1].replaced


def test_another_persons_row_is_not_given(files: Files, astrid: Opened) -> None:
    given.known(files, given.patient(given.ODD, "Odd Arne Solheim"))
    his = given.entry("his", about=given.ODD)
    given.put(files, his)
    assert timeline.row(files, astrid, his.ref) is None
    assert timeline.position(files, astrid, EVERYTHING, None, his.ref) is None
    assert timeline.page(files, astrid, EVERYTHING, None, 0, 9).rows == ()


def test_nothing_is_given_without_an_opening_in_the_log(files: Files, astrid: Opened) -> None:
    climbing = replace(astrid, logged=0)
    for read in (
        lambda: timeline.page(files, climbing, EVERYTHING, None, 0, 9),
        lambda: timeline.position(files, climbing, EVERYTHING, None, Ref("journal", "X", "y")),
        lambda: timeline.arrived(files, climbing, EVERYTHING, 0),
        lambda: timeline.facets(files, climbing),
        lambda: timeline.row(files, climbing, Ref("journal", "X", "y")),
        lambda: timeline.pointers(files, climbing, Ref("journal", "X", "y")),
    ):
        with pytest.raises(NotOpened):
            read()


def test_a_page_reads_no_more_of_the_files_for_ten_times_the_entries(files: Files, astrid: Opened) -> None:
    """Bodies and entries are read for the rows given, and for no others."""
    given.put(files, *(given.entry(f"e{n}", NOON - timedelta(hours=n), search="x" * 400) for n in range(400)))
    files.counted.clear()
    seen: list[str] = []

    files.cache.trace_v2(1, lambda event: seen.append(event["sql"]))
    timeline.page(files, astrid, EVERYTHING, None, 300, 20)
    files.cache.trace_v2(0, None)
    plans = [
        row[3]
        for statement in seen
        if "INDEXED BY placing_order" in statement
        for row in files.cache.execute("EXPLAIN QUERY PLAN " + statement, _nothing(statement))
    ]
    assert plans and all("USING COVERING INDEX" in plan or "SCAN" not in plan for plan in plans if "placing" in plan)
    assert not any(" body" in statement or "folded" in statement for statement in seen)


def _nothing(statement: str) -> dict[str, int]:
    return {name: 0 for name in re.findall(r":(\w+)", statement)}
