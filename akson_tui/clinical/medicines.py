"""A list of medicines put in order: what is in use and how, what was doubled, what changed and when.

The easy mistake is to trust the status alone: a course whose last day has passed is often still called active.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from akson_tui.clinical.search_text import fold
from akson_tui.model.health import Medicine, MedicineList
from akson_tui.model.ref import Ref
from akson_tui.model.when import When

ATC = "http://www.whocc.no/atc"
SUBSTANCE = 7
"""Letters of an ATC code that name one substance."""
SOON = timedelta(days=31)
"""What begins at most this long after the same substance ended is a change, not a new start."""


class Use(StrEnum):
    """How a medicine is used now, in the order in which one reads them."""

    MULTIDOSE = "multidose"
    REGULAR = "regular"
    AS_NEEDED = "as-needed"
    ON_HOLD = "on-hold"
    LATER = "later"
    """To be begun, or only drafted."""
    ENDED = "ended"


IN_USE = (Use.MULTIDOSE, Use.REGULAR, Use.AS_NEEDED)
_ON_HOLD = frozenset({"on-hold"})
_DRAFT = frozenset({"draft"})


def use(medicine: Medicine, now: datetime) -> Use:
    """How it is used at `now`."""
    if medicine.status in _ON_HOLD:
        return Use.ON_HOLD
    if medicine.status in _DRAFT:
        return Use.LATER
    if not medicine.active or (medicine.until is not None and medicine.until.latest <= now):
        return Use.ENDED
    if medicine.since is not None and medicine.since.earliest > now:
        return Use.LATER
    if medicine.multidose:
        return Use.MULTIDOSE
    return Use.AS_NEEDED if medicine.as_needed else Use.REGULAR


def grouped(medicines: Iterable[Medicine], now: datetime) -> dict[Use, tuple[Medicine, ...]]:
    """Each use with its medicines by name; the ended ones with the last ended first."""
    found: dict[Use, list[Medicine]] = {each: [] for each in Use}
    for medicine in medicines:
        found[use(medicine, now)].append(medicine)
    for each in found.values():
        each.sort(key=lambda medicine: (fold(medicine.name.text), medicine.ref))
    found[Use.ENDED].sort(key=lambda medicine: _instant(medicine.until), reverse=True)
    return {each: tuple(rows) for each, rows in found.items() if rows}


def substance(medicine: Medicine) -> str:
    """What it is by ATC, else by its folded name; '' where it has neither."""
    code = medicine.name.code.strip().upper()
    return code if medicine.name.system == ATC and len(code) == SUBSTANCE else fold(medicine.name.text)


def doubles(medicines: Iterable[Medicine]) -> tuple[tuple[Medicine, ...], ...]:
    """Those of one substance that stand more than once as a fixed dose; an extra dose as needed is no double.

    A prescription and what its patient says to take of it are two views of one treatment.
    """
    by_substance: dict[tuple[str, bool], list[Medicine]] = {}
    for medicine in medicines:
        if not medicine.as_needed and substance(medicine):
            by_substance.setdefault((substance(medicine), medicine.requested), []).append(medicine)
    return tuple(tuple(rows) for rows in by_substance.values() if len(rows) > 1)


class ChangeKind(StrEnum):
    STARTED = "started"
    CHANGED = "changed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed at `at`: `medicine` as it is since, or as it was when it ended; `before` what it was."""

    at: When
    kind: ChangeKind
    medicine: Medicine
    before: Medicine | None = None


def changes(medicines: Sequence[Medicine], now: datetime) -> tuple[Change, ...]:
    """What is known to have changed up to `now`, newest first.

    One that ends shortly before another of its substance begins (or is named by it as the one before) was changed.
    """
    ends = {medicine.ref.bare(): medicine for medicine in medicines if use(medicine, now) is Use.ENDED}
    found: list[Change] = []
    replaced: set[Ref] = set()
    for medicine in sorted(medicines, key=lambda each: _instant(each.since)):
        if medicine.since is None or medicine.since.earliest > now:
            continue
        before = _before(medicine, ends, replaced)
        if before is not None:
            replaced.add(before.ref.bare())
        kind = ChangeKind.STARTED if before is None else ChangeKind.CHANGED
        found.append(Change(medicine.since, kind, medicine, before))
    for ref, medicine in ends.items():
        at = medicine.until
        if ref not in replaced and at is not None and at.earliest <= now:
            found.append(Change(at, ChangeKind.ENDED, medicine))
    return tuple(sorted(found, key=lambda change: change.at.earliest, reverse=True))


def _before(medicine: Medicine, ends: dict[Ref, Medicine], replaced: set[Ref]) -> Medicine | None:
    if medicine.follows in ends and medicine.follows not in replaced:
        return ends[medicine.follows]
    begins = medicine.since
    assert begins is not None
    candidates = [
        other
        for ref, other in ends.items()
        if ref not in replaced
        and ref != medicine.ref.bare()
        and substance(other) == substance(medicine) != ""
        and (at := other.until) is not None
        and timedelta(days=-1) <= begins.earliest - at.earliest <= SOON
    ]
    return max(candidates, key=lambda other: _instant(other.until), default=None)


def _instant(at: When | None) -> float:
    return at.earliest.timestamp() if at is not None else float("-inf")


def history(medicine: Medicine, found: Iterable[Change]) -> tuple[Change, ...]:
    """The changes of this medicine's substance, in the order in which they are given."""
    same = substance(medicine)
    return tuple(change for change in found if same and substance(change.medicine) == same)


def source_of(medicine: Medicine, lists: Iterable[MedicineList]) -> MedicineList | None:
    """The newest list in which it stands."""
    holding = [one for one in lists if medicine.ref.bare() in one.holds]
    return max(holding, key=lambda one: _instant(one.at), default=None)


def reconciled(lists: Iterable[MedicineList]) -> MedicineList | None:
    """The list that was gone through last; None where none says when."""
    dated = [one for one in lists if one.at is not None]
    return max(dated, key=lambda one: _instant(one.at), default=None)
