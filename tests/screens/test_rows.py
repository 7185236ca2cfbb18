"""Lists of any length: the mark, the page, and what is painted."""

from __future__ import annotations

from collections.abc import Awaitable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.content import Content
from textual.geometry import Size

from akson_tui.screens.parts.rows import Fixed, Rows


class Asked:
    """A source that remembers what was asked of it, and loads in pages where `slow`."""

    def __init__(self, count: int, slow: bool = False) -> None:
        self.count = count
        self.slow = slow
        self.drawn: list[int] = []
        self.loaded: set[int] = set()

    def line(self, index: int, width: int, top: bool) -> Content:
        self.drawn.append(index)
        return Content(f"rad {index}")

    def load(self, first: int, last: int) -> Awaitable[None] | None:
        missing = set(range(first, last)) - self.loaded
        if not self.slow or not missing:
            return None
        return self._load(missing)

    async def _load(self, missing: set[int]) -> None:
        self.loaded |= missing


class Painted(Rows):
    """Rows outside of a screen: what would be painted is kept."""

    def __init__(self, source: Asked, height: int) -> None:
        self._room = Size(80, height)
        super().__init__(source)

    @property
    def size(self) -> Size:
        return self._room

    def point(self, x: int, y: int) -> None:
        self.goal = (x, y)


def rows(count: int, height: int = 20, slow: bool = False) -> tuple[Painted, Asked]:
    source = Asked(count, slow)
    made = Painted(source, height)
    made.redraw()
    source.drawn.clear()
    return made, source


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("step"), st.sampled_from([1, -1, 3, -3])),
        st.tuples(st.just("leaf"), st.sampled_from([1, -1])),
        st.tuples(st.just("home"), st.just(0)),
        st.tuples(st.just("end"), st.just(0)),
    ),
    max_size=40,
)


@settings(max_examples=200)
@given(st.integers(0, 90), st.integers(1, 25), MOVES)
def test_whatever_is_pressed_the_mark_stands_on_a_visible_row(
    count: int, height: int, moves: list[tuple[str, int]]
) -> None:
    made, _ = rows(count, height)
    for name, by in moves:
        getattr(made, name)(*([by] if by else []))
        if not count:
            assert made.selected is None
            continue
        assert made.selected == made.cursor
        assert 0 <= made.cursor < count
        assert made.top <= made.cursor < made.top + height
        assert made.top <= max(count - height, 0)
        assert made.goal == (0, made.cursor - made.top)
        assert [line.plain for line in made.lines] == [
            f"rad {at}" for at in range(made.top, min(made.top + height, count))
        ]


def test_a_step_within_the_page_builds_no_row() -> None:
    made, source = rows(100)
    for _ in range(19):
        made.step(1)
    assert source.drawn == []
    assert (made.top, made.cursor) == (0, 19)


def test_the_list_jumps_half_a_page_so_that_the_next_steps_are_free() -> None:
    made, source = rows(10_000)
    jumps = 0
    for _ in range(40):
        source.drawn.clear()
        made.step(1)
        jumps += bool(source.drawn)
    assert jumps == 3
    source.drawn.clear()
    made.step(-1)
    assert source.drawn == []


def test_a_page_keeps_one_row_in_sight_and_the_mark_in_its_place() -> None:
    made, _ = rows(100)
    made.step(3)
    made.leaf(1)
    assert (made.top, made.cursor, made.goal) == (19, 22, (0, 3))
    made.leaf(-1)
    assert (made.top, made.cursor) == (0, 3)


def test_the_last_page_is_full_and_its_end_is_reached_by_one_key_more() -> None:
    made, _ = rows(30)
    made.leaf(1)
    assert (made.top, made.cursor) == (10, 10)
    made.leaf(1)
    assert made.cursor == 29
    made.leaf(-1)
    made.leaf(-1)
    assert made.cursor == 0


@pytest.mark.parametrize("count", [50, 10_000])
def test_only_visible_rows_are_built_however_long_the_list_is(count: int) -> None:
    made, source = rows(count)
    made.end()
    made.home()
    assert len(source.drawn) <= 40


async def test_rows_that_are_not_loaded_are_waited_for_before_anything_moves() -> None:
    made, source = rows(1000, slow=True)
    waiting = made.end()
    assert waiting is not None
    assert made.cursor == 0
    await waiting
    assert made.cursor == 999
    assert source.loaded >= set(range(980, 1000))


def test_who_wants_to_know_is_told_of_each_move_and_of_no_other() -> None:
    made, _ = rows(10)
    told: list[int] = []
    made.moved = lambda: told.append(made.cursor)
    made.step(1)
    made.step(-1)
    made.step(-1)
    assert told == [1, 0]


def test_a_list_that_grew_short_keeps_its_mark_on_a_row() -> None:
    made, source = rows(50)
    made.end()
    source.count = 3
    made.redraw()
    assert (made.top, made.cursor) == (0, 2) or made.top <= made.cursor <= 2


def test_an_empty_list_shows_why() -> None:
    made = Painted(Asked(0), 5)
    made.empty = [Content("Ingen.")]
    made.redraw()
    assert [line.plain for line in made.lines] == ["Ingen."]


def test_rows_in_memory_are_drawn_from_their_items() -> None:
    source = Fixed(("a", "b"), lambda index, width: Content(f"{index}{width}"))
    assert source.count == 2
    assert source.line(1, 80, False).plain == "180"
    assert source.load(0, 2) is None
    assert Fixed(("a",)).line(0, 80, True).plain == ""
