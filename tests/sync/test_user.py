"""Who the user is, from what `--as` said."""

from __future__ import annotations

import pytest

from akson_tui.model.people import HPR
from akson_tui.store import worklist
from tests.sync.conftest import Street
from tests.sync.people import NOW, practitioner, role, visit


@pytest.mark.parametrize("ident", ["demo", "kari-nilsen", "565900000"])
async def test_the_user_is_found_by_id_or_hpr_number(street: Street, ident: str) -> None:
    street.user = ident
    house = await street.house()
    await house.fetch("worklist")
    user = await house.store.run(worklist.user)
    assert user is not None and (user.name, user.role and user.role.id) == ("Kari Nilsen", "kari-home")


async def test_an_id_that_is_a_number_is_found_too(street: Street) -> None:
    street.journal.put({**practitioner(), "id": "4711", "identifier": []})
    street.user = "4711"
    house = await street.house()
    await house.fetch("worklist")
    user = await house.store.run(worklist.user)
    assert user is not None and user.practitioner is not None and user.practitioner.id == "4711"


async def test_a_number_that_somebody_else_has_is_not_mine(street: Street) -> None:
    """A server that answers with another clinician makes nobody sign in their name."""
    street.journal.put({**practitioner(), "id": "per", "identifier": [{"system": HPR, "value": "111111111"}]})
    fits = street.journal._fits
    street.journal._fits = lambda key, name, value: name == "identifier" or fits(key, name, value)  # type: ignore[method-assign]
    street.user = "999999999"
    house = await street.house()
    await house.fetch("worklist")
    assert await house.store.run(worklist.user) is None


async def test_all_roles_count_for_the_round_and_an_active_one_signs(street: Street) -> None:
    street.journal.put({**role(), "id": "a-former", "active": False})
    street.journal.put({**role(), "id": "night"})
    street.journal.put(visit("n", "astrid", NOW, "PractitionerRole/night"))
    street.journal.put(visit("f", "astrid", NOW, "PractitionerRole/a-former"))
    house = await street.house()
    await house.fetch("worklist")
    user = await house.store.run(worklist.user)
    assert user is not None and user.role is not None and user.role.id == "kari-home"
    assert len(await house.store.run(worklist.round, "demo", NOW.date())) == 2
