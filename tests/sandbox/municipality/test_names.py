"""People beyond the lists: always the same ones, no second Bakken, fitting ids."""

import re
from itertools import islice

from akson_tui.sandbox.municipality.names import more


def test_the_same_people_come_each_time() -> None:
    assert list(more(40)) == list(more(40))
    assert list(islice(more(40), 10)) == list(more(10))


def test_ids_are_unique_and_plain_and_nobody_is_called_bakken() -> None:
    people = list(more(300))
    idents = [person.ident for person in people]
    assert len(set(idents)) == 300
    assert all(re.fullmatch(r"[a-z0-9-]+", ident) for ident in idents)
    assert not any(person.family.lower().startswith("bakken") for person in people)


def test_nobody_is_added_when_the_listed_are_enough() -> None:
    assert list(more(-5)) == []
