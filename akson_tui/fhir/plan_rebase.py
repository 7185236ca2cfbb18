"""A change of a CarePlan made again on what another service has written meanwhile, if both can stand.

The easy mistake is to send our older version again with the new number: what they wrote would be gone. Only what we
changed goes into the bytes that they wrote.
"""

from __future__ import annotations

from akson_tui.clinical.plan_merge import Clash, Drop, Edit, Named, merge
from akson_tui.fhir import pick
from akson_tui.fhir.common import FhirUnreadable, Json, load
from akson_tui.fhir.plan_activity import key
from akson_tui.fhir.splice import drop, put

__all__ = ["Clash", "rebase"]

_APART = frozenset(("activity", "meta", "text", "resourceType", "id"))
"""Members that are merged by their own rule, or are the server's."""


def rebase(base: bytes, ours: bytes, theirs: bytes) -> bytes:
    """`theirs` with what `ours` changed in `base`; `theirs` itself where it has that already.

    Raises Clash where both changed one activity, or one other member, differently; or where that cannot be told.
    """
    try:
        before, mine, now = load(base), load(ours), load(theirs)
        members = merge(_members(before), _members(mine), _members(now))
        activities = merge(_activities(before), _activities(mine), _activities(now))
        raw = theirs
        for edit in members:
            raw = drop(raw, (edit.name,)) if isinstance(edit, Drop) else put(raw, (edit.name,), edit.value)
        for edit in activities:
            raw = _activity(raw, edit)
    except FhirUnreadable:
        raise Clash from None
    return raw


def _activity(raw: bytes, edit: Edit) -> bytes:
    held = load(raw)
    keys = [name for name, _value in _activities(held)]
    if isinstance(edit, Drop):
        path: tuple[str | int, ...] = ("activity",) if len(keys) == 1 else ("activity", keys.index(edit.name))
        return drop(raw, path)
    if not keys:
        return put(raw, ("activity",), [edit.value])
    return put(raw, ("activity", keys.index(edit.name) if edit.name in keys else len(keys)), edit.value)


def _members(plan: Json) -> Named:
    return [(name, value) for name, value in plan.items() if name not in _APART]


def _activities(plan: Json) -> Named:
    """Each by its key. Raises Clash where the list holds anything else: places would not be what they seem."""
    listed = plan.get("activity")
    found = pick.objs(listed)
    if listed is not None and (not isinstance(listed, list) or len(found) != len(listed)):
        raise Clash
    return [(key(one), one) for one in found]
