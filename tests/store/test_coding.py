"""Nouns survive the way to JSON and back, whatever their fields hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.model.act import Part
from akson_tui.model.entry import Entry, EntryKind
from akson_tui.model.held import Fetched
from akson_tui.model.line import SourceState
from akson_tui.model.note import Draft
from akson_tui.model.people import Clinician, Patient
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.model.work import Appointment
from akson_tui.store.coding import decode, encode, instant, micros, storable
from tests.store import given as make

texts = st.text()
refs = st.builds(Ref, *[st.text(st.characters(exclude_characters="|"), max_size=9)] * 4)
whens = st.sampled_from(["1942", "1980-05", "2024-02-29", "2024-02-29T10:00Z", "2024-02-29T10:00:00.5+02:00"]).map(
    When.parse
)
instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 1, 1), timezones=st.just(UTC))

KINDS = [Patient, Entry, Draft, Appointment, Clinician, Fetched, SourceState, Part]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_noun_comes_back(kind: type) -> None:
    st.register_type_strategy(Ref, refs)
    st.register_type_strategy(When, whens)
    st.register_type_strategy(datetime, instants)
    st.register_type_strategy(float, st.floats(allow_nan=False))

    @given(noun=st.from_type(kind))
    def comes_back(noun: object) -> None:
        text = encode(noun)
        assert text.isascii()
        assert decode(kind, text) == noun

    comes_back()


def test_a_patients_death_is_a_time_or_a_yes(tmp_path: object) -> None:
    from dataclasses import replace

    for deceased in (False, True, When.parse("2024-05")):
        patient = replace(make.patient(), deceased=deceased)
        assert decode(Patient, encode(patient)).deceased is deceased or deceased == patient.deceased


def test_a_field_that_is_missing_takes_its_default_and_an_unknown_one_is_passed_over() -> None:
    entry = Entry(Ref("a", "b", "c"), make.ASTRID, EntryKind.NOTE, None, "Tittel")
    raw = json.loads(encode(entry))
    assert "service" not in raw
    assert decode(Entry, json.dumps({**raw, "later": [1, {"x": None}]})) == entry


@given(at=instants)
def test_instants_come_back_to_the_microsecond(at: datetime) -> None:
    assert instant(micros(at)) == at
    assert micros(at.astimezone(timezone(timedelta(hours=5))) if 2 < at.year < 9998 else at) == micros(at)


def test_lone_surrogates_become_question_marks_and_all_else_stays() -> None:
    assert storable("å\x00🙂") == "å\x00🙂"
    assert storable("a\ud800b") == "a?b"


def test_what_has_no_coding_is_refused_when_it_is_asked_for() -> None:
    @dataclass(frozen=True)
    class Odd:
        value: complex

    with pytest.raises(TypeError):
        encode(Odd(1j))
