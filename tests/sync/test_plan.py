"""What a server is asked for: what the register knows and the server has, and what only the server knows."""

from __future__ import annotations

from typing import Any

from akson_tui.journal.capability import Abilities
from akson_tui.sync.plan import plan


def abilities(**types: Any) -> Abilities:
    made = Abilities()
    rows = [
        {"type": name, "interaction": [{"code": "search-type"}], "searchParam": [{"name": one} for one in params]}
        for name, params in types.items()
    ]
    made.read(
        {"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "rest": [{"mode": "server", "resource": rows}]}
    )
    return made


def test_small_and_long_types_are_told_apart() -> None:
    made = plan(
        abilities(Observation=["patient"], AllergyIntolerance=["patient"], Patient=["_id"], Medication=["code"])
    )
    assert [row.type for row in made.small] == ["AllergyIntolerance"]
    assert [(row.type, row.date) for row in made.long] == [("Observation", "date")]


def test_a_type_that_only_the_server_knows_is_fetched_too() -> None:
    made = plan(abilities(QuestionnaireResponse=["patient"], Claim=["patient"], Library=["name"]))
    assert [row.type for row in made.others] == ["QuestionnaireResponse"]


def test_the_patient_goes_by_the_name_that_the_server_has() -> None:
    (row,) = plan(abilities(Observation=["subject", "code"])).long
    assert row.param == "subject"


def test_without_a_statement_all_that_the_register_knows_is_asked_for() -> None:
    made = plan(Abilities())
    assert {"AllergyIntolerance", "Flag", "Condition", "CarePlan", "Goal"} <= {row.type for row in made.small}
    assert {"DocumentReference", "Observation", "Encounter"} <= {row.type for row in made.long} and not made.others
    assert not {"Patient", "Practitioner", "Provenance"} & {row.type for row in (*made.small, *made.long)}
