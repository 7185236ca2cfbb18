"""A list with headings and rows of several lines: the mark never stands in between."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.content import Content
from textual.geometry import Size

from akson_tui.screens.parts.stops import Block, Stops


class Painted(Stops):
    """A list outside of a screen."""

    def __init__(self, height: int) -> None:
        self._room = Size(80, height)
        super().__init__()

    @property
    def size(self) -> Size:
        return self._room

    def point(self, x: int, y: int) -> None:
        self.goal = (x, y)

    def show(self, lines: Any) -> None:
        self._lines = list(lines)

    @property
    def seen(self) -> list[str]:
        return [line.plain for line in self._lines]


def heading(said: str) -> Block:
    return Block((Content(said),))


def row(key: str, lines: int = 1) -> Block:
    return Block(tuple(Content(f"{key}{at}") for at in range(lines)), key)


BLOCKS = [heading("A"), row("a"), row("b", 3), heading("B"), row("c"), heading("slutt")]


def shown(height: int = 20, blocks: list[Block] = BLOCKS) -> Painted:
    made = Painted(height)
    made.show_blocks(blocks)
    return made


def test_the_mark_begins_at_the_first_row_with_its_heading_in_sight() -> None:
    rows = shown()
    assert rows.marked == "a" and rows.seen[0] == "A" and rows.goal == (0, 1)


def test_a_step_passes_headings_and_further_lines() -> None:
    rows = shown()
    keys = []
    for _ in range(4):
        rows.step(1)
        keys.append(rows.marked)
    assert keys == ["b", "c", "c", "c"]
    rows.step(-1)
    assert rows.marked == "b" and rows.goal == (0, 2)


def test_home_and_end_stand_on_rows_too() -> None:
    rows = shown(3)
    rows.end()
    assert rows.marked == "c" and rows.seen[-1] == "slutt"
    rows.home()
    assert rows.marked == "a" and rows.seen[0] == "A"


def test_all_lines_of_the_marked_row_are_in_sight() -> None:
    rows = shown(4)
    rows.step(1)
    assert rows.marked == "b" and {"b0", "b1", "b2"} <= set(rows.seen)


def test_the_marked_row_stays_marked_and_where_it_stood_when_rows_come_above_it() -> None:
    rows = shown(4, [row(f"r{at}") for at in range(9)])
    for _ in range(6):
        rows.step(1)
    line = rows.goal[1] if rows.goal else None
    rows.show_blocks([row("ny1"), row("ny2"), *(row(f"r{at}") for at in range(9))])
    assert rows.marked == "r6" and rows.goal is not None and rows.goal[1] == line


def test_a_row_that_has_gone_leaves_the_mark_on_the_first() -> None:
    rows = shown()
    rows.step(1)
    rows.show_blocks([row("x"), row("y")])
    assert rows.marked == "x"


def test_the_row_to_begin_with_may_be_named() -> None:
    rows = Painted(20)
    rows.first = "c"
    rows.show_blocks(BLOCKS)
    assert rows.marked == "c"


def test_a_list_of_headings_only_marks_nothing_and_takes_every_key() -> None:
    rows = shown(20, [heading("A")])
    assert rows.marked is None
    assert rows.step(1) is rows.step(-1) is rows.leaf(1) is rows.home() is rows.end() is None
    assert shown(20, []).marked is None


@settings(max_examples=150)
@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=30),
    st.integers(3, 12),
    st.lists(st.sampled_from(["down", "up", "pgdn", "pgup", "home", "end"]), max_size=12),
)
def test_wherever_one_goes_the_mark_stands_on_the_first_line_of_a_row_in_sight(
    sizes: list[int], height: int, keys: list[str]
) -> None:
    blocks = [row(f"r{at}-", size) if size else heading(f"h{at}") for at, size in enumerate(sizes)]
    rows = shown(height, blocks)
    starts = {f"r{at}-0" for at, size in enumerate(sizes) if size}
    act = {
        "down": lambda: rows.step(1),
        "up": lambda: rows.step(-1),
        "pgdn": lambda: rows.leaf(1),
        "pgup": lambda: rows.leaf(-1),
        "home": rows.home,
        "end": rows.end,
    }
    for key in keys:
        act[key]()
        assert rows.goal is not None
        if starts:
            assert rows.seen[rows.goal[1]] in starts
            assert rows.seen[rows.goal[1]] == f"{rows.marked}0"


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20), st.integers(3, 9))
def test_page_by_page_one_comes_to_the_last_row_and_back(sizes: list[int], height: int) -> None:
    rows = shown(height, [row(f"r{at}-", size) if size else heading("h") for at, size in enumerate(sizes)])
    first = rows.marked
    last = next((f"r{at}-" for at in reversed(range(len(sizes))) if sizes[at]), None)
    for _ in sizes:
        rows.leaf(1)
    assert rows.marked == last
    for _ in sizes:
        rows.leaf(-1)
    assert rows.marked == first


@given(st.lists(st.integers(1, 3), min_size=1, max_size=20), st.integers(3, 9))
def test_every_row_is_reached_by_steps(sizes: list[int], height: int) -> None:
    rows = shown(height, [row(f"r{at}-", size) for at, size in enumerate(sizes)])
    reached = {rows.marked}
    for _ in sizes:
        rows.step(1)
        reached.add(rows.marked)
    assert len(reached) == len(sizes)
