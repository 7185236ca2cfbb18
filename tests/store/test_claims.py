"""Rows once shown never shift: the rule of `claims.py`, by hand and at random."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from akson_tui.model.access import Opened
from akson_tui.model.act import ActState
from akson_tui.model.entry import EVERYTHING, EntryKind, TimelineFilter
from akson_tui.model.ref import Ref
from akson_tui.store import outbox, overlay, records, timeline
from akson_tui.store.files import Files
from tests.store import given

NOON = given.NOON
LONG_AGO = NOON - timedelta(days=9999)
NOTES = TimelineFilter(kinds=frozenset({EntryKind.NOTE}))


def days_ago(days: float) -> object:
    return NOON - timedelta(days=days)


@pytest.fixture
def astrid(files: Files) -> Opened:
    (person,) = given.known(files, given.patient())
    return given.look_into(files, person)


def shown(files: Files, opened: Opened, snapshot: int | None = None, wanted: TimelineFilter = EVERYTHING) -> list[str]:
    page = timeline.page(files, opened, wanted, snapshot, 0, 10_000)
    assert page.total == len(page.rows)
    return [row.entry.ref.id for row in page.rows]


def now(files: Files, opened: Opened) -> int:
    return timeline.page(files, opened, EVERYTHING, None, 0, 0).snapshot


def test_nothing_is_shown_before_anything_is_claimed(files: Files, astrid: Opened) -> None:
    given.put(files, given.entry("a", NOON))
    assert shown(files, astrid) == []


def test_the_first_page_appears_in_the_list_that_was_open_and_empty(files: Files, astrid: Opened) -> None:
    empty = now(files, astrid)
    given.put(files, given.entry("new", days_ago(1)), given.entry("old", days_ago(9)))
    given.claim(files, astrid.person, days_ago(5))
    assert shown(files, astrid, empty) == ["new"]


def test_older_pages_are_added_below(files: Files, astrid: Opened) -> None:
    given.put(files, given.entry("a", days_ago(1)))
    given.claim(files, astrid.person, days_ago(5))
    at = now(files, astrid)
    given.put(files, given.entry("b", days_ago(7)), given.entry("c", days_ago(6)))
    given.claim(files, astrid.person, days_ago(10))
    assert shown(files, astrid, at) == ["a", "c", "b"]
    assert timeline.arrived(files, astrid, EVERYTHING, at) == 0


def test_a_newer_one_waits_for_a_new_list_and_is_announced(files: Files, astrid: Opened) -> None:
    given.put(files, given.entry("a", days_ago(1)))
    given.claim(files, astrid.person)
    at = now(files, astrid)
    given.put(files, given.entry("b", NOON), given.entry("between", days_ago(2)))
    assert shown(files, astrid, at) == ["a"]
    assert timeline.arrived(files, astrid, EVERYTHING, at) == 2
    assert shown(files, astrid) == ["b", "a", "between"]


def test_one_that_comes_late_for_a_page_already_added_waits_too(files: Files, astrid: Opened) -> None:
    given.put(files, given.entry("a", days_ago(1)))
    given.claim(files, astrid.person, days_ago(2))
    at = now(files, astrid)
    given.put(files, given.entry("c", days_ago(8)))
    given.claim(files, astrid.person, days_ago(9))
    given.put(files, given.entry("b", days_ago(4)))
    assert shown(files, astrid, at) == ["a", "c"]


def test_a_new_version_is_shown_at_the_old_place(files: Files, astrid: Opened) -> None:
    given.put(files, given.entry("a", days_ago(1)), given.entry("b", days_ago(2), title="Før"))
    given.claim(files, astrid.person)
    at = now(files, astrid)
    given.put(files, given.entry("b", NOON, title="Etter", version="2", updated=NOON))
    page = timeline.page(files, astrid, EVERYTHING, at, 0, 9)
    assert [(row.entry.ref.id, row.entry.title) for row in page.rows] == [("a", "Journalnotat"), ("b", "Etter")]
    assert timeline.arrived(files, astrid, EVERYTHING, at) == 0
    assert shown(files, astrid) == ["b", "a"]


def test_a_new_version_of_another_kind_stays_in_the_narrowed_list(files: Files, astrid: Opened) -> None:
    given.put(files, given.entry("a", days_ago(1)), given.entry("b", days_ago(2)))
    given.claim(files, astrid.person)
    at = now(files, astrid)
    given.put(files, given.entry("a", days_ago(1), version="2", kind=EntryKind.MESSAGE))
    assert shown(files, astrid, at, NOTES) == ["a", "b"]
    assert shown(files, astrid, None, NOTES) == ["b"]


def test_what_the_source_dropped_stays_in_the_open_list_only(files: Files, astrid: Opened) -> None:
    dropped = given.entry("a", days_ago(1))
    given.put(files, dropped, given.entry("b", days_ago(2)))
    given.claim(files, astrid.person)
    at = now(files, astrid)
    assert records.drop(files, [dropped.ref]) == 1
    given.put(files, given.entry("c", days_ago(3)))
    assert shown(files, astrid, at) == ["a", "b"]
    assert shown(files, astrid) == ["b", "c"]
    assert records.body(files, astrid, dropped.ref) is None


def test_entries_without_a_time_come_last_once_the_list_is_whole(files: Files, astrid: Opened) -> None:
    given.put(files, given.entry("timeless", None), given.entry("a", days_ago(1)))
    given.claim(files, astrid.person, days_ago(5))
    assert shown(files, astrid) == ["a"]
    given.claim(files, astrid.person)
    assert shown(files, astrid) == ["a", "timeless"]
    narrowed = TimelineFilter(since=days_ago(2))  # type: ignore[arg-type]
    assert shown(files, astrid, None, narrowed) == ["a"]


def test_after_a_gap_nothing_is_put_between_what_an_open_list_showed(files: Files, astrid: Opened) -> None:
    given.put(files, given.entry("a", days_ago(10)), given.entry("b", days_ago(20)))
    given.claim(files, astrid.person)
    before = now(files, astrid)
    given.claim(files, astrid.person, days_ago(3))  # a month later: the newest page does not reach what is held
    after = now(files, astrid)
    assert shown(files, astrid, before) == shown(files, astrid, after) == []
    given.put(files, given.entry("gap", days_ago(15)))
    given.claim(files, astrid.person)
    assert shown(files, astrid, before) == ["a", "b"]
    assert shown(files, astrid, after) == ["a", "gap", "b"]


def test_a_signed_note_stands_where_nothing_was_fetched_and_the_rest_comes_below_it(
    files: Files, astrid: Opened
) -> None:
    outbox.put(files, given.act("urn:uuid:1", astrid.person, signed=NOON))
    at = now(files, astrid)
    given.put(files, given.entry("tomorrow", NOON + timedelta(days=1)), given.entry("a", days_ago(1)))
    given.claim(files, astrid.person)
    assert shown(files, astrid, at) == ["urn:uuid:1", "a"]
    assert shown(files, astrid) == ["tomorrow", "urn:uuid:1", "a"]


def test_nothing_is_put_above_a_note_of_mine_that_waits_further_down(files: Files, astrid: Opened) -> None:
    outbox.put(files, given.act("urn:uuid:1", astrid.person, signed=days_ago(5)))  # type: ignore[arg-type]
    given.claim(files, astrid.person, days_ago(2))
    at = now(files, astrid)
    given.put(files, given.entry("above", days_ago(3)), given.entry("below", days_ago(8)))
    given.claim(files, astrid.person, days_ago(10))
    assert shown(files, astrid, at) == ["urn:uuid:1", "below"]
    assert shown(files, astrid) == ["above", "urn:uuid:1", "below"]


def test_nothing_that_lay_unclaimed_comes_in_above_a_note_signed_since(files: Files, astrid: Opened) -> None:
    given.put(files, given.entry("tomorrow", NOON + timedelta(days=1)))
    outbox.put(files, given.act("urn:uuid:1", astrid.person, signed=NOON))
    at = now(files, astrid)
    given.claim(files, astrid.person, NOON + timedelta(days=2))
    given.claim(files, astrid.person)
    assert shown(files, astrid, at) == ["urn:uuid:1"]
    assert shown(files, astrid) == ["tomorrow", "urn:uuid:1"]


@dataclass
class Reader:
    """Somebody who looks at one list: what it showed last, as stable names."""

    snapshot: int
    wanted: TimelineFilter
    seen: list[str] = field(default_factory=list)


class Lists(RuleBasedStateMachine):
    """Sources, other sessions and the user do anything in any order, while lists are open."""

    files: Files
    number = 0
    directory: Path

    @initialize()
    def begin(self) -> None:
        Lists.number += 1
        self.about = Ref("journal", "Patient", f"p{Lists.number}")
        (person,) = given.known(self.files, given.patient(self.about))
        self.opened = given.look_into(self.files, person, self.about)
        self.readers: list[Reader] = []
        self.versions: dict[str, int] = {}
        self.horizon: float | None = None
        self.claimed = False
        self.acts: list[str] = []
        self.reached: dict[str, str] = {}

    def when(self, day: float | None) -> object:
        return None if day is None else NOON - timedelta(days=day)

    @rule(
        which=st.integers(0, 12),
        day=st.one_of(st.none(), st.integers(-2, 12)),
        kind=st.sampled_from([EntryKind.NOTE, EntryKind.MEASUREMENT]),
    )
    def comes(self, which: int, day: int | None, kind: EntryKind) -> None:
        id_ = f"e{which}-{self.about.id}"
        self.versions[id_] = version = self.versions.get(id_, 0) + 1
        row = given.entry(id_, self.when(day), about=self.about, version=str(version), kind=kind)  # type: ignore[arg-type]
        assert given.put(self.files, row) == 1

    @rule(which=st.integers(0, 12))
    def goes(self, which: int) -> None:
        records.drop(self.files, [Ref("journal", "DocumentReference", f"e{which}-{self.about.id}")])

    @rule(day=st.one_of(st.none(), st.integers(-2, 13)))
    def reaches(self, day: int | None) -> None:
        """The claim moves; when it goes forward, lists may lose their end."""
        forward = self.claimed and (self.horizon is None or (day is not None and day < self.horizon))
        self.claimed, self.horizon = True, day
        given.claim(self.files, self.opened.person, self.when(day))  # type: ignore[arg-type]
        if forward:
            for reader in self.readers:
                reader.seen = self.read(reader)

    @rule(day=st.integers(-1, 12))
    def signs(self, day: int) -> None:
        id_ = f"urn:uuid:{self.about.id}-{len(self.acts)}"
        self.acts.append(id_)
        signed = NOON - timedelta(days=day)
        outbox.put(self.files, given.act(id_, self.opened.person, about=self.about, signed=signed))

    @precondition(lambda self: self.acts)
    @rule(data=st.data())
    def is_sent(self, data: st.DataObject) -> None:
        """An act arrives, and what it became comes in."""
        id_ = data.draw(st.sampled_from(self.acts))
        act = outbox.get(self.files, id_)
        assert act is not None
        if act.state is ActState.SENT:
            return
        name = f"s{len(self.reached)}-{self.about.id}"
        outbox.mark_sending(self.files, id_)
        outbox.part_done(self.files, id_, 0, Ref("journal", "DocumentReference", name, "1"))
        outbox.part_done(self.files, id_, 1, Ref("journal", "Provenance", name, "1"))
        outbox.mark_sent(self.files, id_)
        self.reached[name] = id_
        if data.draw(st.booleans()):
            given.put(self.files, given.entry(name, act.signed, about=self.about))

    @rule(wanted=st.sampled_from([EVERYTHING, NOTES]))
    def opens(self, wanted: TimelineFilter) -> None:
        reader = Reader(now(self.files, self.opened), wanted)
        reader.seen = self.read(reader)
        self.readers = [*self.readers[-3:], reader]

    def read(self, reader: Reader) -> list[str]:
        ids = shown(self.files, self.opened, reader.snapshot, reader.wanted)
        stable = [self.reached.get(id_, id_) for id_ in ids]
        assert len(set(stable)) == len(stable), "an entry stands twice"
        return stable

    @invariant()
    def open_lists_only_grow_at_their_end(self) -> None:
        for reader in getattr(self, "readers", []):
            seen = self.read(reader)
            assert seen[: len(reader.seen)] == reader.seen
            reader.seen = seen

    @invariant()
    def a_new_list_shows_all_that_is_claimed_newest_first(self) -> None:
        if not hasattr(self, "opened"):
            return
        rows = timeline.page(self.files, self.opened, EVERYTHING, None, 0, 10_000).rows
        times = [row.entry.when.earliest if row.entry.when else LONG_AGO for row in rows]
        assert times == sorted(times, reverse=True)
        if self.claimed:
            held = {
                ref.id
                for ref in records.versions_of_person(self.files, self.about)
                if (row := timeline.row(self.files, self.opened, ref)) is not None
                and (self.horizon is None or (row.entry.when and row.entry.when.earliest >= self.when(self.horizon)))  # type: ignore[operator]
            }
            assert held <= {row.entry.ref.id for row in rows}

    @invariant()
    def pages_and_positions_agree_with_the_whole(self) -> None:
        if not hasattr(self, "opened"):
            return
        whole = timeline.page(self.files, self.opened, EVERYTHING, None, 0, 10_000)
        pieces = [
            row.entry.ref
            for offset in range(0, whole.total, 3)
            for row in timeline.page(self.files, self.opened, EVERYTHING, whole.snapshot, offset, 3).rows
        ]
        assert pieces == [row.entry.ref for row in whole.rows]
        for index, ref in enumerate(pieces):
            assert timeline.position(self.files, self.opened, EVERYTHING, whole.snapshot, ref) == index

    @invariant()
    def what_is_announced_is_what_a_new_list_adds(self) -> None:
        for reader in getattr(self, "readers", []):
            fresh = {self.reached.get(id_, id_) for id_ in shown(self.files, self.opened, None, reader.wanted)}
            if reader.wanted == EVERYTHING:
                arrived = timeline.arrived(self.files, self.opened, reader.wanted, reader.snapshot)
                assert arrived == len(fresh - set(self.read(reader)))


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[type[Lists]]:
    clock = given.Clock()
    opened = given.files(tmp_path, None, clock)
    opened.precious.pragma("synchronous", "off")  # thousands of commits; what they survive is tested elsewhere
    Lists.files = opened
    yield Lists
    given.close(opened)


def test_whatever_comes_in_whatever_order_rows_never_shift(machine: type[Lists]) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_sent_act_is_listed_until_the_list_shows_what_it_became(files: Files, astrid: Opened) -> None:
    given.claim(files, astrid.person)
    outbox.put(files, given.act("urn:uuid:1", astrid.person))
    waiting = now(files, astrid)
    outbox.mark_sending(files, "urn:uuid:1")
    outbox.part_done(files, "urn:uuid:1", 0, Ref("journal", "DocumentReference", "n1", "1"))
    outbox.part_done(files, "urn:uuid:1", 1, Ref("journal", "Provenance", "n2", "1"))
    outbox.mark_sent(files, "urn:uuid:1")
    assert shown(files, astrid) == shown(files, astrid, waiting) == ["urn:uuid:1"]
    given.put(files, replace(given.entry("n1", NOON), search="x"))
    assert shown(files, astrid) == ["n1"]
    row = timeline.page(files, astrid, EVERYTHING, waiting, 0, 1).rows[0]
    assert row.entry.ref.id == "n1", "the list that was open shows what it became, at its place"
    assert timeline.position(files, astrid, EVERYTHING, None, Ref("journal", "Act", "urn:uuid:1")) == 0
    assert timeline.arrived(files, astrid, EVERYTHING, waiting) == 0
    assert overlay.done_of(files, "urn:uuid:1") == Ref("journal", "DocumentReference", "n1", "1")
