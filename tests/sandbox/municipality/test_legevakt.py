"""The legevakt's journals: triage today with its urgency in words, earlier contacts that fit the age."""

import datetime as dt
from base64 import b64decode
from typing import Any

import pytest

from akson_tui.sandbox.municipality.work import QUEUE

from .conftest import NOW, World

Resource = dict[str, Any]


def text(note: Resource) -> str:
    return b64decode(note["content"][0]["attachment"]["data"]).decode()


@pytest.mark.parametrize("ident", [row.person for row in QUEUE])
def test_triage_says_level_and_scheme_and_was_written_before_now(world: World, ident: str) -> None:
    notes = [r for r in world[ident] if r["resourceType"] == "DocumentReference"]
    (triage,) = [r for r in notes if r["type"]["text"] == "Triage"]
    assert text(triage).split(" ")[0] in ("Akutt", "Haster", "Vanlig")
    assert "norsk indeks" in text(triage)
    written = dt.datetime.fromisoformat(triage["date"])
    assert dt.timedelta(0) < NOW - written < dt.timedelta(hours=2)


def test_the_unknown_man_has_only_todays_entries(world: World) -> None:
    notes = [r for r in world["unknown-man"] if r["resourceType"] == "DocumentReference"]
    assert len(notes) == 1


def test_a_child_gets_no_advice_meant_for_adults(world: World) -> None:
    told = str([text(r) for r in world["emma-lunde"] if r["resourceType"] == "DocumentReference"])
    assert "trening" not in told
    assert "synsforstyrrelser" not in told
