"""What the plan costs the line, on the real program with Astrid's journal at home already."""

from __future__ import annotations

from pathlib import Path

from tests.bench.station import Station, prepared

OPENING, STEP, TICK = 2000, 8, 400


def test_the_plan_keeps_to_its_budget_and_a_tick_stands_at_once(tmp_path: Path) -> None:
    home, journal = prepared(tmp_path, "bakken")
    with journal, Station(home, journal.base) as kari:
        kari.searches("bakken")
        meter = kari.meter
        kari.sees("enicillin")
        meter.settle(1.0)
        before = meter.terminal.total
        meter.press("5")
        kari.sees("Tiltaksplan")
        meter.settle(1.0)
        opening = meter.terminal.total - before
        steps = meter.each(*["down"] * 4, *["up"] * 4)
        ticked = meter.press("x", "x")
        kari.sees("gjort 09.3")
        print(f"opening the plan {opening} B, step at most {max(steps)} B, tick {ticked} B")
        assert opening <= OPENING and max(steps) <= STEP and ticked <= TICK, (opening, steps, ticked)
