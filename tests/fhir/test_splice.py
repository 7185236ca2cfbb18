"""One value is changed in the bytes that came, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.fhir.splice import drop, put
from akson_tui.fhir.syntax import FhirUnreadable, load

RAW = b'\xef\xbb\xbf{ "a" : [1.50 , {"b\\"":4.10 , "c":[]}] ,\n "d":"x" }'
LEAF = st.one_of(st.integers(-9, 9), st.text(max_size=5).filter(lambda text: text.isprintable()), st.booleans())
NAMES = st.text('abc"\\:{}', max_size=3)
TREE = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)


@pytest.mark.parametrize(
    ("path", "value", "made"),
    [
        (("a", 0), "y", b'{ "a" : ["y" , {"b\\"":4.10 , "c":[]}] ,\n "d":"x" }'),
        (("a", 1, 'b"'), {"z": 1}, b'{ "a" : [1.50 , {"b\\"":{"z":1} , "c":[]}] ,\n "d":"x" }'),
        (("a", 1, "c", 0), 7, b'{ "a" : [1.50 , {"b\\"":4.10 , "c":[7]}] ,\n "d":"x" }'),
        (("a", 2), None, b'{ "a" : [1.50 , {"b\\"":4.10 , "c":[]},null] ,\n "d":"x" }'),
        (("e",), "\u00e5", '{ "a" : [1.50 , {"b\\"":4.10 , "c":[]}] ,\n "d":"x","e":"\u00e5" }'.encode()),
    ],
)
def test_a_value_is_put_where_it_belongs(path: tuple[str | int, ...], value: object, made: bytes) -> None:
    assert put(RAW, path, value) == b"\xef\xbb\xbf" + made


@pytest.mark.parametrize(
    ("path", "made"),
    [
        (("a",), b'{ "d":"x" }'),
        (("d",), b'{ "a" : [1.50 , {"b\\"":4.10 , "c":[]}] }'),
        (("a", 1, "c"), b'{ "a" : [1.50 , {"b\\"":4.10}] ,\n "d":"x" }'),
        (("a", 0), b'{ "a" : [{"b\\"":4.10 , "c":[]}] ,\n "d":"x" }'),
        (("nothing",), b'{ "a" : [1.50 , {"b\\"":4.10 , "c":[]}] ,\n "d":"x" }'),
    ],
)
def test_what_is_dropped_takes_its_comma_with_it(path: tuple[str | int, ...], made: bytes) -> None:
    assert drop(RAW, path) == b"\xef\xbb\xbf" + made


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b"[]", ("a",)), (b"{", ("a",)), (b'{"a":1}x', ("a",)), (b'{"a":1,"a":2}', ("b",)), (b'{"a":1}', ("a", "b")),
        (b'{"a":[]}', ("a", 1)), (b'{"a":{}}', ("a", 0)), (b'{"a":[]}', ("a", "b")), (b"\xff", ("a",)),
        (b'{"a":1}', ("b", "c")), (b"", ("a",)), (b'{"a":[1', ("a", 1)),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_is_refused(raw: bytes, path: tuple[str | int, ...]) -> None:
    with pytest.raises(FhirUnreadable):
        put(raw, path, 1)


@given(tree=st.dictionaries(st.text("abc\"\\:{}", max_size=3), TREE, max_size=4), name=st.text("abc\"\\:", max_size=2),
       value=TREE, indent=st.sampled_from([None, 1]))  # fmt: skip
def test_it_is_what_a_dictionary_would_do(tree: dict[str, Any], name: str, value: object, indent: int | None) -> None:
    raw = json.dumps(tree, indent=indent).encode()
    assert load(put(raw, (name,), value)) == {**tree, name: value}
    assert load(drop(raw, (name,))) == {key: held for key, held in tree.items() if key != name}
    for key, held in tree.items():
        if isinstance(held, list):
            assert load(put(raw, (key, len(held)), value))[key] == [*held, value]
            if held:
                assert load(drop(raw, (key, len(held) - 1)))[key] == held[:-1]
