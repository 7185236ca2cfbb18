"""What a resource can be found by; what is shaped otherwise than expected is left out, never a failure."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.sandbox.indexing import index, target_of
from akson_tui.sandbox.instants import EARLIEST, LATEST, instant
from akson_tui.sandbox.params import of_type
from akson_tui.sandbox.store import Store

DATA = Path(__file__).parents[1] / "data" / "fhir"
DAY = "2026-11-24"


def moments(effective: dict[str, Any]) -> set[tuple[int, int]]:
    found = index({"resourceType": "Observation", **effective})
    return {(low, high) for name, low, high in found.moments if name == "date"}


@pytest.mark.parametrize(
    ("effective", "wanted"),
    [
        ({"effectiveDateTime": DAY}, {instant(DAY)}),
        ({"effectiveInstant": DAY + "T10:00:00Z"}, {instant(DAY + "T10:00:00Z")}),
        ({"effectivePeriod": {"start": DAY, "end": "2026-11-25"}}, {(instant(DAY)[0], instant("2026-11-25")[1])}),
        ({"effectivePeriod": {"start": DAY}}, {(instant(DAY)[0], LATEST)}),
        ({"effectivePeriod": {"end": DAY}}, {(EARLIEST, instant(DAY)[1])}),
        ({"effectiveTiming": {"event": ["2026", DAY]}}, {instant("2026")}),
        ({"effectiveTiming": {"repeat": {"boundsPeriod": {"start": DAY}}}}, {(instant(DAY)[0], LATEST)}),
        ({"effectiveTiming": {"repeat": {"boundsDuration": {}}}}, set()),
        ({"effectiveTiming": {"code": {"text": "x"}}}, set()),
        ({"effectivePeriod": {}}, set()),
        ({"effectiveDateTime": "i går"}, set()),
        ({"effectiveDateTime": 2026}, set()),
    ],
)
def test_times(effective: dict[str, Any], wanted: set[tuple[int, int]]) -> None:
    assert moments(effective) == wanted


@pytest.mark.parametrize(
    ("reference", "wanted"),
    [
        ("Patient/a", "Patient/a"),
        ("Patient/a/_history/3", "Patient/a"),
        ("http://journal/fhir/Patient/a", "Patient/a"),
        ("http://journal/fhir/Patient/a/_history/3", "Patient/a"),
        ("http://journal/fhirx/Patient/a", "http://journal/fhirx/Patient/a"),
        ("https://other/Patient/a", "https://other/Patient/a"),
        ("urn:uuid:1", "urn:uuid:1"),
    ],
)
def test_a_reference_is_compared_without_version_and_relative(reference: str, wanted: str) -> None:
    assert target_of(reference, "http://journal/fhir") == wanted


def test_only_references_to_a_patient_are_found_by_patient() -> None:
    for subject, found in (
        ({"reference": "Patient/a"}, {"patient", "subject"}),
        ({"reference": "https://other/Patient/a/_history/1"}, {"patient", "subject"}),
        ({"reference": "urn:uuid:1", "type": "Patient"}, {"patient", "subject"}),
        ({"reference": "Group/a"}, {"subject"}),
        ({"reference": "urn:uuid:1", "type": "Group"}, {"subject"}),
        ({"reference": "#contained"}, set()),
    ):
        assert {name for name, _ in index({"resourceType": "Observation", "subject": subject}).links} == found


def test_addresses_of_definitions_are_found() -> None:
    made = index({"resourceType": "Questionnaire", "url": "http://x/q", "derivedFrom": ["http://x/a"]})
    assert ("url", "http://x/q", "") in made.tokens
    made = index({"resourceType": "CarePlan", "instantiatesCanonical": ["http://x/plan"]})
    assert ("instantiates-canonical", "http://x/plan") in made.links


def test_every_parameter_can_be_read() -> None:
    for type_ in ("Patient", "Observation", "Questionnaire", "Bundle", "AuditEvent", "Contract"):
        assert {"_id", "_lastUpdated", "_tag"} <= set(of_type(type_))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["coding", "code", "system", "value", "reference", "identifier", "start", "event", "family", "x"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=10,
    )
)
def test_whatever_stands_there_is_indexed_or_left_out(value: Any) -> None:
    names = [
        "subject",
        "code",
        "category",
        "identifier",
        "effectivePeriod",
        "effectiveTiming",
        "status",
        "meta",
        "component",
    ]
    index({"resourceType": "Observation", **dict.fromkeys(names, value)})
    index({"resourceType": "Patient", "name": value, "address": value, "telecom": value, "deceasedBoolean": value})


def rows(store: Store) -> list[set[Any]]:
    tables = {
        "token": "type, name, value, system",
        "word": "type, name, value",
        "moment": "type, name, low, high",
        "link": "type, name, target",
    }
    with store.reading() as session:
        return [
            set(session.db.execute(f"SELECT {columns} FROM {table} JOIN parameter USING (pid)"))
            for table, columns in tables.items()
        ]


def test_the_fast_way_in_and_the_slow_one_find_the_same(tmp_path: Path) -> None:
    resources = [json.loads(file.read_text("utf-8")) for file in DATA.glob("hl7*/*.json")]
    resources = [one for one in resources if one["resourceType"] != "Bundle"]
    fast, slow = Store(tmp_path / "fast.db", lambda: 1), Store(tmp_path / "slow.db", lambda: 1)
    with fast.writing() as writer:
        writer.put_trusted(resources)
    with slow.writing() as writer:
        for one in resources:
            writer.put(one["resourceType"], one["id"], json.dumps(one), "PUT")
    assert rows(fast) == rows(slow)
    assert all(rows(fast))
    fast.close()
    slow.close()
