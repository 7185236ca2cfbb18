"""What the journal in memory can be made to lack, and how its CapabilityStatement tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass
class Lacks:
    """What this server lacks."""

    conditional: bool = False
    transaction: bool = False
    batch: bool = False
    sort: bool = False
    last_updated: bool = False
    post_search: bool = False
    metadata: bool = False
    summary: bool = False
    representation: bool = False
    create: bool = False
    """POST makes nothing; PUT to an id that is not there does."""
    if_match: bool = False
    patient: bool = False
    """It passes over `patient` and `subject`, and answers with everybody's."""
    next: bool = False
    """Only a first page, and no link."""
    total: bool = False
    reference: bool = False
    """Patients are named by number only."""
    identifier: bool = False
    """It passes over `identifier` in If-None-Exist."""


def statement(lacks: Lacks, types: Sequence[str]) -> dict[str, Any]:
    """The truth, as far as a statement tells it."""
    interactions = [code for code in ("transaction", "batch") if not getattr(lacks, code)]
    return {
        "resourceType": "CapabilityStatement",
        "fhirVersion": "4.0.1",
        "software": {"name": "fake", "version": "1"},
        "rest": [
            {
                "mode": "server",
                "interaction": [{"code": code} for code in interactions or ["history-system"]],
                "resource": [
                    {
                        "type": type_,
                        "interaction": [
                            {"code": code}
                            for code in ("read", "search-type", "create", "update")
                            if code != "create" or not lacks.create
                        ],
                        "updateCreate": True,
                        "conditionalCreate": not lacks.conditional,
                        "versioning": "versioned" if lacks.if_match else "versioned-update",
                        "referencePolicy": ["logical"] if lacks.reference else ["literal", "logical"],
                        "searchParam": [{"name": "patient"}, {"name": "_lastUpdated"}],
                    }
                    for type_ in types
                ],
            }
        ],
    }
