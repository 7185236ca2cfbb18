"""A person at a terminal at the end of a line: keys and screens of the demo app, through a pseudo terminal."""

from __future__ import annotations

import os

import pytest

from tests.terminal.conftest import Start
from tests.tools.terminal import KEYS

pytestmark = pytest.mark.pty


# Keys typed ahead


def test_a_name_typed_ahead_goes_into_the_field_that_its_first_key_opens(start: Start) -> None:
    terminal = start()
    terminal.send(b"/m\xc3\xa5ling")
    terminal.wait("Søk")
    terminal.wait("måling")
    assert not terminal.shows("/m")


def test_a_whole_visit_typed_ahead_ends_where_the_same_keys_typed_slowly_end(start: Start) -> None:
    terminal = start()
    terminal.send("/bakken\rwForhåndsskrevet\rto linjer".encode())
    terminal.wait("to linjer")
    assert terminal.shows("Utkast") and terminal.shows("Forhåndsskrevet")


def test_esc_and_a_letter_in_one_packet_are_two_keys(start: Start) -> None:
    terminal = start()
    terminal.burst("/abc")
    terminal.wait("Søk")
    terminal.send(b"\x1bw")
    terminal.wait("Utkast")
    terminal.send(b"\x1b/")
    terminal.wait("Søk")


def test_keys_wait_for_a_screen_that_fetches_before_it_has_a_field(start: Start) -> None:
    terminal = start()
    terminal.send(b"sferdig\x1bw")
    terminal.wait("Utkast")
    terminal.press("esc")
    terminal.send(b"sferdig")
    terminal.wait("Hentet")
    terminal.wait("ferdig")


def test_esc_leads_out_of_a_screen_that_does_not_get_ready(start: Start) -> None:
    terminal = start()
    terminal.send(b"s\x1b")
    terminal.wait("Arbeidsliste")
    terminal.send(b"/q")
    terminal.wait("Søk")


@pytest.mark.parametrize("gap", [0.15, 0.6])
@pytest.mark.parametrize("cut", [1, 2])
def test_a_cursor_key_that_the_line_cuts_in_two_is_one_key(start: Start, gap: float, cut: int) -> None:
    terminal = start("--save", os.devnull)
    terminal.send(b"w1\r2\r3")
    terminal.wait("Utkast")
    terminal.settle()
    terminal.send(KEYS["up"].encode()[:cut])
    terminal.stall(gap)  # nothing is read, so nothing is answered: the rest of the key comes before any answer
    terminal.send(KEYS["up"].encode()[cut:])
    terminal.burst("over")
    assert [line.strip() for line in terminal.display[1:4]] == ["1", "2over", "3"]


def test_esc_alone_acts_by_itself(start: Start) -> None:
    terminal = start()
    terminal.burst("w")
    terminal.wait("Utkast")
    terminal.send(b"\x1b")
    terminal.wait("Arbeidsliste", 2.0)


def test_esc_alone_acts_on_a_terminal_that_answers_nothing(start: Start) -> None:
    terminal = start(answers=False)
    terminal.send(b"w")
    terminal.wait("Utkast", 15.0)
    terminal.send(b"\x1b")
    terminal.wait("Arbeidsliste", 15.0)


def test_two_hundred_letters_at_once_cost_what_they_are_long(start: Start) -> None:
    terminal = start()
    terminal.burst("w")
    terminal.wait("Utkast")
    before = terminal.total
    terminal.burst("abcde fghi " * 18)
    terminal.wait("ghi")
    assert terminal.total - before < 400


def test_a_paste_is_one_event_and_carries_no_controls(start: Start) -> None:
    terminal = start()
    terminal.burst("w")
    terminal.wait("Utkast")
    terminal.paste("linje én\r\nlinje\x1b[31m to\x00\u202e")
    terminal.wait("linje én")
    terminal.wait("linje")
    assert terminal.shows("linje�[31m to")


def test_control_keys_come_to_the_app(start: Start) -> None:
    terminal = start()
    terminal.burst(b"\x1a")
    terminal.wait("ctrl+z")
    terminal.burst(b"\x13")
    terminal.wait("ctrl+s")


def test_ctrl_l_paints_all_again(start: Start) -> None:
    terminal = start()
    before = terminal.display.copy()
    terminal.emulator.feed(b"\x1b[5;5HBroadcast message from root")
    terminal.burst(b"\x0c")
    assert terminal.display == before


# The cursor


def test_the_cursor_stands_at_the_caret_and_on_the_selected_row(start: Start) -> None:
    terminal = start()
    assert terminal.emulator.cursor == (0, 1)
    assert terminal.press("down") <= 2
    assert terminal.emulator.cursor == (0, 2)
    terminal.burst("/søk")
    assert terminal.emulator.cursor == (3, 1)
    terminal.press("left")
    assert terminal.emulator.cursor == (2, 1)


def test_a_letter_at_the_end_of_a_note_costs_one_byte(start: Start) -> None:
    terminal = start()
    terminal.burst("w")
    terminal.wait("Utkast")
    costs = sorted(terminal.type("bra i dag"))
    assert costs[len(costs) // 2] == 1
    assert sum(costs) <= 14


# The ground


def test_the_terminal_keeps_its_own_ground(start: Start) -> None:
    terminal = start()
    terminal.burst("/må")
    for row in terminal.emulator.rows():
        assert {cell.bg for cell in row} == {"default"}


def test_the_first_screen_is_painted_once_and_asks_for_nothing_but_an_answer(start: Start) -> None:
    terminal = start()
    assert terminal.total <= 1800
    for asked_or_wasted in (b"\x1b[?2026", b"\x1b[?1000", b"\x1b[>", b"\x1b[?1004", b"$p", b"\x1b[c", b"\x1b[6n"):
        assert asked_or_wasted not in terminal.output
    assert terminal.output.count(b"\x1b[J") <= 1


def test_the_mouse_works_where_it_was_asked_for(start: Start) -> None:
    terminal = start("--mouse")
    assert b"\x1b[?1000;1003;1006h" in terminal.output
    terminal.burst(b"\x1b[<0;5;5M\x1b[<0;5;5m")
    assert terminal.alive
    terminal.send(b"\x11")
    terminal.ended()
    assert b"\x1b[?1000;1003;1006l" in terminal.output
