"""What is in use and how, what is doubled, what changed and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.clinical.medicines import (
    ATC,
    Change,
    ChangeKind,
    Use,
    changes,
    doubles,
    grouped,
    history,
    reconciled,
    source_of,
    substance,
    use,
)
from akson_tui.model.health import Code, Medicine, MedicineList
from akson_tui.model.ref import Ref
from akson_tui.model.when import When

NOW = datetime(2026, 11, 24, 11, 3, tzinfo=UTC)


def medicine(
    id_: str,
    name: str = "Furosemid 40 mg",
    *,
    atc: str = "C03CA01",
    status: str = "active",
    since: str = "2024-01-01",
    until: str = "",
    multidose: bool = False,
    as_needed: bool = False,
    requested: bool = False,
    follows: Ref | None = None,
) -> Medicine:
    return Medicine(
        Ref("journal", "MedicationRequest" if requested else "MedicationStatement", id_),
        Code(name, ATC if atc else "", atc),
        "1 tablett kl. 8",
        "",
        status in ("active", "", "unknown", "intended"),
        status,
        multidose,
        When.parse(since) if since else None,
        requested,
        as_needed,
        When.parse(until) if until else None,
        follows=follows,
    )


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (medicine("a", multidose=True), Use.MULTIDOSE),
        (medicine("a"), Use.REGULAR),
        (medicine("a", status=""), Use.REGULAR),
        (medicine("a", since=""), Use.REGULAR),
        (medicine("a", as_needed=True), Use.AS_NEEDED),
        (medicine("a", as_needed=True, multidose=True), Use.MULTIDOSE),
        (medicine("a", status="on-hold"), Use.ON_HOLD),
        (medicine("a", status="draft"), Use.LATER),
        (medicine("a", since="2026-12-01"), Use.LATER),
        (medicine("a", since="2026-11-24"), Use.REGULAR),
        (medicine("a", until="2026-11-23"), Use.ENDED),
        (medicine("a", until="2026-11-24"), Use.REGULAR),
        (medicine("a", status="stopped"), Use.ENDED),
        (medicine("a", status="completed", multidose=True), Use.ENDED),
    ],
)
def test_how_a_medicine_is_used_now(given_: Medicine, expected: Use) -> None:
    assert use(given_, NOW) is expected


def test_groups_stand_in_the_order_of_reading_and_by_name() -> None:
    found = grouped(
        [
            medicine("1", "Åpent", as_needed=True),
            medicine("2", "Zopiklon"),
            medicine("3", "Apiksaban"),
            medicine("4", "Gammel", status="stopped", until="2025-01-01"),
            medicine("5", "Nyere", status="stopped", until="2026-01-01"),
            medicine("6", "Uten dag", status="stopped"),
        ],
        NOW,
    )
    assert list(found) == [Use.REGULAR, Use.AS_NEEDED, Use.ENDED]
    assert [one.name.text for one in found[Use.REGULAR]] == ["Apiksaban", "Zopiklon"]
    assert [one.name.text for one in found[Use.ENDED]] == ["Nyere", "Gammel", "Uten dag"]


def test_a_substance_is_its_atc_code_or_its_name() -> None:
    assert substance(medicine("a")) == substance(medicine("b", "Diural", atc="c03ca01 ".strip()))
    assert substance(medicine("a", "Furix", atc="")) == substance(medicine("b", "FURIX", atc=""))
    assert substance(medicine("a", atc="C03")) != "C03"
    assert substance(medicine("a", "", atc="")) == ""


def test_the_same_substance_in_the_bag_and_outside_it_is_a_double() -> None:
    bag, outside = medicine("1", multidose=True), medicine("2", "Diural 40 mg")
    assert doubles([bag, outside]) == ((bag, outside),)


def test_an_extra_dose_as_needed_and_a_prescription_are_no_doubles() -> None:
    assert doubles([medicine("1"), medicine("2", as_needed=True), medicine("3", requested=True)]) == ()
    assert doubles([medicine("1", "", atc=""), medicine("2", "", atc="")]) == ()


def told(found: tuple[Change, ...]) -> list[tuple[str, str, str, str]]:
    return [
        (each.at.text, each.kind.value, each.medicine.ref.id, each.before.ref.id if each.before else "")
        for each in found
    ]


def test_a_dose_that_follows_another_is_a_change() -> None:
    old = medicine("old", status="completed", since="2024-01-01", until="2026-11-01")
    new = medicine("new", since="2026-11-02")
    assert told(changes([new, old], NOW)) == [
        ("2026-11-02", "changed", "new", "old"),
        ("2024-01-01", "started", "old", ""),
    ]


def test_what_began_again_long_after_is_a_new_start() -> None:
    old = medicine("old", status="completed", since="2024-01-01", until="2025-01-01")
    new = medicine("new", since="2026-11-02")
    assert [kind for _, kind, _, _ in told(changes([new, old], NOW))] == ["started", "ended", "started"]


def test_a_prescription_names_the_one_before_it_however_long_ago() -> None:
    old = medicine("old", status="completed", since="2020-01-01", until="2021-01-01", atc="", requested=True)
    new = medicine("new", "Annet", since="2026-11-02", atc="", requested=True, follows=old.ref)
    assert told(changes([new, old], NOW))[0] == ("2026-11-02", "changed", "new", "old")


def test_what_is_to_come_has_not_changed_anything_yet() -> None:
    assert changes([medicine("a", since="2026-12-01"), medicine("b", since="", status="stopped")], NOW) == ()


def test_the_history_of_a_medicine_is_that_of_its_substance() -> None:
    old = medicine("old", status="completed", since="2024-01-01", until="2026-11-01")
    other = medicine("other", "Apiksaban", atc="B01AF02")
    found = changes([old, other], NOW)
    assert {change.medicine.ref.id for change in history(medicine("new"), found)} == {"old"}
    assert history(medicine("x", "", atc=""), found) == ()


def gone_through(id_: str, at: str, *ids: str) -> MedicineList:
    holds = tuple(Ref("journal", "MedicationStatement", each) for each in ids)
    return MedicineList(Ref("journal", "List", id_), id_, When.parse(at) if at else None, "", holds)


def test_a_medicine_belongs_to_the_newest_list_that_holds_it() -> None:
    lists = (gone_through("old", "2025-01-01", "a", "b"), gone_through("new", "2026-01-01", "a"))
    assert source_of(medicine("a"), lists) == lists[1]
    assert source_of(replace(medicine("b"), ref=Ref("journal", "MedicationStatement", "b", "7")), lists) == lists[0]
    assert source_of(medicine("c"), lists) is None


def test_the_list_that_was_gone_through_last() -> None:
    lists = (gone_through("a", "2025-01-01"), gone_through("b", "2026-01-01"), gone_through("c", ""))
    assert reconciled(lists) == lists[1]
    assert reconciled((lists[2],)) is None


MEDICINES = st.builds(
    medicine,
    st.text("ab", min_size=1, max_size=3),
    st.sampled_from(["A", "B", ""]),
    atc=st.sampled_from(["C03CA01", "B01AF02", ""]),
    status=st.sampled_from(["active", "completed", "on-hold", "draft", "stopped"]),
    since=st.sampled_from(["", "2020", "2026-11-01", "2026-12-01"]),
    until=st.sampled_from(["", "2026-10-31", "2026-11", "2027"]),
    requested=st.booleans(),
)


@given(st.lists(MEDICINES, max_size=8, unique_by=lambda one: one.ref))
def test_no_medicine_is_lost_and_no_change_is_told_twice(given_: list[Medicine]) -> None:
    groups = grouped(given_, NOW)
    assert sorted(one.ref for rows in groups.values() for one in rows) == sorted(one.ref for one in given_)
    found = changes(given_, NOW)
    ended = [change.medicine.ref for change in found if change.kind is ChangeKind.ENDED]
    before = [change.before.ref for change in found if change.before is not None]
    assert len(set(ended + before)) == len(ended + before)
    assert [change.at.earliest for change in found] == sorted((each.at.earliest for each in found), reverse=True)
