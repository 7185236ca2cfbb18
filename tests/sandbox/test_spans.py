"""What was received is given back: only id and meta are changed, character by character."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.sandbox import spans

keys = st.text(max_size=8).filter(lambda key: key not in ("id", "meta", "resourceType"))
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=15,
)
spaces = st.sampled_from(["", " ", "\n", "\t ", "\r\n  "])


@given(st.dictionaries(keys, values, max_size=5), spaces, st.booleans(), st.integers(0, 3), st.data())
def test_all_but_id_and_meta_stays_as_it_came(
    more: dict[str, Any], space: str, ascii_only: bool, kind: int, data: st.DataObject
) -> None:
    head: dict[str, Any] = {"resourceType": "Basic"}
    if kind & 1:
        head["id"] = "old"
    if kind & 2:
        head["meta"] = {"profile": ["x"], "versionId": "9"}
    members = data.draw(st.permutations(list({**head, **more}.items())))
    body = ",".join(
        f"{space}{json.dumps(k, ensure_ascii=ascii_only)}{space}:{space}{json.dumps(v, ensure_ascii=ascii_only)}{space}"
        for k, v in members
    )
    text = f"{space}{{{body}}}{space}"

    stamped = spans.stamp(text, "new", "2", "2026-01-01T00:00:00.000Z")

    wanted_meta = {**head.get("meta", {}), "versionId": "2", "lastUpdated": "2026-01-01T00:00:00.000Z"}
    assert json.loads(stamped) == {**head, **more, "id": "new", "meta": wanted_meta}
    for key, value in more.items():
        written = (
            f"{json.dumps(key, ensure_ascii=ascii_only)}{space}:{space}{json.dumps(value, ensure_ascii=ascii_only)}"
        )
        assert written in stamped
    # Stamped again with the same, nothing changes; with the old values, what was received comes back.
    assert spans.stamp(stamped, "new", "2", "2026-01-01T00:00:00.000Z") == stamped


@given(values)
def test_members_and_elements_are_found_where_they_stand(value: Any) -> None:
    text = json.dumps({"a": 1, "list": [value, value], "z": value}, indent=1)
    found = {member.key: text[member.start : member.end] for member in spans.members(text)}
    assert {key: json.loads(part) for key, part in found.items()} == json.loads(text)
    place = next(member for member in spans.members(text) if member.key == "list")
    assert [json.loads(text[a:b]) for a, b in spans.elements(text, place.start)] == [value, value]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "Infinity"),
        ('{"a": 1, "a": 2}', "twice"),
        ('{"b": {"a": 1, "\\u0061": 2}}', "twice"),
        ('{"a": "\\ud800"}', "surrogate"),
        ('{"a": "\\udc00\\ud800"}', "surrogate"),
        ("[" * 70 + "]" * 70, "levels"),
        ("[" * 200_000, "levels"),
        ('{"a":' * 200_000, "levels"),
        ('{"a": ' + "9" * 5000 + "}", "long"),
        ('{"a": 1} x', "line 1, column 10"),
        ('{"a": 01}', "line 1"),
        ('{"a": "\t"}', "control character"),
        ("", "line 1"),
    ],
)
def test_json_that_is_none_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(spans.Malformed, match=reason):
        spans.parse(text)


def test_a_surrogate_pair_is_a_character() -> None:
    assert spans.parse('{"a": "\\ud83d\\ude00"}') == {"a": "😀"}


def test_bytes_that_are_not_utf8_are_refused_and_a_byte_order_mark_is_no_part_of_the_text() -> None:
    with pytest.raises(spans.Malformed, match="byte 2"):
        spans.decode(b'{"\xff"}')
    assert spans.decode(b"\xef\xbb\xbf{}") == "{}"


def test_references_are_relinked_and_identifiers_are_not() -> None:
    urn = "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"
    text = (
        f'{{"identifier":[{{"system":"urn:ietf:rfc:3986","value":"{urn}"}}],'
        f'"text":"\\"reference\\": \\"{urn}\\"","subject":{{"reference" : "{urn}","display":"{urn}"}}}}'
    )
    assert spans.relink(text, {urn: "Patient/1"}.get) == text.replace(
        f'"reference" : "{urn}"', '"reference" : "Patient/1"'
    )
