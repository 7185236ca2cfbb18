"""What hands, lines and terminals send: the steps of which the monkey takes one after another."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.tools.terminal import KEYS

Step = tuple[str, bytes]
"""What kind of thing, and its bytes (for a new size: columns and lines as text)."""

NAMED = (
    "enter", "esc", "tab", "space", "up", "down", "left", "right", "pgup", "pgdn", "home", "end", "backspace", "delete",
    "shift+tab", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f9", "ctrl+p", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+u",
    "ctrl+w", "ctrl+c", "ctrl+z", "ctrl+d",
)  # fmt: skip
LETTERS = "/123456789gwudijknfsacpvreS?: "
WORDS = (
    "blåbærsyltetøy", "Áile Máret Čáhput", "ŋuvdo đ ŧ ž š", "漢字かな", "e\u0301\u0323\u0302", "a\u030a", "👩‍👩‍👧‍👦",
    "🇳🇴", "BT 142/88 p 91 SpO2 89 t 37,9 rf 24", "sår på leggen", "170554", "14834234603", "نص", "\u202eab\u202c", "\t",
    "ﬁ", "bakken", "\u200bx", "i\u0307", "Å" * 30, "[/x][@click=app.quit]", "ord " * 12,
)  # fmt: skip
SIZES = (
    (80, 24), (80, 24), (80, 24), (120, 40), (100, 30), (99, 24), (132, 50), (60, 15), (40, 12), (200, 60), 
    (20, 8), (10, 4), (3, 2),
)  # fmt: skip
STRANGE = (
    b"\xff\xfe", b"\xc3", b"\x1b[99~", b"\x1b[1;5A", b"\x1b[<0;10;10M", b"\x1b[<0;10;10m", b"\x1b[?62;22c", b"\x1b[0n",
    b"\x1b]11;rgb:0000/0000/0000\x07", b"\x1bP1$r0m\x1b\\", b"\x1b[I", b"\x1b[O", b"\x1b[201~", b"\x1bOM", b"\x00",
    b"\x1b[12;4R", b"\x1b[27;5;9~", b"\x1b[97u",
)  # fmt: skip

_key = st.sampled_from([KEYS[name].encode() for name in NAMED] + [letter.encode() for letter in LETTERS * 2])
_text = st.one_of(
    st.sampled_from(WORDS),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=8),
).map(str.encode)  # fmt: skip
_cursor_key = st.sampled_from([KEYS[name].encode() for name in ("up", "down", "left", "right", "pgup", "pgdn", "end")])
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("key"), _key),
    st.tuples(st.just("key"), _key),
    st.tuples(st.just("burst"), st.lists(_key, min_size=2, max_size=8).map(b"".join)),
    st.tuples(st.just("burst"), st.lists(st.one_of(_key, _text), min_size=2, max_size=5).map(b"".join)),
    st.tuples(st.just("text"), _text),
    st.tuples(st.just("escape"), st.sampled_from([b"\x1b" + letter.encode() for letter in "wS/sgfn2\x1b\r"])),
    st.tuples(st.just("split"), _cursor_key),
    st.tuples(st.just("split"), _text),
    st.tuples(st.just("size"), st.sampled_from([f"{columns} {lines}".encode() for columns, lines in SIZES])),
    st.tuples(
        st.just("paste"),
        st.one_of(_text, st.lists(_text, max_size=9).map(b"\r\n".join), st.just(b"langt ord " * 300)),
    ),
    st.tuples(st.just("strange"), st.sampled_from(STRANGE)),
)  # fmt: skip
