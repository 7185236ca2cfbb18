"""One list: how it is asked for, what a refusal teaches, how far an answer reaches."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.fhir import patient as fhir_patient
from akson_tui.fhir.common import load
from akson_tui.journal.capability import Abilities, Ability
from akson_tui.journal.troubles import Conflict, Invalid, JournalTrouble, NotSupported, TooLarge
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.ref import Ref
from akson_tui.sync.intake import About, Sorted
from akson_tui.sync.lists import PATIENCE, SMALLEST_PAGE, List, Mode
from akson_tui.sync.page import Page
from akson_tui.sync.plan import TypePlan
from tests.sync.people import ASTRID, NOW, SOURCE, dumps, patient

ABOUT = About.of(ASTRID, [fhir_patient.read(load(dumps(patient())), SOURCE)])
HELD = Fetched(FetchStatus.COMPLETE, NOW - timedelta(hours=1))


def a_list(state: Fetched | None = None, long: bool = True) -> List:
    made = List(ABOUT, TypePlan("Observation", "patient", "date"), long)
    made.state = state or made.state
    return made


def knows(*lacking: Ability) -> Abilities:
    abilities = Abilities()
    for ability in lacking:
        abilities.lacks(ability)
    return abilities


@pytest.mark.parametrize(
    ("state", "long", "fresh", "lacking", "mode"),
    [
        (None, True, False, (), Mode.NEWEST),
        (None, False, False, (), Mode.WHOLE),
        (HELD, True, False, (), Mode.CHANGED),
        (HELD, True, True, (), Mode.CHANGED),
        (HELD, False, False, (), Mode.CHANGED),
        (HELD, False, True, (), Mode.WHOLE),
        (HELD, True, False, (Ability.LAST_UPDATED,), Mode.RECENT),
        (HELD, True, False, (Ability.LAST_UPDATED, Ability.SORT), Mode.WHOLE),
        (HELD, False, False, (Ability.LAST_UPDATED,), Mode.WHOLE),
        (Fetched(FetchStatus.PARTIAL, NOW, NOW), True, False, (Ability.SORT,), Mode.NEWEST),
    ],
)
def test_it_asks_for_no_more_than_it_must(
    state: Fetched | None, long: bool, fresh: bool, lacking: tuple[Ability, ...], mode: Mode
) -> None:
    assert a_list(state, long).mode(knows(*lacking), fresh) is mode


def test_parameters_name_ids_and_times_only() -> None:
    one = a_list(Fetched(FetchStatus.PARTIAL, NOW, NOW - timedelta(days=3)))
    assert one.params(Mode.NEWEST, knows()) == (("patient", "Patient/astrid"), ("_count", "60"), ("_sort", "-date"))
    assert ("_lastUpdated", "gt2026-03-02T08:59:00Z") in one.params(Mode.CHANGED, knows())
    assert ("date", "le2026-02-27T09:00:01Z") in one.params(Mode.OLDER, knows())
    assert one.params(Mode.WHOLE, knows()) == (("patient", "Patient/astrid"), ("_count", "200"))


def test_a_refusal_takes_away_one_thing_after_the_other() -> None:
    one, abilities = a_list(HELD), knows()
    assert one.simpler(one.params(Mode.CHANGED, abilities), Invalid(400), abilities)
    assert one.mode(abilities, False) is Mode.RECENT
    assert one.simpler(one.params(Mode.RECENT, abilities), NotSupported(501), abilities)
    assert one.mode(abilities, False) is Mode.WHOLE
    assert one.simpler(one.params(Mode.WHOLE, abilities), Invalid(400), abilities)
    assert one.params(Mode.WHOLE, abilities)[0] == ("subject", "Patient/astrid")
    assert not one.simpler(one.params(Mode.WHOLE, abilities), Invalid(400), abilities)


def test_a_page_that_is_too_large_is_asked_for_in_smaller_ones() -> None:
    one, abilities = a_list(), knows()
    counts = []
    while one.simpler(one.params(Mode.NEWEST, abilities), TooLarge(), abilities):
        counts.append(dict(one.params(Mode.NEWEST, abilities))["_count"])
    assert counts == ["50", "12", str(SMALLEST_PAGE)]


@pytest.mark.parametrize("trouble", [Conflict(412)])
def test_other_troubles_teach_nothing(trouble: JournalTrouble) -> None:
    assert not a_list(HELD).simpler((("_sort", "-date"),), trouble, knows())


def page(dates: list[datetime | None], next_: str = "n", **more: Any) -> tuple[Page, Sorted]:
    seen = {Ref(SOURCE, "Observation", f"{id(dates)}-{number}"): "1" for number in range(len(dates))}
    return Page("searchset", (), next=next_, **more), Sorted(dates=list(dates), seen=seen, everyone=set(seen))


def test_the_horizon_goes_back_with_each_page_and_ends() -> None:
    one, abilities = a_list(), knows()
    one.begin(Mode.NEWEST)
    one.reach(*page([NOW, NOW - timedelta(days=1)]), NOW, abilities)
    assert one.state == Fetched(FetchStatus.PARTIAL, NOW, NOW - timedelta(days=1))
    one.reach(*page([None, NOW - timedelta(days=5)]), NOW, abilities)
    assert one.state.horizon == NOW - timedelta(days=5)
    one.reach(*page([], next_=""), NOW, abilities)
    assert one.state == Fetched(FetchStatus.COMPLETE, NOW) and not one.open


def test_a_page_out_of_order_claims_nothing() -> None:
    one, abilities = a_list(), knows()
    one.begin(Mode.NEWEST)
    one.reach(*page([NOW - timedelta(days=9), NOW]), NOW, abilities)
    assert one.state.horizon == NOW and not abilities.has(Ability.SORT, "Observation")


def test_a_date_beside_a_time_is_no_disorder() -> None:
    one, abilities = a_list(), knows()
    one.begin(Mode.NEWEST)
    one.reach(*page([NOW - timedelta(hours=10), NOW, NOW - timedelta(hours=11)]), NOW, abilities)
    assert one.state.horizon == NOW - timedelta(hours=11)


def test_pages_that_bring_nothing_new_are_not_followed_for_ever() -> None:
    one, abilities = a_list(), knows()
    one.begin(Mode.NEWEST)
    same = page([NOW])
    for turn in range(PATIENCE + 1):
        assert one.stuck is (turn > PATIENCE)
        one.reach(*same, NOW, abilities)
    assert one.stuck and one.open


def test_a_page_that_was_cut_is_not_taken_for_whole() -> None:
    one = a_list()
    one.begin(Mode.NEWEST)
    one.reach(*page([NOW], next_="", left=True), NOW, knows())
    assert (one.state.status, one.state.trouble) == (FetchStatus.PARTIAL, "too-large")


@pytest.mark.parametrize(
    ("self_link", "updated", "ignored"),
    [
        ("", [], False),
        ("http://x/Observation?patient=a&_lastUpdated=gt2026", [], False),
        ("http://x/Observation?patient=a", [], True),
        ("http://x/Observation", [], False),
        ("", [NOW - timedelta(days=1)], True),
        ("", [NOW - timedelta(minutes=60, seconds=30)], False),
    ],
)
def test_a_server_that_does_not_heed_is_seen_through(self_link: str, updated: list[datetime], ignored: bool) -> None:
    one = a_list(HELD)
    asked = one.params(Mode.CHANGED, knows())
    assert one.ignored(Page("", (), self_link=self_link), Sorted(updated=updated), asked) is ignored
    assert not one.ignored(Page("", ()), Sorted(updated=updated), one.params(Mode.WHOLE, knows()))


@given(st.lists(st.lists(st.integers(0, 3000), min_size=1, max_size=20), min_size=1, max_size=8))
def test_nothing_that_came_sorted_is_newer_than_what_is_still_to_come(pages: list[list[int]]) -> None:
    """However the pages are cut: the horizon is never older than the newest entry that has not come."""
    days = sorted(day for some in pages for day in some)
    one, abilities = a_list(), knows()
    one.begin(Mode.NEWEST)
    at = 0
    for some in pages:
        part, at = days[at : at + len(some)], at + len(some)
        last = at == len(days)
        one.reach(*page([NOW - timedelta(days=day) for day in part], "" if last else "n"), NOW, abilities)
        if not last:
            assert one.state.horizon is not None
            assert one.state.horizon >= NOW - timedelta(days=days[at])
    assert not one.open
