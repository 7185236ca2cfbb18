"""Measurements in a note's text: found where they are, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akson_tui.clinical.vitals import BY_KEY, ROWS, by_loinc
from akson_tui.clinical.vitals_text import recognise

LINE = "BT 142/88 p 91 SpO2 89 t 37,9 rf 24 vekt 71,2 bs 6,4"


def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.kind, one.values) for one in recognise(text)]


def test_the_line_of_a_home_visit() -> None:
    assert found(f"Sov godt. {LINE}. Spiste lite.") == [
        ("bp", ("142", "88")),
        ("pulse", ("91",)),
        ("spo2", ("89",)),
        ("temperature", ("37.9",)),
        ("respiration", ("24",)),
        ("weight", ("71.2",)),
        ("glucose", ("6.4",)),
    ]
    assert [one.kind for one in recognise(LINE)] == [row.key for row in ROWS]


def test_where_it_stands_in_the_text() -> None:
    text = f"Kl. 8: {LINE}"
    assert [text[one.start : one.end] for one in recognise(text)] == [
        "BT 142/88", "p 91", "SpO2 89", "t 37,9", "rf 24", "vekt 71,2", "bs 6,4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("bt: 142/88 mmHg", "bp", ("142", "88")),
        ("BT142/88", "bp", ("142", "88")),
        ("Blodtrykk 142 / 88 mm Hg,", "bp", ("142", "88")),
        ("BT 142/88 91 36", "bp", ("142", "88")),
        ("puls 91/min", "pulse", ("91",)),
        ("P: 91", "pulse", ("91",)),
        ("puls 104, uregelmessig", "pulse", ("104",)),
        ("sat 89 %", "spo2", ("89",)),
        ("SpO₂ 89%", "spo2", ("89",)),
        ("O2-sat 92", "spo2", ("92",)),
        ("SpO2: 100 %.", "spo2", ("100",)),
        ("temp 37.9 °C", "temperature", ("37.9",)),
        ("Temp. 38", "temperature", ("38",)),
        ("T 37,9.", "temperature", ("37.9",)),
        ("tp 38,1 grader", "temperature", ("38.1",)),
        ("Resp 24/min", "respiration", ("24",)),
        ("RF=24", "respiration", ("24",)),
        ("resp.frekvens 24", "respiration", ("24",)),
        ("Vekt 71,25 kg", "weight", ("71.25",)),
        ("vekt: 71kg", "weight", ("71",)),
        ("Blodsukker 6,4 mmol/l", "glucose", ("6.4",)),
        ("BS 12", "glucose", ("12",)),
        ("(BT 142/88)", "bp", ("142", "88")),
        ("p 91 T 37,9", "pulse", ("91",)),
        ("\u00a0p\u00a091", "pulse", ("91",)),
    ],
)
def test_the_ways_to_write_it(text: str, kind: str, values: tuple[str, ...]) -> None:
    assert found(text)[0] == (kind, values)


@pytest.mark.parametrize(
    "text",
    [
        "tlf 91 23 45 67",
        "p 91 23 45 67",
        "t 91234567",
        "p 913 45 678",
        "kl. 12.30",
        "t 12.30",
        "t 38:20",
        "p 12.05.2024",
        "BT 12/05/24",
        "p 12/5",
        "2026-11-05",
        "p 5 mg",
        "T 40 mg",
        "t 40 mg x 2",
        "p 60 min",
        "p 60 t",
        "t 38 uker",
        "p 50 %",
        "p 70 år",
        "T 37 x 2",
        "rf 24-26",
        "rf 24 – 26",
        "BT 142/88-90",
        "t 37,9→38,2",
        "bs 6,4/7,2",
        "P76",
        "T90",
        "post 12",
        "opp 91",
        "apt 37",
        "e-t 37",
        "www.p 91.no/p91",
        "@p 91",
        "vekten 71",
        "BT 142",
        "BT 142/8",
        "BT 1142/88",
        "p 9",
        "p 9100",
        "SpO2 150",
        "t 98,6",
        "t 3,7",
        "rf 240",
        "bs 6,4444",
        "vekt 71,255",
        "vekt 1000",
        "temp 37,9,1",
        "sat\n89",
        "",
    ],
)
def test_what_is_no_measurement(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("BT 142/88", False),
        ("BT 88/142", True),
        ("BT 300/88", True),
        ("p 240", True),
        ("SpO2 45", True),
        ("SpO2 89", False),
        ("t 43", True),
        ("t 33,9", True),
        ("rf 70", True),
        ("vekt 400", True),
        ("bs 45", True),
        ("bs 1,2", True),
    ],
)
def test_what_is_outside_the_bounds_is_told_as_doubtful(text: str, doubtful: bool) -> None:
    (one,) = recognise(text)
    assert one.doubtful is doubtful


def test_the_unit_is_that_of_the_row() -> None:
    assert all(one.unit == BY_KEY[one.kind].unit for one in recognise(LINE))


PIECES = st.sampled_from(
    [
        *"ptPT 0123456789,./-:%x\n",
        "BT ",
        "bt",
        "SpO2 ",
        "rf ",
        "vekt ",
        "bs ",
        "142/88",
        "37,9",
        " mmHg",
        "mg",
        "respirasjonsfrekvens",
        "   ",
        "å",
        "°C",
    ]
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_what_is_found_stands_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for one in recognise(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
        digits = "".join(c for c in text[one.start : one.end] if c.isdigit())
        assert digits.endswith("".join(one.values).replace(".", ""))
        assert len(one.values) == len(BY_KEY[one.kind].parts)


@settings(max_examples=25, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=6).map("".join))
def test_a_long_hostile_text_is_read_in_linear_time(piece: str) -> None:
    """50,000 characters of any pattern; exponential or quadratic matching would not end within the run."""
    recognise((piece * (50_000 // len(piece) + 1))[:50_000])


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    recognise(text)


def test_codes_lead_to_their_rows() -> None:
    for row in ROWS:
        assert by_loinc(row.loinc) is row
    systolic = by_loinc("8480-6")
    assert systolic is not None and systolic.name == "Systolisk blodtrykk"
    assert by_loinc("59408-5") is BY_KEY["spo2"] and by_loinc("x") is None
