"""What a server says that it is and takes."""

from __future__ import annotations

import pytest

from akson_tui.fhir import capability
from akson_tui.model.line import SourceState
from tests.fhir.given import tree

STATEMENT = {
    "resourceType": "CapabilityStatement",
    "fhirVersion": "4.0.1",
    "software": {"name": "Journalen", "version": "7"},
    "rest": [
        {"mode": "client", "resource": [{"type": "Basic", "interaction": [{"code": "create"}]}]},
        {
            "mode": "server",
            "interaction": [{"code": "transaction"}],
            "resource": [
                {
                    "type": "DocumentReference",
                    "interaction": [{"code": "read"}, {"code": "create"}, {"code": "update"}],
                    "conditionalCreate": True,
                    "searchParam": [{"name": "patient"}, {"name": "date"}],
                },
                {"type": "Observation", "interaction": [{"code": "read"}]},
            ],
        },
    ],
}


def test_a_statement_tells_what_may_be_written() -> None:
    found = capability.read(tree(STATEMENT))
    assert found.r4 and not found.demo and found.software == "Journalen 7"
    assert found.creates == found.updates == found.conditional_creates == {"DocumentReference"}
    assert ("DocumentReference", "date") in found.searches and found.transaction and not found.batch
    told = found.told(SourceState("kommune"))
    assert told.known and told.creates == {"DocumentReference"} and told.software == "Journalen 7"


@pytest.mark.parametrize("version", ["3.0.2", "5.0.0", "", None])
def test_another_version_is_not_r4(version: str | None) -> None:
    assert not capability.read(tree(STATEMENT | {"fhirVersion": version})).r4


def test_another_resource_is_no_statement() -> None:
    assert not capability.read(tree({"resourceType": "Patient"})).r4


def test_our_own_sandbox_is_known_by_its_name() -> None:
    from akson_tui.sandbox.capability import SOFTWARE

    assert capability.read(tree(STATEMENT | {"software": {"name": SOFTWARE}})).demo
