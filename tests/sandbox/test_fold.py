"""Names are found as Norwegians write and type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.sandbox.fold import fold, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åse", "aase"),
        ("AASE", "åse"),
        ("A\u030ase", "aase"),
        ("Øyvind", "oeyvind"),
        ("Øyvind", "öyvind"),
        ("Bjørn", "BJOERN"),
        ("Ære", "aere"),
        ("Hämäläinen", "haemaelaeinen"),
        ("Čáhput", "cahput"),
        ("Đuŋŋá", "dunna"),
        ("Šaŋŧi Žan", "santi zan"),
        ("O'Brien", "obrien"),
        ("D’Arcy", "darcy"),
        ("Anne-Marie", "anne marie"),
        ("André  Müller", "andre muller"),
    ],
)
def test_two_ways_of_writing_a_name_are_the_same(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(("one", "other"), [("Moen", "Monsen"), ("Å", "A"), ("Bø", "Bo"), ("Åsen", "Asen")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(alphabet="abåäæøöéčđŋšŧžAÅØÆ'-", max_size=12), st.integers(0, 12))
def test_what_is_typed_so_far_is_a_beginning_of_the_whole(name: str, length: int) -> None:
    assert fold(name).startswith(fold(name[:length]))


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)
