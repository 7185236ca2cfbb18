"""The health station's journals: growth, vaccines and consultations follow the child's age."""

from itertools import pairwise
from typing import Any

import pytest

from .conftest import World

Resource = dict[str, Any]


def test_the_youngest_has_had_no_vaccine_and_not_todays_consultation(world: World) -> None:
    nora = world["nora-elvestad"]
    assert not any(r["resourceType"] == "Immunization" for r in nora)
    assert "6-ukerskonsultasjon" not in str(nora)
    assert "4-ukerskonsultasjon" in str(nora)


def test_a_child_of_four_has_had_the_whole_programme(world: World) -> None:
    given = [
        r["vaccineCode"]["coding"][0]["code"] for r in world["amina-hassan"] if r["resourceType"] == "Immunization"
    ]
    assert sorted(given) == sorted(["J07BH01"] * 2 + ["J07CA09"] * 3 + ["J07AL02"] * 3 + ["J07BD52"])


@pytest.mark.parametrize("ident", ["elias-jakobsen", "sara-utsi", "amina-hassan"])
def test_children_grow(world: World, ident: str) -> None:
    lengths = [
        (r["effectiveDateTime"], r["valueQuantity"]["value"])
        for r in world[ident]
        if r["resourceType"] == "Observation" and r["code"]["text"] == "Lengde"
    ]
    values = [value for _, value in sorted(lengths)]
    assert values[-1] > values[0] + 2
    assert all(after > before - 1.5 for before, after in pairwise(values))
