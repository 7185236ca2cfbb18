"""What a server's answer holds."""

from __future__ import annotations

import pytest

from akson_tui.fhir import bundle
from akson_tui.model.ref import Ref
from tests.fhir.given import SOURCE, tree

BUNDLE = tree(
    {
        "resourceType": "Bundle",
        "link": [{"relation": "self", "url": "a"}, {"relation": "next", "url": "https://x/next?page=2"}],
        "entry": [
            {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient", "id": "p"}, "search": {"mode": "match"}},
            {"response": {"status": "201 Created", "location": "Observation/o/_history/1", "etag": 'W/"1"'}},
            {"response": {"status": "422", "outcome": {"resourceType": "OperationOutcome"}}},
            "tull",
        ],
    }
)


def test_entries_are_read_in_their_order() -> None:
    first, second, third = bundle.entries(BUNDLE)
    assert first.resource == {"resourceType": "Patient", "id": "p"} and first.mode == "match"
    assert (second.status, second.location, second.etag, second.resource) == (
        "201 Created",
        "Observation/o/_history/1",
        'W/"1"',
        None,
    )
    assert third.outcome == {"resourceType": "OperationOutcome"}


def test_the_next_page_and_the_last() -> None:
    assert bundle.next_link(BUNDLE) == "https://x/next?page=2"
    assert bundle.next_link(tree({"link": [{"relation": "self", "url": "a"}]})) == ""


def test_full_urls_are_told_apart_from_ids() -> None:
    assert bundle.names(BUNDLE, SOURCE) == {"urn:uuid:1": Ref(SOURCE, "Patient", "p")}


@pytest.mark.parametrize(
    ("location", "etag", "made"),
    [
        ("https://x/fhir/Observation/o/_history/2", "", Ref(SOURCE, "Observation", "o", "2")),
        ("Observation/o", 'W/"7"', Ref(SOURCE, "Observation", "o", "7")),
        ("Observation/o", "", Ref(SOURCE, "Observation", "o")),
        ("Observation/o", 'W/"a b"', Ref(SOURCE, "Observation", "o")),
        ("", 'W/"7"', None),
        ("tull", "", None),
    ],
)
def test_what_a_write_made_is_told_by_location_and_etag(location: str, etag: str, made: Ref | None) -> None:
    assert bundle.written(location, etag, SOURCE) == made


def test_an_outcome_is_told_in_words_errors_first() -> None:
    outcome = tree(
        {
            "issue": [
                {"severity": "warning", "diagnostics": "liten sak"},
                {"severity": "error", "details": {"text": "Ukjent pasient"}},
                {"severity": "error", "code": "invalid"},
                {"severity": "error", "details": {"text": "Ukjent pasient"}},
            ]
        }
    )
    assert bundle.outcome_text(outcome) == "Ukjent pasient; invalid; liten sak"
    assert bundle.outcome_text(tree({"resourceType": "Patient"})) == ""


def test_a_long_outcome_is_cut() -> None:
    said = bundle.outcome_text(tree({"issue": [{"severity": "error", "diagnostics": "x" * 100_000}]}))
    assert len(said) == bundle.MAX_SAID and said.endswith("…")
