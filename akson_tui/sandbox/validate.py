"""Refuses what is no R4 resource: unknown elements, wrong types, dates that are not, codes outside a required binding.

The schema of a type is compiled when its first resource comes (5 ms), and what is contained or stands in a Bundle is
checked by its own: one schema for all types would cost 60 MB. Profiles and reference targets are not looked at.
"""

import base64
import binascii
import datetime as dt
import gzip
import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import Any

import jsonschema_rs

from akson_tui.sandbox.outcome import Issue

SCHEMA = Path(__file__).with_name("data") / "schema.ndjson.gz"
MAX_ISSUES = 20
_NAME = re.compile(rb'\["(\w+)"')
_lock = Lock()


@cache
def _definitions() -> dict[str, bytes]:
    """Each definition as it stands in the file; parsed only when a type needs it."""
    lines = gzip.decompress(SCHEMA.read_bytes()).splitlines()
    return {found[1].decode(): line for line in lines if (found := _NAME.match(line))}


@cache
def _definition(name: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    """JSON schema, rules beside it, and which member holds which other definition that has rules."""
    _, schema, rules = json.loads(_definitions()[name])
    children = {
        key: target
        for key, value in schema.get("properties", {}).items()
        for target in _referred(value)
        if target[0].isupper() and target not in ("Element", "Extension")
    }
    return schema, rules, children


def _referred(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].rpartition("/")[2]
        for value in node.values():
            yield from _referred(value)
    elif isinstance(node, list):
        for value in node:
            yield from _referred(value)


@cache
def resource_types() -> frozenset[str]:
    """The names of all R4 resource types."""
    return frozenset(name for name, line in _definitions().items() if b'"resourceType":{"const"' in line)


@cache
def stored_types() -> frozenset[str]:
    """Those that have a place of their own on a server: all but Parameters."""
    return resource_types() - {"Parameters"}


# A compiled type is about a megabyte; a journal uses some twenty.
@lru_cache(maxsize=24)
def _compiled(type_: str) -> jsonschema_rs.Draft202012Validator:
    needed: dict[str, dict[str, Any]] = {}
    todo = [type_]
    while todo:
        name = todo.pop()
        if name not in needed:
            needed[name] = _definition(name)[0]
            todo.extend(_referred(needed[name]))
    return jsonschema_rs.Draft202012Validator(
        {"$ref": f"#/definitions/{type_}", "definitions": needed},
        formats={"fhir-date": _is_date, "fhir-base64": _is_base64},
        validate_formats=True,
        mask="the value",
        # Patterns without look-around: the engine that cannot be made to run for ever.
        pattern_options=jsonschema_rs.RegexOptions(),
    )


def _is_date(text: str) -> bool:
    """The pattern has passed; whether the day is in the calendar."""
    if len(text) < 10:
        return True
    try:
        dt.date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def validate(resource: Any, at: str = "", contained: bool = False) -> list[Issue]:
    """What is wrong with a resource (parsed with decimals as Decimal or float); empty where it is valid R4.

    `at` is the FHIRPath under which it stands. At most MAX_ISSUES are told; none tells a value."""
    issues = []
    for issue in _issues(resource, at, contained):
        issues.append(issue)
        if len(issues) == MAX_ISSUES:
            break
    return issues


def _issues(resource: Any, at: str, contained: bool) -> Iterator[Issue]:
    type_ = resource.get("resourceType") if isinstance(resource, dict) else None
    if not isinstance(type_, str) or type_ not in resource_types():
        yield Issue("resourceType is not a type of R4", "structure", at)
        return
    at = at or type_
    if contained and "contained" in resource:
        yield Issue("a contained resource may not contain others", "structure", at)
    with _lock:
        compiled = _compiled(type_)
    sound = True
    for error in compiled.iter_errors(resource):
        sound = False
        yield Issue(error.message, "structure", _expression(at, error.instance_path))
    if not sound:
        # The rules below rely on the shape.
        return
    yield from _obeyed(type_, resource, at)
    for inner, path, is_contained in _resources(type_, resource, at):
        yield from _issues(inner, path, is_contained)


def _expression(at: str, path: list[str | int]) -> str:
    return at + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


def _resources(type_: str, resource: dict[str, Any], at: str) -> Iterator[tuple[Any, str, bool]]:
    """The resources that stand within this one: where, and whether as contained."""
    for number, inner in enumerate(resource.get("contained", ())):
        yield inner, f"{at}.contained[{number}]", True
    if type_ == "Bundle":
        for number, entry in enumerate(resource.get("entry", ())):
            if "resource" in entry:
                yield entry["resource"], f"{at}.entry[{number}].resource", False
            if "outcome" in entry.get("response", {}):
                yield entry["response"]["outcome"], f"{at}.entry[{number}].response.outcome", False
    elif type_ == "Parameters":
        yield from _in_parameters(resource.get("parameter", ()), f"{at}.parameter")


def _in_parameters(parameters: Any, at: str) -> Iterator[tuple[Any, str, bool]]:
    for number, parameter in enumerate(parameters):
        if "resource" in parameter:
            yield parameter["resource"], f"{at}[{number}].resource", False
        yield from _in_parameters(parameter.get("part", ()), f"{at}[{number}].part")


def _obeyed(name: str, node: dict[str, Any], at: str) -> Iterator[Issue]:
    """The rules that JSON schema does not say: what must be there, one value of a choice, coded required bindings."""
    _, rules, children = _definition(name)
    for names in rules.get("required", ()):
        if not any(one in node or f"_{one}" in node for one in names):
            yield Issue(f"{' or '.join(names[:3])} is required", "required", at)
    for names in rules.get("choices", ()):
        if len(node.keys() & set(names)) > 1:
            yield Issue(f"only one of {', '.join(sorted(node.keys() & set(names)))} is allowed", "structure", at)
    for key, systems in rules.get("codes", {}).items():
        held = node.get(key)
        for concept in held if isinstance(held, list) else filter(None, [held]):
            if not _bound(concept, systems):
                yield Issue("no coding of the value set that is required here", "code-invalid", f"{at}.{key}")
    obey = partial(_inner, at=at)
    for key in node.keys() & children.keys():
        yield from obey(children[key], node[key], key)


def _inner(name: str, held: Any, key: str, at: str) -> Iterator[Issue]:
    if isinstance(held, dict):
        yield from _obeyed(name, held, f"{at}.{key}")
    elif isinstance(held, list):
        for number, one in enumerate(held):
            if isinstance(one, dict):
                yield from _obeyed(name, one, f"{at}.{key}[{number}]")


def _bound(concept: dict[str, Any], systems: dict[str, list[str]]) -> bool:
    codings = concept.get("coding")
    if codings is None:
        # Text alone, or only extensions: allowed where no code is known.
        return True
    return any(coding.get("code") in systems.get(coding.get("system", ""), ()) for coding in codings)
