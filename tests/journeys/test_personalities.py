"""The main job on every kind of server that the sandbox can pass for: what it lacks is made up for, and told."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from akson_tui.sandbox.servers import TABLE
from tests.journeys.people import Journal, Nurse, site
from tests.journeys.personalities import PERSONALITIES, Personality
from tests.journeys.test_spine import TEXT, stands_once_in_the_journal

pytestmark = pytest.mark.pty

ALL = "oppføringer  hentet 09.30"
"""In the timeline's heading: all of it has come."""


@pytest.fixture(scope="module")
def counts() -> dict[str, int]:
    """How many entries Astrid had on each server: the same on all of them, for they hold the same people."""
    return {}


def test_every_personality_of_the_sandbox_is_met() -> None:
    assert {one.name for one in PERSONALITIES} == set(tomllib.loads(TABLE.read_text("utf-8")))


@pytest.mark.parametrize("server", PERSONALITIES, ids=lambda server: server.name)
def test_a_nurse_finds_astrid_reads_and_signs_a_note(
    tmp_path: Path, municipality: Callable[[str], Path], server: Personality, counts: dict[str, int]
) -> None:
    home = tmp_path / "home"
    with Journal(municipality("journal"), "--as-server", server.name) as journal:
        name = site(home, "prove", {"id": "kommune", "base": journal.base, "get_search": server.leave})
        with Nurse(home, name) as kari:
            kari.sees("Bakken")
            kari.opens_astrid()
            kari.presses("2")
            kari.sees(ALL)
            found = re.search(r"(\d+) oppføringer", "\n".join(kari.terminal.display))
            counts[server.name] = int(found[1]) if found else 0
            assert set(counts.values()) == {counts[server.name]}, "all of hers, and nobody else's"
            if server.note:
                kari.presses("w")
                kari.sees(server.note[:20])
            else:
                kari.writes(TEXT)
                kari.signs()
                kari.sees("Tung i pusten i morges")
                stands_once_in_the_journal(journal, TEXT)
            kari.sees(f"Journalen svarer · {server.lack}" if server.lack else "Journalen svarer  ")
            assert kari.leaves() == 0
