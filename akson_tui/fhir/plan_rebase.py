"""A change of a CarePlan made again on what another service has written meanwhile, if both can stand.

The easy mistake is to send our older version again with the new number: what they wrote would be gone. Only what we
changed goes into the bytes that they wrote.
"""

from __future__ import annotations

from akson_tui.clinical.plan_merge import Clash, Drop, Named, Put, merge
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
        held = _theirs(before, mine, now)
        activities = merge(_activities(before), _ours(before, mine), held)
        raw = theirs
        for edit in members:
            raw = drop(raw, (edit.name,)) if isinstance(edit, Drop) else put(raw, (edit.name,), edit.value)
        names = [name for name, _value in held]
        for edit in activities:
            if isinstance(edit, Drop):
                raise Clash  # nobody here takes an activity out of a plan
            raw = _activity(raw, edit, names)
    except FhirUnreadable:
        raise Clash from None
    return raw


def _activity(raw: bytes, edit: Put, names: list[str]) -> bytes:
    """The activity in its place; a new one comes last, and its name with it."""
    if edit.name in names:
        return put(raw, ("activity", names.index(edit.name)), edit.value)
    names.append(edit.name)
    if len(names) == 1:
        return put(raw, ("activity",), [edit.value])
    return put(raw, ("activity", len(names) - 1), edit.value)


def _ours(before: Json, mine: Json) -> Named:
    """Our activities by the names that they had: we change them in their places, and add at the end."""
    old, new = _activities(before), _activities(mine)
    if len(new) < len(old):
        raise Clash
    return [*((name, value) for (name, _old), (_new, value) in zip(old, new, strict=False)), *new[len(old) :]]


def _theirs(before: Json, mine: Json, now: Json) -> Named:
    """Their activities by the names that they had; one that is word for word what we made of an old one is that one."""
    old, new, found = _activities(before), _activities(mine), _activities(now)
    gone = {name for name, _value in old} - {name for name, _value in found}
    renamed: list[tuple[str, object]] = []
    for name, value in found:
        same = [was for (was, _old), (_new, made) in zip(old, new, strict=False) if was in gone and made == value]
        if same and all(name != was for was, _old in old):
            gone.discard(same[0])
            name = same[0]
        renamed.append((name, value))
    return renamed


def _members(plan: Json) -> Named:
    return [(name, value) for name, value in plan.items() if name not in _APART]


def _activities(plan: Json) -> Named:
    """Each by its key. Raises Clash where the list holds anything else: places would not be what they seem."""
    listed = plan.get("activity")
    found = pick.objs(listed)
    if listed is not None and (not isinstance(listed, list) or len(found) != len(listed)):
        raise Clash
    return [(key(one), one) for one in found]
