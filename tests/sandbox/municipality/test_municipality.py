"""The municipality as a whole: its order, its sizes, that it is the same each time and holds together."""

import datetime as dt
import json
import random
import re
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from akson_tui.sandbox.municipality import generate, steps
from akson_tui.sandbox.municipality.dates import entry_date
from akson_tui.sandbox.municipality.journals import ENTRY_TYPES

from .conftest import FEW, NOW, World, make, text

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
    assert labels[2] == "register 1"
    assert set(labels[3:17]) == set(round_ids) - {"astrid-bakken"}
    assert labels[-21:] == [f"odd-arne-solheim {n}" for n in range(1, 22)]
    assert labels.index("johannes-ostbo") < labels.index("odd-arne-solheim 1")


def test_those_who_always_exist_do_so_however_few_are_asked_for(everything: list[Resource]) -> None:
    # Johannes Østbø has two records.
    assert sum(r["resourceType"] == "Patient" for r in everything) == 38


def test_the_registers_of_three_hundred_come_before_every_journal_but_astrids(town: World) -> None:
    assert list(town)[:5][1:4] == ["astrid-bakken", "register 1", "register 2"]


def test_the_bar_counts_to_what_is_given(town: World, world: World) -> None:
    assert steps(300) == len(town)
    assert steps(FEW) == len(world)


def test_the_same_seed_and_moment_give_the_same_municipality() -> None:
    assert json.dumps(make()) == json.dumps(make())


def test_another_seed_changes_the_journals_but_no_person(world: World) -> None:
    other = make(seed=2)
    assert other["worklists"] == world["worklists"]
    assert other["ruth-haraldsen"] != world["ruth-haraldsen"]


def test_one_journal_does_not_depend_on_the_others(world: World) -> None:
    alone = dict(islice(generate(1, NOW, 50), 6))
    labels = [label for label in list(world)[:5] if not label.startswith("register")]
    assert {label: alone[label] for label in labels} == {label: world[label] for label in labels}


def test_one_inhabitant_more_changes_nobody(town: World) -> None:
    fewer = make(population=60)
    people = [label for label in fewer if not label.startswith(("worklists", "register"))]
    assert len(people) > 60
    assert all(fewer[label] == town[label] for label in people)


def test_three_hundred_live_here_and_astrid_is_the_only_bakken(town: World) -> None:
    patients = [r for chunk in town.values() for r in chunk if r["resourceType"] == "Patient"]
    assert sum(p["active"] for p in patients) == 300
    assert [p["id"] for p in patients if "bakken" in json.dumps(p["name"]).lower()] == ["astrid-bakken"]


def test_every_patient_is_in_a_register_before_the_many_have_journals(town: World) -> None:
    labels = list(town)
    last = max(number for number, label in enumerate(labels) if label.startswith("register"))
    found = {r["id"] for label in labels[: last + 1] for r in town[label] if r["resourceType"] == "Patient"}
    people = {label.partition(" ")[0] for label in labels if not label.startswith(("worklists", "register"))}
    assert people == found
    assert not [r for label in labels[last + 1 :] for r in town[label] if r["resourceType"] == "Patient"]


def test_the_seven_municipalities_have_home_care_legevakt_gps_and_a_health_station(town: World) -> None:
    there: dict[str, set[str]] = {}
    for chunk in town.values():
        for r in chunk:
            if r["resourceType"] == "Organization":
                there.setdefault(r["address"][0]["city"], set()).add(r["id"])
    assert set(there) == {"Bergen", "Oslo", "Stavanger", "Kristiansand", "Bærum", "Bodø", "Vinje"}
    for idents in there.values():
        for kind in ("home-care", "legevakt", "-gp", "health-station", "hospital"):
            assert any(kind in ident for ident in idents), (idents, kind)


def test_every_clinician_of_a_register_has_a_role_with_a_code_and_a_service(town: World) -> None:
    known = {f"{r['resourceType']}/{r['id']}" for chunk in town.values() for r in chunk}
    roles = [r for chunk in town.values() for r in chunk if r["resourceType"] == "PractitionerRole"]
    assert len(roles) > 150
    for role in roles:
        assert role["code"][0]["coding"][0]["system"] == "urn:oid:2.16.578.1.12.4.1.1.9060"
        assert {role["practitioner"]["reference"], role["organization"]["reference"]} <= known
        assert role["healthcareService"][0]["reference"] in known


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        next(generate(1, dt.datetime(2026, 1, 1)))


def test_ids_are_unique_and_of_the_form_that_fhir_allows(everything: list[Resource]) -> None:
    names = [(r["resourceType"], r["id"]) for r in everything]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", ident) for _, ident in names)


@pytest.mark.parametrize("which", ["world", "town"])
def test_every_reference_resolves(which: str, request: pytest.FixtureRequest) -> None:
    made = [r for chunk in request.getfixturevalue(which).values() for r in chunk]
    known = {f"{r['resourceType']}/{r['id']}" for r in made}
    assert {target for r in made for target in references(r)} - known == set()


def test_bytes_that_lie_elsewhere_are_there(everything: list[Resource]) -> None:
    known = {f"{r['resourceType']}/{r['id']}": r for r in everything}
    pointed = [
        content["attachment"]
        for r in everything
        if r["resourceType"] == "DocumentReference"
        for content in r["content"]
        if "url" in content["attachment"]
    ]
    assert pointed
    for attachment in pointed:
        data = b64decode(known[attachment["url"]]["data"])
        assert len(data) == attachment["size"]
        assert known[attachment["url"]]["contentType"] == attachment["contentType"]


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


def test_a_sample_of_the_many_is_valid_r4(town: World, world: World) -> None:
    rng = random.Random(11)
    many = [r for label, chunk in town.items() if label not in world for r in chunk]
    by_type: dict[str, list[Resource]] = {}
    for resource in many:
        by_type.setdefault(resource["resourceType"], []).append(resource)
    for kind, made in by_type.items():
        for resource in rng.sample(made, min(60, len(made))):
            get_fhir_model_class(kind).model_validate(resource)


def test_all_types_that_the_client_reads_are_there(everything: list[Resource]) -> None:
    wanted = (
        "Patient Practitioner PractitionerRole Organization HealthcareService RelatedPerson Appointment Observation "
        "DocumentReference Condition AllergyIntolerance Flag MedicationRequest MedicationStatement Encounter CarePlan "
        "Goal Task Communication Procedure Immunization DiagnosticReport ServiceRequest Provenance CareTeam Binary"
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


def test_journals_of_the_others_have_ten_to_a_hundred_entries(town: World) -> None:
    sizes = Counter(patient_of(r) for chunk in town.values() for r in chunk if r["resourceType"] in ENTRY_TYPES)
    for ident in ("astrid-bakken", "odd-arne-solheim", "unknown-man", "johannes-ostbo-2"):
        del sizes[ident]
    assert len(sizes) == 297
    assert max(sizes.values()) <= 110
    # New-born children have a short journal.
    assert sum(size < 10 for size in sizes.values()) < 10


def test_no_note_among_the_newest_forty_says_what_another_says(town: World) -> None:
    for label, chunk in town.items():
        notes = [r for r in chunk if r["resourceType"] == "DocumentReference" and r["status"] == "current"][:40]
        if not label.startswith("odd-arne"):
            said = [r["content"][0]["attachment"].get("data", r["id"]) for r in notes]
            assert len(set(said)) == len(said), label


def test_no_slot_is_left_unfilled_and_no_sentence_is_doubled(town: World) -> None:
    for chunk in town.values():
        for r in chunk:
            if (
                r["resourceType"] == "DocumentReference"
                and r["content"][0]["attachment"]["contentType"] == "text/plain"
            ):
                said = text(r)
                assert "{" not in said and "  " not in said and said.strip(), (r["id"], said)
            if r["resourceType"] == "Communication":
                assert "{" not in r["payload"][0]["contentString"]


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
