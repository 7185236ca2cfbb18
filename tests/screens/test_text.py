"""The door from text to the screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from akson_tui.screens import text
from tests.screens.test_hostile import is_raw

ANY = st.text(st.characters(), max_size=200)


@given(ANY)
def test_whatever_comes_stands_on_one_line_without_anything_raw(value: str) -> None:
    shown = text.line(value)
    assert not any(is_raw(letter) for letter in shown.plain)


@given(ANY, st.integers(8, 90))
def test_a_long_text_is_wrapped_to_the_width_given(value: str, width: int) -> None:
    for line in text.lines(value, width):
        assert line.cell_length <= width
        assert not any(is_raw(letter) for letter in line.plain)


@given(ANY)
def test_a_field_holds_only_what_is_harmless(value: str) -> None:
    assert not any(is_raw(letter) for letter in text.editable(value) if letter != "\n")


def test_markup_in_data_is_text() -> None:
    said = "[@click=app.exit]navn[/] [/x] [b]fet[/b]"
    assert text.line(said).plain == said
    assert text.line(said).spans == []


def test_an_ink_is_the_only_style_that_text_gets() -> None:
    assert [span.style for span in text.line("Penicillin", "critical").spans] == ["critical"]


def test_columns_are_cut_and_filled_but_nothing_is_printed_at_the_end_of_a_line() -> None:
    row = text.cells((text.line("Astrid Bakken"), 8), (text.line("84"), 4), (text.line(""), 10))
    assert row.plain == "Astrid … 84"


@given(ANY, ANY, st.integers(1, 90))
def test_both_ends_of_a_line_fit_its_width(left: str, right: str, width: int) -> None:
    assert text.ends(text.line(left), text.line(right), width).cell_length <= width


def test_parts_that_are_empty_leave_no_gap() -> None:
    assert text.join([text.line("a"), Content(""), text.line("b")]).plain == "a  b"
