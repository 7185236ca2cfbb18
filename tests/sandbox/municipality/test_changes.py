"""Medicines over the years: what was ended has its end, its reason and the doctor's note of that day."""

from .conftest import World


def test_an_ended_medicine_was_replaced_the_day_it_ended(town: World) -> None:
    ended = 0
    for label, chunk in town.items():
        stopped = [r for r in chunk if r["resourceType"] == "MedicationStatement" and r["status"] == "stopped"]
        for statement in stopped:
            period = statement["effectivePeriod"]
            assert period["start"] < period["end"], label
            assert statement["statusReason"][0]["text"]
            notes = [r for r in chunk if r["resourceType"] == "DocumentReference" and r["date"][:10] == period["end"]]
            assert notes, (label, statement["id"])
            others = [r for r in chunk if r["resourceType"] == "MedicationStatement" and r["status"] == "active"]
            assert any(r["effectivePeriod"]["start"] == period["end"] for r in others), (label, statement["id"])
            ended += 1
    assert ended > 20


def test_nobody_has_the_old_and_the_new_at_once(town: World) -> None:
    for chunk in town.values():
        active = [
            r["medicationCodeableConcept"]["text"]
            for r in chunk
            if r["resourceType"] in ("MedicationStatement", "MedicationRequest") and r["status"] == "active"
        ]
        assert len(set(active)) == len(active)
