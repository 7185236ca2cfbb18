"""Text longer than its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from textual.geometry import Size

from akson_tui.screens.parts.scroll import Scroll


class Read(Scroll):
    """Text outside of a screen."""

    def __init__(self, lines: int, height: int) -> None:
        self._room = Size(80, height)
        super().__init__(lambda width, room: [Content(f"linje {at}") for at in range(lines)])
        self.redraw()

    @property
    def size(self) -> Size:
        return self._room


@given(st.integers(0, 80), st.integers(1, 25), st.lists(st.sampled_from(["down", "up", "on", "back", "home", "end"])))
def test_one_never_reads_past_the_ends(lines: int, height: int, keys: list[str]) -> None:
    text = Read(lines, height)
    for key in keys:
        {
            "down": lambda: text.step(1),
            "up": lambda: text.step(-1),
            "on": lambda: text.leaf(1),
            "back": lambda: text.leaf(-1),
            "home": text.home,
            "end": text.end,
        }[key]()
        assert 0 <= text.top <= max(lines - height, 0)
        assert text.rest == max(lines - text.top - height, 0)
        assert [line.plain for line in text.lines] == [
            f"linje {at}" for at in range(text.top, min(text.top + height, lines))
        ]


def test_a_page_keeps_one_line_in_sight() -> None:
    text = Read(50, 10)
    text.leaf(1)
    assert text.top == 9


def test_who_shows_how_much_is_left_is_told() -> None:
    text = Read(50, 10)
    told: list[int] = []
    text.moved = lambda: told.append(text.rest)
    text.leaf(1)
    text.end()
    assert told == [31, 0]
