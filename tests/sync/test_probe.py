"""Asking journals how they are: one question about nobody, and every answer, or none, is a state."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from akson_tui.config.settings import SourceSettings
from akson_tui.journal.client import Limits
from akson_tui.model.line import LineStatus, SourceState
from akson_tui.sync import probe
from tests.sync.people import NOW
from tests.sync.sandbox import sandbox


async def asked(*bases: str, off: timedelta = timedelta()) -> tuple[SourceState, ...]:
    sources = [SourceSettings(f"s{at}", base) for at, base in enumerate(bases)]
    return await probe.ask(sources, lambda: NOW + off, lambda _name: None, Random(1), Limits(seconds=5, connect=2))


async def test_a_journal_that_answers(tmp_path: Path) -> None:
    with sandbox(tmp_path, 0, "--empty", "--now", NOW.isoformat()) as (base, _process):
        (state,) = await asked(base)
        assert (state.source, state.status, state.demo, state.known) == ("s0", LineStatus.UP, True, True)
        assert "DocumentReference" in state.creates


@pytest.mark.parametrize(
    ("base", "status"),
    [
        ("http://127.0.0.1:9/fhir", LineStatus.DOWN),
        ("http://user:pass@127.0.0.1/fhir", LineStatus.ODD),
        ("http://journal.invalid/fhir", LineStatus.ODD),
    ],
)
async def test_one_that_does_not(base: str, status: LineStatus) -> None:
    """Plain http to another machine, or a password in the address, is not tried at all."""
    (state,) = await asked(base)
    assert state.status is status and state.trouble


async def test_each_answers_for_itself(tmp_path: Path) -> None:
    with sandbox(tmp_path) as (base, _process):
        down, up = await asked("http://127.0.0.1:9/fhir", base)
    assert (down.status, up.status) == (LineStatus.DOWN, LineStatus.UP)
