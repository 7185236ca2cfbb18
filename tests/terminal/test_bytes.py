"""What acts of the demo app cost on the line, with a budget each; `-s` prints them beside plain Textual's."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

import pytest

from tests.tools.slow_line import SlowLine
from tests.tools.terminal import KEYS, Terminal

pytestmark = pytest.mark.pty
ROOT = str(Path(__file__).parent.parent.parent)


def demo(*options: str) -> Terminal:
    terminal = Terminal([sys.executable, "-m", "tests.terminal.demo", *options], cwd=ROOT)
    terminal.wait("Arbeidsliste")
    terminal.settle()
    return terminal


def visit(*options: str) -> dict[str, float]:
    """The same acts on either driver: bytes of each, the mean where there are several."""
    with demo(*options) as terminal:
        costs: dict[str, float] = {"first screen": terminal.total}
        costs["step within the page"] = statistics.mean(terminal.press("down") for _ in range(5))
        costs["page"] = terminal.press("pgdn")
        costs["step that scrolls, of 30"] = statistics.mean(terminal.press("down") for _ in range(30))
        costs["search opened"] = terminal.press("/")
        costs["search letter"] = statistics.mean(terminal.type("notat"))
        terminal.press("esc")
        costs["note opened"] = terminal.press("w")
        costs["letter at the end"] = statistics.mean(terminal.type("spiser og sover godt"))
        terminal.press("home", "right", "right")
        costs["letter in the middle"] = statistics.mean(terminal.type("abcdef"))
    return costs


BUDGETS = {
    "first screen": 1800,
    "step within the page": 2,
    "page": 1450,
    "step that scrolls, of 30": 80,
    "search opened": 300,
    "search letter": 200,
    "note opened": 400,
    "letter at the end": 1.5,
    "letter in the middle": 6,
}


def test_each_act_keeps_its_budget() -> None:
    ours, dark = visit(), visit("--dark")
    print(f"\n{'':26}{'ours':>8}{'dark':>8}{'budget':>8}")
    for act, budget in BUDGETS.items():
        print(f"{act:26}{ours[act]:8.1f}{dark[act]:8.1f}{budget:8}")
    assert {act: cost for act, cost in ours.items() if cost > BUDGETS[act]} == {}


@pytest.mark.long
def test_beside_plain_textual() -> None:
    ours, plain = visit(), visit("--plain")
    for act in BUDGETS:
        print(f"{act:26}{ours[act]:10.1f}{plain[act]:10.1f}")
    assert sum(ours.values()) < sum(plain.values()) / 5


def test_pages_held_down_on_a_slow_line_leave_out_what_it_cannot_carry() -> None:
    with demo() as terminal:
        line = SlowLine(terminal)
        before = terminal.total
        for _ in range(60):
            line.press(KEYS["pgdn"].encode())
            line.carry(1 / 30)
        line.carry_until_quiet(2)
        assert terminal.shows("nr 1380") and terminal.shows("nr 1402")
        # 64 kbit/s carry about eight pages meanwhile; sixty would be 40 kB.
        assert terminal.total - before < 12_000
