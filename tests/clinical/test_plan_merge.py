"""Two changes of one older version: both stand, or it is said that they cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akson_tui.clinical.plan_merge import Clash, Drop, Put, apply, merge

NAMED = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 3), max_size=6)


@given(base=NAMED, theirs=NAMED)
def test_who_changed_nothing_takes_nothing_away(base: dict[str, int], theirs: dict[str, int]) -> None:
    assert merge([*base.items()], [*base.items()], [*theirs.items()]) == ()


@given(base=NAMED, ours=NAMED)
def test_what_nobody_else_changed_becomes_ours(base: dict[str, int], ours: dict[str, int]) -> None:
    edits = merge([*base.items()], [*ours.items()], [*base.items()])
    assert dict(apply([*base.items()], edits)) == ours


@given(base=NAMED, ours=NAMED, theirs=NAMED)
def test_each_name_has_what_the_one_who_changed_it_made_of_it(
    base: dict[str, int], ours: dict[str, int], theirs: dict[str, int]
) -> None:
    names = {*base, *ours, *theirs}
    both = [n for n in names if base.get(n) != ours.get(n) and base.get(n) != theirs.get(n)]
    clash = any(ours.get(name) != theirs.get(name) for name in both)
    try:
        merged = dict(apply([*theirs.items()], merge([*base.items()], [*ours.items()], [*theirs.items()])))
    except Clash:
        assert clash
        return
    assert not clash
    for name in names:
        changed = ours if ours.get(name) != base.get(name) else theirs
        assert merged.get(name) == changed.get(name)


@given(base=NAMED, ours=NAMED, theirs=NAMED)
def test_what_was_merged_is_merged_no_more(base: dict[str, int], ours: dict[str, int], theirs: dict[str, int]) -> None:
    try:
        merged = apply([*theirs.items()], merge([*base.items()], [*ours.items()], [*theirs.items()]))
    except Clash:
        return
    assert merge([*base.items()], [*ours.items()], merged) == ()


def test_the_order_stays_and_what_is_new_comes_last() -> None:
    assert apply([("a", 1), ("b", 2)], (Put("c", 3), Put("a", 4), Drop("b"))) == (("a", 4), ("c", 3))


@pytest.mark.parametrize("at", range(3))
def test_what_cannot_be_told_apart_is_not_merged(at: int) -> None:
    versions = [[("a", 1)], [("a", 1)], [("a", 1)]]
    versions[at] = [("a", 1), ("a", 2)]
    with pytest.raises(Clash):
        merge(*versions)
