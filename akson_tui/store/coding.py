"""Nouns to JSON and back, for columns that are read whole and never searched; instants to microseconds.

Easy to get wrong: a noun gains a field. One that is missing in what was stored takes its default, an unknown one is
passed over. So a field without a default can never be added, and a default never be changed.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union

from akson_tui.model.ref import Ref, ref_from_text, ref_to_text
from akson_tui.model.when import When

T = TypeVar("T")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_JSON = json.JSONEncoder(separators=(",", ":"))
_Coder = tuple[Callable[[Any], Any], Callable[[Any], Any]]


def micros(instant: datetime) -> int:
    """Microseconds since 1970 of an aware instant."""
    return (instant - _EPOCH) // _MICRO


def instant(number: int) -> datetime:
    """The inverse of `micros`, in UTC."""
    return _EPOCH + number * _MICRO


def micros_or(moment: datetime | None, otherwise: int) -> int:
    return otherwise if moment is None else micros(moment)


def storable(text: str) -> str:
    """`text` with lone surrogates, which no TEXT column can hold, made into question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def ref_or_none(text: str) -> Ref | None:
    """'' for none: the columns are NOT NULL."""
    return ref_from_text(text) if text else None


def ref_text(ref: Ref | None) -> str:
    return "" if ref is None else ref_to_text(ref)


def encode(noun: Any) -> str:
    """One line of ASCII JSON; lone surrogates survive it."""
    return _JSON.encode(_coder(typing.cast(Any, type(noun)))[0](noun))


def decode(kind: type[T], text: str) -> T:
    """The noun of `kind` that `encode` made into `text`."""
    noun: T = _coder(typing.cast(Any, kind))[1](json.loads(text))
    return noun


def _same(value: Any) -> Any:
    return value


_LEAVES: dict[Any, _Coder] = {
    str: (_same, _same),
    int: (_same, _same),
    bool: (_same, _same),
    float: (_same, _same),
    datetime: (micros, instant),
    When: (lambda when: when.text, When.parse),
    Ref: (ref_to_text, ref_from_text),
    Decimal: (str, Decimal),
    bytes: (lambda value: value.hex(), bytes.fromhex),
}


@lru_cache(maxsize=256)
def _coder(kind: Any) -> _Coder:
    if kind in _LEAVES:
        return _LEAVES[kind]
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (Union, types.UnionType):
        return _union(args)
    if origin is tuple:
        return _tuple(args)
    if origin is frozenset:
        one = _coder(args[0])
        return lambda value: sorted(one[0](item) for item in value), lambda raw: frozenset(one[1](item) for item in raw)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return (lambda value: value.value), kind
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(kind)
    raise TypeError(f"no coding for {kind}")


def _union(args: tuple[Any, ...]) -> _Coder:
    """`X | None`, and `When | bool`: told apart by the JSON type."""
    inner = [arg for arg in args if arg not in (type(None), bool)]
    if len(inner) != 1:
        raise TypeError(f"no coding for {args}")
    to, back = _coder(inner[0])

    def plain(value: Any) -> bool:
        return value is None or (bool in args and isinstance(value, bool))

    return (lambda value: value if plain(value) else to(value)), (lambda raw: raw if plain(raw) else back(raw))


def _tuple(args: tuple[Any, ...]) -> _Coder:
    if len(args) == 2 and args[1] is Ellipsis:
        to, back = _coder(args[0])
        return (lambda value: [to(item) for item in value]), (lambda raw: tuple(back(item) for item in raw))
    coders = [_coder(arg) for arg in args]
    return (
        lambda value: [coder[0](item) for coder, item in zip(coders, value, strict=True)],
        lambda raw: tuple(coder[1](item) for coder, item in zip(coders, raw, strict=True)),
    )


def _dataclass(kind: type[Any]) -> _Coder:
    hints = typing.get_type_hints(kind)
    coders = [(field.name, _coder(hints[field.name])) for field in fields(kind) if field.init]
    defaults = [(field.name, field.default, _coder(hints[field.name])[0]) for field in fields(kind) if field.init]

    def to(noun: Any) -> dict[str, Any]:
        return {
            name: coder(value) for name, default, coder in defaults if (value := getattr(noun, name)) is not default
        }

    back_of = dict(coders)

    def back(raw: dict[str, Any]) -> Any:
        return kind(**{name: back_of[name][1](value) for name, value in raw.items() if name in back_of})

    return to, back
