"""Odd Arne Solheim: ten thousand entries, told as one ulcer that grows and heals."""

from base64 import b64decode
from collections import Counter
from typing import Any

from akson_tui.sandbox.municipality import ulcer
from akson_tui.sandbox.municipality.dates import entry_date
from akson_tui.sandbox.municipality.journals import ENTRY_TYPES

from .conftest import World

Resource = dict[str, Any]


def journal(world: World) -> list[Resource]:
    return [r for label, chunk in world.items() if label.startswith("odd-arne") for r in chunk]


def test_he_has_exactly_ten_thousand_entries_of_many_kinds(world: World) -> None:
    count = Counter(r["resourceType"] for r in journal(world) if r["resourceType"] in ENTRY_TYPES)
    assert sum(count.values()) == 10_000
    assert set(count) == ENTRY_TYPES
    assert count["Observation"] > 6_000
    assert count["DocumentReference"] > 1_500


def test_chunks_hold_five_hundred_and_the_newest_comes_first(world: World) -> None:
    chunks = [chunk for label, chunk in world.items() if label.startswith("odd-arne")]
    assert {len(chunk) for chunk in chunks[:-1]} == {500}
    dates = [entry_date(r) for r in journal(world) if r["resourceType"] in ENTRY_TYPES]
    assert dates == sorted(dates, reverse=True)


def test_many_notes_name_the_leg_ulcer_and_some_are_nynorsk(world: World) -> None:
    notes = [r["content"][0]["attachment"] for r in journal(world) if r["resourceType"] == "DocumentReference"]
    notes = [note for note in notes if note["contentType"] == "text/plain"]
    texts = [b64decode(note["data"]).decode() for note in notes]
    assert sum("leggsår" in text.lower() for text in texts) > 1_200
    nynorsk = [text for note, text in zip(notes, texts, strict=True) if note["language"] == "nn"]
    assert len(nynorsk) > 400
    assert not any(" ikke " in text or " hun " in text for text in nynorsk)


def test_the_ulcer_grows_heals_and_comes_back() -> None:
    assert ulcer.state(1800) == "better"
    assert ulcer.state(2500) == "healed"
    assert ulcer.state(850) == "worse"
    assert ulcer.length(0) < ulcer.length(210) < ulcer.length(700)


def test_a_healed_leg_is_not_dressed(world: World) -> None:
    for r in journal(world):
        if r["resourceType"] == "Observation" and r["code"]["text"] == "Sår, lengde":
            assert r["valueQuantity"]["value"] >= 0.3
