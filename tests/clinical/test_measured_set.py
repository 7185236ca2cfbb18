"""A set of measurements as a line of a note, and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.clinical.measured_set import MeasuredSet, number, read, score, text
from akson_tui.clinical.vitals_text import recognise

WHOLE = MeasuredSet(
    {"bp": "142/88", "pulse": "91", "spo2": "89", "temperature": "37,9", "respiration": "24"}, "2", "A", 2
)


def test_the_note_of_a_whole_set() -> None:
    said = "BT 142/88 p 91 SpO2 89 t 37,9 rf 24. O2 2 l/min. ACVPU A. NEWS2 5 (SpO2-skala 2)."
    assert text(WHOLE) == said
    assert read(said) == WHOLE


def test_one_figure_is_written_as_by_hand() -> None:
    assert text(MeasuredSet({"bp": "142/88", "pulse": "91"})) == "BT 142/88 p 91"


def test_without_all_parameters_no_total_is_written() -> None:
    assert "NEWS2" not in text(MeasuredSet({**WHOLE.values, "pulse": ""}, "2", "A"))
    assert score(MeasuredSet({**WHOLE.values, "pulse": "9999"}, "2", "A")).total is None


def test_a_line_by_hand_is_taken_apart() -> None:
    found = read("bt 142/88 P: 91, o2-sat 89 luft, bevissthet c. Målt sittende")
    assert found.values == {"bp": "142/88", "pulse": "91", "spo2": "89"}
    assert (found.oxygen, found.consciousness, found.remark) == ("0", "C", "Målt sittende")


def test_of_two_pressures_the_second_stays_in_the_remark() -> None:
    found = read("BT 142/88 liggende, BT 120/70 stående")
    assert found.values == {"bp": "142/88"}
    assert "BT 120/70" in found.remark
    assert [one.values for one in recognise(text(found))] == [("142", "88"), ("120", "70")]


def test_nothing_said_is_empty() -> None:
    assert MeasuredSet().empty and MeasuredSet({"bp": ""}, remark=" ").empty
    assert not MeasuredSet(oxygen="0").empty
    assert text(MeasuredSet()) == ""


@pytest.mark.parametrize(
    ("said", "expected"), [("2", "2"), ("0,5", "0.5"), ("", None), ("NaN", None), ("-1", None), ("luft", None)]
)
def test_litres_of_oxygen(said: str, expected: str | None) -> None:
    assert number(said) == (None if expected is None else Decimal(expected))


FIGURES = st.fixed_dictionaries(
    {},
    optional={
        "bp": st.tuples(st.integers(91, 330), st.integers(20, 90)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
        "pulse": st.integers(15, 330).map(str),
        "spo2": st.integers(30, 100).map(str),
        "temperature": st.integers(250, 449).map(lambda tenths: f"{tenths // 10},{tenths % 10}"),
        "respiration": st.integers(1, 99).map(str),
        "weight": st.integers(10, 4999).map(lambda tenths: f"{tenths // 10},{tenths % 10}"),
        "glucose": st.integers(0, 599).map(lambda tenths: f"{tenths // 10},{tenths % 10}"),
    },
)


@given(
    FIGURES,
    st.sampled_from(["", "0", "2", "0,5", "15"]),
    st.sampled_from(["", "A", "C", "V", "P", "U"]),
    st.sampled_from(["", "målt sittende", "slapp, vil ligge"]),
)
def test_every_set_is_read_back_as_it_was_typed(
    values: dict[str, str], oxygen: str, consciousness: str, remark: str
) -> None:
    measured = MeasuredSet(values, oxygen, consciousness, 1, remark)
    assert read(text(measured)) == measured
    found = {one.kind: "/".join(one.values).replace(".", ",") for one in recognise(text(measured))}
    assert found == values


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(said: str) -> None:
    found = read(said)
    assert {one.kind for one in recognise(said)} == set(found.values)
