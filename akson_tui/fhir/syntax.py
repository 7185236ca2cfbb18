"""JSON as it travels: bytes in, a bounded tree out, and back, without losing a digit.

The easy mistake is `json.loads` as it is: it turns 4.10 into 4.1, lets NaN and doubled keys pass and hands on lone
surrogates that no UTF-8 file takes. Received bytes are never made again from the tree: see `spans`.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from json import JSONDecodeError, JSONDecoder
from typing import Any

Json = dict[str, Any]
"""A JSON object. Nothing is known of what lies in it: read it through `pick`."""

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 100

_LONE = re.compile("[\ud800-\udfff]")
_MAY_BE_LONE = re.compile(r"\\u[dD][89a-fA-F]")


class FhirUnreadable(ValueError):
    """What was sent is no JSON object that we read; `why` is a word for the log. Carries nothing of the content."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def _pairs(pairs: list[tuple[str, Any]]) -> Json:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise FhirUnreadable("doubled key")
    return made


def _number(text: str) -> Decimal | str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if number.is_finite() else text


def _constant(_text: str) -> Any:
    raise FhirUnreadable("not a number")


# Raw line breaks inside strings are no JSON, but some servers send them and nothing is gained by refusing.
DECODER = JSONDecoder(parse_float=_number, parse_constant=_constant, object_pairs_hook=_pairs, strict=False)
"""Reads one value from a text (`DECODER.scan_once(text, start) -> (value, end)`); its bounds are checked by `load`."""


def load(raw: bytes) -> Json:
    """The JSON object in `raw`, decimals as Decimal with every digit sent.

    Raises FhirUnreadable: no JSON, no object, too large, too deep, NaN, doubled keys.
    """
    if len(raw) > MAX_BYTES:
        raise FhirUnreadable("too large")
    text = raw.decode("utf-8-sig", errors="replace")
    try:
        tree = DECODER.decode(text)
    except JSONDecodeError:
        raise FhirUnreadable("no JSON") from None
    except RecursionError:
        raise FhirUnreadable("too deep") from None
    except ValueError as error:  # an integer of more digits than Python reads
        raise error if isinstance(error, FhirUnreadable) else FhirUnreadable("number too long") from None
    return _bounded(tree, text)


def _bounded(tree: object, text: str) -> Json:
    if not isinstance(tree, dict):
        raise FhirUnreadable("no object")
    level: list[Any] = [tree]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            break
    else:
        raise FhirUnreadable("too deep")
    return _mended(tree) if _MAY_BE_LONE.search(text) else tree


def _mended(tree: Any) -> Any:
    if isinstance(tree, str):
        return _LONE.sub("\N{REPLACEMENT CHARACTER}", tree)
    if isinstance(tree, dict):
        return {_mended(key): _mended(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_mended(value) for value in tree]
    return tree


def dump(tree: Any) -> bytes:
    """`tree` as UTF-8 JSON without blanks; a Decimal is written with the digits it has."""
    return "".join(_written(tree)).encode()


def _written(tree: Any) -> list[str]:
    if isinstance(tree, Decimal):
        return [format(tree, "f")]
    if isinstance(tree, dict):
        inner = [f"{json.dumps(key, ensure_ascii=False)}:{''.join(_written(value))}" for key, value in tree.items()]
        return ["{", ",".join(inner), "}"]
    if isinstance(tree, list | tuple):
        return ["[", ",".join("".join(_written(value)) for value in tree), "]"]
    return [json.dumps(tree, ensure_ascii=False, allow_nan=False)]
