"""Names and texts are found however a Norwegian spells them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.clinical.search_text import fold, words


@pytest.mark.parametrize(
    "spellings",
    [
        ("Ås", "AAS", "aas", "ÅS", "A\u030as"),
        ("Øye", "Öye", "oeye", "ØYE"),
        ("Sæther", "Säther", "SAETHER"),
        ("Čáhppes", "cahppes", "CÁHPPES"),
        ("Đorđe", "dorde"),
        ("Ŋiŋgu", "ningu"),
        ("Šiŧži", "sitzi"),
        ("José", "jose"),
        ("SpO₂", "spo2"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul", "ISTANBUL"),
        ("ﬁn", "fin"),
        ("ＦＩＮ", "fin"),
        ("Ærø", "AEROE"),
        ("ǻ", "å"),
    ],
)
def test_all_spellings_of_a_word_are_one(spellings: tuple[str, ...]) -> None:
    assert len({fold(one) for one in spellings}) == 1


def test_different_letters_stay_different() -> None:
    assert len({fold(word) for word in ("mål", "mal", "møl", "mol", "mel", "mæl")}) == 6


def test_what_stands_between_words_stays() -> None:
    assert fold("Leggsår, 2 cm!") == "leggsaar, 2 cm!"


def test_parts_of_compounds_are_found() -> None:
    assert fold("sår") in fold("leggsår") and fold("SAAR") in fold("Leggsår")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_what_is_a_part_stays_a_part_beside_a_blank(one: str, two: str) -> None:
    assert fold(one) in fold(f"{one} {two}")


@given(st.text())
def test_case_does_not_count(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


def test_thousands_of_marks_are_one_letter() -> None:
    assert fold("e" + "\u0301" * 5000) == "e"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bakken, Astrid", ("bakken", "astrid")),
        ("Anne-Marie Ås", ("anne", "marie", "aas")),
        ("O'Hara", ("o", "hara")),
        ("  ", ()),
        ("…!", ()),
        ("Odd_Arne 3", ("odd", "arne", "3")),
    ],
)
def test_words(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found
