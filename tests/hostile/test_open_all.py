"""Every patient of the resources from elsewhere opens, to the text of the last entry."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.hostile.open_all import LISTED, entries_of, open_all, patients_of
from tests.journeys.people import Journal

ELSEWHERE = Path(__file__).parents[1] / "data" / "fhir"


async def test_every_patient_from_elsewhere_opens(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal", "--empty", "--load", str(ELSEWHERE)) as journal:
        ids = sorted(patients_of(journal))
        found = await open_all(journal, tmp_path, ids)
        held = {id_: entries_of(journal, id_, LISTED) for id_ in ids}
    assert len(ids) >= 8
    assert {told.id: Counter({type_: told.entries[type_] for type_ in held[told.id]}) for told in found} == held
    assert {told.id: told.wrong for told in found if told.wrong} == {}
    assert sum(map(Counter.total, held.values())) > 50
