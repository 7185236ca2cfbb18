"""Files of resources: what is good is stored, what is bad is named with its reason."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from akson_tui.sandbox.load import Tally, load
from akson_tui.sandbox.store import Store
from tests.sandbox.conftest import observation, patient

DATA = Path(__file__).parents[1] / "data" / "fhir"


def loaded(store: Store, *paths: Path) -> Tally:
    return load(store, list(paths), iter([f"new-{n}" for n in range(1000)]).__next__)


def body(store: Store, type_: str, ident: str) -> Any:
    with store.reading() as session:
        found = session.current(type_, ident)
    return json.loads(found.body) if found else None


def test_a_folder_of_published_resources(store: Store) -> None:
    tally = loaded(store, DATA)
    assert sum(tally.refused.values()) == 3
    assert tally.read.total() == tally.stored.total() + 3
    assert tally.stored["Patient"] >= 10 and tally.stored["Observation"] >= 30
    told = [reason.removeprefix(str(DATA) + "/") for reason in sorted(tally.reasons)]
    assert [line.partition(".json")[0] for line in told] == [
        "hl7-r4-examples/Bundle-bundle-request-medsallergies",
        "hl7-r4-examples/Questionnaire-qs1",
        "microsoft-fhir-server/SmartPatientA",
        "microsoft-fhir-server/SmartPatientA",
    ]
    assert "linkId is required" in told[1]
    assert "Appointment/smart-appointment-A1: Appointment.participant[0]: status is required" in told[2]

    out = io.StringIO()
    tally.report(out)
    lines = out.getvalue().splitlines()
    assert lines[0].split() == ["type", "read", "stored", "refused"]
    assert next(line for line in lines if line.startswith("Appointment ")).split() == ["Appointment", "3", "2", "1"]
    assert sum(line.startswith("refused: ") for line in lines) == 4


def test_loaded_again_nothing_changes(store: Store) -> None:
    folders = (DATA / "synthea", DATA / "no-basis", DATA / "pacio")
    loaded(store, *folders)
    with store.reading() as session:
        before = session.now_seq
    again = loaded(store, *folders)
    with store.reading() as session:
        assert session.now_seq == before
    assert again.stored.total() == before == 84


def test_references_within_a_bundle_are_resolved(store: Store, tmp_path: Path) -> None:
    urn = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"
    away = "https://example.invalid/fhir/Patient/p2"
    for kind in ("collection", "searchset", "transaction", "document", "batch"):
        nameless = {"resourceType": "Patient", "name": [{"family": "Uten id"}]}
        entries = [
            {"fullUrl": urn, "resource": nameless},
            {"fullUrl": away, "resource": patient("p2", "Med id")},
            {"resource": {**observation("o1", "x", "2026"), "subject": {"reference": urn}}},
            {"resource": {**observation("o2", "x", "2026"), "subject": {"reference": away}}},
            {"resource": {"resourceType": "OperationOutcome", "issue": []}, "search": {"mode": "outcome"}},
        ]
        file = tmp_path / f"{kind}.json"
        file.write_text(json.dumps({"resourceType": "Bundle", "type": kind, "entry": entries}))
        tally = loaded(store, file)
        assert (tally.reasons, tally.stored.total()) == ([], 4)
        assert body(store, "Patient", "0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0")["name"] == nameless["name"]
        assert (
            body(store, "Observation", "o1")["subject"]["reference"] == "Patient/0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"
        )
        assert body(store, "Observation", "o2")["subject"]["reference"] == "Patient/p2"


def test_lines_and_packed_files(store: Store, tmp_path: Path) -> None:
    lines = [json.dumps(patient(f"p{n}", "Bakken")) for n in range(250)]
    lines[100] = "{ ikke JSON"
    lines[200] = json.dumps({**patient("p200", "Bakken"), "shoe": 43})
    text = "\n".join([*lines, "", ""]).encode()
    (tmp_path / "people.ndjson.gz").write_bytes(gzip.compress(text, mtime=0))
    tally = loaded(store, tmp_path)
    assert (tally.read["Patient"], tally.stored["Patient"], tally.refused["Patient"]) == (249, 248, 1)
    assert [reason.partition("ndjson.gz:")[2].partition(":")[0] for reason in sorted(tally.reasons)] == ["101", "201"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.json", b"", "no JSON at line 1"),
        ("list.json", b"[]", "no resource"),
        ("text.json", b"hei", "no JSON"),
        ("latin.json", b'{"resourceType":"Patient","name":[{"family":"\xd8"}]}', "not UTF-8 at byte"),
        ("nan.json", b'{"resourceType":"Patient","active":NaN}', "NaN"),
        ("twice.json", b'{"resourceType":"Patient","id":"a","id":"b"}', "twice"),
        ("deep.json", b'{"resourceType":"Basic","extension":' + b"[" * 5000 + b"]" * 5000 + b"}", "levels"),
        ("cut.json", b'{"resourceType":"Patient","id":"a"', "no JSON"),
        ("unknown.json", b'{"resourceType":"Pasient","id":"a"}', "not a type of R4"),
        ("parameters.json", b'{"resourceType":"Parameters"}', "no place on a server"),
        ("bundle.json", b'{"resourceType":"Bundle","type":"collection","entry":7}', "no list"),
        ("hollow.json", b'{"resourceType":"Bundle","type":"collection"}', "without resources"),
        ("entry.json", b'{"resourceType":"Bundle","type":"collection","entry":[{"resource":7}]}', "no resource"),
        ("bad.json.gz", b"not packed", "cannot be read"),
        ("cut.json.gz", gzip.compress(b"{}" * 1000, mtime=0)[:-10], "cannot be read"),
    ],
)
def test_a_bad_file_is_named_and_the_rest_loaded(
    store: Store, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz.json").write_text(json.dumps(patient("good", "Bakken")))
    (tmp_path / "README.md").write_text("not for loading")
    tally = loaded(store, tmp_path)
    assert len(tally.reasons) == 1
    assert tally.reasons[0].startswith(str(tmp_path / name)) and reason in tally.reasons[0]
    assert body(store, "Patient", "good") is not None


def test_a_path_that_is_not_there_is_named(store: Store, tmp_path: Path) -> None:
    tally = loaded(store, tmp_path / "nowhere", DATA / "no-basis")
    assert tally.reasons == [f"{tmp_path / 'nowhere'}: there is no such file or folder"]
    assert tally.stored["Patient"] == 1


def test_numbers_are_kept_as_written(store: Store, tmp_path: Path) -> None:
    sent = json.dumps(observation("o", "a", "2026", valueQuantity={"value": 0})).replace('"value": 0', '"value": 4.10')
    (tmp_path / "o.json").write_text(sent)
    loaded(store, tmp_path)
    with store.reading() as session:
        found = session.current("Observation", "o")
    assert found is not None and b'"value": 4.10' in found.body


def test_a_newer_file_makes_a_new_version(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    for family in ("En", "En", "To"):
        file.write_text(json.dumps(patient("p", family)))
        loaded(store, file)
    assert body(store, "Patient", "p")["meta"]["versionId"] == "2"
