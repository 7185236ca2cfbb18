"""The municipality of one seed and one moment, made once for all tests here."""

import datetime as dt
from base64 import b64decode
from typing import Any

import pytest

from akson_tui.sandbox.municipality import generate

NOW = dt.datetime(2026, 11, 24, 13, 5, tzinfo=dt.UTC)
SEED = 1
World = dict[str, list[dict[str, Any]]]


FEW = 0
"""Only those who always exist."""


def make(seed: int = SEED, now: dt.datetime = NOW, population: int = FEW) -> World:
    """Every chunk by its label, in order."""
    return dict(generate(seed, now, population))


def text(note: dict[str, Any]) -> str:
    """What a note says; its bytes where it is a document."""
    return b64decode(note["content"][0]["attachment"]["data"]).decode("utf-8", "replace")


@pytest.fixture(scope="session")
def world() -> World:
    return make()


@pytest.fixture(scope="session")
def town() -> World:
    """The municipalities as they are when nobody says how many live there."""
    return dict(generate(SEED, NOW))


@pytest.fixture(scope="session")
def everything(world: World) -> list[dict[str, Any]]:
    return [resource for chunk in world.values() for resource in chunk]
