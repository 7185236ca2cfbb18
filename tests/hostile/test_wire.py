"""The reader of the wire lets pass what the painter writes, and nothing that a hostile text could want."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.terminal.cells import Grid
from akson_tui.terminal.painter import Painter
from akson_tui.terminal.pen import Pens
from akson_tui.terminal.profile import profile_of
from tests.hostile.wire import Wire

XTERM = profile_of("xterm-256color")
NOT_OURS = (
    b"\x1b[2J", b"\x1b[38;2;1;2;3m", b"\x1b]0;title\x07", b"\x1b]52;c;QUJD\x07", b"\x1b]8;;http://a.b\x1b\\", b"\x1bc",
    b"\x1b(0", b"\x1b[?1000h", b"\x1b[6n", b"\x1b[c", b"\x1bP1$r\x1b\\", b"\x1b[20h", b"\x1b[1;5r", b"\x1b[s", b"\x07",
    b"\x00", b"\x0e", b"\x7f", b"\x9b2J", "\x9b2J".encode(), "\u202e".encode(), "\u200b".encode(), "\ufeff".encode(),
    "\ue000".encode(), "\u2028".encode(), b"\xed\xa0\x80", b"\xff", b"\x1b[201~", b"\x1b[?47h", b"\x1b[0;99m", b"\t",
)  # fmt: skip


@pytest.mark.parametrize("data", NOT_OURS)
def test_what_a_hostile_text_could_want_is_refused(data: bytes) -> None:
    wire = Wire()
    wire.feed(b"navn " + data + b" navn")
    wire.end()
    assert wire.wrong


def test_a_sequence_that_never_ends_is_refused() -> None:
    wire = Wire()
    wire.feed(b"navn\x1b[")
    assert not wire.wrong
    wire.end()
    assert wire.wrong


@given(
    st.lists(st.lists(st.text("aøŋ漢é 12", max_size=30), min_size=6, max_size=6), min_size=1, max_size=4),
    st.sampled_from(["", "1", "31;1", "38;5;200;48;5;17", "4;9", "7"]),
    st.integers(1, 9),
)
def test_whatever_the_painter_writes_passes_in_any_pieces(screens: list[list[str]], sgr: str, size: int) -> None:
    pens = Pens(XTERM)
    painter = Painter(XTERM, pens)
    grid = Grid(30, 6)
    sent = painter.opening()
    for number, lines in enumerate(screens):
        for y, line in enumerate(lines):
            grid.put(0, y, line, pens.of_sgr(sgr if (y + number) % 2 else ""))
        sent += painter.frame(grid, (number, number) if number % 2 else None)
    sent += painter.closing()
    wire = Wire()
    for at in range(0, len(sent), size):
        wire.feed(sent[at : at + size])
    wire.end()
    assert wire.wrong == []
    assert wire.sequences > 0
