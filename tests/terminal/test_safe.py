"""Whatever a server, a file or a patient sends, what is shown moves no cursor, hides nothing and floods nothing."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.terminal.safe import MARKS_AT_MOST, lines, one_line

ANYTHING = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Co", "Mn", "Me", "Zs", "Zl", "Zp"]),
        st.sampled_from("\x1b\x9b\r\n\t\x00\u202e\u2066\u200d\u0301\ud800\U000e0001"),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Blodtrykk 142/88", "Blodtrykk 142/88"),
        ("æøå ŧđŋ Š", "æøå ŧđŋ Š"),
        ("a\u030a", "å"),
        ("\x1b[2Jhei\x07", "�[2Jhei�"),
        ("\x9b31mhei", "�31mhei"),
        ("10 mg\u202e gm 01", "10 mg gm 01"),
        ("\u2066skjult\u2069", "skjult"),
        ("to\u200bord\ufeff\xad", "toord"),
        ("a\x00b", "ab"),
        ("\ud800", "�"),
        ("\ue000\U0010ffff", "��"),
        ("a\tb", "a    b"),
        ("a\u2003b\u3000c", "a b c"),
        ("1\xa0000", "1\xa0000"),
        ("👩\u200d⚕\ufe0f", "👩⚕"),
        ("\U000e0041tag", "tag"),
        ("[bold]ikke[/bold] [@click=app.quit]", "[bold]ikke[/bold] [@click=app.quit]"),
        ("\u0301foran", "foran"),
        ("", ""),
    ],
)
def test_what_is_shown(raw: str, shown: str) -> None:
    assert one_line(raw) == shown
    assert lines(raw) == [shown]


def test_lines_part_at_every_kind_of_break() -> None:
    assert lines("a\nb\r\nc\rd\u2028e\x0bf\x85g") == ["a", "b", "c", "d", "e", "f", "g"]
    assert lines("a\n\nb\n") == ["a", "", "b", ""]
    assert one_line(" a \r\n\r\n b\n") == "a b"
    assert one_line("  innrykk") == "  innrykk"


def test_five_thousand_marks_on_one_letter_are_a_letter_with_a_few() -> None:
    assert len(one_line("o" + "\u0323\u0301" * 5_000)) <= 1 + MARKS_AT_MOST


def test_a_text_that_is_too_long_is_cut_where_it_shows() -> None:
    assert one_line("blodtrykk", 5) == "blod…" and one_line("blodt", 5) == "blodt"
    assert lines("ab\ncd\nef", 5) == ["ab", "c…"]
    assert one_line("ab", 0) == "…"


@given(ANYTHING, st.integers(1, 80))
def test_nothing_dangerous_is_left(raw: str, limit: int) -> None:
    for text in (one_line(raw, limit), *lines(raw)):
        for letter in text:
            assert unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"), hex(ord(letter))
        text.encode("utf-8")
        marks = 0
        for letter in text:
            marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me", "Mc") else 0
            assert marks <= MARKS_AT_MOST
        assert unicodedata.is_normalized("NFC", text)
    assert len(one_line(raw, limit)) <= limit
    assert sum(map(len, lines(raw, limit))) <= limit


@given(ANYTHING)
def test_what_is_safe_is_left_as_it_is(raw: str) -> None:
    once = one_line(raw)
    assert one_line(once) == once
    assert lines("\n".join(lines(raw))) == lines(raw)
