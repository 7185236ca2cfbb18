"""Text lands in the cells that Textual counted for it, and nothing else reaches a cell."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from akson_tui.terminal.cells import BLANK, MARKS_AT_MOST, ORDINARY, TAIL, Cell, Grid, ordinary

PEN = 3


def line(grid: Grid, y: int = 0) -> str:
    return "".join(cell.text for cell in grid.rows[y])


def sound(grid: Grid) -> None:
    """Every row is full, and no half of a wide character stands alone."""
    for row in grid.rows:
        assert len(row) == grid.columns
        assert sum(cell.width for cell in row) == grid.columns
        for x, cell in enumerate(row):
            if cell.width == 2:
                assert row[x + 1] == TAIL
            if cell.width == 0:
                assert x and row[x - 1].width == 2


def test_text_is_written_where_it_belongs() -> None:
    grid = Grid(10, 2)
    grid.dirty.clear()
    assert grid.put(2, 1, "sår", PEN) == 5
    assert line(grid, 1) == "  sår     "
    assert grid.rows[1][2:5] == [Cell("s", 1, PEN), Cell("å", 1, PEN), Cell("r", 1, PEN)]
    assert grid.dirty == {1}


def test_text_beyond_the_edges_is_cut() -> None:
    grid = Grid(5, 1)
    grid.put(-2, 0, "abcdefghij", PEN)
    assert line(grid) == "cdefg"
    assert grid.put(3, 4, "below", PEN) == 8
    assert grid.put(0, -1, "above", PEN) == 5
    assert line(grid) == "cdefg"


def test_half_a_wide_character_at_an_edge_is_a_blank() -> None:
    grid = Grid(5, 1)
    grid.put(-1, 0, "漢", PEN)
    grid.put(4, 0, "字", PEN)
    assert line(grid) == " " * 5
    assert grid.rows[0][0] == grid.rows[0][4] == Cell(" ", 1, PEN)


def test_writing_over_one_half_of_a_wide_character_blanks_the_other() -> None:
    grid = Grid(6, 1)
    grid.put(0, 0, "漢字漢", PEN)
    grid.put(1, 0, "x", 0)
    assert [cell.text for cell in grid.rows[0]] == [" ", "x", "字", "", "漢", ""]
    grid.put(4, 0, "y", 0)
    assert [cell.text for cell in grid.rows[0]] == [" ", "x", "字", "", "y", " "]
    assert grid.rows[0][5] == Cell(" ", 1, PEN)
    sound(grid)


def test_marks_join_the_cell_before() -> None:
    grid = Grid(6, 1)
    grid.put(0, 0, "e\u0301漢", PEN)
    grid.put(3, 0, "\u0323", PEN)
    grid.put(0, 0, "\u0301", PEN)
    assert [cell.text for cell in grid.rows[0]] == ["e\u0301", "漢\u0323", "", " ", " ", " "]


def test_an_emoji_joined_over_two_pieces_of_text_is_one_cell() -> None:
    grid = Grid(6, 1)
    x = grid.put(0, 0, "👩", PEN)
    assert grid.put(x, 0, "\u200d👧x", PEN) == 3
    assert [cell.text for cell in grid.rows[0][:3]] == ["👩\u200d👧", "", "x"]


def test_a_flood_of_marks_is_bounded() -> None:
    grid = Grid(3, 1)
    grid.put(0, 0, "e" + "\u0301" * 5000 + "x", PEN)
    for _ in range(50):
        grid.put(2, 0, "\u0301" * 100, PEN)
    assert all(len(cell.text) <= 1 + MARKS_AT_MOST for cell in grid.rows[0])


def test_controls_bidi_and_surrogates_reach_no_cell() -> None:
    grid = Grid(12, 1)
    grid.put(0, 0, "a\x1b[31m\x00\x9b\u202eb\u2066\udc80", PEN)
    text = line(grid)
    assert text.startswith("a[31m")
    assert not [letter for letter in text if unicodedata.category(letter) in ("Cc", "Cs", "Cf")]


TEXT = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aå 漢👍👩⚠☎1\u0301\u200d\ufe0f\ufe0e\u20e3\U0001f3fd🇳🇴\u00ad\x1b\u1160"),
    ),
    max_size=20,
)


@given(st.lists(st.tuples(st.integers(-4, 12), st.integers(-1, 3), TEXT), max_size=8))
def test_any_text_takes_the_columns_that_textual_counts(texts: list[tuple[int, int, str]]) -> None:
    grid = Grid(10, 3)
    for x, y, text in texts:
        assert grid.put(x, y, text, PEN) == x + cell_len(text)
        sound(grid)
        "".join(cell.text for row in grid.rows for cell in row).encode()


def test_a_row_is_ordinary_where_no_terminal_can_measure_it_otherwise() -> None:
    grid = Grid(10, 1)
    grid.put(0, 0, "Øyedråper –", PEN)
    assert ordinary(grid.rows[0])
    for text in ("漢", "e\u0301", "👍", "★"):
        grid = Grid(10, 1)
        grid.put(3, 0, text, PEN)
        assert not ordinary(grid.rows[0])
    assert "\0" not in ORDINARY and "" not in ORDINARY


def test_filling_blanks_a_stretch() -> None:
    grid = Grid(5, 1)
    grid.put(0, 0, "abcde", PEN)
    grid.fill(1, 0, 3, 0)
    assert line(grid) == "a   e"
    assert grid.rows[0][1] is BLANK or grid.rows[0][1] == BLANK
