"""FHIR R4 JSON to the clinician's nouns, and back: one module per resource type, a register with one row for each."""

from __future__ import annotations

from akson_tui.fhir.common import FhirUnreadable, Json, Label, Labels
from akson_tui.fhir.register import REGISTER, Kind, authors, detail, entry, kind, name_of, search_body

__all__ = [
    "REGISTER",
    "FhirUnreadable",
    "Json",
    "Kind",
    "Label",
    "Labels",
    "authors",
    "detail",
    "entry",
    "kind",
    "name_of",
    "search_body",
]
