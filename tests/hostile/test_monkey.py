"""A monkey on the real program, through a pseudo terminal, against the practice journal.

Whatever it does: the program lives, the screen is what painting it from nothing shows, nothing but the painter's own
bytes is on the line, what was typed for over a second is kept, and the terminal is given back.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.hostile.monkey import Broken, Monkey
from tests.hostile.steps import STEPS, Step
from tests.hostile.whereabouts import PLACES
from tests.journeys.people import Journal, Nurse
from tests.tools.terminal import Miss

pytestmark = pytest.mark.pty

HANDFUL = 12
WAITS = (0.0, 0.0, 0.03, 0.12)
"""Seconds of quiet after a step: mostly none, as hands faster than the line."""
HANDFULS = st.lists(st.tuples(STEPS, st.sampled_from(WAITS)), min_size=HANDFUL // 2, max_size=HANDFUL).filter(
    lambda steps: len({step for step, _wait in steps}) > len(steps) // 2
)
"""Not the same over and over, which Hypothesis likes."""


@pytest.fixture
def monkey(tmp_path: Path) -> Iterator[Monkey]:
    with (
        Journal(tmp_path / "journal", "--population", "30") as journal,
        Nurse(tmp_path / "home", journal.base) as nurse,
    ):
        nurse.sees("Astrid", 30)
        assert journal._process is not None
        yield Monkey(nurse, (journal._process.pid,))


def run(monkey: Monkey, keys: int, each: int, stop_after: int) -> None:
    """At least `keys` keys; a look at the whole screen after `each` handfuls; stopped after each `stop_after` keys.

    Steps are drawn by Hypothesis, without shrinking: each handful goes on where the last one left the program.
    """
    broken: list[Exception] = []
    handfuls = itertools.count(1)
    ways = itertools.cycle(("kill", "quit", "hangup"))
    limit = [stop_after]

    def one(steps: list[tuple[Step, float]]) -> None:
        number = next(handfuls)
        if number % 3:
            monkey.roam()
        else:
            monkey.unlock()
        for step, wait in steps:
            monkey.do(step, wait)
            if not monkey.terminal.alive:
                break
        monkey.still(0.1)
        monkey.check()
        if not monkey.terminal.alive:
            monkey.restarts["by itself"] += 1
            monkey.sits_down()
        elif number % each == 0:
            monkey.drift()
        if monkey.keys >= limit[0]:
            limit[0] += stop_after
            stopped(monkey, next(ways), f"utkast{limit[0]} čáppa blåbær e\u0301n til")

    recent: deque[Step] = deque(maxlen=8 * HANDFUL)

    def dull(steps: list[tuple[Step, float]]) -> bool:
        """Hypothesis does what it did before with one thing changed: good for shrinking, a waste here."""
        new = [step for step, _wait in steps if step not in recent]
        recent.extend(step for step, _wait in steps)
        return 2 * len(new) < len(steps)

    @settings(
        max_examples=keys,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(HANDFULS)
    def generated(steps: list[tuple[Step, float]]) -> None:
        # What broke is kept for later: Hypothesis would do it again, and the program is not what it was.
        if broken or monkey.keys >= keys or dull(steps):
            return
        try:
            one(steps)
        except (Broken, Miss, OSError) as error:
            broken.append(error)

    generated()
    if broken:
        raise broken[0]


def stopped(monkey: Monkey, how: str, text: str) -> None:
    """What was typed for more than a second is offered after whatever stopped it."""
    monkey.writes_a_draft(text)
    monkey.stops(how)
    monkey.finds_its_draft(text)


def test_a_monkey_breaks_nothing(monkey: Monkey) -> None:
    run(monkey, keys=600, each=2, stop_after=450)
    stopped(monkey, "quit", "tilslutt sár ŋu på leggen")
    assert monkey.repaints >= 5
    assert sum(1 for place in PLACES if monkey.visits[place.name]) >= len(PLACES) - 2


@pytest.mark.long
def test_a_monkey_breaks_nothing_all_day_long(monkey: Monkey) -> None:
    run(monkey, keys=20_000, each=2, stop_after=2_000)
    stopped(monkey, "quit", "tilslutt sár ŋu på leggen")
    print(dict(monkey.visits), monkey.keys, "keys", monkey.repaints, "repaints", dict(monkey.restarts))
    assert {place.name: monkey.visits[place.name] for place in PLACES if monkey.visits[place.name] < 20} == {}
