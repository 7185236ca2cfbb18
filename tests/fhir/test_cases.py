"""Each case in `cases/<type>/`: what the timeline, the page and the search show of one resource."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from akson_tui import fhir
from akson_tui.fhir.syntax import load
from akson_tui.model.entry import Entry

CASES = sorted((Path(__file__).parent / "cases").glob("*/*.json"))


def _row(entry: Entry) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: str(getattr(entry, name))
        for name in ("kind", "title", "summary", "author", "role", "service", "state", "status")
    }
    said["when"] = entry.when.text if entry.when else ""
    said |= {name: ref.relative for name in ("replaces", "appends") if (ref := getattr(entry, name)) is not None}
    said |= {name: True for name in ("withheld", "withheld_from_patient") if getattr(entry, name)}
    return {name: value for name, value in said.items() if value != ""}


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_case_is_read_as_it_says(path: Path) -> None:
    case = load(path.read_bytes())
    resource = case["resource"]
    entry = fhir.entry(resource, "kommune")
    assert entry is not None
    assert _row(entry) == case["entry"]
    detail = fhir.detail(resource, "kommune")
    assert [[one.heading, one.body] for one in detail.paragraphs] == case["paragraphs"]
    assert [list(field) for field in detail.fields] == case["fields"]
    assert [[one.title, one.media_type, one.size] for one in detail.attachments] == case.get("attachments", [])
    assert detail.entry == entry


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_search_finds_what_the_page_shows(path: Path) -> None:
    case = load(path.read_bytes())
    found = fhir.search_body(case["resource"])
    if case["entry"].get("withheld"):
        assert found == ""
        return
    for heading, body in case["paragraphs"]:
        assert heading in found and body in found
    assert case["entry"]["title"] in found


def test_every_type_that_is_an_entry_has_a_case() -> None:
    shown = {kind.type for kind in fhir.REGISTER.values() if kind.entry_kind is not None}
    assert shown <= {path.parent.name for path in CASES}
