"""Reference bands: read from words, found by age, and what a value is against them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.clinical.bands import BandRow, find, judge, parse
from akson_tui.clinical.news2 import Observed, Parameter, score
from akson_tui.model.health import NO_BAND, Band
from akson_tui.workspace import bands


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("11,7–15,3", "11.7", "15.3"),
        ("3.5 - 10.0", "3.5", "10.0"),
        ("28 til 40", "28", "40"),
        ("< 5", None, "5"),
        ("<=5", None, "5"),
        ("≥ 60", "60", None),
        ("> 0,5", "0.5", None),
        ("15–3", None, None),
        ("negativ", None, None),
        ("", None, None),
        ("1–2 (kvinner)", None, None),
    ],
)
def test_a_range_in_words(text: str, low: str | None, high: str | None) -> None:
    found = parse(text)
    assert (found.low, found.high) == (Decimal(low) if low else None, Decimal(high) if high else None)
    assert found.text == text


@given(st.text(max_size=60))
def test_no_range_in_words_makes_it_fail(text: str) -> None:
    assert parse(text).text == text


BAND = Band(Decimal("3.6"), Decimal("4.6"))


@pytest.mark.parametrize(
    ("value", "judged", "flag"),
    [
        ("3.5", "", "L"),
        ("3.6", "", ""),
        ("4.60", "", ""),
        ("4.7", "", "H"),
        ("4.0", "HH", "HH"),
        ("9.9", "N", ""),
        (None, "", ""),
        (None, "A", "A"),
    ],
)
def test_a_value_is_judged_by_its_sender_first(value: str | None, judged: str, flag: str) -> None:
    assert judge(Decimal(value) if value else None, BAND, judged) == flag


def test_without_a_band_nothing_is_judged() -> None:
    assert judge(Decimal(4000), NO_BAND) == ""


ROWS = (BandRow("8867-4", BAND, 0, 15), BandRow("8867-4", Band(Decimal(51), Decimal(90)), 16))


@pytest.mark.parametrize(("age", "low"), [(0, "3.6"), (15, "3.6"), (16, "51"), (84, "51"), (None, None), (201, None)])
def test_a_band_counts_for_its_ages(age: int | None, low: str | None) -> None:
    assert find(ROWS, "8867-4", age).low == (Decimal(low) if low else None)
    assert find(ROWS, "9279-1", age) == NO_BAND


def test_the_bands_that_came_with_the_program_are_news2s_zero() -> None:
    rows = bands.load()
    by_code = {row.code: row.band for row in rows if row.scale in (0, 1)}
    seen = Observed(scale=1)
    for code, parameter in (
        ("9279-1", Parameter.RESPIRATION),
        ("8867-4", Parameter.PULSE),
        ("8310-5", Parameter.TEMPERATURE),
        ("2708-6", Parameter.SPO2),
        ("8480-6", Parameter.SYSTOLIC),
    ):
        for edge in (by_code[code].low, by_code[code].high):
            if edge is not None:
                changed = {name: getattr(seen, name) for name in Observed.__slots__} | {parameter.value: edge}
                assert score(Observed(**changed)).points[parameter] == 0
    assert all(row.band.source for row in rows)
    assert find(rows, "8867-4", 7) == NO_BAND
    assert (find(rows, "2708-6", 84).low, find(rows, "2708-6", 84, 2).low) == (Decimal(96), Decimal(88))


def test_a_site_has_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "bands.toml").write_text('[[band]]\ncode = "x"\nhigh = "5.50"\nto_age = 3\n', "utf-8")
    assert bands.load(tmp_path) == (BandRow("x", Band(None, Decimal("5.50")), 0, 3),)


@pytest.mark.parametrize("text", ["[[band]]\nlow = 'x'\ncode = 'y'", "[[band]]\nlow = '1'", "=", "band = 3"])
def test_a_file_with_a_mistake_judges_nothing_and_is_told(
    text: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "bands.toml").write_text(text, "utf-8")
    assert bands.load(tmp_path) == ()
    assert "bands.toml" in caplog.text
