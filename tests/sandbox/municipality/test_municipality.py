"""The municipality as a whole: its order, its sizes, that it is the same each time and holds together."""

import datetime as dt
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from akson_tui.sandbox.municipality import generate
from akson_tui.sandbox.municipality.dates import entry_date
from akson_tui.sandbox.municipality.journals import ENTRY_TYPES

from .conftest import NOW, World, make

Resource = dict[str, Any]


def patient_of(resource: Resource) -> str | None:
    for name in ("subject", "patient", "for"):
        if name in resource:
            return str(resource[name]["reference"].removeprefix("Patient/"))
    return None


def entries_of(everything: list[Resource], ident: str) -> list[Resource]:
    return [r for r in everything if r["resourceType"] in ENTRY_TYPES and patient_of(r) == ident]


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node["reference"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_worklists_come_first_then_astrid_then_the_round_and_odd_arne_last(world: World) -> None:
    labels = list(world)
    assert labels[:2] == ["worklists", "astrid-bakken"]
    round_ids = [
        r["participant"][0]["actor"]["reference"].removeprefix("Patient/")
        for r in world["worklists"]
        if r["resourceType"] == "Appointment" and r["id"].startswith("kari-nilsen")
    ]
    assert set(labels[2:16]) == set(round_ids) - {"astrid-bakken"}
    assert labels[-21:] == [f"odd-arne-solheim {n}" for n in range(1, 22)]


def test_about_thirty_others_live_here(everything: list[Resource]) -> None:
    assert sum(r["resourceType"] == "Patient" for r in everything) == 32


def test_the_same_seed_and_moment_give_the_same_municipality() -> None:
    assert json.dumps(make()) == json.dumps(make())


def test_another_seed_changes_the_journals_but_no_person(world: World) -> None:
    other = make(seed=2)
    assert other["worklists"] == world["worklists"]
    assert other["ruth-haraldsen"] != world["ruth-haraldsen"]


def test_one_journal_does_not_depend_on_the_others(world: World) -> None:
    alone = dict(islice(generate(1, NOW, 50), 5))
    labels = list(world)[:5]
    assert {label: alone[label] for label in labels} == {label: world[label] for label in labels}


def test_a_larger_population_adds_users_of_home_care_and_no_second_bakken() -> None:
    more = make(population=45)
    patients = [r for chunk in more.values() for r in chunk if r["resourceType"] == "Patient"]
    assert len(patients) == 47
    assert [p["id"] for p in patients if p["name"][0]["family"].lower().startswith("bakken")] == ["astrid-bakken"]


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        next(generate(1, dt.datetime(2026, 1, 1)))


def test_ids_are_unique_and_of_the_form_that_fhir_allows(everything: list[Resource]) -> None:
    names = [(r["resourceType"], r["id"]) for r in everything]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", ident) for _, ident in names)


def test_every_reference_resolves(everything: list[Resource]) -> None:
    known = {f"{r['resourceType']}/{r['id']}" for r in everything}
    assert {target for r in everything for target in references(r)} - known == set()


def test_no_two_resources_share_a_dictionary(world: World) -> None:
    seen: set[int] = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict | list):
            assert id(node) not in seen
            seen.add(id(node))
            for value in node.values() if isinstance(node, dict) else node:
                walk(value)

    for label in ("worklists", "astrid-bakken", "nora-elvestad"):
        walk(world[label])


def test_every_resource_is_valid_r4(world: World) -> None:
    rng = random.Random(4)
    for label, chunk in world.items():
        for resource in rng.sample(chunk, 8) if label.startswith("odd-arne") and len(chunk) > 400 else chunk:
            get_fhir_model_class(resource["resourceType"]).model_validate(resource)


def test_all_types_that_the_client_reads_are_there(everything: list[Resource]) -> None:
    wanted = (
        "Patient Practitioner PractitionerRole Organization HealthcareService RelatedPerson Appointment Observation "
        "DocumentReference Condition AllergyIntolerance Flag MedicationRequest MedicationStatement Encounter CarePlan "
        "Goal Task Communication Procedure Immunization DiagnosticReport ServiceRequest Provenance"
    )
    assert set(wanted.split()) <= {r["resourceType"] for r in everything}


def test_times_carry_oslos_offset_of_their_day(everything: list[Resource]) -> None:
    offsets = Counter()
    for resource in everything:
        if resource["resourceType"] in ENTRY_TYPES:
            when = entry_date(resource)
            offset = when.utcoffset()
            assert offset is not None
            # Away from the two nights of the change the rule is the month.
            if when.month in (12, 1, 2, 6, 7, 8):
                assert offset == dt.timedelta(hours=2 if when.month in (6, 7, 8) else 1)
            offsets[offset] += 1
    assert len(offsets) == 2


def test_nothing_has_happened_after_now(everything: list[Resource]) -> None:
    late = [r["id"] for r in everything if r["resourceType"] in ENTRY_TYPES and entry_date(r) > NOW]
    assert late == []


def test_journals_of_the_others_have_twenty_to_a_hundred_entries(everything: list[Resource]) -> None:
    sizes = Counter(patient_of(r) for r in everything if r["resourceType"] in ENTRY_TYPES)
    for ident in ("astrid-bakken", "odd-arne-solheim", "unknown-man"):
        del sizes[ident]
    assert len(sizes) == 29
    assert min(sizes.values()) >= 19
    assert max(sizes.values()) <= 100


@pytest.mark.parametrize(
    "now",
    [
        dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC),
        dt.datetime(2028, 2, 29, 23, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 6, 30, 22, 15, tzinfo=dt.UTC),
    ],
)
def test_it_can_be_made_at_any_moment(now: dt.datetime) -> None:
    made = make(now=now)
    assert sum(len(chunk) for chunk in made.values()) > 12_000
