"""What is sent of an act: one row per kind, a part's body with the names it has now, the transaction, and what is ours.

The easy mistake: writing a frozen body anew. References to parts that have an id by now are put in where they stand;
every other byte goes as it was signed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from akson_tui.fhir.common import FhirUnreadable, Json, load
from akson_tui.journal.rest import query, token
from akson_tui.model.act import ActKind, Part
from akson_tui.model.when import When, WhenUnreadable

_URN = re.compile(rb'("reference"\s*:\s*)"(urn:uuid:[0-9A-Fa-f-]{36})"')
Indexed = tuple[int, Part]


@dataclass(frozen=True, slots=True)
class Row:
    """`changes`: something that was read is changed, so its version is compared before anything is sent."""

    kind: ActKind
    changes: bool


ROWS: Mapping[ActKind, Row] = {
    row.kind: row
    for row in (
        Row(ActKind.NOTE, changes=False),
        Row(ActKind.ADDENDUM, changes=False),
        Row(ActKind.CORRECTION, changes=True),
        Row(ActKind.WRONG_PATIENT, changes=True),
        Row(ActKind.PLAN, changes=True),
    )
}


def named(body: bytes, names: Mapping[str, str]) -> bytes:
    """`body` with each reference by urn:uuid that `names` knows replaced by `Type/id`."""

    def put(found: re.Match[bytes]) -> bytes:
        name = names.get(found[2].decode("ascii"))
        return found[0] if name is None else found[1] + json.dumps(name).encode()

    return _URN.sub(put, body)


def unresolved(body: bytes, own: Sequence[str]) -> bool:
    """Whether `body` refers by urn:uuid to anything that is not among `own` full URLs."""
    return any(found[2].decode("ascii") not in own for found in _URN.finditer(body))


def own_id(part: Part) -> str:
    """The id that a part gets where the client names what it writes: the UUID by which other parts refer to it."""
    return part.full_url.removeprefix("urn:uuid:").lower()


def with_id(body: bytes, id_: str) -> bytes:
    """`body` with its id before all else; every other byte as it was signed."""
    return b'{"id":' + json.dumps(id_).encode() + b"," + body.lstrip()[1:]


def search_for(part: Part) -> tuple[str, str]:
    """The search parameter that finds a part by our identifier."""
    return "identifier", token(*part.identifier)


def transaction(
    parts: Sequence[Indexed],
    names: Mapping[str, str],
    conditional: Callable[[str], bool],
    ours: Callable[[str], bool] = lambda _type: False,
) -> bytes:
    """A transaction Bundle of `parts`; the bodies stand in it byte for byte, but for references that got names.

    `conditional` tells which types are created with If-None-Exist, `ours` which are put to an id of ours.
    """
    entries = [_entry(part, named(part.body, names), conditional(part.type), ours(part.type)) for _index, part in parts]
    return b'{"resourceType":"Bundle","type":"transaction","entry":[' + b",".join(entries) + b"]}"


def _entry(part: Part, body: bytes, conditional: bool, ours: bool) -> bytes:
    request: dict[str, str]
    if part.method == "PUT" and part.target is not None:
        request = {"method": "PUT", "url": part.target.relative}
        if part.target.version:
            request["ifMatch"] = f'W/"{part.target.version}"'
    elif ours:
        request = {"method": "PUT", "url": f"{part.type}/{own_id(part)}"}
        body = with_id(body, own_id(part))
    else:
        request = {"method": "POST", "url": part.type}
        if conditional and part.identifier[1]:
            request["ifNoneExist"] = query([search_for(part)])
    return (
        b'{"fullUrl":'
        + json.dumps(part.full_url).encode()
        + b',"resource":'
        + body
        + b',"request":'
        + json.dumps(request).encode()
        + b"}"
    )


def has_identifier(resource: Json, part: Part) -> bool:
    """Whether `resource` has the identifier that we gave to `part`."""
    listed = resource.get("identifier")
    for one in listed if isinstance(listed, list) else [listed]:
        if isinstance(one, dict) and (one.get("system"), one.get("value")) == part.identifier:
            return True
    return False


def is_ours(part: Part, theirs: Json) -> bool:
    """Whether `theirs` is what `part` made, for a part that has no identifier: a Provenance, or a change to another's.

    A change is ours where all that we sent stands in it; a Provenance, where it was recorded by us in the same moment
    about the same text.
    """
    try:
        ours = load(part.body)
    except FhirUnreadable:
        return False
    if part.type == "Provenance":
        return _moment(ours) == _moment(theirs) and _digests(ours) == _digests(theirs)
    ours = {name: value for name, value in ours.items() if name not in ("meta", "text")}
    return all(_within(value, theirs.get(name)) for name, value in ours.items())


def _within(ours: object, theirs: object) -> bool:
    """Whether all of `ours` stands in `theirs`; servers add, they do not take away."""
    if isinstance(ours, dict):
        return isinstance(theirs, dict) and all(_within(value, theirs.get(name)) for name, value in ours.items())
    if isinstance(ours, list):
        return (
            isinstance(theirs, list)
            and len(ours) == len(theirs)
            and all(_within(one, other) for one, other in zip(ours, theirs, strict=True))
        )
    return ours == theirs


def _moment(resource: Json) -> object:
    said = resource.get("recorded")
    try:
        return When.parse(said).earliest.replace(microsecond=0) if isinstance(said, str) else None
    except WhenUnreadable:
        return said


def _digests(resource: Json) -> list[object]:
    found: list[object] = []
    entities = resource.get("entity")
    for entity in entities if isinstance(entities, list) else []:
        what = entity.get("what") if isinstance(entity, dict) else None
        identifier = what.get("identifier") if isinstance(what, dict) else None
        if isinstance(identifier, dict):
            found.append((identifier.get("system"), identifier.get("value")))
    return found
