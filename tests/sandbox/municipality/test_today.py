"""The lists of a day: everybody's, on that date, and those of another day for a municipality that was kept."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from akson_tui.sandbox.municipality import today
from akson_tui.sandbox.municipality.dates import entry_date

from .conftest import NOW, SEED, World

Resource = dict[str, Any]
LATER = NOW + dt.timedelta(days=9)


def appointments(made: list[Resource]) -> list[Resource]:
    return [r for r in made if r["resourceType"] == "Appointment"]


def test_on_the_first_day_they_are_what_the_municipality_was_made_with(town: World) -> None:
    stored = {r["id"]: r for chunk in town.values() for r in appointments(chunk) if "-coming-" not in r["id"]}
    given = today(SEED, NOW)
    assert {r["id"]: r for r in given} == stored


def test_the_four_who_sign_in_come_first() -> None:
    whose = [r["participant"][1]["actor"]["reference"] for r in today(SEED, NOW)]
    four = [n for n, who in enumerate(whose) if who.split("/")[1].startswith(("kari", "per-", "anne-", "leila"))]
    assert four == list(range(len(four)))


def test_another_day_has_its_own_lists_with_new_ids() -> None:
    first, second = today(SEED, NOW), today(SEED, LATER, since=NOW)
    assert not {r["id"] for r in first} & {r["id"] for r in second}
    assert {r["start"][:10] for r in appointments(second)} == {"2026-12-03"}
    kari = [r for r in second if r["id"].startswith("kari-nilsen-")]
    assert len(kari) == 15 and "astrid-bakken" in kari[2]["id"]


def test_the_same_day_again_gives_the_same() -> None:
    assert today(SEED, LATER, since=NOW) == today(SEED, LATER, since=NOW)


def test_children_are_called_to_what_they_have_grown_to() -> None:
    weeks = NOW + dt.timedelta(days=52)
    nora = next(r for r in today(SEED, weeks, since=NOW) if r["id"].endswith("nora-elvestad"))
    assert nora["description"] == "3-månederskonsultasjon"


def test_who_waits_on_another_day_has_a_triage_of_that_day() -> None:
    made = today(SEED, LATER, since=NOW)
    waiting = [r for r in appointments(made) if r["status"] == "arrived"]
    notes = {r["subject"]["reference"]: r for r in made if r["resourceType"] == "DocumentReference"}
    for appointment in waiting:
        who = appointment["participant"][0]["actor"]["reference"]
        if not who.endswith("unknown-man"):
            assert entry_date(notes[who]) == dt.datetime.fromisoformat(appointment["start"])
    assert len(waiting) > 6


@pytest.mark.parametrize("hour", [5, 13, 21, 23])
@pytest.mark.parametrize("day", [24, 28, 29])
def test_every_list_is_of_the_date_and_nobody_is_in_two_places_at_once(day: int, hour: int) -> None:
    now = dt.datetime(2026, 11, day, hour, 10, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    by_clinician: dict[str, list[Resource]] = {}
    for r in appointments(today(SEED, now, since=NOW)):
        assert r["start"][:10] == f"2026-11-{day}"
        by_clinician.setdefault(r["participant"][1]["actor"]["reference"], []).append(r)
    for who, rows in by_clinician.items():
        if "legevakt" in who:
            continue
        rows.sort(key=lambda r: r["start"])
        for before, after in pairwise(rows):
            assert before["end"] <= after["start"], (who, before["id"], after["id"])


def test_offices_are_closed_on_a_sunday_but_home_care_comes() -> None:
    sunday = dt.datetime(2026, 11, 29, 9, tzinfo=dt.UTC)
    services = {r["participant"][1]["actor"]["reference"] for r in appointments(today(SEED, sunday, since=NOW))}
    assert any("nurse" in who or "carer" in who for who in services)
    # Those who always exist keep their lists whatever day it is: scripts rely on them.
    assert not any(who.endswith("-gp") and "-1-gp-" in who and "baerum-1-gp-2" not in who for who in services)


def test_in_the_evening_home_care_is_on_its_evening_round() -> None:
    evening = dt.datetime(2026, 11, 24, 19, tzinfo=dt.UTC)
    always = ("johannes-ostbo", "aile-cahput")
    homes = [
        r for r in appointments(today(SEED, evening)) if "carer-1-2026" in r["id"] and not r["id"].endswith(always)
    ]
    assert homes and all(r["start"][11:13] >= "15" for r in homes)


def test_all_of_another_day_is_valid_r4() -> None:
    for r in today(SEED, LATER, since=NOW)[::3]:
        get_fhir_model_class(r["resourceType"]).model_validate(r)
