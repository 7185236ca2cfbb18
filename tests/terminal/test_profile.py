"""A name of TERM gets what that terminal does rightly, and an unknown one what every terminal does."""

from __future__ import annotations

import pytest

from akson_tui.terminal.profile import NO_COLOURS, TRUE_COLOUR, UNKNOWN_TERMINAL, profile_of


@pytest.mark.parametrize(
    ("term", "colours"),
    [
        ("xterm", 16),
        ("xterm-16color", 16),
        ("xterm-256color", 256),
        ("xterm-direct", TRUE_COLOUR),
        ("xterm-mono", NO_COLOURS),
        ("xterm-kitty", 256),
        ("screen.xterm-256color", 256),
        ("screen", 16),
        ("tmux-256color", 256),
        ("linux", 8),
        ("vt220", NO_COLOURS),
        ("putty-256color", 256),
        ("something-new-256color", NO_COLOURS),
    ],
)
def test_colours_are_read_from_the_name(term: str, colours: int) -> None:
    assert profile_of(term).colours == colours


def test_an_unknown_terminal_gets_what_a_vt100_does() -> None:
    profile = profile_of("hazeltine")
    assert profile is UNKNOWN_TERMINAL
    assert not (profile.bce or profile.shift or profile.ech or profile.line_shift or profile.column)


def test_screen_erases_to_the_terminals_own_ground_and_knows_no_italics() -> None:
    assert not profile_of("screen-256color").bce
    assert profile_of("tmux-256color").bce
    assert profile_of("screen").attributes < profile_of("tmux").attributes


def test_a_person_may_have_no_colours() -> None:
    assert profile_of("xterm-256color").without_colour().colours == NO_COLOURS
