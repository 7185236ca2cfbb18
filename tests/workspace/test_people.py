"""The people desk on a real store and sandbox: handles, forgetting, and copies that are logged."""

from __future__ import annotations

from pathlib import Path

from akson_tui.model.held import FetchStatus
from akson_tui.store import audit
from akson_tui.workspace import templates
from tests.workspace.conftest import Office


async def test_a_person_is_named_by_handle_and_held_until_forgotten(office: Office) -> None:
    opened = await office.astrid()
    people = office.workspace.people
    (handle,) = await people.handles([opened.person])
    assert await people.person(handle) == opened.person
    hit = await people.hit(opened.person)
    assert hit is not None and hit.patient.name.text == "Astrid Bakken"
    assert (await people.fetched(opened.person)).entries.status is FetchStatus.COMPLETE
    assert await people.forget(opened.person) is False
    assert await people.hit(opened.person) is None
    assert await people.person(handle) == ""
    assert (await people.fetched(opened.person)).summary.at is None


async def test_what_was_forgotten_comes_again(office: Office) -> None:
    first = await office.astrid()
    total = (await office.workspace.record.overview(first)).total
    assert await office.workspace.people.forget_all() == 0
    again = await office.astrid()
    assert (await office.workspace.record.overview(again)).total == total


async def test_a_copy_is_logged_with_who_and_on_which_ground(office: Office) -> None:
    opened = await office.astrid()
    await office.workspace.record.copied(opened, "printed")
    (row, *_others) = await office.store.run(audit.rows, 1)
    assert (row.act, row.person, row.ground) == ("printed", opened.person, opened.ground.value)
    assert row.who == "Kari Nilsen" and row.hpr


async def test_nothing_can_go_where_nothing_waits(office: Office) -> None:
    assert await office.workspace.outbox.can_go() is False


def test_a_sites_templates_lie_between_ours_and_the_users(tmp_path: Path) -> None:
    for folder, name in (("etc", "Fra stedet"), ("own", "Fra meg")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "home_visit.toml").write_text(f'name = "{name}"\ncode = "B02-2"\n')
    (tmp_path / "etc" / "only.toml").write_text('name = "Bare stedets"\ncode = "B02-2"\n')
    names = [one.name for one in templates.load(tmp_path / "etc", tmp_path / "own")]
    assert "Fra meg" in names and "Bare stedets" in names and "Fra stedet" not in names
