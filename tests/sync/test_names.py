"""Who wrote it and where: asked for in one go, from what is held first, and not again."""

from __future__ import annotations

from akson_tui.model.ref import Ref
from akson_tui.store import records
from akson_tui.store.files import Store
from akson_tui.sync.names import Names
from akson_tui.sync.source import at
from akson_tui.sync.urgency import Urgency
from tests.sync.conftest import House, Street
from tests.sync.people import SOURCE, document, organization, practitioner, role

ROLE = Ref(SOURCE, "PractitionerRole", "kari-home")
LEVEL = at(Urgency.NAMES)


def names(house: House) -> Names:
    (source,) = house.engine.sources
    return Names(source, house.store, house.time)


async def test_a_role_is_named_by_its_clinician_and_unit(house: House) -> None:
    mine = names(house)
    wanted: set[Ref] = set()
    assert mine.asking(wanted)(ROLE) is None and wanted == {ROLE}
    assert await mine.fill(wanted, LEVEL)
    label = mine.asking(set())(ROLE)
    assert label is not None and (label.name, label.service) == ("Kari Nilsen", "Hjemmetjenesten")


async def test_what_is_held_is_not_asked_for(house: House) -> None:
    await names(house).fill([ROLE], LEVEL)
    before = len(house.journal.log)
    again = names(house)
    assert await again.fill([ROLE], LEVEL)
    assert len(house.journal.log) == before and again.resolve(ROLE) is not None


async def test_who_is_not_there_is_asked_for_once(house: House) -> None:
    mine = names(house)
    nobody = Ref(SOURCE, "Practitioner", "nobody")
    assert not await mine.fill([nobody], LEVEL)
    before = len(house.journal.log)
    assert not await mine.fill([nobody], LEVEL)
    wanted: set[Ref] = set()
    mine.asking(wanted)(nobody)
    assert len(house.journal.log) == before and not wanted


async def test_only_what_was_asked_for_is_taken(house: House) -> None:
    house.journal.twist = lambda _type, _found: [{**practitioner(), "id": "per"}]
    mine = names(house)
    assert not await mine.fill([Ref(SOURCE, "Practitioner", "kari-nilsen")], LEVEL)
    assert mine.resolve(Ref(SOURCE, "Practitioner", "per")) is None


async def test_people_of_another_source_and_patients_are_not_asked_for(house: House) -> None:
    wanted: set[Ref] = set()
    mine = names(house)
    mine.asking(wanted)(Ref(SOURCE, "Patient", "astrid"))
    assert not wanted and not await mine.fill([Ref("b", "Practitioner", "kari-nilsen")], LEVEL)
    assert not house.journal.log


async def test_who_came_along_with_a_page_is_known(house: House) -> None:
    for body in (role(), practitioner(), organization()):
        house.journal.put(body)
    house.journal.put(document(1, author=[{"reference": "PractitionerRole/kari-home"}]), id="n")
    await house.fetch("person", await house.person())
    assert await authors(house.store, await house.person()) == {"Kari Nilsen"}


async def test_authors_stand_in_the_entries_after_a_restart_too(street: Street) -> None:
    first = await street.house()
    await first.fetch("person", await first.person())
    await first.engine.stop()
    await first.store.close()
    street.journal.put(document(1, author=[{"reference": "PractitionerRole/kari-home"}]), id="n")
    second = await street.house()
    await second.fetch("person", await second.person())
    assert await authors(second.store, await second.person()) == {"Kari Nilsen"}


async def authors(store: Store, person: str) -> set[str]:
    from dataclasses import replace

    from akson_tui.model.access import AccessEvent, Ground, Opened
    from akson_tui.model.entry import EVERYTHING, EntryKind
    from akson_tui.store import audit, timeline
    from tests.sync.people import ASTRID, NOW

    event = AccessEvent(NOW, "Kari", "", "", "", person, ASTRID, "opened", "on-my-list")
    opened = Opened(person, (ASTRID,), Ground.ON_MY_LIST, NOW, await store.run(audit.log, event))
    only = replace(EVERYTHING, kinds=frozenset({EntryKind.NOTE}))
    page = await store.run(timeline.page, opened, only, None, 0, 50)
    assert await store.run(records.directory, [ROLE])
    return {row.entry.author for row in page.rows}
