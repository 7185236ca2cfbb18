"""Every place lives through every size that a terminal may be given, and is right again afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.monkey import Monkey
from tests.hostile.whereabouts import PLACES
from tests.journeys.people import Journal, Nurse
from tests.tools.terminal import KEYS

pytestmark = pytest.mark.pty
SIZES = ((1, 1), (2, 30), (3, 2), (9, 4), (240, 3), (300, 90), (17, 8))


def test_no_place_minds_another_size(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal, Nurse(tmp_path / "home", journal.base) as nurse:
        nurse.sees("Astrid", 30)
        monkey = Monkey(nurse)
        for place in PLACES:
            assert monkey.goes(place), f"{place.name}\n{monkey.told()}"
            for columns, lines in SIZES:
                monkey.do(("size", f"{columns} {lines}".encode()), wait=0.15)
                monkey.check()
            monkey.do(("size", b"80 24"), wait=0.3)
            monkey.check()
            assert (monkey.at(), nurse.terminal.alive) == (place.name, True)
        assert {place.name for place in PLACES} == set(monkey.visits)


def test_the_worklist_uses_the_width_there_is(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as journal, Nurse(tmp_path / "home", journal.base) as nurse:
        nurse.sees("Astrid", 30)
        monkey = Monkey(nurse)
        for covered in (False, True):
            monkey.do(("size", b"20 8"), wait=0.3)
            monkey.do(("key", KEYS["f5"].encode()))
            monkey.rest()
            if covered:
                monkey.do(("go", b"?"), wait=0.3)
            monkey.do(("size", b"120 40"), wait=0.3)
            monkey.go_home()
            nurse.sees("Kari Nilsen  Hjemmetjenesten Kristiansand")
