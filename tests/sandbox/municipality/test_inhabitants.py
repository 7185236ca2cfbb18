"""The many: always the same, apart from each other, with what belongs to their age."""

import datetime as dt
import re
from collections import Counter

import pytest

from akson_tui.sandbox.municipality.clock import Clock
from akson_tui.sandbox.municipality.districts import KEYS, circle
from akson_tui.sandbox.municipality.inhabitants import MOST, ascii_of, inhabitant, place
from akson_tui.sandbox.municipality.people import LISTED

from .conftest import NOW

PEOPLE = [inhabitant(number) for number in range(1400)]


def test_a_number_always_is_the_same_person() -> None:
    inhabitant.cache_clear()
    assert [inhabitant(number) for number in range(200)] == PEOPLE[:200]


def test_ids_are_plain_and_short_enough_for_what_is_added_to_them() -> None:
    idents = [inhabitant(number).ident for number in range(0, 20_000, 7)]
    assert len(set(idents)) == len(idents)
    assert all(re.fullmatch(r"[a-z0-9-]{3,34}", ident) for ident in idents)


def test_letters_of_all_languages_are_folded_in_ids() -> None:
    assert ascii_of("Gülsüm Yılmaz") == "gulsum-yilmaz"
    assert ascii_of("Áile Čáhput") == "aile-cahput"
    assert ascii_of("Małgorzata Ålefjær") == "malgorzata-aalefjaer"


def test_nobody_is_called_bakken_or_like_one_who_always_exists() -> None:
    known = {(person.given[0], person.family) for person in LISTED if person.given}
    for person in PEOPLE:
        assert not person.family.lower().startswith("bakken")
        assert (person.given[0], person.family) not in known


def test_each_kind_of_user_lives_in_each_municipality() -> None:
    kinds = Counter((place(number).key, place(number).kind) for number in range(280))
    for key in KEYS:
        for kind in ("home", "young", "gp", "child", "today", "pregnant", "legevakt"):
            assert kinds[key, kind] >= 1, (key, kind)


def test_problems_fit_age_and_sex() -> None:
    clock = Clock(NOW)
    for person in PEOPLE:
        born = person.birth(clock)
        assert born is not None
        age = clock.age(born)
        if "pregnancy" in person.problems:
            assert person.female and 21 <= age <= 41 and 9 <= person.week <= 39
        if "prostate" in person.problems:
            assert not person.female
        if "dementia" in person.problems:
            assert age >= 65
        if person.team and "health-nurse" in person.team[0]:
            assert age <= 5 and person.kin is not None


def test_who_treats_a_person_works_where_the_person_lives() -> None:
    for number, person in enumerate(PEOPLE):
        at = place(number)
        around = circle(at.key, at.district)
        assert person.doctor in around.doctors
        assert person.district == at.district


def test_gestational_diabetes_is_not_found_before_week_28() -> None:
    weeks = [person.week for person in PEOPLE if "gestational-diabetes" in person.problems]
    assert weeks and min(weeks) >= 30


def test_there_is_an_end_of_numbers() -> None:
    assert inhabitant(MOST - 1).ident
    with pytest.raises(ValueError, match="no more"):
        inhabitant(MOST)


def test_children_are_born_before_today_whatever_day_it_is() -> None:
    clock = Clock(dt.datetime(2028, 2, 29, 12, tzinfo=dt.UTC))
    for person in PEOPLE:
        born = person.birth(clock)
        assert born is not None and born < clock.today
