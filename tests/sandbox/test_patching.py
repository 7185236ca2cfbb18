"""JSON Patch on text: the examples of RFC 6902 itself, and against patching of plain values on anything else."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akson_tui.sandbox.outcome import Trouble
from akson_tui.sandbox.patching import patched, read, same
from akson_tui.sandbox.spans import parse

Json = Any


def run(document: str, patch: Json) -> str:
    return patched(document, read((patch if isinstance(patch, str) else json.dumps(patch)).encode()))


# RFC 6902, appendix A: number, document, patch, result (None: it fails).
RFC = [
    ("A.1", '{"foo":"bar"}', [{"op": "add", "path": "/baz", "value": "qux"}], {"baz": "qux", "foo": "bar"}),
    (
        "A.2",
        '{"foo":["bar","baz"]}',
        [{"op": "add", "path": "/foo/1", "value": "qux"}],
        {"foo": ["bar", "qux", "baz"]},
    ),
    ("A.3", '{"baz":"qux","foo":"bar"}', [{"op": "remove", "path": "/baz"}], {"foo": "bar"}),
    ("A.4", '{"foo":["bar","qux","baz"]}', [{"op": "remove", "path": "/foo/1"}], {"foo": ["bar", "baz"]}),
    (
        "A.5",
        '{"baz":"qux","foo":"bar"}',
        [{"op": "replace", "path": "/baz", "value": "boo"}],
        {"baz": "boo", "foo": "bar"},
    ),
    (
        "A.6",
        '{"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}}',
        [{"op": "move", "from": "/foo/waldo", "path": "/qux/thud"}],
        {"foo": {"bar": "baz"}, "qux": {"corge": "grault", "thud": "fred"}},
    ),
    (
        "A.7",
        '{"foo":["all","grass","cows","eat"]}',
        [{"op": "move", "from": "/foo/1", "path": "/foo/3"}],
        {"foo": ["all", "cows", "eat", "grass"]},
    ),
    (
        "A.8",
        '{"baz":"qux","foo":["a",2,"c"]}',
        [{"op": "test", "path": "/baz", "value": "qux"}, {"op": "test", "path": "/foo/1", "value": 2}],
        {"baz": "qux", "foo": ["a", 2, "c"]},
    ),
    ("A.9", '{"baz":"qux"}', [{"op": "test", "path": "/baz", "value": "bar"}], None),
    (
        "A.10",
        '{"foo":"bar"}',
        [{"op": "add", "path": "/child", "value": {"grandchild": {}}}],
        {"foo": "bar", "child": {"grandchild": {}}},
    ),
    (
        "A.11",
        '{"foo":"bar"}',
        [{"op": "add", "path": "/baz", "value": "qux", "xyz": 123}],
        {"foo": "bar", "baz": "qux"},
    ),
    ("A.12", '{"foo":"bar"}', [{"op": "add", "path": "/baz/bat", "value": "qux"}], None),
    ("A.14", '{"/":9,"~1":10}', [{"op": "test", "path": "/~01", "value": 10}], {"/": 9, "~1": 10}),
    ("A.15", '{"/":9,"~1":10}', [{"op": "test", "path": "/~01", "value": "10"}], None),
    (
        "A.16",
        '{"foo":["bar"]}',
        [{"op": "add", "path": "/foo/-", "value": ["abc", "def"]}],
        {"foo": ["bar", ["abc", "def"]]},
    ),
]


@pytest.mark.parametrize(("document", "patch", "result"), [row[1:] for row in RFC], ids=[row[0] for row in RFC])
def test_the_examples_of_the_rfc(document: str, patch: Json, result: Json) -> None:
    if result is None:
        with pytest.raises(Trouble) as refused:
            run(document, patch)
        assert refused.value.status == 422
    else:
        assert json.loads(run(document, patch)) == result


def test_an_operation_with_two_members_of_the_same_name_is_refused() -> None:
    # A.13
    with pytest.raises(Trouble) as refused:
        run('{"foo":"bar"}', '[{"op":"add","path":"/baz","value":"qux","op":"remove"}]')
    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("document", "patch", "result"),
    [
        ('{ "a" : 4.10 , "b": 1 }', [{"op": "remove", "path": "/b"}], '{ "a" : 4.10 }'),
        ('{ "b": 1, "a" : 4.10 }', [{"op": "remove", "path": "/b"}], '{ "a" : 4.10 }'),
        ('{"a":4.10}', '[{"op":"copy","from":"/a","path":"/b"}]', '{"a":4.10,"b":4.10}'),
        ('{"a":1}', '[{"op":"replace","path":"/a","value":1.500}]', '{"a":1.500}'),
        ('{"a":[ ]}', '[{"op":"add","path":"/a/0","value":1.0}]', '{"a":[1.0 ]}'),
        ('{"a":{}}', '[{"op":"add","path":"/a/å","value":1E2}]', '{"a":{"å":1E2}}'),
        ('{"a":[1]}', '[{"op":"remove","path":"/a/0"}]', '{"a":[]}'),
        ('{"a":1}', '[{"op":"move","from":"/a","path":"/a"}]', '{"a":1}'),
        ('{"a":1}', '[{"op":"replace","path":"","value":[4.10]}]', "[4.10]"),
    ],
)
def test_what_is_written_stays_as_it_was_written(document: str, patch: Json, result: str) -> None:
    assert run(document, patch) == result


@pytest.mark.parametrize(
    "patch",
    [
        [{"op": "add", "path": "/a/5", "value": 1}],
        [{"op": "add", "path": "/a/01", "value": 1}],
        [{"op": "add", "path": "/a/x", "value": 1}],
        [{"op": "add", "path": "/b/c", "value": 1}],
        [{"op": "remove", "path": ""}],
        [{"op": "remove", "path": "/a/-"}],
        [{"op": "remove", "path": "/a/9"}],
        [{"op": "replace", "path": "/c", "value": 1}],
        [{"op": "move", "from": "/a", "path": "/a/0"}],
        [{"op": "copy", "from": "/c", "path": "/d"}],
        [{"op": "test", "path": "/b", "value": True}],
        [{"op": "test", "path": "/a", "value": [1, 2]}],
    ],
)
def test_what_cannot_be_done_is_refused(patch: Json) -> None:
    with pytest.raises(Trouble) as refused:
        run('{"a":[1,2,3],"b":1}', patch)
    assert refused.value.status == 422
    assert "operation 0" in str(refused.value)


@pytest.mark.parametrize(
    "patch",
    [
        '{"op":"remove","path":"/a"}',
        "[1]",
        '[{"path":"/a"}]',
        '[{"op":"add","path":"/a"}]',
        '[{"op":"move","path":"/a"}]',
        '[{"op":"remove","path":"a"}]',
        '[{"op":"remove","path":"/~2"}]',
        '[{"op":"remove"}]',
        '[{"op":"remove","path":7}]',
        "[",
        "\xff",
    ],
)
def test_what_is_no_patch_is_refused(patch: str) -> None:
    with pytest.raises(Trouble) as refused:
        read(patch.encode("latin-1"))
    assert refused.value.status == 400


def test_copies_of_copies_do_not_fill_the_memory() -> None:
    doubling = [{"op": "copy", "from": "", "path": "/a/-"}] * 60
    with pytest.raises(Trouble) as refused:
        run('{"a":["' + "x" * 1000 + '"]}', doubling)
    assert refused.value.status == 413
    deeper = [{"op": "copy", "from": "", "path": "/a" * (n + 1)} for n in range(500)]
    with pytest.raises(Trouble) as refused:
        run('{"a":' * 60 + "1" + "}" * 60, deeper)
    assert refused.value.status in (413, 422)
    with pytest.raises(Trouble) as refused:
        read(json.dumps([{"op": "remove", "path": "/a"}] * 501).encode())
    assert refused.value.status == 413


def test_true_is_not_one() -> None:
    assert same(parse("4.10"), parse("4.1")) and same(parse("1"), parse("1.0"))
    assert not same(True, 1) and not same(0, False) and not same(None, False) and not same("1", 1)


KEYS = st.sampled_from(["a", "b", "", "/", "~", "0", "-", "å"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "x", "ø\n"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
PATHS = st.lists(st.sampled_from(["a", "b", "", "/", "~", "0", "1", "2", "-", "å"]), max_size=3)


def pointer(path: list[str]) -> str:
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in path)


OPERATIONS = st.lists(
    st.one_of(
        st.builds(
            lambda op, path, value: {"op": op, "path": pointer(path), "value": value},
            st.sampled_from(["add", "replace", "test"]),
            PATHS,
            VALUES,
        ),
        st.builds(lambda path: {"op": "remove", "path": pointer(path)}, PATHS),
        st.builds(
            lambda op, source, path: {"op": op, "from": pointer(source), "path": pointer(path)},
            st.sampled_from(["move", "copy"]),
            PATHS,
            PATHS,
        ),
    ),
    max_size=3,
)


class Fails(Exception):
    """The plain patch cannot be done."""


def plainly(document: Json, patch: list[dict[str, Any]]) -> Json:
    """The same on Python values, in the most obvious way."""
    for row in patch:
        document = _one(copy.deepcopy(document), row)
    return document


def _steps(text: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in text.split("/")[1:]]


def _get(held: Json, path: list[str]) -> Json:
    for step in path:
        if isinstance(held, dict) and step in held:
            held = held[step]
        elif isinstance(held, list) and step in [str(n) for n in range(len(held))]:
            held = held[int(step)]
        else:
            raise Fails
    return held


def _remove(document: Json, path: list[str]) -> None:
    _get(document, path)
    if not path:
        raise Fails
    holder = _get(document, path[:-1])
    del holder[int(path[-1]) if isinstance(holder, list) else path[-1]]


def _add(document: Json, path: list[str], value: Json) -> Json:
    if not path:
        return value
    holder, last = _get(document, path[:-1]), path[-1]
    if isinstance(holder, dict):
        holder[last] = value
    elif isinstance(holder, list) and last in ["-", *(str(n) for n in range(len(holder) + 1))]:
        holder.insert(len(holder) if last == "-" else int(last), value)
    else:
        raise Fails
    return document


def _one(document: Json, row: dict[str, Any]) -> Json:
    op, path = row["op"], _steps(row["path"])
    if op in ("move", "copy"):
        source = _steps(row["from"])
        if op == "move" and path != source and path[: len(source)] == source:
            raise Fails
        value = copy.deepcopy(_get(document, source))
        if op == "move" and path != source:
            _remove(document, source)
        return document if op == "move" and path == source else _add(document, path, value)
    if op == "remove":
        _remove(document, path)
        return document
    if op == "add":
        return _add(document, path, row["value"])
    there = _get(document, path)
    if op == "test":
        if json.dumps(there, sort_keys=True) != json.dumps(row["value"], sort_keys=True):
            raise Fails
        return document
    if not path:
        return row["value"]
    holder = _get(document, path[:-1])
    holder[int(path[-1]) if isinstance(holder, list) else path[-1]] = row["value"]
    return document


@settings(max_examples=400, deadline=None)
@given(VALUES, OPERATIONS, st.sampled_from([None, 2]))
def test_text_is_patched_as_values_are(document: Json, patch: list[dict[str, Any]], indent: int | None) -> None:
    text = json.dumps(document, indent=indent)
    try:
        expected = plainly(document, patch)
    except Fails:
        with pytest.raises(Trouble):
            run(text, patch)
    else:
        assert json.dumps(json.loads(run(text, patch)), sort_keys=True) == json.dumps(expected, sort_keys=True)
