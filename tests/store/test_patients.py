"""Who is who: searching, joining by number and link, never by name and birth date; and parting again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from akson_tui.clinical import query
from akson_tui.model.entry import EVERYTHING
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.people import Patient
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.model.work import Appointment
from akson_tui.store import drafts, fetches, patients, records, timeline, worklist
from akson_tui.store.files import Files
from tests.store import given as make

NOON = make.NOON
TODAY = date(2026, 3, 2)
ELSEWHERE = Ref("hospital", "Patient", "77")
NUMBER = "17054223455"


def found(files: Files, text: str) -> list[str]:
    return [hit.patient.name.text for hit in patients.search(files, query.parse(text, TODAY), 10)]


def test_names_are_found_in_any_order_and_spelling(files: Files) -> None:
    make.known(
        files,
        make.patient(),
        make.patient(make.ODD, "Odd Arne Solheim", "1955-01-01"),
        make.patient(Ref("journal", "Patient", "3"), "Bjørg Åse Kjærstad", "1961-02-03"),
    )
    assert found(files, "bakken ast") == ["Astrid Bakken"]
    assert found(files, "Bjoerg aase") == ["Bjørg Åse Kjærstad"]
    assert found(files, "KJAERSTAD") == ["Bjørg Åse Kjærstad"]
    assert found(files, "akken") == []
    assert found(files, "sol odd arne") == ["Odd Arne Solheim"]


def test_birth_dates_as_they_are_written_and_as_precise_as_they_are_known(files: Files) -> None:
    make.known(
        files,
        make.patient(),
        make.patient(make.ODD, "Odd Arne Solheim", "1942"),
        make.patient(Ref("journal", "Patient", "3"), "Uten Dato", ""),
    )
    assert set(found(files, "170542")) == {"Astrid Bakken", "Odd Arne Solheim"}
    assert set(found(files, "1942")) == {"Astrid Bakken", "Odd Arne Solheim"}
    assert found(files, "18.05.1942") == ["Odd Arne Solheim"]
    assert found(files, "bakken 1942") == ["Astrid Bakken"]
    assert found(files, "bakken 1943") == []


def test_a_number_finds_its_person_also_by_a_number_no_longer_used(files: Files) -> None:
    old = make.patient(number=NUMBER)
    old = replace(old, identifiers=(replace(old.identifiers[0], ended=True),))
    make.known(files, old)
    assert found(files, NUMBER) == ["Astrid Bakken"]
    assert found(files, "17054212345") == []


def test_own_patients_come_first_then_the_recent_then_by_name(files: Files, clock: make.Clock) -> None:
    people = [
        make.patient(Ref("journal", "Patient", name), f"{name} Berg") for name in ("Anna", "Berit", "Carl", "Dag")
    ]
    persons = make.known(files, *people)
    patients.opened(files, persons[2], NOON)
    visit = Appointment(Ref("journal", "Appointment", "1"), When.at(NOON), None, "booked", "", people[3].ref)
    worklist.put(files, "kari", TODAY, [(visit, b"{}")], NOON)
    assert found(files, "berg") == ["Dag Berg", "Carl Berg", "Anna Berg", "Berit Berg"]
    hits = patients.search(files, query.parse("berg", TODAY), 2)
    assert [(hit.own, hit.recent) for hit in hits] == [(True, None), (False, NOON)]
    assert found(files, "") == ["Carl Berg"]
    one = patients.hit(files, persons[3])
    assert one is not None and one.own
    assert patients.name_of(files, persons[0]) == "Anna Berg" and patients.name_of(files, "nobody") == ""


def test_the_same_number_in_two_sources_is_one_person(files: Files, told: make.Told) -> None:
    here, there = make.patient(number=NUMBER), make.patient(ELSEWHERE, "A. Bakken", number=NUMBER)
    (first,) = make.known(files, here)
    other = patients.person_of(files, ELSEWHERE)
    assert other != first
    told.clear()
    make.known(files, there)
    assert patients.person_of(files, ELSEWHERE) == patients.person_of(files, here.ref) == first
    assert told.take("person") >= {first, other}
    assert patients.records_of(files, other) == patients.records_of(files, first) == (here, there)
    assert patients.refs_of(files, other) == (here.ref, there.ref)
    assert len(patients.search(files, query.parse("bakken", TODAY), 10)) == 1


def test_the_same_name_and_birth_date_are_two_people(files: Files) -> None:
    one, other = make.known(files, make.patient(), make.patient(ELSEWHERE))
    assert one != other


@pytest.mark.parametrize("filler", ["ukjent", "00000000000", "11111111111", "-", "17054223456"])
def test_a_filler_for_a_number_makes_no_one_person_of_two(files: Files, filler: str) -> None:
    here, there = make.patient(number=filler), make.patient(ELSEWHERE, "Odd Berg", number=filler)
    make.known(files, here, there)
    assert patients.person_of(files, here.ref) != patients.person_of(files, there.ref)
    assert found(files, "berg") == ["Odd Berg"]


def test_a_link_joins_whichever_record_comes_first(files: Files) -> None:
    old = Ref("journal", "Patient", "old")
    first, _ = make.known(files, make.patient(links=[old]), make.patient(old, "Astrid Bakkén"))
    assert patients.person_of(files, old) == first
    new = Ref("journal", "Patient", "new")
    make.known(files, make.patient(new, links=[old]))
    assert patients.person_of(files, new) == first


def test_a_wrong_number_that_is_put_right_parts_them_again(files: Files) -> None:
    here, there = make.patient(number=NUMBER), make.patient(ELSEWHERE, "Odd Berg", number=NUMBER)
    first, _ = make.known(files, here, there)
    make.claim(files, first)
    make.put(files, make.entry("hers"), make.entry("his", about=ELSEWHERE))
    opened = make.look_into(files, first)
    assert len(timeline.page(files, opened, EVERYTHING, None, 0, 9).rows) == 2
    make.known(files, replace(there, identifiers=()))
    other = patients.person_of(files, ELSEWHERE)
    assert other != first == patients.person_of(files, here.ref)
    rows = timeline.page(files, opened, EVERYTHING, None, 0, 9).rows
    assert [row.entry.ref.id for row in rows] == ["hers"]
    assert records.body(files, opened, Ref("hospital", "DocumentReference", "his")) is None
    assert [body.ref.id for body in records.bodies(files, opened, ("DocumentReference",))] == ["hers"]


def test_entries_of_two_records_are_one_list_once_they_are_joined(files: Files) -> None:
    here = make.patient(number=NUMBER)
    (first,) = make.known(files, here)
    make.put(files, make.entry("a", NOON), make.entry("b", NOON - timedelta(days=1), about=ELSEWHERE))
    make.claim(files, first)
    opened = make.look_into(files, first)
    before = timeline.page(files, opened, EVERYTHING, None, 0, 9)
    make.known(files, make.patient(ELSEWHERE, number=NUMBER))
    after = timeline.page(files, opened, EVERYTHING, before.snapshot, 0, 9)
    assert after.rows == before.rows, "the open list does not shift"
    fresh = timeline.page(files, opened, EVERYTHING, None, 0, 9)
    assert [row.entry.ref.id for row in fresh.rows] == ["a", "b"]


def test_what_is_known_of_fetching_is_the_worse_of_the_two(files: Files) -> None:
    here, there = make.patient(number=NUMBER), make.patient(ELSEWHERE, "A. Bakken")
    first, other = make.known(files, here, there)
    key = fetches.person_key(first, fetches.ENTRIES)
    make.claim(files, first)
    fetches.set_state(
        files,
        fetches.person_key(other, fetches.ENTRIES),
        Fetched(FetchStatus.PARTIAL, NOON - timedelta(hours=1), NOON - timedelta(days=9), "busy"),
    )
    make.known(files, replace(there, identifiers=here.identifiers))
    expected = Fetched(FetchStatus.PARTIAL, NOON - timedelta(hours=1), NOON - timedelta(days=9), "busy")
    assert fetches.state(files, key) == fetches.state(files, fetches.person_key(other, fetches.ENTRIES)) == expected


def test_a_cache_that_is_begun_anew_keeps_the_names_that_drafts_go_by(files: Files) -> None:
    person, other = make.known(files, make.patient(), make.patient(make.ODD, "Odd Arne Solheim"))
    make.look_into(files, person)
    drafts.keep(files, make.draft(person=other, patient=make.ODD))
    for table in ("patient", "person", "person_name", "patient_identifier", "patient_link", "patient_word"):
        files.cache.execute(f"DELETE FROM {table}")
    assert patients.person_of(files, make.ASTRID) == person
    assert make.known(files, make.patient(make.ODD, "Odd Arne Solheim")) == (other,)


def test_the_bytes_of_a_patient_come_back_and_the_same_again_changes_nothing(files: Files, told: make.Told) -> None:
    assert patients.put(files, [(make.patient(), b'{"a":1}')], NOON) == 1
    assert told.take("patients") == {patients.person_of(files, make.ASTRID)}
    assert patients.put(files, [(make.patient(), b'{"a":1}')], NOON) == 0
    assert told == []
    assert patients.raw(files, make.ASTRID) == b'{"a":1}'
    assert patients.raw(files, make.ODD) is None


IDS = st.integers(0, 4)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    steps=st.lists(
        st.tuples(IDS, st.sampled_from(["", "1", "2", "3"]), st.lists(IDS, max_size=2)), min_size=1, max_size=12
    )
)
def test_persons_are_exactly_the_groups_of_shared_numbers_and_links(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str, list[int]]]
) -> None:
    """Whatever is put in whatever order, who is one person depends only on what the records say now."""
    files = _shared(tmp_path_factory)
    _shared.number += 1  # type: ignore[attr-defined]
    run = _shared.number  # type: ignore[attr-defined]

    def ref(one: int) -> Ref:
        return Ref("journal", "Patient", f"{run}-{one}")

    now: dict[int, Patient] = {}
    for one, number, links in steps:
        others = [ref(other) for other in links if other != one]
        now[one] = make.patient(ref(one), number=number and make.number(run * 10 + int(number)), links=others)
        patients.put(files, [(now[one], b"{}")], NOON)
    groups = {one: {one} for one in now}
    changed = True
    while changed:
        changed = False
        for one in now:
            for other in now:
                same = now[one].national_id and now[one].national_id == now[other].national_id
                if (same or ref(other) in now[one].links) and groups[one] is not groups[other]:
                    merged = groups[one] | groups[other]
                    for member in merged:
                        groups[member] = merged
                    changed = True
    persons = {one: patients.person_of(files, ref(one)) for one in now}
    for one in now:
        assert {other for other in now if persons[other] == persons[one]} == groups[one]
        assert {record.ref for record in patients.records_of(files, persons[one])} == {ref(o) for o in groups[one]}


def _shared(factory: pytest.TempPathFactory, kept: list[Files] = []) -> Files:  # noqa: B006
    if not kept:
        directory: Path = factory.mktemp("shared")
        kept.append(make.files(directory))
        kept[0].cache.pragma("synchronous", "off")
    return kept[0]


_shared.number = 0  # type: ignore[attr-defined]
