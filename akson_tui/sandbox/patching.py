"""JSON Patch (RFC 6902) on a resource's text: what an operation does not touch stays as it was received, 4.10 included.

Each operation looks its place up anew, since the one before may have moved it; size and number are bounded, because a
few copies of copies would fill the memory.
"""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from akson_tui.sandbox import spans
from akson_tui.sandbox.outcome import Issue, Trouble

MEDIA_TYPE = "application/json-patch+json"
MAX_OPERATIONS = 500
MAX_TEXT = 16_000_000
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


class Operation(NamedTuple):
    """One operation: paths as tokens, and the value as it was written."""

    name: str
    path: list[str]
    source: list[str]
    value: str


class Inner(NamedTuple):
    """A member or element of a container: its key or index, where it begins (with its key), and its value's span."""

    name: str
    at: int
    start: int
    end: int


def _failed(text: str) -> Trouble:
    return Trouble(422, text)


def _malformed(text: str) -> Trouble:
    return Trouble(400, text)


def read(raw: bytes) -> list[Operation]:
    """The operations of a patch. Raises Trouble 400 where it is none, 413 where there are too many."""
    try:
        text = spans.decode(raw)
        held = spans.parse(text)
    except spans.Malformed as error:
        raise Trouble(400, issues=[Issue(str(error), "structure")]) from None
    if not isinstance(held, list):
        raise _malformed("a patch is an array of operations")
    if len(held) > MAX_OPERATIONS:
        raise Trouble(413, f"more than {MAX_OPERATIONS} operations")
    return [
        _operation(number, row, text, start)
        for number, (row, (start, _)) in enumerate(zip(held, spans.elements(text, 0), strict=True))
    ]


def _operation(number: int, row: Any, text: str, start: int) -> Operation:
    name = row.get("op") if isinstance(row, dict) else None
    if name not in OPERATIONS:
        raise _malformed(f"operation {number}: op is one of {', '.join(OPERATIONS)}")
    value = {member.key: text[member.start : member.end] for member in spans.members(text, start)}
    needed = {"add": "value", "replace": "value", "test": "value", "move": "from", "copy": "from"}.get(name)
    if needed and needed not in row:
        raise _malformed(f"operation {number}: {name} without {needed}")
    source = _tokens(row["from"], number) if needed == "from" else []
    return Operation(name, _tokens(row.get("path"), number), source, value.get("value", ""))


def _tokens(pointer: Any, number: int) -> list[str]:
    if not isinstance(pointer, str) or (pointer and not pointer.startswith("/")) or re.search(r"~(?![01])", pointer):
        raise _malformed(f"operation {number}: path and from are JSON pointers")
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def patched(text: str, operations: list[Operation]) -> str:
    """The text after all operations. Raises Trouble 422 where one cannot be done, 413 where it grows too large."""
    for number, operation in enumerate(operations):
        try:
            text = OPERATIONS[operation.name](text, operation)
        except Trouble as trouble:
            raise Trouble(trouble.status, f"operation {number}: {trouble}") from None
        except RecursionError:
            raise _failed(f"operation {number}: the resource is nested too deep") from None
        if len(text) > MAX_TEXT:
            raise Trouble(413, f"operation {number}: the resource grows too large")
    return text


def _past_space(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at


def _inner(text: str, at: int) -> list[Inner] | None:
    """What the container at `at` holds; None where it is none."""
    if text[at] == "{":
        return [Inner(member.key, member.at, member.start, member.end) for member in spans.members(text, at)]
    if text[at] == "[":
        return [Inner(str(n), start, start, end) for n, (start, end) in enumerate(spans.elements(text, at))]
    return None


def _find(text: str, path: list[str]) -> tuple[int, int]:
    """The span of the value at a path."""
    start, end = _past_space(text, 0), len(text)
    for token in path:
        found = next((one for one in _inner(text, start) or () if one.name == token), None)
        if found is None:
            raise _failed("there is nothing at this path")
        start, end = found.start, found.end
    return start, end


def _add(text: str, operation: Operation) -> str:
    return _put(text, operation.path, operation.value)


def _put(text: str, path: list[str], value: str) -> str:
    if not path:
        return value
    at, _ = _find(text, path[:-1])
    held, name = _inner(text, at), path[-1]
    if held is None:
        raise _failed("this path leads into a value that holds nothing")
    if text[at] == "{":
        there = next((one for one in held if one.name == name), None)
        if there:
            return text[: there.start] + value + text[there.end :]
        return _insert(text, at, held, len(held), f"{json.dumps(name, ensure_ascii=False)}:{value}")
    index = len(held) if name == "-" else int(name) if _INDEX.fullmatch(name) else -1
    if not 0 <= index <= len(held):
        raise _failed("there is no such place in this array")
    return _insert(text, at, held, index, value)


def _insert(text: str, at: int, held: list[Inner], index: int, new: str) -> str:
    if not held:
        return text[: at + 1] + new + text[at + 1 :]
    if index < len(held):
        place = held[index].at
        return f"{text[:place]}{new},{text[place:]}"
    place = held[-1].end
    return f"{text[:place]},{new}{text[place:]}"


def _remove(text: str, operation: Operation) -> str:
    return _without(text, operation.path)


def _without(text: str, path: list[str]) -> str:
    if not path:
        raise _failed("the whole cannot be removed")
    _find(text, path)
    at, _ = _find(text, path[:-1])
    held = _inner(text, at) or []
    index = next(n for n, one in enumerate(held) if one.name == path[-1])
    if index + 1 < len(held):
        return text[: held[index].at] + text[held[index + 1].at :]
    start = held[index - 1].end if index else held[index].at
    return text[:start] + text[held[index].end :]


def _replace(text: str, operation: Operation) -> str:
    start, end = _find(text, operation.path)
    return text[:start] + operation.value + text[end:]


def _move(text: str, operation: Operation) -> str:
    if operation.path[: len(operation.source)] == operation.source and operation.path != operation.source:
        raise _failed("nothing can be moved into itself")
    start, end = _find(text, operation.source)
    value = text[start:end]
    if operation.path == operation.source:
        return text
    return _put(_without(text, operation.source), operation.path, value)


def _copy(text: str, operation: Operation) -> str:
    start, end = _find(text, operation.source)
    return _put(text, operation.path, text[start:end])


def _test(text: str, operation: Operation) -> str:
    start, end = _find(text, operation.path)
    if not same(spans.parse(text[start:end]), spans.parse(operation.value)):
        raise _failed("the test failed")
    return text


def same(one: Any, other: Any) -> bool:
    """JSON's equality: numbers by value, and true is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, Decimal)) and isinstance(other, (int, Decimal)):
        return one == other
    return type(one) is type(other) and bool(one == other)


OPERATIONS: dict[str, Callable[[str, Operation], str]] = {
    "add": _add,
    "remove": _remove,
    "replace": _replace,
    "move": _move,
    "copy": _copy,
    "test": _test,
}
