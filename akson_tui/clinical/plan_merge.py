"""Two changes of one plan: what each made of the same older version, put together, or refused.

The easy mistake is to merge what both touched: an activity that both changed differently is nobody's to decide but a
person's. Pure, over named values; what a name or a value is, the caller knows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Named = Sequence[tuple[str, object]]
"""Values in their order, each with the name by which it is known in every version."""


class Clash(Exception):
    """Both changed the same thing, or a thing cannot be told from another. Carries nothing of what it was."""


@dataclass(frozen=True, slots=True)
class Put:
    """`name` gets this value; a name that is not there yet comes last."""

    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Drop:
    """`name` goes."""

    name: str


Edit = Put | Drop


def merge(base: Named, ours: Named, theirs: Named) -> tuple[Edit, ...]:
    """What has to be done to `theirs` so that it has what `ours` changed in `base`; () where it has it already.

    Raises Clash where they changed the same name differently, or a name stands twice.
    """
    before, mine, now = _named(base), _named(ours), _named(theirs)
    edits: list[Edit] = []
    for name in [*mine, *(name for name in before if name not in mine)]:
        if _at(mine, name) == _at(before, name) or _at(mine, name) == _at(now, name):
            continue  # not changed by us, or they have made the same of it
        if _at(now, name) != _at(before, name):
            raise Clash
        edits.append(Put(name, mine[name]) if name in mine else Drop(name))
    return tuple(edits)


def apply(named: Named, edits: Sequence[Edit]) -> tuple[tuple[str, object], ...]:
    """`named` with the edits done: values stay in their places, new ones come last."""
    values = dict(named)
    for edit in edits:
        if isinstance(edit, Put):
            values[edit.name] = edit.value
        else:
            values.pop(edit.name, None)
    return tuple(values.items())


def _named(values: Named) -> Mapping[str, object]:
    known = dict(values)
    if len(known) != len(values):
        raise Clash
    return known


_NOTHING = object()


def _at(values: Mapping[str, object], name: str) -> object:
    return values.get(name, _NOTHING)
