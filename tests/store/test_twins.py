"""One thing in two journals is shown once, with both named; two things never are one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from akson_tui.model.access import Opened
from akson_tui.model.entry import EVERYTHING, TimelineFilter
from akson_tui.model.ref import Ref
from akson_tui.store import forget, records, timeline, twins
from akson_tui.store.files import Files
from akson_tui.store.records import StoredResource
from tests.store import given

NOON = given.NOON
HOME = given.ASTRID
AWAY = Ref("helse-vest", "Patient", "4711")
NUMBER = given.number(1)


def called(name: str, type_: str = "DocumentReference") -> tuple[bytes, ...]:
    return (twins.key(type_, "urn:ietf:rfc:3986", name),)


def entry(id_: str, name: str = "", at: datetime = NOON, about: Ref = HOME, **more: object) -> StoredResource:
    made = given.entry(id_, at, about=about, **more)  # type: ignore[arg-type]
    return replace(made, keys=called(name) if name else ())


@pytest.fixture
def astrid(files: Files) -> Opened:
    """Known to both, by her number."""
    (person, _same) = given.known(
        files, given.patient(HOME, number=NUMBER), given.patient(AWAY, "Bakken, Astrid", number=NUMBER)
    )
    given.claim(files, person)
    return given.look_into(files, person)


def shown(
    files: Files, opened: Opened, wanted: TimelineFilter = EVERYTHING, snapshot: int | None = None
) -> dict[str, tuple[str, ...]]:
    """The rows by id, with the sources that they name; all ways of counting them agree."""
    page = timeline.page(files, opened, wanted, snapshot, 0, 100)
    assert page.total == len(page.rows)
    for at, row in enumerate(page.rows):
        assert timeline.position(files, opened, wanted, page.snapshot, row.entry.ref) == at
    return {row.entry.ref.id: row.sources for row in page.rows}


def test_every_row_names_its_source(files: Files, astrid: Opened) -> None:
    given.put(files, entry("here"), entry("there", about=AWAY, at=NOON - timedelta(days=1)))
    assert shown(files, astrid) == {"here": ("journal",), "there": ("helse-vest",)}


def test_what_both_journals_hold_is_shown_once_with_both(files: Files, astrid: Opened) -> None:
    given.put(files, entry("here", "n1"), entry("only"), entry("copy", "n1", about=AWAY))
    assert shown(files, astrid) == {"here": ("journal", "helse-vest"), "only": ("journal",)}


def test_the_copy_is_found_where_the_first_stands(files: Files, astrid: Opened) -> None:
    given.put(files, entry("newer", at=NOON + timedelta(hours=1)), entry("here", "n1"), entry("copy", "n1", about=AWAY))
    copy = Ref("helse-vest", "DocumentReference", "copy")
    assert timeline.position(files, astrid, EVERYTHING, None, copy) == 1


def test_it_is_shown_by_the_other_where_the_first_is_gone(files: Files, astrid: Opened) -> None:
    given.put(files, entry("here", "n1"), entry("copy", "n1", about=AWAY))
    records.drop(files, [Ref("journal", "DocumentReference", "here")])
    assert shown(files, astrid) == {"copy": ("helse-vest",)}


def test_a_list_that_is_open_keeps_what_it_showed(files: Files, astrid: Opened) -> None:
    given.put(files, entry("copy", "n1", about=AWAY), entry("other"))
    before = timeline.page(files, astrid, EVERYTHING, None, 0, 100)
    given.put(files, entry("here", "n1"), entry("late"))
    same = timeline.page(files, astrid, EVERYTHING, before.snapshot, 0, 100)
    assert [row.entry.ref.id for row in same.rows] == [row.entry.ref.id for row in before.rows]
    assert timeline.arrived(files, astrid, EVERYTHING, before.snapshot) == 1
    assert set(shown(files, astrid)) == {"copy", "other", "late"}


def test_two_that_come_at_once_count_as_one_new(files: Files, astrid: Opened) -> None:
    given.put(files, entry("first"))
    before = timeline.page(files, astrid, EVERYTHING, None, 0, 100)
    given.put(files, entry("here", "n1"), entry("copy", "n1", about=AWAY))
    assert timeline.arrived(files, astrid, EVERYTHING, before.snapshot) == 1


def test_a_number_that_names_several_in_one_journal_names_nothing(files: Files, astrid: Opened) -> None:
    """A laboratory's number of a sample stands on each of its results."""
    given.put(files, entry("a1", "sample"), entry("a2", "sample"), entry("b", "sample", about=AWAY))
    assert set(shown(files, astrid)) == {"a1", "a2", "b"}


def test_the_same_number_in_one_journal_only_makes_nothing_one(files: Files, astrid: Opened) -> None:
    given.put(files, entry("a1", "n1"), entry("a2", "n1"))
    assert set(shown(files, astrid)) == {"a1", "a2"}


def test_another_persons_is_never_the_same(files: Files, astrid: Opened) -> None:
    given.known(files, given.patient(given.ODD, "Odd Arne Solheim", number=given.number(2)))
    given.put(files, entry("odds", "n1", about=given.ODD), entry("hers", "n1", about=AWAY))
    assert shown(files, astrid) == {"hers": ("helse-vest",)}


def test_where_a_filter_takes_the_first_away_the_other_stands(files: Files, astrid: Opened) -> None:
    given.put(
        files,
        entry("here", "n1", service="Hjemmetjenesten", search="pustet tungt"),
        entry("copy", "n1", about=AWAY, service="Lungeavdelingen", search="dyspnoe"),
    )
    assert shown(files, astrid, TimelineFilter(service="Lungeavdelingen")) == {"copy": ("helse-vest", "journal")}
    assert set(shown(files, astrid, TimelineFilter(text="dyspnoe"))) == {"copy"}
    assert set(shown(files, astrid, TimelineFilter(text="tungt"))) == {"here"}


def test_two_records_that_turn_out_to_be_one_show_it_once(files: Files) -> None:
    person, other = given.known(files, given.patient(HOME, number=NUMBER), given.patient(AWAY))
    given.put(files, entry("here", "n1"), entry("copy", "n1", about=AWAY))
    for one in (person, other):
        given.claim(files, one)
    assert set(shown(files, given.look_into(files, person))) == {"here"}
    given.known(files, given.patient(AWAY, number=NUMBER))
    given.claim(files, person)
    assert shown(files, given.look_into(files, person)) == {"here": ("journal", "helse-vest")}


def test_a_correction_of_the_first_keeps_it_the_first(files: Files, astrid: Opened) -> None:
    given.put(files, entry("here", "n1"), entry("copy", "n1", about=AWAY))
    given.put(files, entry("here", "n1", version="2"))
    assert shown(files, astrid) == {"here": ("journal", "helse-vest")}


def test_lists_of_what_is_held_have_it_once_too(files: Files, astrid: Opened) -> None:
    given.put(files, entry("here", "n1"), entry("copy", "n1", about=AWAY), entry("other", about=AWAY))
    assert [body.ref.id for body in records.bodies(files, astrid, ["DocumentReference"])] == ["here", "other"]


def test_what_was_forgotten_leaves_no_name(files: Files, astrid: Opened) -> None:
    given.put(files, entry("here", "n1"), entry("copy", "n1", about=AWAY))
    forget.person(files, astrid.person)
    assert not files.cache.execute("SELECT count(*) FROM twin_key").get


def test_a_name_is_kept_as_a_digest(files: Files) -> None:
    assert twins.key("A", "b", "c") == twins.key("A", "b", "c") != twins.key("A", "bc", "")
    assert len(twins.key("A", "b", "c")) == 16
