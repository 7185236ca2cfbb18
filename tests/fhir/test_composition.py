"""Documents in sections, and messages in parts."""

from __future__ import annotations

from typing import Any

from akson_tui import fhir
from akson_tui.fhir.composition import MAX_DEPTH, MAX_SECTIONS, sections
from akson_tui.model.entry import Paragraph
from tests.fhir.given import SOURCE, tree


def section(title: str, text: str = "", *inner: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"title": title, "section": list(inner)}
    return made | ({"text": {"div": f"<div>{text}</div>"}} if text else {})


def test_inner_sections_follow_the_one_that_holds_them() -> None:
    resource = tree(
        {"section": [section("Hud", "", section("Sår", "2 cm"), section("Trykk", "intet")), section("Søvn", "god")]}
    )
    assert sections(resource) == (
        Paragraph("Hud", ""),
        Paragraph("Sår", "2 cm"),
        Paragraph("Trykk", "intet"),
        Paragraph("Søvn", "god"),
    )


def test_an_empty_section_says_why_and_one_that_says_nothing_is_left_out() -> None:
    resource = tree({"section": [{"title": "Allergi", "emptyReason": {"text": "ikke spurt"}}, {"text": {}}]})
    assert sections(resource) == (Paragraph("Allergi", "ikke spurt"),)


def test_depth_and_number_of_sections_are_bounded() -> None:
    deep = section("innerst", "x")
    for _ in range(40):
        deep = section("x", "", deep)
    assert len(sections(tree({"section": [deep]}))) == MAX_DEPTH
    assert len(sections(tree({"section": [section("a", "b")] * 3000}))) == MAX_SECTIONS


def test_a_document_without_sections_shows_its_narrative() -> None:
    resource = tree({"resourceType": "Composition", "id": "c", "text": {"div": "<div>Alt er bra</div>"}})
    assert fhir.detail(resource, SOURCE).paragraphs == (Paragraph("", "Alt er bra"),)


def test_a_message_that_only_points_is_told_by_what_it_points_to() -> None:
    resource = tree(
        {
            "resourceType": "Communication",
            "id": "k",
            "payload": [
                {"contentReference": {"display": "Epikrise"}},
                {"contentAttachment": {"contentType": "text/plain", "data": "SGVp"}},
            ],
        }
    )
    assert [one.body for one in fhir.detail(resource, SOURCE).paragraphs] == ["Epikrise", "Hei"]
