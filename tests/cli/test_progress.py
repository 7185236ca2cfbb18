"""How far long work has come: on a terminal only, painted over, gone when it is done."""

from __future__ import annotations

import io

from akson_tui.cli.progress import Progress


class Screen(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def test_nothing_is_written_where_a_program_reads() -> None:
    screen = Screen(False)
    with Progress(screen) as progress:
        progress.at("henter", 1, 2)
    assert screen.getvalue() == ""


def test_it_is_painted_over_and_gone_in_the_end() -> None:
    screen = Screen(True)
    with Progress(screen) as progress:
        progress.at("henter journaler", 5, 10)
        progress.at("henter journaler", 5, 10)
        progress.at("ferdig")
    painted = [part.rstrip() for part in screen.getvalue().split("\r")]
    assert painted == ["", "[##########..........] 5/10 henter journaler", "ferdig …", "", ""]
    assert "\n" not in screen.getvalue()


def test_it_never_shows_more_than_all_of_it() -> None:
    screen = Screen(True)
    Progress(screen).at("henter", 12, 10)
    assert f"[{'#' * 20}]" in screen.getvalue()


def test_what_it_says_does_not_act_on_the_terminal() -> None:
    screen = Screen(True)
    Progress(screen).at("a\x1b[2Jb\nc")
    assert "\x1b" not in screen.getvalue() and "\n" not in screen.getvalue()
