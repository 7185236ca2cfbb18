"""View 4: what a person takes, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from akson_tui.model.access import Opened
from akson_tui.model.health import MedicineList
from akson_tui.model.held import Fetched, FetchStatus
from akson_tui.model.ref import Ref
from akson_tui.model.when import When
from akson_tui.screens.app import AksonApp
from tests.screens.clinical_desks import ClinicalWorkspace, medicine, taken
from tests.screens.people import SOURCE, settings
from tests.screens.seeing import User, workstation
from tests.screens.test_hostile import HOSTILE, is_raw
from tests.screens.test_measurements import comes

OPEN = ("enter", "4")
PERSON = "astrid-bakken"


async def test_bag_fixed_as_needed_on_hold_and_to_come_stand_apart(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path, (80, 40)) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        titles = (
            "Multidose (2)  ifølge Ingrid Aanensen, fastlege",
            "Fast, utenom multidose (1)",
            "Ved behov (1)  forskrevet av Ingrid Aanensen, fastlege",
            "Satt på vent (1)",
            "Ikke begynt (1)",
        )
        places = [next(at for at, line in enumerate(user.lines) if line.startswith(title)) for title in titles]
        assert places == sorted(places)
        assert user.sees("Medisiner  4 i bruk  sist samstemt: ikke oppgitt  hentet 12.03")
        assert "Furosemid tablett 40 mg" in user.line_at_cursor and "12.11.26" in user.line_at_cursor
        assert user.sees("dosering ikke oppgitt")


async def test_a_long_dose_is_never_cut(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path, (80, 40)) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        column = user.lines[next(at for at, line in enumerate(user.lines) if "Alendronsyre" in line) :]
        said = " ".join(line[29:54].strip() for line in column[:5])
        assert said.startswith("1 tablett hver søndag kl. 7, fastende, sittende eller stående i en halv time etterpå")


async def test_what_has_ended_is_shown_on_demand_and_changes_always(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path, (80, 45)) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        assert user.sees("2 avsluttet (v viser)") and not user.sees("Prednisolon tablett 20 mg  ")
        assert user.sees("12.11.2026 endret: Furosemid tablett 40 mg, 1 tablett kl. 8 (før:")
        assert user.sees("08.10.2026 avsluttet: Prednisolon tablett 20 mg, 1 tablett kl. 8 (Kur ferdig)")
        await user.press("v")
        assert user.sees("Avsluttet (2)") and user.sees("08.10.26")
        assert "Furosemid tablett 40 mg" in user.line_at_cursor
        await user.press("v")
        assert not user.sees("Avsluttet (2)")


async def test_enter_tells_all_of_one_medicine_with_its_history(tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "enter")
        for said in ("Bruk: Multidose", "Brukes mot: Vanndrivende", "Kode: C03CA01", "12.11.2026 endret:", "begynt"):
            assert user.sees(said), user.screen
        await user.press("enter")
        assert user.place.called == "timeline"


async def test_the_panel_follows_and_closes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("akson_tui.screens.parts.steady.RESTED", 0.01)
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "enter", "down")
        await comes(user, "Brukes mot: Rytmekontroll")
        assert user.sees("Brukes mot: Rytmekontroll")
        await user.press("escape")
        assert not user.sees("Brukes mot") and user.place.called == "medication"


async def test_the_same_substance_twice_is_warned_of(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    workspace.medication.medicines.append(medicine("d", "Diural 40 mg", "1 tablett kl. 8", atc="C03CA01"))
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        assert user.sees("Mulig dobbelt: Furosemid tablett 40 mg og Diural 40 mg")


async def test_each_list_stands_apart_with_the_day_on_which_it_was_gone_through(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    holds = (Ref(SOURCE, "MedicationStatement", "m1"), Ref(SOURCE, "MedicationStatement", "m2"))
    workspace.medication.lists = [
        MedicineList(Ref(SOURCE, "List", "l"), "Legens liste", When.parse("2026-11-12"), "Per Dahl", holds)
    ]
    async with workstation(workspace, tmp_path, (80, 45)) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        assert user.sees("sist samstemt 12.11.2026 av Per Dahl")
        lines = user.lines
        first = lines.index("Legens liste, gjennomgått 12.11.2026")
        second = lines.index("Uten liste")
        assert any("Metoprolol" in line for line in lines[first:second])
        assert any("Alendronsyre" in line for line in lines[second:])


async def test_two_journals_stand_apart(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    other = replace(workspace.medication.medicines[0], ref=Ref("fastlegen", "MedicationStatement", "x"))
    workspace.medication.medicines = [workspace.medication.medicines[3], other]
    original = workspace.record.open

    async def opened(person: str, ground: Any) -> Opened:
        found = await original(person, ground)
        return replace(found, patients=(*found.patients, Ref("fastlegen", "Patient", "astrid")))

    workspace.record.open = opened  # type: ignore[method-assign]
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        assert user.lines.index("fastlegen") < user.lines.index(SOURCE)


async def test_a_change_while_one_looks_is_announced(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "down")
        marked = user.line_at_cursor
        workspace.medication.medicines.insert(0, medicine("ny", "Amoksicillin 500 mg", "1 x 3", multidose=True))
        workspace.tell("person", PERSON)
        await user.rest()
        assert user.sees("1 ny, F5 viser") and not user.sees("Amoksicillin") and user.line_at_cursor == marked
        await user.press("f5")
        assert user.sees("Amoksicillin") and user.line_at_cursor == marked


async def test_a_new_dose_text_of_the_same_medicine_is_shown_where_it_stands(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        workspace.medication.medicines[1] = replace(workspace.medication.medicines[1], dosage="2 tabletter kl. 8")
        workspace.tell("person", PERSON)
        await user.rest()
        assert "2 tabletter kl. 8" in user.line_at_cursor


@pytest.mark.parametrize(
    ("fetched", "withheld", "said"),
    [
        (Fetched(FetchStatus.COMPLETE, None), 0, "Medisiner: ingen registrert"),
        (Fetched(FetchStatus.COMPLETE, None), 3, "Medisiner: 3 sperret"),
        (Fetched(), 0, "Medisiner: ikke hentet"),
        (Fetched(FetchStatus.FETCHING), 0, "Medisiner: hentes"),
        (Fetched(FetchStatus.FAILED, None, None, "forbidden"), 0, "ikke hentet: journalen gir ikke tilgang"),
    ],
)
async def test_none_withheld_not_fetched_and_failed_are_told_apart(
    fetched: Fetched, withheld: int, said: str, tmp_path: Path
) -> None:
    workspace = ClinicalWorkspace()
    workspace.medication.medicines, workspace.medication.fetched, workspace.medication.withheld = [], fetched, withheld
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        assert user.sees(said)
        await user.press("enter", "v", "down")
        workspace.medication.medicines = taken()
        workspace.tell("person", PERSON)
        await user.rest()
        assert user.sees("Furosemid") and not user.sees("F5 viser")


async def test_what_is_withheld_is_counted_beside_the_others(tmp_path: Path) -> None:
    workspace = ClinicalWorkspace()
    workspace.medication.withheld = 1
    async with workstation(workspace, tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN)
        assert user.sees("4 i bruk  1 sperret")


SCREENS = {"list": [*OPEN], "medicine": [*OPEN, "down", "enter"], "ended": [*OPEN, "v", "end"]}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_looks_as_it_was_seen(name: str, size: tuple[int, int], snap_compare: Any, tmp_path: Path) -> None:
    async def before(pilot: Pilot[None]) -> None:
        user = User(app, pilot)
        await user.rest()
        await user.press(*SCREENS[name])

    app = AksonApp(ClinicalWorkspace(), settings(tmp_path))  # type: ignore[arg-type]
    assert snap_compare(app, terminal_size=size, run_before=before)


@pytest.mark.parametrize("size", [(40, 10), (20, 6), (200, 60)])
async def test_every_size_of_terminal_has_its_list(size: tuple[int, int], tmp_path: Path) -> None:
    async with workstation(ClinicalWorkspace(), tmp_path) as user:  # type: ignore[arg-type]
        await user.press(*OPEN, "enter")
        await user.resize(*size)
        await user.press("down", "enter", "end", "v", "escape")
        assert len(user.lines) == size[1]


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_texts_show_as_text(name: str, tmp_path: Path) -> None:
    def dress(text: str) -> str:
        return f"{HOSTILE[name]}{text}{HOSTILE[name]}" if text else HOSTILE[name]

    for size in ((80, 24), (120, 40)):
        workspace = ClinicalWorkspace(size=12, dress=dress)
        workspace.medication.lists = [MedicineList(Ref(SOURCE, "List", "l"), "Liste", None, "Per", ())]
        async with workstation(workspace, tmp_path, size) as user:  # type: ignore[arg-type]
            await user.press(*OPEN)
            for keys in (["enter"], ["v"], ["end"], ["escape"]):
                await user.press(*keys)
                assert [letter for line in user.lines for letter in line if is_raw(letter)] == []
