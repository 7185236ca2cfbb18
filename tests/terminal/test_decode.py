"""Bytes into keys: any cut of the stream gives the same, and nothing that comes can break it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from akson_tui.terminal.decode import ANSWER, ESCAPE, LONGEST_PASTE, Decoder, Kind, Token


def text(letters: str) -> list[Token]:
    return [Token(Kind.TEXT, letter) for letter in letters]


def key(name: str) -> Token:
    return Token(Kind.KEY, name)


def decoded(*parts: bytes) -> list[Token]:
    decoder = Decoder()
    tokens = [token for part in parts for token in decoder.feed(part)]
    return tokens + decoder.settle()


@pytest.mark.parametrize(
    ("data", "tokens"),
    [
        ("æøå Á".encode(), text("æøå Á")),
        (b"\r\t\x7f\x08", [key("enter"), key("tab"), key("backspace"), key("backspace")]),
        (b"\x01\x11\x1a\x0a\x00", [key("ctrl+a"), key("ctrl+q"), key("ctrl+z"), key("ctrl+j"), key("ctrl+@")]),
        (b"\x1b[A\x1b[B\x1bOC\x1bOD", [key("up"), key("down"), key("right"), key("left")]),
        (
            b"\x1b[5~\x1b[6~\x1b[H\x1bOF\x1b[1~\x1b[3~",
            list(map(key, ["pageup", "pagedown", "home", "end", "home", "delete"])),
        ),
        (b"\x1bOP\x1b[11~\x1b[[A\x1b[20~\x1b[24~", list(map(key, ["f1", "f1", "f1", "f9", "f12"]))),
        (b"\x1b[1;5A\x1b[1;2C\x1b[3;5~\x1b[Z", list(map(key, ["ctrl+up", "shift+right", "ctrl+delete", "shift+tab"]))),
        (b"\x1bw", [ESCAPE, *text("w")]),
        (b"\x1b\x1b", [ESCAPE, ESCAPE]),
        (b"\x1b\x1b[B", [ESCAPE, key("down")]),
        (b"\x1bS", [ESCAPE, *text("S")]),
        (b"\x1bOe", [ESCAPE, *text("Oe")]),
        (b"\x1bO", [ESCAPE, *text("O")]),
        (b"\x1b\r", [ESCAPE, key("enter")]),
        (b"\x1b[xyz", [ESCAPE, *text("[xyz")]),
        (b"\x1b[\xc3\xa5", [ESCAPE, *text("[å")]),
        (b"\x1b[I\x1b[O\x1b[?62;22ca", text("a")),
        (b"\x1b[200~a\x1b[Ab\r\x1b[201~c", [Token(Kind.PASTE, "a\x1b[Ab\r"), *text("c")]),
        (b"\x1b[<0;12;7M", [Token(Kind.MOUSE, "\x1b[<0;12;7M")]),
        (b"\x1b[0n", [ANSWER]),
        (b"\xff\xc3(", text("��(")),
        ("\x80\x9b31m".encode(), text("31m")),
        ("a\xa0b\u2028\u202e\u200dc".encode(), text("a bc")),
    ],
)
def test_what_a_terminal_sends(data: bytes, tokens: list[Token]) -> None:
    assert decoded(data) == tokens


def test_an_answer_within_what_the_line_cut_is_taken_out() -> None:
    assert decoded(b"\x1b", b"\x1b[0n", b"[B") == [ANSWER, key("down")]
    assert decoded(b"\x1b", b"\x1b", b"[0", b"n", b"[B") == [ANSWER, key("down")]
    assert decoded(b"\x1b[", b"\x1b[0n", b"B") == [ANSWER, key("down")]
    assert decoded(b"\x1b[1;", b"\x1b[0n5B") == [ANSWER, key("ctrl+down")]
    assert decoded(b"\x1b[200~ab", b"\x1b[0n", b"c\x1b[201~") == [ANSWER, Token(Kind.PASTE, "abc")]


def test_what_waits_is_held_and_nothing_else_is() -> None:
    for data, held in ((b"\x1b", 1), (b"\x1bO", 1), (b"\x1b\x1b", 1), (b"\x1b[", 0), (b"\x1b[1;", 0), (b"a", 0)):
        decoder = Decoder()
        decoder.feed(data)
        assert decoder.held is bool(held), data


def test_a_paste_without_end_keeps_what_a_paste_may_hold() -> None:
    decoder = Decoder()
    decoder.feed(b"\x1b[200~")
    for _ in range(30):
        decoder.feed(b"x" * 50_000)
    (paste,) = decoder.feed(b"\x1b[201~")
    assert paste == Token(Kind.PASTE, "x" * LONGEST_PASTE)


def test_a_sequence_without_end_is_given_up() -> None:
    assert decoded(b"\x1b[" + b"1" * 100, b"a")[-1] == Token(Kind.TEXT, "a")


WORDS = [
    b"a", b"B", b" ", b"[", b"O", b"~", b"0", b"n", b";", "å".encode(), "漢".encode(), "👍".encode(), b"\r", b"\x7f",
    b"\x1b", b"\x1b[A", b"\x1bOP", b"\x1b[20~", b"\x1b[1;5C", b"\x1b[[A", b"\x1b[200~", b"\x1b[201~", b"\x1b[0n",
    b"\x1b[<0;1;1M", b"\xff", b"\xc3", b"\x00",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.data())
def test_any_cut_of_the_stream_gives_the_same_keys(words: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(words)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=6).map(sorted))
    parts = [stream[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    # Answers come as soon as they are whole, so their place among the keys may differ, their number may not.
    whole, cut = decoded(stream), decoded(*parts)
    assert [token for token in cut if token != ANSWER] == [token for token in whole if token != ANSWER]
    assert cut.count(ANSWER) == whole.count(ANSWER)


@given(st.binary(max_size=200))
def test_nothing_that_comes_breaks_it_and_keys_are_harmless(data: bytes) -> None:
    for kind, value in decoded(data):
        if kind is Kind.TEXT:
            assert len(value) == 1 and value.isprintable()


SEQUENCES = [
    (sequence, keys[0].value)
    for sequence, keys in ANSI_SEQUENCES_KEYS.items()
    if isinstance(keys, tuple) and len(keys) == 1 and sequence.startswith(("\x1b[", "\x1bO"))
]


@pytest.mark.parametrize(("sequence", "name"), SEQUENCES)
def test_keys_bear_textual_s_names(sequence: str, name: str) -> None:
    """Where both know a sequence they agree, except that shift+F1 is called that and not F13."""
    tokens = decoded(sequence.encode())
    if not re.search(r"f(1[3-9]|2\d)$", name) and tokens and tokens[0].kind is Kind.KEY and tokens[0] != ESCAPE:
        assert tokens == [key(name)]


def test_the_keys_of_the_key_table_are_known() -> None:
    known = {name for sequence, name in SEQUENCES if decoded(sequence.encode()) == [key(name)]}
    needed = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "shift+tab"}
    assert needed | {f"f{number}" for number in range(1, 13)} <= known
