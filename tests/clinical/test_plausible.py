"""What a figure is taken for before it is signed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.clinical.plausible import LABELS, Verdict, bounds, judge, written
from akson_tui.clinical.vitals import ROWS
from akson_tui.clinical.vitals_text import recognise


def test_every_kind_has_a_label_that_a_note_is_read_by() -> None:
    assert set(LABELS) == {row.key for row in ROWS}
    for row in ROWS:
        middle = "/".join(str((part.low + part.high) // 2) for part in row.parts)
        assert [one.kind for one in recognise(written(row.key, middle))] == [row.key]


@pytest.mark.parametrize(
    ("kind", "said", "verdict"),
    [
        ("bp", "142/88", Verdict.FINE),
        ("bp", " 142 / 88 ", Verdict.FINE),
        ("bp", "142/88 mmHg", Verdict.FINE),
        ("bp", "88/142", Verdict.TURNED),
        ("bp", "88/88", Verdict.TURNED),
        ("bp", "88/242", Verdict.DOUBTFUL),
        ("bp", "270/88", Verdict.DOUBTFUL),
        ("bp", "142", Verdict.UNREADABLE),
        ("bp", "142/", Verdict.UNREADABLE),
        ("pulse", "91", Verdict.FINE),
        ("pulse", "230", Verdict.DOUBTFUL),
        ("pulse", "910", Verdict.UNREADABLE),
        ("pulse", "91 92", Verdict.UNREADABLE),
        ("pulse", "", Verdict.UNREADABLE),
        ("pulse", "p 91", Verdict.UNREADABLE),
        ("spo2", "89", Verdict.FINE),
        ("spo2", "104", Verdict.UNREADABLE),
        ("temperature", "37,9", Verdict.FINE),
        ("temperature", "37.9", Verdict.FINE),
        ("temperature", "43", Verdict.DOUBTFUL),
        ("temperature", "379", Verdict.UNREADABLE),
        ("respiration", "24", Verdict.FINE),
        ("respiration", "4", Verdict.DOUBTFUL),
        ("weight", "71,25", Verdict.FINE),
        ("glucose", "33", Verdict.DOUBTFUL),
        ("glucose", "6,4 mg", Verdict.UNREADABLE),
    ],
)
def test_a_figure_is_judged(kind: str, said: str, verdict: Verdict) -> None:
    assert judge(kind, said).verdict is verdict


@pytest.mark.parametrize(
    ("said", "last", "verdict"),
    [
        ("52,9", None, Verdict.FINE),
        ("52,9", "53.1", Verdict.FINE),
        ("47,8", "53.1", Verdict.FINE),
        ("47,7", "53.1", Verdict.JUMP),
        ("35,1", "53.1", Verdict.JUMP),
        ("59", "53.1", Verdict.JUMP),
    ],
)
def test_a_weight_far_from_the_last_is_asked_about(said: str, last: str | None, verdict: Verdict) -> None:
    assert judge("weight", said, Decimal(last) if last else None).verdict is verdict


def test_the_bounds_in_words() -> None:
    assert bounds("bp") == "60–260/30–150"
    assert bounds("temperature") == "34–42"


@given(st.sampled_from(sorted(LABELS)), st.text(max_size=20))
def test_what_is_not_refused_is_what_the_signed_note_will_be_read_as(kind: str, said: str) -> None:
    judged = judge(kind, said)
    assert (judged.found is None) == (judged.verdict is Verdict.UNREADABLE)
    if judged.found is not None:
        again = recognise(written(kind, said))
        assert [(one.kind, one.values) for one in again] == [(kind, judged.found.values)]
