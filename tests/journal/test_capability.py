"""What a server can do: told, guessed, and corrected by what is seen."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.journal.capability import ROWS, Abilities, Ability
from akson_tui.journal.troubles import NotFhir


def statement(**rest: Any) -> dict[str, Any]:
    return {"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "rest": [{"mode": "server", **rest}]}


def read(**rest: Any) -> Abilities:
    abilities = Abilities()
    abilities.read(statement(**rest))
    return abilities


def test_every_ability_has_its_row() -> None:
    assert set(ROWS) == set(Ability)


def test_before_a_statement_is_read_the_guess_is_careful() -> None:
    abilities = Abilities()
    assert {one for one in Ability if not abilities.has(one, "Observation")} == {
        Ability.CONDITIONAL_CREATE,
        Ability.TRANSACTION,
        Ability.BATCH,
        Ability.HISTORY,
        Ability.EVERYTHING,
    }


def test_what_is_told_is_believed() -> None:
    abilities = read(
        interaction=[{"code": "batch"}],
        resource=[
            {"type": "Observation", "conditionalCreate": True, "versioning": "no-version", "interaction": []},
            {"type": "Condition"},
        ],
    )
    assert abilities.has(Ability.BATCH) and not abilities.has(Ability.TRANSACTION)
    assert abilities.has(Ability.CONDITIONAL_CREATE, "Observation")
    assert not abilities.has(Ability.CONDITIONAL_CREATE, "Condition")
    assert not abilities.has(Ability.IF_MATCH, "Observation")
    assert abilities.has(Ability.IF_MATCH, "Condition")


def test_what_is_seen_corrects_what_is_told() -> None:
    abilities = read(interaction=[{"code": "batch"}])
    abilities.lacks(Ability.BATCH)
    abilities.lacks(Ability.SORT, "Observation")
    assert not abilities.has(Ability.BATCH)
    assert not abilities.has(Ability.SORT, "Observation") and abilities.has(Ability.SORT, "Condition")
    abilities.lacks(Ability.SORT)
    assert not abilities.has(Ability.SORT, "Condition")


def test_types_that_are_not_listed_are_not_asked_for() -> None:
    abilities = read(
        resource=[
            {"type": "Observation", "interaction": [{"code": "search-type"}, {"code": "create"}]},
            {"type": "Binary", "interaction": [{"code": "read"}]},
            {"type": "Condition", "searchParam": [{"name": "subject"}]},
        ]
    )
    assert [abilities.searchable(one) for one in ("Observation", "Binary", "Condition", "Flag")] == [
        True,
        False,
        True,
        False,
    ]
    assert abilities.param("Condition", "patient", "subject") == "subject"
    assert abilities.param("Observation", "patient", "subject") == "patient"
    assert abilities.types_that("create", "update") == {"Observation"}
    assert abilities.types_with("subject") == {"Condition"}


@pytest.mark.parametrize(
    "odd",
    [{}, {"resourceType": "Patient"}, {"resourceType": "CapabilityStatement"}]
    + [{"resourceType": "CapabilityStatement", "fhirVersion": version} for version in ("3.0.2", "5.0.0", 4)],
)
def test_only_r4_is_read(odd: dict[str, Any]) -> None:
    with pytest.raises(NotFhir):
        Abilities().read(odd)


TREES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8) | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "mode",
                    "type",
                    "code",
                    "interaction",
                    "resource",
                    "searchParam",
                    "name",
                    "conditionalCreate",
                    "versioning",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(TREES, TREES)
def test_any_statement_is_read_without_raising(rest: object, software: object) -> None:
    abilities = Abilities()
    abilities.read({"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "rest": rest, "software": software})
    for ability in Ability:
        assert abilities.has(ability, "Observation") in (True, False)
    abilities.searchable("Observation")
    abilities.types_with("patient")
