"""The banner and the overview."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from akson_tui.model.health import Alert, Allergy, Certainty, Code
from akson_tui.model.held import Fetched, FetchStatus, Shelf
from akson_tui.model.people import Protection
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.screens.parts import banner, held
from akson_tui.workspace.views import Banner
from tests.screens.people import FETCHED, NOW, SOURCE, FakeWorkspace, nuts, patient, penicillin
from tests.screens.seeing import workstation

FLAG = Alert(Ref(SOURCE, "Flag", "f1"), "Smitte: MRSA", True)
NO_ALLERGY = Allergy(
    Ref(SOURCE, "AllergyIntolerance", "n"), Code("Ingen kjente"), "", False, Certainty.CONFIRMED, True, True
)
PARTLY = Fetched(FetchStatus.PARTIAL, NOW, trouble="server")
BROKEN = Fetched(FetchStatus.FAILED, None, None, "no-line")


def shown(banner_: Banner, width: int = 80) -> list[str]:
    return [line.plain for line in banner.lines(banner_, NOW, width)]


def of(allergies: Shelf[Allergy], alerts: Shelf[Alert] | None = None, index: int = 0) -> Banner:
    return Banner(patient(index), (), allergies, alerts or Shelf((), FETCHED), FETCHED)


def test_the_banner_says_who_it_is() -> None:
    assert shown(of(Shelf((), FETCHED)))[0] == "Astrid Bakken  84 år  kvinne  f. 12.04.1942  120442 12345"


def test_critical_comes_first_and_alerts_stand_beside() -> None:
    lines = shown(of(Shelf((penicillin(), nuts()), FETCHED), Shelf((FLAG,), FETCHED)), 120)
    assert lines[1] == (
        "KRITISK: Penicillin (anafylaksi)  Allergi: Nøtter (utslett, ikke bekreftet)  Varsel: Smitte: MRSA"
    )


@pytest.mark.parametrize(
    ("shelf", "said"),
    [
        (Shelf((), FETCHED), "Allergier: ingen registrert"),
        (Shelf((NO_ALLERGY,), FETCHED), "Allergier: ingen kjente"),
        (Shelf(()), "Allergier: ikke hentet"),
        (Shelf((), Fetched(FetchStatus.FETCHING)), "Allergier: hentes …"),
        (Shelf((), BROKEN), "Allergier: ikke hentet: ingen kontakt med journalen"),
        (Shelf((), FETCHED, withheld=2), "Allergier: 2 sperret"),
        (Shelf((), FETCHED, unreadable=1), "Allergier: 1 kan ikke leses"),
        (
            Shelf((), Fetched(FetchStatus.PARTIAL, NOW, trouble="server")),
            "Allergier: bare delvis hentet: feil i journalen",
        ),
    ],
)
def test_none_not_fetched_withheld_unreadable_and_failed_look_different(shelf: Shelf[Allergy], said: str) -> None:
    assert shown(of(shelf))[1] == said


def test_alerts_that_were_not_fetched_are_not_passed_over() -> None:
    assert "Varsler: ikke hentet" in "\n".join(shown(of(Shelf((), FETCHED), Shelf(()))))
    assert "Varsler: 1 sperret" in "\n".join(shown(of(Shelf((), FETCHED), Shelf((FLAG,), FETCHED, withheld=1))))


def test_withheld_allergies_are_told_beside_those_that_are_shown() -> None:
    lines = "\n".join(shown(of(Shelf((penicillin(),), FETCHED, withheld=1))))
    assert "KRITISK: Penicillin (anafylaksi)" in lines
    assert "Allergier: 1 sperret" in lines


def test_what_went_wrong_at_the_last_try_stands_beside_what_is_shown() -> None:
    stale = Fetched(FetchStatus.FAILED, NOW, trouble="timeout")
    assert "journalen svarte ikke i tide" in "\n".join(shown(of(Shelf((penicillin(),), stale))))


def test_interpreter_and_protected_address_stand_in_the_banner() -> None:
    lines = "\n".join(shown(of(Shelf((), FETCHED), index=4)))
    assert "Tolk: Arabisk" in lines
    assert "Strengt fortrolig adresse" in lines


def test_a_language_without_an_interpreter_is_told() -> None:
    who = replace(patient(0), language="Nordsamisk", protection=Protection.CLIENT)
    lines = "\n".join(shown(Banner(who, (), Shelf((), FETCHED), Shelf((), FETCHED), FETCHED)))
    assert "Språk: Nordsamisk" in lines
    assert "Klientadresse" in lines


def test_the_dead_are_told_and_do_not_grow_older() -> None:
    who = replace(patient(0), deceased=When.parse("2020-05-01"))
    line = shown(Banner(who, (), Shelf((), FETCHED), Shelf((), FETCHED), FETCHED))[0]
    assert "DØD 01.05.2020" in line
    assert "78 år" in line
    assert "DØD  84 år" in shown(Banner(replace(who, deceased=True), (), Shelf(()), Shelf(()), FETCHED))[0]


def test_who_has_no_number_and_no_birth_date_is_told_as_such() -> None:
    who = replace(patient(0), identifiers=(), born=None)
    line = shown(Banner(who, (), Shelf((), FETCHED), Shelf((), FETCHED), FETCHED))[0]
    assert "fødselsdato ukjent  uten fødselsnummer" in line


def test_many_allergies_get_further_lines_and_what_still_does_not_fit_is_told() -> None:
    many = tuple(replace(penicillin(), substance=Code(f"Legemiddel nummer {at}")) for at in range(30))
    lines = shown(of(Shelf(many, FETCHED)))
    assert len(lines) <= banner.LINES_AT_MOST
    assert all(len(line) <= 80 for line in lines)
    assert lines[-1].endswith("… flere: se tidslinjen")


@pytest.mark.parametrize(
    ("fetched", "said"),
    [
        (Fetched(), "ikke hentet"),
        (FETCHED, "hentet 12.03"),
        (Fetched(FetchStatus.COMPLETE, datetime(2026, 11, 23, 8, tzinfo=UTC)), "hentet 23.11.2026 09.00"),
        (Fetched(FetchStatus.FETCHING, NOW), "hentes …"),
        (BROKEN, "ikke hentet: ingen kontakt med journalen"),
        (Fetched(FetchStatus.FAILED, NOW, None, "timeout"), "slik det var 12.03: journalen svarte ikke i tide"),
        (Fetched(FetchStatus.PARTIAL, NOW, None, "server"), "delvis hentet 12.03: feil i journalen"),
    ],
)
def test_how_old_a_list_is_stands_in_words(fetched: Fetched, said: str) -> None:
    assert held.age(fetched, NOW).plain == said


def test_how_far_back_a_list_reaches_is_told_where_it_is_not_whole() -> None:
    assert held.reach(replace(FETCHED, horizon=NOW)).plain == "tilbake til 24.11.2026"
    assert held.reach(FETCHED).plain == ""


async def test_the_overview_shows_all_that_one_look_needs(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter")
        for said in (
            "Oversikt  hentet 12.03",
            "Problemer  1 sperret",
            "Kronisk obstruktiv lungesykdom  2008",
            "Depresjon, tidligere  ikke aktiv, 2017",
            "Medisiner",
            "Multidose",
            "Eliquis 5 mg  1 x 2",
            "Utenom multidose",
            "Siste målinger  i dag 08.03: Blodtrykk 142/88 mmHg  Puls 91 /min",
            "11.2026: Vekt 71,2 kg",
            "Temperatur 37,90 °C",
            "Respirasjon ikke målt",
            "Neste avtaler  i dag 13.03: Kveldsstell  25.11.2026 13.03: Fastlege",
        ):
            assert user.sees(said), said
        await user.press("pagedown")
        for said in ("Plan", "Medisiner morgen 1", "Siste oppføringer"):
            assert user.sees(said), said
        await user.press("pagedown")
        assert user.sees("Støttestrømper 16")
        await user.press("home")
        assert user.sees("Problemer")


async def test_no_dose_is_cut_at_the_edge_of_a_column(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter")
        at = next(at for at, line in enumerate(user.lines) if "Spiriva" in line)
        assert "2 inh. kl." in user.lines[at]
        assert user.lines[at + 1].endswith("  8")


@pytest.mark.parametrize(
    ("fetched", "said"),
    [
        (Fetched(), "Problemer  ikke hentet"),
        (Fetched(FetchStatus.FETCHING), "Problemer  hentes …"),
        (BROKEN, "Problemer  ikke hentet: ingen kontakt"),
    ],
)
async def test_lists_that_are_not_here_yet_are_never_called_empty(fetched: Fetched, said: str, tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    workspace.journals["astrid-bakken"].fetched = fetched
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter")
        assert user.sees(said)
        assert not user.sees("ingen registrert")


async def test_what_is_fetched_while_one_looks_comes_on_the_screen(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    journal = workspace.journals["astrid-bakken"]
    journal.fetched, allergies = Fetched(FetchStatus.FETCHING), journal.allergies
    journal.allergies = Shelf((), Fetched(FetchStatus.FETCHING))
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter")
        journal.fetched, journal.allergies = FETCHED, allergies
        workspace.tell("person", "arne-lunde")
        await user.rest()
        assert user.sees("hentes …")
        workspace.tell("person", "astrid-bakken")
        await user.rest()
        assert user.sees("KRITISK: Penicillin")
        assert user.sees("Hjertesvikt")


async def test_f5_asks_for_this_patient_anew(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "f5")
        assert ("record.refresh", "astrid-bakken", "True") in workspace.calls


async def test_banner_and_bottom_line_stand_still_on_all_places_of_a_patient(tmp_path: Path) -> None:
    async with workstation(FakeWorkspace(), tmp_path) as user:
        await user.press("enter")
        head, foot = user.lines[:3], user.lines[23][:23]
        for keys in (["2"], ["1"], ["w"], ["enter", "x"], ["f9"]):
            await user.press(*keys)
            assert user.lines[:3] == head
            assert user.lines[23][:23] == foot


async def test_opening_is_logged_once_for_all_views_and_left_once(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    async with workstation(workspace, tmp_path) as user:
        await user.press("enter", "2", "1", "2", "w", "escape", "g", "w")
        assert [call for call in workspace.calls if call[0] == "record.open"] == [
            ("record.open", "astrid-bakken", "on-my-list")
        ]
        assert workspace.calls.count(("record.leave", "astrid-bakken")) == 1


async def test_a_record_that_is_not_held_is_told_and_one_stays_where_one_was(tmp_path: Path) -> None:
    workspace = FakeWorkspace()
    del workspace.journals["arne-lunde"]
    async with workstation(workspace, tmp_path) as user:
        await user.press("down", "enter")
        assert user.place.called == "worklist"
        assert user.sees("Journalen er ikke hentet hit")


def test_a_person_with_several_records_is_told_as_such() -> None:
    two = Banner(patient(0), (patient(1),), Shelf((), FETCHED), Shelf((), FETCHED), FETCHED)
    assert shown(two)[0].endswith("+1 journal til")
