"""Hospital stays: what goes between hospital and municipality, in the order of life, and nobody visits meanwhile."""

from typing import Any

from .conftest import World

Resource = dict[str, Any]
ORDER = (
    "Innleggelsesrapport",
    "Melding om innlagt pasient",
    "Helseopplysninger",
    "Melding om utskrivningsklar pasient",
    "Utskrivningsrapport",
)


def stays(town: World) -> list[tuple[list[Resource], Resource]]:
    return [
        (chunk, r)
        for label, chunk in town.items()
        if label not in ("astrid-bakken",)
        for r in chunk
        if r["resourceType"] == "Encounter" and r["class"]["code"] == "IMP" and _sent(chunk, ORDER[0])
    ]


def _sent(chunk: list[Resource], kind: str) -> list[str]:
    return [r["sent"] for r in chunk if r["resourceType"] == "Communication" and r["topic"]["text"] == kind]


def test_some_have_been_in_hospital(town: World) -> None:
    assert len(stays(town)) > 20


def test_the_messages_of_a_stay_come_in_order_around_it(town: World) -> None:
    for chunk, _ in stays(town):
        times = [_sent(chunk, kind)[0] for kind in ORDER]
        assert times == sorted(times)
        referrals = [r["authoredOn"] for r in chunk if r["resourceType"] == "ServiceRequest" and r["intent"] == "order"]
        assert any(when <= times[1] for when in referrals)


def test_a_stay_ends_with_an_epikrise_and_a_homecoming(town: World) -> None:
    for chunk, stay in stays(town):
        notes = [r for r in chunk if r["resourceType"] == "DocumentReference"]
        epikrise = [r for r in notes if r["type"]["text"] == "Epikrise" and r["date"] > stay["period"]["start"]]
        assert epikrise and epikrise[0]["type"]["coding"][0]["code"] == "A03-2"
        if "Innleggelsesrapport" in str(chunk) and "Innkomstnotat" in str(chunk):
            home = next(r for r in notes if r["type"]["text"] == "Innkomstnotat")
            assert home["date"][:10] >= stay["period"]["end"][:10]


def test_home_care_writes_no_visit_while_the_person_is_away(town: World) -> None:
    for chunk, stay in stays(town):
        start, end = stay["period"]["start"][:10], stay["period"]["end"][:10]
        visits = [
            r["date"][:10]
            for r in chunk
            if r["resourceType"] == "DocumentReference"
            and r["type"]["text"] in ("Sykepleienotat", "Pleienotat", "Nattnotat")
        ]
        # On the day of admission somebody may have written why.
        assert not [day for day in visits if start < day < end]


def test_johannes_came_home_this_week_with_a_pdf_and_a_palliative_plan(world: World) -> None:
    johannes = world["johannes-ostbo"]
    (stay,) = [r for r in johannes if r["resourceType"] == "Encounter" and r["class"]["code"] == "IMP"]
    assert (stay["period"]["start"][:10], stay["period"]["end"][:10]) == ("2026-11-18", "2026-11-22")
    epikrise = next(r for r in johannes if r["resourceType"] == "DocumentReference" and r["type"]["text"] == "Epikrise")
    assert epikrise["content"][0]["attachment"]["contentType"] == "application/pdf"
    (plan,) = [r for r in johannes if r["resourceType"] == "CarePlan"]
    assert plan["category"][0]["text"] == "Palliativ plan"
    assert plan["created"][:10] == "2026-11-22"
