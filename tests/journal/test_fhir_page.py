"""docs/fhir.md says what the rows say."""

from __future__ import annotations

from tests.tools.fhir_page import PAGE, made


def test_its_tables_are_made_from_the_rows_that_are_in_force() -> None:
    text = PAGE.read_text("utf-8")
    assert made(text) == text, "run: python -m tests.tools.fhir_page"
