"""The desks as a clinician uses them: find, worklist, record."""

from __future__ import annotations

from pathlib import Path

import pytest

from akson_tui.model.access import Ground
from akson_tui.model.entry import EVERYTHING, EntryKind, TimelineFilter
from akson_tui.model.want import Want, WantKind
from akson_tui.store import audit
from akson_tui.workspace.line import NoLine
from akson_tui.workspace.troubles import NotOpened
from tests.workspace.conftest import NOW, Office, opened_office


async def test_the_days_list_is_karis_round_with_astrid_third(office: Office) -> None:
    async def there() -> bool:
        return len((await office.workspace.worklist.today()).rows) == 15

    await office.until(there)
    today = await office.workspace.worklist.today()
    assert today.rows[2].name == "Astrid Bakken"
    assert (today.drafts, today.waiting, today.refused) == (0, 0, 0)
    who = await office.workspace.clinician()
    assert who is not None and who.name == "Kari Nilsen"


async def test_bakken_is_found_in_the_register_and_then_here(office: Office) -> None:
    answer = await office.workspace.find.register("bakken")
    assert [hit.patient.name.text for hit in answer.hits] == ["Astrid Bakken"]
    assert not answer.trouble and not answer.more
    local = await office.workspace.find.local("BAKKEN ast")
    assert [hit.person for hit in local.hits] == [answer.hits[0].person]


async def test_what_was_opened_last_comes_first_where_nothing_is_typed(office: Office) -> None:
    opened = await office.astrid()
    recents = await office.workspace.find.local("")
    assert recents.hits[0].person == opened.person and recents.hits[0].recent == NOW


async def test_further_pages_of_a_register_search(office: Office) -> None:
    first = await office.workspace.find.register("1942")
    assert await office.workspace.find.register_more() is None or first.more
    empty = await office.workspace.find.register("   ")
    assert empty.hits == ()
    assert await office.workspace.find.register_more() is None or first.more


async def test_every_opening_is_logged_with_who_and_why(office: Office) -> None:
    opened = await office.astrid()
    rows = await office.store.run(audit.rows, 10, opened.person)
    assert rows[0].who == "Kari Nilsen" and rows[0].ground == Ground.SEARCHED_FOR and rows[0].act == "opened"
    assert rows[0].organisation and rows[0].hpr


async def test_nobody_is_opened_whom_the_store_does_not_know(office: Office) -> None:
    with pytest.raises(NotOpened):
        await office.workspace.record.open("nobody", Ground.SEARCHED_FOR)


async def test_the_banner_has_the_critical_first(office: Office) -> None:
    banner = await office.workspace.record.banner(await office.astrid())
    assert banner.patient.name.text == "Astrid Bakken"
    assert banner.allergies.rows[0].critical and "enicillin" in banner.allergies.rows[0].substance.text
    assert banner.alerts.rows
    assert banner.fetched.status == "complete"


async def test_the_overview_has_what_a_nurse_looks_for(office: Office) -> None:
    overview = await office.workspace.record.overview(await office.astrid())
    assert len([problem for problem in overview.problems.rows if problem.active]) == 12
    assert len(overview.medicines.rows) == 14
    assert any(medicine.multidose for medicine in overview.medicines.rows)
    names = {measured.code.text for measured in overview.measurements.rows}
    assert len(names) == len(overview.measurements.rows) > 4
    assert len(overview.plans.rows[0].activities) == 20
    assert all(activity.text for activity in overview.plans.rows[0].activities)
    assert overview.appointments.rows and overview.latest and overview.total >= 600


async def test_the_timeline_is_narrowed_and_searched(office: Office) -> None:
    opened = await office.astrid()
    record = office.workspace.record
    everything = await record.page(opened, EVERYTHING, None, 0, 10)
    notes = TimelineFilter(kinds=frozenset({EntryKind.NOTE}))
    narrowed = await record.page(opened, notes, None, 0, 10)
    assert 0 < narrowed.total < everything.total
    assert {row.entry.kind for row in narrowed.rows} == {EntryKind.NOTE}
    found = await record.page(opened, TimelineFilter(text="pust"), None, 0, 10)
    assert 0 < found.total < everything.total
    ref = narrowed.rows[3].entry.ref
    assert await record.position(opened, notes, narrowed.snapshot, ref) == 3
    assert await record.arrived(opened, EVERYTHING, everything.snapshot) == 0
    facets = await record.facets(opened)
    assert EntryKind.NOTE in facets.kinds and facets.authors
    read = await record.detail(opened, ref)
    assert read is not None and read.paragraphs and read.paragraphs[0].body


async def test_what_was_wanted_before_there_was_a_line_is_asked_of_it(office: Office) -> None:
    line = NoLine()
    line.fetch(Want(WantKind.WORKLIST))
    office.workspace.attach(line)
    asked: list[Want] = []

    class Later(NoLine):
        def fetch(self, want: Want) -> None:
            asked.append(want)

    office.workspace.attach(Later())
    assert asked == [Want(WantKind.WORKLIST)]
    answer = await office.workspace.find.register("bakken")
    assert answer.trouble == "no-line"


async def test_leaving_a_record_makes_what_was_there_old(office: Office) -> None:
    opened = await office.astrid()
    await office.workspace.record.leave(opened)
    page = await office.workspace.record.page(opened, EVERYTHING, None, 0, 50)
    assert not any(row.new for row in page.rows)


async def test_without_a_user_there_is_no_list_and_nobody_signs(journal: str, tmp_path: Path) -> None:
    async with opened_office(journal, tmp_path, user="") as office:
        today = await office.workspace.worklist.today()
        assert today.rows == () and office.workspace.user == ""
        assert await office.workspace.clinician() is None
        office.workspace.notes.name_author(" Ola Vikar ", " 9999 ")
        who = await office.workspace.clinician()
        assert who is not None and (who.name, who.hpr, who.signed_in) == ("Ola Vikar", "9999", False)


async def test_the_line_says_what_is_known_of_the_journal(office: Office) -> None:
    await office.astrid()
    (state,) = await office.workspace.lines()
    assert state.status == "up" and state.demo and "DocumentReference" in state.creates
    assert office.workspace.environment.name == "TEST"
