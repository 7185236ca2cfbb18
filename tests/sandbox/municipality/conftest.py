"""The municipality of one seed and one moment, made once for all tests here."""

import datetime as dt
from typing import Any

import pytest

from akson_tui.sandbox.municipality import generate

NOW = dt.datetime(2026, 11, 24, 13, 5, tzinfo=dt.UTC)
SEED = 1
World = dict[str, list[dict[str, Any]]]


def make(seed: int = SEED, now: dt.datetime = NOW, population: int = 30) -> World:
    """Every chunk by its label, in order."""
    return dict(generate(seed, now, population))


@pytest.fixture(scope="session")
def world() -> World:
    return make()


@pytest.fixture(scope="session")
def everything(world: World) -> list[dict[str, Any]]:
    return [resource for chunk in world.values() for resource in chunk]
